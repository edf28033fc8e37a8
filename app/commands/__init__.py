"""Commands of `bilateral` that come in groups, a file a group."""
