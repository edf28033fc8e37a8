"""Pairs: what is known of each, counted along the indexes of the links, and the parts of a glance."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Table, func, select, union
from sqlmodel import Session

from app.domain.country import Pair
from app.domain.measure import Measure, Status
from app.domain.query import PageRequest, Position
from app.storage.facts import rows_by_id
from app.storage.paging import Rows
from app.storage.tables import (
    article_pairs,
    indicator_pairs,
    indicators,
    statement_pairs,
    statement_speakers,
    statement_topics,
)  # fmt: skip

_COUNTED = {"articles": article_pairs, "statements": statement_pairs, "indicators": indicator_pairs}

Known = dict[str, Any]
"""`pair`, the three counts, and `last_on`: the latest date of any of them."""


def find(session: Session, request: PageRequest) -> tuple[list[Known], Position | None]:
    """Pairs in alphabetical order: an order by counts would move under inserts."""
    after = request.after[1] if request.after else ""
    names = union(*(select(t.c.pair).where(t.c.pair > after).distinct() for t in _COUNTED.values())).subquery()
    found = list(session.scalars(select(names.c.pair).order_by(names.c.pair).limit(request.limit + 1)))
    shown = found[: request.limit]
    return counted(session, shown), (shown[-1], shown[-1]) if len(found) > request.limit else None


def counted(session: Session, pairs: list[str]) -> list[Known]:
    """The counts of each pair, zero where nothing is known."""
    known: dict[str, Known] = {pair: {"pair": pair, **dict.fromkeys(_COUNTED, 0), "last_on": None} for pair in pairs}
    for name, table in _COUNTED.items():
        for pair, count, last in session.execute(_count(table, pairs)):
            known[pair][name] = count
            known[pair]["last_on"] = max(filter(None, (known[pair]["last_on"], last)), default=None)
    return list(known.values())


def headlines(session: Session, pair: Pair, limit: int) -> Rows:
    """The latest actual level of each metric, of the metrics told of most often.

    Only figures of this pair alone: what three countries trade among them is no headline of two.
    """
    newest = (indicators.c.period_last.is_(None), indicators.c.period_last.desc(), indicators.c.stated_on.is_(None),
              indicators.c.stated_on.desc(), indicators.c.position, indicators.c.id)  # fmt: skip
    place = func.row_number().over(partition_by=indicators.c.metric, order_by=newest).label("place")
    told = func.count().over(partition_by=indicators.c.metric).label("told")
    of_pair = select(indicators.c.id, indicators.c.metric, place, told).join(
        indicator_pairs, indicator_pairs.c.fact_id == indicators.c.id
    )
    of_pair = of_pair.where(indicator_pairs.c.pair == str(pair), indicators.c.pair == str(pair))
    ranked = of_pair.where(indicators.c.measure == Measure.LEVEL, indicators.c.status == Status.ACTUAL).subquery()
    best = select(ranked.c.id).where(ranked.c.place == 1).order_by(ranked.c.told.desc(), ranked.c.metric).limit(limit)
    return rows_by_id(session, indicators, list(session.scalars(best)))


def speakers(session: Session, pair: Pair, limit: int) -> list[tuple[str, int]]:
    """Who is heard most about the pair, with the number of statements."""
    return _frequent(session, pair, statement_speakers, statement_speakers.c.speaker_id, limit)


def topics(session: Session, pair: Pair, limit: int) -> list[tuple[str, int]]:
    """What is talked of most, with the number of statements."""
    return _frequent(session, pair, statement_topics, statement_topics.c.topic, limit)


def _frequent(session: Session, pair: Pair, link: Table, key: Column[Any], limit: int) -> list[tuple[str, int]]:
    rows = select(key, func.count()).join(statement_pairs, statement_pairs.c.fact_id == link.c.fact_id)
    rows = rows.where(statement_pairs.c.pair == str(pair)).group_by(key).order_by(func.count().desc(), key).limit(limit)
    return [(value, count) for value, count in session.execute(rows)]


def _count(table: Table, pairs: list[str]) -> Any:
    dated = table.c.published_on if "published_on" in table.c else table.c.stated_on
    return select(table.c.pair, func.count(), func.max(dated)).where(table.c.pair.in_(pairs)).group_by(table.c.pair)
