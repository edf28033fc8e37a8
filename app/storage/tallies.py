"""How much is known of each pair and each speaker: kept as facts come and go, so that listing them counts nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Select, Table, case, delete, func, select, update
from sqlmodel import Session

from app.storage.conflicts import insert_missing
from app.storage.links import ARTICLE_PAIR, INDICATOR_PAIR, INDICATOR_SPEAKER, STATEMENT_PAIR, STATEMENT_SPEAKER, Link
from app.storage.tables import articles, indicators, pairs, speakers, statements


@dataclass(frozen=True, slots=True)
class Tallied:
    """A table with a column of counts for each noun, `last_on` beside them, and the links that are counted."""

    table: Table
    key: Column[Any]
    links: Mapping[str, Link]


# In this order, and by key within each: writers who lock rows in one order cannot block each other.
SPEAKERS = Tallied(speakers, speakers.c.id, {"statements": STATEMENT_SPEAKER, "indicators": INDICATOR_SPEAKER})
PAIRS = Tallied(pairs, pairs.c.pair, {"articles": ARTICLE_PAIR, "statements": STATEMENT_PAIR, "indicators": INDICATOR_PAIR})
_OWNERS = {"articles": articles, "statements": statements, "indicators": indicators}


@dataclass(slots=True)
class Tally:
    """What one article adds to a pair or a speaker."""

    counts: dict[str, int]
    last_on: date | None = None


Tallies = list[tuple[Tallied, str, Tally]]


def tally(session: Session, article_id: str) -> Tallies:
    """What the article, as it is stored, adds to which rows."""
    return [(kind, key, of) for kind in (SPEAKERS, PAIRS) for key, of in sorted(_counted(session, kind, article_id).items())]


def count_in(session: Session, added: Tallies) -> None:
    """Speakers are there already; pairs are made where this article is the first to speak of them."""
    blank = dict.fromkeys(PAIRS.links, 0)
    insert_missing(session, pairs, [{"pair": key, "last_on": None} | blank for kind, key, _ in added if kind is PAIRS])
    for kind, key, of in added:
        counts = {noun: kind.table.c[noun] + count for noun, count in of.counts.items()}
        session.execute(
            update(kind.table).where(kind.key == key).values(**counts, last_on=_later(kind.table.c.last_on, of.last_on))
        )


def count_out(session: Session, removed: Tallies) -> None:
    """After the removal of an article: rows that nothing refers to any more go too."""
    for kind, key, of in removed:
        counts = {noun: kind.table.c[noun] - count for noun, count in of.counts.items()}
        session.execute(update(kind.table).where(kind.key == key).values(**counts, last_on=_last_on(session, kind, key)))
        session.execute(delete(kind.table).where(kind.key == key, *(kind.table.c[noun] == 0 for noun in kind.links)))


def _counted(session: Session, kind: Tallied, article_id: str) -> dict[str, Tally]:
    found: dict[str, Tally] = defaultdict(lambda: Tally({}))
    for noun, link in kind.links.items():
        for key, count, last_on in session.execute(_count(link, _OWNERS[noun], article_id)):
            found[key].counts[noun] = count
            found[key].last_on = max(filter(None, (found[key].last_on, last_on)), default=None)
    return found


def _count(link: Link, owner: Table, article_id: str) -> Select[Any]:
    rows = select(link.key, func.count(), func.max(link.dated)).join(owner, owner.c.id == link.owner)
    return rows.where((owner.c.id if owner is articles else owner.c.article_id) == article_id).group_by(link.key)


def _later(column: Column[Any], candidate: date | None) -> Any:
    return column if candidate is None else case((column > candidate, column), else_=candidate)


def _last_on(session: Session, kind: Tallied, key: str) -> date | None:
    latest = (session.scalar(select(func.max(link.dated)).where(link.key == key)) for link in kind.links.values())
    return max(filter(None, latest), default=None)
