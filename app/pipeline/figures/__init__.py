"""How much, of what, for which time, and whether it is so or only planned."""
