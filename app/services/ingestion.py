"""From a submitted article to stored facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app import pipeline
from app.catalog import Catalog
from app.domain.facts import Extraction, Notice
from app.domain.text import Article
from app.errors import InvalidParameter
from app.languages import registry
from app.services.documents import extraction_document, notice_document
from app.services.keeping_back import sure_enough
from app.services.measuring import count_stored, timed_extract
from app.services.reading import get_article
from app.services.storing import Read, Stored, write_all
from app.services.verification import verify

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL refuses NUL, and a lone surrogate has no bytes."""
_AT_ONCE = ("ru",)
"""The languages whose articles come first; the pack of any other is loaded by its first article."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """The article's document with its facts; `created` is False where the text was already stored.

    Then nothing is rewritten, and a warning names what was submitted otherwise than it is stored.
    """

    article: dict[str, Any]
    created: bool


def warm(catalog: Catalog) -> None:
    """Loads what extraction loads on first use, so that the first article does not wait for it."""
    for code in _AT_ONCE:
        for text in registry.pack(code)["examples"]["first_words"]:
            pipeline.extract(Article(text=text, language=code), catalog)


def extract(article: Article, catalog: Catalog, mentions: bool = False, min_confidence: float = 0.0) -> dict[str, Any]:
    """The facts of a text that are at least so sure, nothing stored."""
    refuse_unstorable(article)
    extraction = timed_extract(article, catalog, mentions=mentions)
    verify(article, extraction)
    return extraction_document(article, sure_enough(extraction, min_confidence), mentions)


def ingest(session: Session, article: Article, catalog: Catalog) -> Ingested:
    """Extracts and stores an article with all its facts in one transaction; the same text is the same article."""
    refuse_unstorable(article)
    return store(session, article, timed_extract(article, catalog))


def store(session: Session, article: Article, extraction: Extraction) -> Ingested:
    """Stores what was read of an article, unless its text is there already."""
    (stored,) = store_many(session, [(article, extraction)])
    document = get_article(session, stored.id)
    if stored.renewed:
        told = f"this is version {document['version']} of the article; the one before is in its history"
        document["warnings"].append(notice_document(Notice("new_version", told)))
    elif not stored.created:
        document["warnings"] += [notice_document(notice) for notice in _already_stored(article, document)]
    return Ingested(document, stored.created)


def store_many(session: Session, read: Sequence[Read]) -> list[Stored]:
    """Stores many articles in one transaction: the way of batches, some ten times as fast as one by one."""
    for article, extraction in read:
        refuse_unstorable(article)
        verify(article, extraction)
    stored = write_all(session, read)
    count_stored(session, (e for (_, e), one in zip(read, stored, strict=True) if one.created or one.renewed))
    return stored


def _already_stored(submitted: Article, stored: dict[str, Any]) -> Iterator[Notice]:
    """The same visible text may come with other markup or white space: offsets then count in what is stored."""
    differing = [name for name in ("text", *submitted.given) if getattr(submitted, name) != stored[name]]
    if stored["text"] is None:
        differing.remove("text")
    if differing:
        detail = (
            f"the text was stored before, and nothing of it is changed; submitted otherwise than stored: {', '.join(differing)}"
        )
        yield Notice("already_stored", detail)


def refuse_unstorable(article: Article) -> None:
    for name in ("text", *article.given):
        if found := _UNSTORABLE.search(getattr(article, name)):
            what = f"U+{ord(found[0]):04X} at {found.start()}, which no text contains"
            raise InvalidParameter(what, pointer=f"/{name}")
