"""Statements at rest: who said what, found by pair, country, speaker, topic and date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import RowMapping, select
from sqlmodel import Session

from app.domain.facts import Statement
from app.domain.query import PageRequest, Position, StatementQuery
from app.storage import walks
from app.storage.batches import Batch
from app.storage.facts import Place, facts_of, get_fact, keys, listing_of, reviewed, sure, unrepeated
from app.storage.links import STATEMENT_COUNTRY, STATEMENT_PAIR, STATEMENT_SPEAKER, STATEMENT_TOPIC, Filters, ties
from app.storage.paging import Rows
from app.storage.tables import articles, statement_words, statements

_LISTING = listing_of(statements, statement_words)


def add(batch: Batch, place: Place, said: Iterable[tuple[Statement, str, str | None]]) -> None:
    """An article's statements, each with its JSON body and the figures inside it, in the order of the text.

    Before it is written the speakers are.
    """
    for position, (statement, body, figures) in enumerate(said):
        batch.add(statements, _row(place, position, statement, body) | {"figures": figures})
        batch.tie(STATEMENT_SPEAKER, _speakers(statement, place))
        for link, values in (
            (STATEMENT_PAIR, statement.pairs), (STATEMENT_COUNTRY, statement.countries), (STATEMENT_TOPIC, statement.topics)
        ):  # fmt: skip
            batch.tie(link, keys(link, statement.id, values, statement.stated_on, place))


def find(session: Session, query: StatementQuery, request: PageRequest) -> tuple[Rows, Position | None]:
    filters = Filters(
        ties=ties(
            (STATEMENT_SPEAKER, query.speaker),
            (STATEMENT_PAIR, query.pair),
            (STATEMENT_COUNTRY, query.country),
            (STATEMENT_TOPIC, query.topic),
        ),
        equal={"article_id": query.article, "group_id": query.group, "kind": query.kind},
        from_=query.from_,
        to=query.to,
        bounds=(*reviewed(query.review), *sure(query.min_confidence), *unrepeated(query.repeats, query.article)),
        own_index=query.article is not None or query.group is not None,
        once=query.once,
        words=query.words,
    )
    return walks.find(session, _LISTING, filters, request)


def get(session: Session, id_: str) -> RowMapping | None:
    return get_fact(session, statements, id_)


def of_article(session: Session, article_id: str) -> Rows:
    return facts_of(session, statements, article_id)


def bodies_after(session: Session, id_: str, limit: int) -> Rows:
    """The statements that follow in the order of ids, with date and language: for going through all of them."""
    shown = (statements.c.id, statements.c.stated_on, statements.c.body, articles.c.language)
    rows = select(*shown).join(articles, articles.c.id == statements.c.article_id).where(statements.c.id > id_)
    return list(session.execute(rows.order_by(statements.c.id).limit(limit)).mappings())


def _row(place: Place, position: int, statement: Statement, body: str) -> dict[str, Any]:
    return {
        "id": statement.id,
        "article_id": place.article_id,
        "position": position,
        "kind": statement.kind.value,
        "stated_on": statement.stated_on,
        "created_at": place.created_at(statement.id),
        "confidence": statement.confidence,
        "review": place.review(statement.id),
        "body": body,
        "length": len(statement.text),
        "group_id": None,
    }


def _speakers(statement: Statement, place: Place) -> Iterator[dict[str, Any]]:
    for position, speaker in enumerate((statement.speaker, *statement.co_speakers)):
        yield {
            "fact_id": statement.id,
            "speaker_id": speaker.id,
            "position": position,
            "role": speaker.role.value if speaker.role else None,
            "country": speaker.country,
            "as_written": speaker.as_written,
            "resolved_by": speaker.resolved_by.value if speaker.resolved_by else None,
            "stated_on": statement.stated_on,
            "created_at": place.created_at(statement.id),
            "heard_as": None,
        }
