"""The HTTP door: what a request may hold, what an answer looks like, and nothing of how facts are found or kept."""
