"""Countries and blocs named, and the pairs that an article is about."""
