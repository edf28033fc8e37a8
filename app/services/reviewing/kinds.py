"""The two kinds of fact as an editor's act meets them: their table, and how one is written."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import RowMapping
from sqlmodel import Session

from app.domain.speaker import Speaker
from app.services.documents import Document
from app.services.groups.keeping import Leaving, refresh
from app.services.restored import indicator_of, statement_of
from app.services.stored import LIVE_IN_FACTS, LIVE_IN_STATEMENTS, body_of
from app.services.wording import lemmas_of
from app.storage import articles, indicators, rerouting, reviewing, speakers, statements
from app.storage.batches import Batch
from app.storage.facts import Kept, Place
from app.storage.tables import indicators as indicator_table
from app.storage.tables import statement_words
from app.storage.tables import statements as statement_table
from app.storage.words import rows_of

LIVE = ("review", "confidence")
"""What editors say of a fact without changing it: columns, no part of its body."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`gather` puts a document's rows into a batch and says whom it quotes."""

    noun: str
    table: reviewing.Facts
    get: Callable[[Session, str], RowMapping | None]
    gather: Callable[[Session, Batch, Place, Document], tuple[Speaker, ...]]


def document_of(row: RowMapping) -> Document:
    """The fact as it was read or corrected, with its verdict; speakers as they were heard."""
    return dict(orjson.loads(row["body"])) | {name: row[name] for name in LIVE}


def write(session: Session, kind: Kind, whole: reviewing.Whole, document: Document, changed: Collection[str]) -> None:
    """The fact as the document says. Where only the verdict changed, nothing else is written anew."""
    leaving = Leaving(session, whole.row["article_id"])
    _put(session, kind, whole, document, changed)
    leaving.settle()
    statement = whole.row["id"] if kind is STATEMENT else document["statement_id"]
    if statement is not None:
        refresh(session, statement, whole.row["article_id"])


def _put(session: Session, kind: Kind, whole: reviewing.Whole, document: Document, changed: Collection[str]) -> None:
    row, live = whole.row, {name: document[name] for name in LIVE}
    if set(changed) <= set(LIVE):
        reviewing.set_live(session, kind.table, row["id"], live)
        return
    batch = Batch()
    place = Place(row["article_id"], row["created_at"], {row["id"]: Kept(row["created_at"], document["review"])})
    said = kind.gather(session, batch, place, document)
    speakers.save(session, [(speaker, row["stated_on"]) for speaker in said])
    reviewing.rewrite(session, kind.table, whole, batch, live | {"position": row["position"], "repeats": row["repeats"]})
    rerouting.follow(session, {speaker.id for speaker in said}, [row["article_id"]])


def _gather_statement(session: Session, batch: Batch, place: Place, document: Document) -> tuple[Speaker, ...]:
    statement = statement_of(document)
    statements.add(batch, place, [(statement, body_of(document, LIVE_IN_STATEMENTS), None)])
    article: Any = articles.get(session, place.article_id)
    words = (statement.id, statement.stated_on, lemmas_of(statement.text, article["language"]))
    batch.rows[statement_words] += rows_of(session, statement_words, [words])
    return (statement.speaker, *statement.co_speakers)


def _gather_indicator(session: Session, batch: Batch, place: Place, document: Document) -> tuple[Speaker, ...]:
    """Who told it: its speaker, and those who made its statement together."""
    indicator = indicator_of(document)
    told_by = {indicator.speaker.id: indicator.speaker} if indicator.speaker else {}
    said = statements.get(session, indicator.statement_id) if indicator.statement_id else None
    if said is not None and indicator.speaker is not None:
        statement = statement_of(document_of(said))
        if indicator.speaker.id == statement.speaker.id:
            told_by |= {speaker.id: speaker for speaker in statement.co_speakers}
    indicators.add(batch, place, [(indicator, body_of(document, LIVE_IN_FACTS), tuple(told_by.values()))])
    return tuple(told_by.values())


STATEMENT = Kind("statement", statement_table, statements.get, _gather_statement)
INDICATOR = Kind("indicator", indicator_table, indicators.get, _gather_indicator)
