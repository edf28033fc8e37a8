"""How what was read of articles is written: all of one article or of many in one transaction, a table at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain

from sqlmodel import Session

from app.domain.facts import Extraction, Indicator
from app.domain.speaker import Speaker
from app.domain.text import Article
from app.errors import InternalError
from app.services.documents import indicator_document, metadata_document, statement_document
from app.services.stored import LIVE_IN_ARTICLES, LIVE_IN_FACTS, body_of
from app.services.wording import lemmas_of, words_of_article
from app.storage import articles, indicators, rerouting, speakers, statements
from app.storage.articles import ArticleFacts
from app.storage.batches import Batch
from app.storage.database import begin_writing
from app.storage.facts import Place
from app.storage.indicators import Told
from app.storage.tables import article_words, statement_words
from app.storage.tallies import count_in
from app.storage.words import rows_of

Read = tuple[Article, Extraction]
New = tuple[ArticleFacts, Article, Extraction]


@dataclass(frozen=True, slots=True)
class Stored:
    """Where an article is; `created` is False where its text was there already."""

    id: str
    created: bool


def write_all(session: Session, read: Sequence[Read]) -> list[Stored]:
    """As many answers as articles, in their order; the same text is the same article."""
    begin_writing(session)
    now = datetime.now(UTC)
    # The first of several with one text is the one that is stored.
    given = {extraction.digest: (article, extraction) for article, extraction in reversed(read)}
    rows = {digest: _article_facts(*one, now) for digest, one in given.items()}
    added = articles.add_missing(session, sorted(rows.values(), key=lambda row: row.id))
    new = [(rows[digest], *one) for digest, one in given.items() if rows[digest].id in added]
    _add(session, new)
    return list(_told_of(session, read, added))


def _add(session: Session, new: Sequence[New]) -> None:
    batch = Batch()
    for row, article, extraction in new:
        articles.add_text(batch, row, article.text, extraction.pairs)
        _add_facts(batch, Place(row.id, row.created_at), extraction)
    _add_words(session, batch, new)
    said = [one for _, _, extraction in new for one in _all_speakers(extraction)]
    speakers.save(session, said)
    batch.write(session)
    count_in(session, batch)
    rerouting.follow(session, {speaker.id for speaker, _ in said}, [row.id for row, _, _ in new])


def _add_words(session: Session, batch: Batch, new: Sequence[New]) -> None:
    said = [
        (statement.id, statement.stated_on, lemmas_of(statement.text, extraction.language))
        for _, _, extraction in new
        for statement in extraction.statements
    ]
    written = [(row.id, row.published_on, words_of_article(row.title, article.text, row.language)) for row, article, _ in new]
    batch.rows[statement_words] += rows_of(session, statement_words, said)
    batch.rows[article_words] += rows_of(session, article_words, written)


def _told_of(session: Session, read: Sequence[Read], added: set[str]) -> Iterator[Stored]:
    ids = articles.ids_of(session, {extraction.digest for _, extraction in read})
    told: set[str] = set()
    for _, extraction in read:
        if extraction.digest not in ids:
            raise InternalError("an article that was there a moment ago is gone")
        id_ = ids[extraction.digest]
        yield Stored(id_, created=id_ in added - told)
        told.add(id_)


def _article_facts(article: Article, extraction: Extraction, now: datetime) -> ArticleFacts:
    document = metadata_document(article, extraction)
    return ArticleFacts(
        id=f"ar_{extraction.digest[:20]}",
        digest=extraction.digest,
        **{name: document[name] for name in LIVE_IN_ARTICLES},
        published_on=_calendar_date(document["published_at"]),
        created_at=now,
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


def _add_facts(batch: Batch, place: Place, extraction: Extraction) -> None:
    statements.add(batch, place, ((s, body_of(statement_document(s), LIVE_IN_FACTS)) for s in extraction.statements))
    indicators.add(batch, place, _told(extraction))


def _all_speakers(extraction: Extraction) -> Iterator[tuple[Speaker, date | None]]:
    for statement in extraction.statements:
        yield from ((speaker, statement.stated_on) for speaker in (statement.speaker, *statement.co_speakers))
    yield from ((i.speaker, i.stated_on) for i in extraction.indicators if i.speaker is not None)


def _told(extraction: Extraction) -> Iterator[Told]:
    """A figure inside a statement was told by all who made the statement."""
    said_by = {s.id: (s.speaker, *s.co_speakers) for s in extraction.statements}

    def tellers(indicator: Indicator) -> tuple[Speaker, ...]:
        named = (indicator.speaker,) if indicator.speaker else ()
        together = said_by.get(indicator.statement_id or "", ())
        return tuple({speaker.id: speaker for speaker in chain(together, named)}.values())

    for indicator in extraction.indicators:
        yield indicator, body_of(indicator_document(indicator), LIVE_IN_FACTS), tellers(indicator)
