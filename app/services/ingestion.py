"""From a submitted article to stored facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

from sqlmodel import Session

from app import pipeline
from app.catalog import Catalog
from app.domain.facts import Extraction, Indicator, Notice
from app.domain.speaker import Speaker
from app.domain.text import Article
from app.errors import InternalError, InvalidParameter
from app.services.documents import (
    extraction_document,
    indicator_document,
    metadata_document,
    notice_document,
    statement_document,
)
from app.services.keeping_back import sure_enough
from app.services.reading import get_article
from app.services.stored import LIVE_IN_ARTICLES, LIVE_IN_FACTS, body_of
from app.services.verification import verify
from app.storage import articles, indicators, speakers, statements
from app.storage.articles import ArticleFacts
from app.storage.database import begin_writing
from app.storage.facts import Place
from app.storage.indicators import Told
from app.storage.tallies import count_in, tally

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL refuses NUL, and a lone surrogate has no bytes."""
_FIRST_WORDS = (
    "Товарооборот Казахстана и Узбекистана вырос на 4%, сообщил министр.",
    "<html><body><p>Министр сообщил, что торговля растёт.</p></body></html>",
)
"""Invented: a text and a page."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """The article's document with its facts; `created` is False where the text was already stored.

    Then nothing is rewritten, and a warning names what was submitted otherwise than it is stored.
    """

    article: dict[str, Any]
    created: bool


def warm(catalog: Catalog) -> None:
    """Loads what extraction loads on first use, so that the first article does not wait for it."""
    for text in _FIRST_WORDS:
        pipeline.extract(Article(text=text, language="ru"), catalog)


def extract(article: Article, catalog: Catalog, mentions: bool = False, min_confidence: float = 0.0) -> dict[str, Any]:
    """The facts of a text that are at least so sure, nothing stored."""
    _refuse_unstorable(article)
    extraction = pipeline.extract(article, catalog)
    verify(article, extraction)
    return extraction_document(article, sure_enough(extraction, min_confidence), mentions)


def ingest(session: Session, article: Article, catalog: Catalog) -> Ingested:
    """Extracts and stores an article with all its facts in one transaction; the same text is the same article."""
    _refuse_unstorable(article)
    return store(session, article, pipeline.extract(article, catalog))


def store(session: Session, article: Article, extraction: Extraction) -> Ingested:
    """Stores what was read of an article, unless its text is there already."""
    _refuse_unstorable(article)
    verify(article, extraction)
    begin_writing(session)
    row = _article_facts(article, extraction)
    created = articles.add(session, row, article.text, extraction.pairs)
    if created:
        _add_facts(session, Place(row.id, row.created_at), extraction)
    stored = row.id if created else articles.id_of(session, extraction.digest)
    if stored is None:
        raise InternalError("an article that was there a moment ago is gone")
    document = get_article(session, stored)
    if not created:
        document["warnings"] += [notice_document(notice) for notice in _already_stored(article, document)]
    return Ingested(document, created)


def _already_stored(submitted: Article, stored: dict[str, Any]) -> Iterator[Notice]:
    """The same visible text may come with other markup or white space: offsets then count in what is stored."""
    differing = [name for name in ("text", *submitted.given) if getattr(submitted, name) != stored[name]]
    if differing:
        detail = (
            f"the text was stored before, and nothing of it is changed; submitted otherwise than stored: {', '.join(differing)}"
        )
        yield Notice("already_stored", detail)


def _refuse_unstorable(article: Article) -> None:
    for name in ("text", *article.given):
        if found := _UNSTORABLE.search(getattr(article, name)):
            what = f"U+{ord(found[0]):04X} at {found.start()}, which no text contains"
            raise InvalidParameter(what, pointer=f"/{name}")


def _article_facts(article: Article, extraction: Extraction) -> ArticleFacts:
    document = metadata_document(article, extraction)
    return ArticleFacts(
        id=f"ar_{extraction.digest[:20]}",
        digest=extraction.digest,
        **{name: document[name] for name in LIVE_IN_ARTICLES},
        published_on=_calendar_date(document["published_at"]),
        created_at=datetime.now(UTC),
        statements=len(extraction.statements),
        indicators=len(extraction.indicators),
        body=body_of(document, LIVE_IN_ARTICLES),
    )


def _calendar_date(published_at: str | None) -> date | None:
    """The date in the article's own offset, which is how it starts."""
    try:
        return date.fromisoformat((published_at or "")[:10])
    except ValueError:
        return None


def _add_facts(session: Session, place: Place, extraction: Extraction) -> None:
    speakers.save(session, _all_speakers(extraction))
    statements.add(session, place, ((s, body_of(statement_document(s), LIVE_IN_FACTS)) for s in extraction.statements))
    indicators.add(session, place, _told(extraction))
    count_in(session, tally(session, place.article_id))


def _all_speakers(extraction: Extraction) -> Iterator[tuple[Speaker, date | None]]:
    for statement in extraction.statements:
        yield from ((speaker, statement.stated_on) for speaker in (statement.speaker, *statement.co_speakers))
    yield from ((i.speaker, i.stated_on) for i in extraction.indicators if i.speaker is not None)


def _told(extraction: Extraction) -> Iterator[Told]:
    """A figure inside a statement was told by all who made the statement."""
    said_by = {s.id: (s.speaker, *s.co_speakers) for s in extraction.statements}

    def tellers(indicator: Indicator) -> tuple[str, ...]:
        named = (indicator.speaker,) if indicator.speaker else ()
        together = said_by.get(indicator.statement_id or "", ())
        return tuple(dict.fromkeys(speaker.id for speaker in chain(named, together)))

    for indicator in extraction.indicators:
        yield indicator, body_of(indicator_document(indicator), LIVE_IN_FACTS), tellers(indicator)
