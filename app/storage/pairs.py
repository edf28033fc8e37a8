"""Pairs: what is known of each, and the parts of a glance."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Integer, RowMapping, Select, bindparam, func, select
from sqlmodel import Session

from app.domain.country import Pair
from app.domain.facts import Review
from app.domain.measure import Measure, Status
from app.domain.query import PageRequest, Position
from app.storage.facts import rows_by_id
from app.storage.links import INDICATOR_PAIR, STATEMENT_PAIR, STATEMENT_SPEAKER, STATEMENT_TOPIC, Link
from app.storage.paging import Order, Rows, Walk, read_page
from app.storage.tables import indicators, pairs

_ALL = Walk(select(pairs), Order(pairs.c.pair, pairs.c.pair))
RECENT = 500
"""A glance looks at so many of the latest facts and no further: what it costs does not grow with the archive."""


def find(session: Session, request: PageRequest) -> tuple[Rows, Position | None]:
    """Pairs in alphabetical order: an order by counts would move under inserts."""
    return read_page(session, _ALL, {}, request)


def get(session: Session, pair: Pair) -> RowMapping | None:
    """The counts of a pair; None where nothing is known of it."""
    return session.execute(select(pairs).where(pairs.c.pair == str(pair))).mappings().first()


def headlines(session: Session, pair: Pair, limit: int, least: float = 0.0) -> Rows:
    """The latest actual level of each metric, of the metrics told of most often.

    Only figures of this pair alone: what three countries trade among them is no headline of two.
    """
    best = session.connection().execute(_headlines(), {"pair": str(pair), "least": least, "at_most": limit})
    return rows_by_id(session, indicators, list(best.scalars()))


def speakers(session: Session, pair: Pair, limit: int) -> list[tuple[str, int]]:
    """Who is heard most about the pair lately, with the number of statements."""
    return _frequent(session, pair, STATEMENT_SPEAKER, limit)


def topics(session: Session, pair: Pair, limit: int) -> list[tuple[str, int]]:
    """What is talked of most lately, with the number of statements."""
    return _frequent(session, pair, STATEMENT_TOPIC, limit)


@cache
def _headlines() -> Select[Any]:
    """Put together once: building it costs as much as running it."""
    c, recent = indicators.c, INDICATOR_PAIR.latest(bindparam("pair"), RECENT)
    newest = (c.period_last.desc().nulls_last(), c.stated_on.desc().nulls_last(), c.position, c.id)
    place = func.row_number().over(partition_by=c.metric, order_by=newest).label("place")
    told = func.count().over(partition_by=c.metric).label("told")
    levels = select(c.id, c.metric, place, told).join(recent, recent.c.owner == c.id)
    ranked = levels.where(
        c.pair == bindparam("pair"),
        c.measure == Measure.LEVEL.value,
        c.status == Status.ACTUAL.value,
        c.review != Review.REJECTED.value,
        c.repeats.is_(None),
        func.coalesce(c.confidence, 1.0) >= bindparam("least", type_=c.confidence.type),
    ).subquery()
    best = select(ranked.c.id).where(ranked.c.place == 1).order_by(ranked.c.told.desc(), ranked.c.metric)
    return best.limit(bindparam("at_most", type_=Integer))


def _frequent(session: Session, pair: Pair, link: Link, limit: int) -> list[tuple[str, int]]:
    asked = {"pair": str(pair), "at_most": limit}
    return [(value, count) for value, count in session.connection().execute(_counted(link), asked)]


@cache
def _counted(link: Link) -> Select[Any]:
    recent = STATEMENT_PAIR.latest(bindparam("pair"), RECENT)
    rows = select(link.key, func.count()).join(recent, recent.c.owner == link.owner)
    rows = link.standing(rows).group_by(link.key)
    return rows.order_by(func.count().desc(), link.key).limit(bindparam("at_most", type_=Integer))
