"""What editors did to facts: recorded, able to be taken back; and one fact written anew in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import RowMapping, Table, delete, insert, select, update
from sqlmodel import Session

from app.storage.batches import Batch
from app.storage.links import Link
from app.storage.paging import Rows
from app.storage.review_tables import fact_changes
from app.storage.tables import statement_words, statements
from app.storage.tallies import PAIRS, SPEAKERS, count_anew

Facts = Table
"""The table of one kind of fact."""


def record(session: Session, fact_id: str, article_id: str, by: str | None, note: str | None, before: str, after: str) -> None:
    made = {"fact_id": fact_id, "article_id": article_id, "made_at": datetime.now(UTC), "made_by": by, "note": note}
    session.execute(insert(fact_changes).values(**made, before=before, after=after, undone_at=None, undone_by=None))


def changes_of(session: Session, fact_id: str) -> Rows:
    """All that was done to a fact, the latest first."""
    rows = select(fact_changes).where(fact_changes.c.fact_id == fact_id).order_by(fact_changes.c.id.desc())
    return list(session.execute(rows).mappings())


def standing(session: Session, fact_ids: Collection[str]) -> dict[str, list[RowMapping]]:
    """By fact, what was done and not undone, the earliest first."""
    found: dict[str, list[RowMapping]] = defaultdict(list)
    rows = select(fact_changes).where(fact_changes.c.fact_id.in_(fact_ids), fact_changes.c.undone_at.is_(None))
    for row in session.execute(rows.order_by(fact_changes.c.id)).mappings() if fact_ids else ():
        found[row["fact_id"]].append(row)
    return found


def touched(session: Session) -> list[str]:
    """The articles to some fact of which something was done and not undone."""
    rows = select(fact_changes.c.article_id).where(fact_changes.c.undone_at.is_(None)).distinct()
    return list(session.scalars(rows.order_by(fact_changes.c.article_id)))


def mark_undone(session: Session, change: int, by: str | None) -> None:
    undone = {"undone_at": datetime.now(UTC), "undone_by": by}
    session.execute(update(fact_changes).where(fact_changes.c.id == change).values(**undone))


@dataclass(frozen=True, slots=True)
class Whole:
    """A fact as it stands, under a lock: its row, and whom and what it counts for."""

    row: RowMapping
    speakers: frozenset[str]
    pairs: frozenset[str]


def locked(session: Session, facts: Facts, fact_id: str) -> Whole | None:
    """The fact, which nobody else changes until the transaction ends; None where there is none."""
    row = session.execute(select(facts).where(facts.c.id == fact_id).with_for_update()).mappings().first()
    if row is None:
        return None
    return Whole(row, *(_keys(session, tallied.links[facts.name], fact_id) for tallied in (SPEAKERS, PAIRS)))


def set_live(session: Session, facts: Facts, fact_id: str, live: dict[str, Any]) -> None:
    """Columns that are not in the body."""
    session.execute(update(facts).where(facts.c.id == fact_id).values(**live))


def rewrite(session: Session, facts: Facts, before: Whole, batch: Batch, live: dict[str, Any]) -> None:
    """Puts the one fact of the batch in the place of what it was; `live` are columns that the batch does not know."""
    fact_id = before.row["id"]
    session.execute(delete(facts).where(facts.c.id == fact_id))
    if facts is statements:
        session.execute(delete(statement_words).where(statement_words.c.owner_id == fact_id))
    batch.write(session)
    set_live(session, facts, fact_id, live)
    now = [_keys(session, tallied.links[facts.name], fact_id) for tallied in (SPEAKERS, PAIRS)]
    count_anew(session, SPEAKERS, before.speakers | now[0])
    count_anew(session, PAIRS, before.pairs | now[1])


def _keys(session: Session, link: Link, fact_id: str) -> frozenset[str]:
    return frozenset(session.scalars(select(link.key).where(link.owner == fact_id)))
