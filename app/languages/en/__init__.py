"""The English pack: data in TOML, word forms by rules with their exceptions as data."""
