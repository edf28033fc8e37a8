"""Copies at rest: what articles are known by, which is whose copy, and which facts of a copy only repeat."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, delete, or_, select, update
from sqlmodel import Session

from app.domain.facts import Review
from app.storage.among import rows_among
from app.storage.batches import Batch, row_of
from app.storage.database import take_turns
from app.storage.paging import Rows
from app.storage.reprint_tables import article_bands, article_sketches
from app.storage.tables import articles, indicators, statements

FACTS = {"statements": statements, "indicators": indicators}
_MOST_FOUND = 400
"""Rows that a search for copies looks at: a flood of articles by one template costs no more."""
_MOST_HEARD, _MOST_STANDING = 32, 2_000
"""Copies, the oldest, that a new one is held against beside the first article, and facts of them: the thousandth copy of one
item costs what the fortieth did. What only two later ones add is told twice."""
_BANDS = "SELECT article_id FROM article_bands WHERE day BETWEEN {0} AND {0} AND band"
_SOURCES = (
    "SELECT f.repeats, f.id, a.id, a.title, a.url, a.publisher, a.published_at, a.created_at FROM {0} f "  # noqa: S608 - our own names
    f"JOIN articles a ON a.id = f.article_id WHERE f.review <> '{Review.REJECTED.value}' AND f.repeats"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What an article is known by to its copies."""

    article_id: str
    language: str | None
    day: date
    sketch: str
    pairs: str


def days_around(session: Session) -> int:
    """How far apart the dates of an article and its copy may be; 0 where copies are not looked for."""
    days: int = session.info["reprint_days"]
    return days


def wait_in_line(session: Session) -> None:
    """From here to the end of the transaction nobody else says what is whose copy: two who bring copies at once see each other.

    Before any row of speakers or pairs is locked, or two writers could block each other.
    """
    take_turns(session, "reprints")


def add(batch: Batch, article: Known) -> None:
    batch.add(article_sketches, row_of(article))


def show(batch: Batch, article: Known, bands: Iterable[int]) -> None:
    """From now on copies of it find it."""
    for band in dict.fromkeys(bands):
        batch.add(article_bands, {"article_id": article.article_id, "band": band, "day": article.day})


def sharing(session: Session, bands: Collection[int], day: date, days: int) -> list[str]:
    """The articles of so many days around one that share bands, once for each band."""
    around = [day - timedelta(days), day + timedelta(days)]
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        rows = f"{_BANDS.format('%s')} = ANY(%s) LIMIT {_MOST_FOUND}"
        return list(connection.exec_driver_sql(rows, (*around, list(bands))).scalars())
    rows = f"{_BANDS.format('?')} IN ({', '.join('?' * len(bands))}) LIMIT {_MOST_FOUND}"
    return list(connection.exec_driver_sql(rows, (*(day.isoformat() for day in around), *bands)).scalars())


def known(session: Session, ids: Collection[str]) -> list[Known]:
    rows = select(article_sketches).where(article_sketches.c.article_id.in_(ids))
    return [Known(**row) for row in session.execute(rows).mappings()] if ids else []


def mark(session: Session, firsts: Mapping[str, str | None]) -> None:
    """By article the first of its copies, None where it is the first itself. No copy is found by its bands."""
    if not firsts:
        return
    rows = update(articles).where(articles.c.id == bindparam("of")).values(reprint_of=bindparam("first"))
    session.connection().execute(rows, [{"of": id_, "first": firsts[id_]} for id_ in sorted(firsts)])
    copies = [id_ for id_, first in firsts.items() if first is not None]
    session.execute(delete(article_bands).where(article_bands.c.article_id.in_(copies)))


def first_of(session: Session, article_id: str) -> str | None:
    """None where it is no copy, or not there."""
    found: str | None = session.scalar(select(articles.c.reprint_of).where(articles.c.id == article_id))
    return found


def copies_of(session: Session, article_id: str) -> list[str]:
    """The oldest first."""
    rows = select(articles.c.id).where(articles.c.reprint_of == article_id)
    return list(session.scalars(rows.order_by(articles.c.created_at, articles.c.id)))


def facts_of_family(session: Session, noun: str, first: str) -> Rows:
    """All facts of an article and its copies, those of the oldest first."""
    return list(session.execute(_facts(noun, first).where(_in_family(first))).mappings())


def standing_and_new(session: Session, noun: str, first: str, copy: str) -> Rows:
    """The facts that a new copy may repeat, and its own."""
    facts = FACTS[noun]
    oldest = select(articles.c.id).where(articles.c.reprint_of == first, articles.c.id != copy)
    heard = session.scalars(oldest.order_by(articles.c.created_at, articles.c.id).limit(_MOST_HEARD))
    among = facts.c.article_id.in_([first, *heard])
    standing = _facts(noun, first).where(among, facts.c.repeats.is_(None)).limit(_MOST_STANDING)
    own = _facts(noun, first).where(facts.c.article_id == copy)
    return [*session.execute(standing).mappings(), *session.execute(own).mappings()]


def repeat(session: Session, noun: str, repeats: Mapping[str, str | None]) -> None:
    """By fact the one that it repeats, None where it stands for itself."""
    if repeats:
        facts = FACTS[noun]
        rows = update(facts).where(facts.c.id == bindparam("of")).values(repeats=bindparam("first"))
        session.connection().execute(rows, [{"of": id_, "first": repeats[id_]} for id_ in sorted(repeats)])


def further_sources(session: Session, noun: str, ids: Collection[str]) -> list[tuple[str, str, tuple[Any, ...]]]:
    """Where else facts are told, the oldest first: the fact, the one that repeats it, and the article of that."""
    rows = sorted(map(tuple, rows_among(session, _SOURCES.format(noun), ids)), key=itemgetter(-1, 1))
    return [(row[0], row[1], row[2:-1]) for row in rows]


def _facts(noun: str, first: str) -> Select[Any]:
    facts = FACTS[noun]
    age = (case((articles.c.id == first, 0), else_=1), articles.c.created_at, articles.c.id)
    rows = select(facts.c.id, facts.c.article_id, facts.c.repeats, facts.c.body)
    return rows.join(articles, articles.c.id == facts.c.article_id).order_by(*age, facts.c.position)


def _in_family(first: str) -> ColumnElement[bool]:
    return or_(articles.c.id == first, articles.c.reprint_of == first)
