"""From a submitted article to stored facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.catalog import Catalog
from app.domain.text import Article


@dataclass(frozen=True, slots=True)
class Ingested:
    """The article's document with its facts; `created` is False where the text was already stored."""

    article: dict[str, Any]
    created: bool


def extract(article: Article, catalog: Catalog, mentions: bool = False) -> dict[str, Any]:
    """The facts of a text, nothing stored."""
    raise NotImplementedError


def ingest(session: Session, article: Article, catalog: Catalog) -> Ingested:
    """Extracts and stores an article with all its facts in one transaction; the same text is the same article."""
    raise NotImplementedError
