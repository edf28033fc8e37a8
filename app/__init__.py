"""Bilateral: facts about relations between countries, read out of news text."""

__version__ = "0.1.0"
