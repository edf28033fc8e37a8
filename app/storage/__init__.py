"""Facts at rest: the only room that speaks SQL."""
