"""The Kazakh pack: data in TOML, word forms by suffix tables of our own."""
