"""The Russian pack: data in TOML, word forms by pymorphy3."""
