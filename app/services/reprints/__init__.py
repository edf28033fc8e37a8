"""Copies: the same news item with small changes in another outlet is kept, and what it repeats counts once."""
