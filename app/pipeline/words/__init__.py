"""Text cut into words, and phrases of a pack found among them."""
