"""How much is known of each pair and each speaker: kept as facts come and go, so that listing them counts nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Select, Table, bindparam, case, delete, exists, func, select, update
from sqlmodel import Session

from app.storage.batches import Batch
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
_DAY_ONE = date(1, 1, 1)


class Tally(dict[str, int]):
    """What is added to a pair or a speaker, by noun, and the latest date of it."""

    last_on: date | None = None

    def count(self, noun: str, number: int, last_on: date | None) -> None:
        self[noun] = self.get(noun, 0) + number
        if last_on is not None and (self.last_on is None or last_on > self.last_on):
            self.last_on = last_on


Tallies = dict[str, Tally]


def count_in(session: Session, batch: Batch, repeating: Collection[str] = ()) -> None:
    """Counts what the batch holds, but for facts that repeat another.

    Speakers are there already; pairs are made where nothing spoke of them before.
    """
    for kind in (SPEAKERS, PAIRS):
        tallies = _gathered(kind, batch, repeating)
        if kind is PAIRS:
            blank = dict.fromkeys(PAIRS.links, 0)
            insert_missing(session, pairs, [{"pair": key, "last_on": None} | blank for key in sorted(tallies)])
        if tallies:
            added = [{"of": key, "on": of.last_on} | {f"n_{n}": of.get(n, 0) for n in kind.links} for key, of in tallies.items()]
            session.connection().execute(_add_to(kind), sorted(added, key=lambda row: str(row["of"])))


def count_anew(session: Session, kind: Tallied, keys: Collection[str]) -> None:
    """Counts what is there, for a few keys. Rows that nothing refers to any more go, pairs of which nothing was known come."""
    if kind is PAIRS:
        insert_missing(session, pairs, [{"pair": key, "last_on": None} | dict.fromkeys(PAIRS.links, 0) for key in sorted(keys)])
    for key in sorted(keys):
        counts = {noun: _how_many(session, link, key) for noun, link in kind.links.items()}
        session.execute(update(kind.table).where(kind.key == key).values(**counts, last_on=_last_on(session, kind, key)))
    _drop_silent(session, kind, keys)


def move(session: Session, noun: str, fact_ids: Collection[str], by: int) -> None:
    """Facts that turned out to repeat another count no more (−1), or again (1)."""
    for kind in (SPEAKERS, PAIRS) if fact_ids else ():
        link = kind.links[noun]
        rows = select(link.key, func.count()).where(link.owner.in_(fact_ids)).group_by(link.key).order_by(link.key)
        counted: dict[str, int] = {row[0]: row[1] for row in session.execute(rows)}
        if kind is PAIRS:
            blank = dict.fromkeys(PAIRS.links, 0)
            insert_missing(session, pairs, [{"pair": key, "last_on": None} | blank for key in counted])
        for key, count in counted.items():
            now = {noun: kind.table.c[noun] + by * count, "last_on": _last_on(session, kind, key)}
            session.execute(update(kind.table).where(kind.key == key).values(**now))
        _drop_silent(session, kind, counted)


class Removal:
    """The counts of an article that is about to go: made before, settled after."""

    def __init__(self, session: Session, article_id: str) -> None:
        self._session = session
        self._tallies = [(kind, _counted(session, kind, article_id)) for kind in (SPEAKERS, PAIRS)]
        for kind, tallies in self._tallies:
            # Locked in the order in which everybody locks, or the latest date could be read before another's fact is there.
            rows = select(kind.key).where(kind.key.in_(tallies)).order_by(kind.key)
            session.execute(rows.with_for_update())

    @property
    def speakers(self) -> list[str]:
        return sorted(self._tallies[0][1])

    def settle(self) -> None:
        """Rows that nothing refers to any more go too."""
        for kind, tallies in self._tallies:
            for key, of in sorted(tallies.items()):
                counts = {noun: kind.table.c[noun] - count for noun, count in of.items()}
                last_on = _last_on(self._session, kind, key)
                self._session.execute(update(kind.table).where(kind.key == key).values(**counts, last_on=last_on))
            _drop_silent(self._session, kind, tallies)


def _gathered(kind: Tallied, batch: Batch, repeating: Collection[str]) -> Tallies:
    found: Tallies = defaultdict(Tally)
    for noun, link in kind.links.items():
        key, dated, owner = link.key.name, link.dated.name, link.owner.name
        for row in batch.rows.get(link.table, ()):
            if row[owner] not in repeating:
                found[row[key]].count(noun, 1, row[dated])
    return found


def _add_to(kind: Tallied) -> Any:
    counts = {noun: kind.table.c[noun] + bindparam(f"n_{noun}") for noun in kind.links}
    before, on = kind.table.c.last_on, bindparam("on", type_=kind.table.c.last_on.type)
    later = case((func.coalesce(before, _DAY_ONE) >= func.coalesce(on, _DAY_ONE), before), else_=on)
    return update(kind.table).where(kind.key == bindparam("of")).values(**counts, last_on=later)


def _counted(session: Session, kind: Tallied, article_id: str) -> Tallies:
    found: Tallies = defaultdict(Tally)
    for noun, key, count, last_on in _counts(session, kind, article_id):
        found[key].count(noun, count, last_on)
    return found


def _counts(session: Session, kind: Tallied, article_id: str) -> Iterator[tuple[str, str, int, date | None]]:
    for noun, link in kind.links.items():
        for key, count, last_on in session.execute(_count(link, _OWNERS[noun], article_id)):
            yield noun, key, count, last_on


def _count(link: Link, owner: Table, article_id: str) -> Select[Any]:
    rows = select(link.key, func.count(), func.max(link.dated)).join(owner, owner.c.id == link.owner)
    of_article = (
        (owner.c.id == article_id,) if owner is articles else (owner.c.article_id == article_id, owner.c.repeats.is_(None))
    )
    return rows.where(*of_article).group_by(link.key)


def _drop_silent(session: Session, kind: Tallied, keys: Collection[str]) -> None:
    """Nothing is tied to them: facts that repeat another are not counted, and yet somebody's."""
    none_left = (kind.table.c[noun] == 0 for noun in kind.links)
    tied = (exists().where(link.key == kind.key) for link in kind.links.values())
    session.execute(delete(kind.table).where(kind.key.in_(keys), *none_left, *(~tie for tie in tied)))


def _how_many(session: Session, link: Link, key: str) -> int:
    return session.scalar(link.standing(select(func.count()).select_from(link.table)).where(link.key == key)) or 0


def _last_on(session: Session, kind: Tallied, key: str) -> date | None:
    latest = (session.scalar(_latest(link, key)) for link in kind.links.values())
    return max(filter(None, latest), default=None)


def _latest(link: Link, key: str) -> Select[Any]:
    """Along the index from its end, where facts that repeat are passed over."""
    rows = link.standing(select(link.dated).select_from(link.table)).where(link.key == key, link.dated.is_not(None))
    return rows.order_by(link.dated.desc()).limit(1)
