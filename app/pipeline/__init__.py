"""From raw text to facts: pure functions, one stage a file, and `extract` as their table of contents."""

from __future__ import annotations

from app.catalog import Catalog
from app.domain.facts import Extraction
from app.domain.text import Article, digest


def extract(article: Article, catalog: Catalog) -> Extraction:
    """All that the article says about relations between countries, in the order of its text."""
    return Extraction(digest=digest(article.text), language=article.language)
