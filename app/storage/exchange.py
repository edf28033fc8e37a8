"""Exchange rates at rest: put in place, found by pair and day, listed, taken out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Select, bindparam, delete, exists, func, literal_column, select
from sqlmodel import Session

from app.domain.exchange import Rate, RateQuery
from app.domain.query import PageRequest, Position
from app.storage.batches import insertion, values_of
from app.storage.columns import decimal_of
from app.storage.conflicts import insert_missing
from app.storage.paging import Order, Rows, Walk, read_page
from app.storage.rate_tables import currency_pairs, exchange_rates

Currencies = tuple[str, str]
"""Base and quote."""
_c, _p = exchange_rates.c, currency_pairs.c
_REPLACING = "ON CONFLICT (pair_id, day) DO UPDATE SET rate = excluded.rate, source = excluded.source"
_DIFFERENT = "WHERE exchange_rates.rate <> excluded.rate OR exchange_rates.source <> excluded.source"
_WANTED = {
    "sqlite": "(SELECT json_extract(value, '$[0]') AS pair, json_extract(value, '$[1]') AS since, "
    "json_extract(value, '$[2]') AS wanted FROM json_each(?))",
    "postgresql": "unnest(%s::text[], %s::date[], %s::date[])",
}


def put(session: Session, rates: Sequence[Rate]) -> int:
    """Stores rates, in the place of those of the same pair and day; how many were new or said something else."""
    named = {(rate.base, rate.quote) for rate in rates}
    insert_missing(session, currency_pairs, [{"id": _id(pair), "base": pair[0], "quote": pair[1]} for pair in sorted(named)])
    connection, names = session.connection(), ("pair_id", "day", "rate", "source")
    rows = [dict(zip(names, (_id((r.base, r.quote)), r.day, r.rate, r.source), strict=True)) for r in rates]
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    insert = f"{insertion(exchange_rates, names, mark)} {_REPLACING} {_DIFFERENT}"
    driver: Any = connection.connection
    cursor = driver.cursor()
    cursor.executemany(insert, list(values_of(connection.dialect, exchange_rates, names, rows)))
    touched: int = cursor.rowcount
    cursor.close()
    return touched


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(exchange_rates)) or 0


def pairs(session: Session) -> set[Currencies]:
    """All of which there are rates; a few dozen."""
    return {(row.base, row.quote) for row in session.execute(select(_p.base, _p.quote))}


def latest(
    session: Session, wanted: Collection[tuple[Currencies, date]], within: timedelta
) -> dict[tuple[Currencies, date], Rate]:
    """For each pair and day the latest rate that is no older, in one question: an index tells each."""
    asked = [(_id(pair), _before(day, within), day) for pair, day in wanted]
    if not asked:
        return {}
    connection = session.connection()
    dialect = connection.dialect.name
    values = tuple(map(list, zip(*asked, strict=True))) if dialect == "postgresql" else (orjson.dumps(asked).decode(),)
    found = connection.exec_driver_sql(_latest(dialect), values)  # the SELECT is ours, nothing of a client's is in it
    return {
        (_currencies(pair), _day(day)): Rate(_day(told), *_currencies(pair), decimal_of(rate), source)
        for pair, day, told, rate, source in found
    }


def find(session: Session, query: RateQuery, request: PageRequest) -> tuple[Rows, Position | None]:
    """One page of them, by day and pair."""
    asked = {name: value for name in RateQuery.__slots__ if (value := getattr(query, name)) is not None}
    if {"base", "quote"} <= asked.keys():
        asked["pair_id"] = _id((asked.pop("base"), asked.pop("quote")))
    return read_page(session, _walk(frozenset(asked), session.get_bind().dialect.name), asked, request)


def summary(session: Session) -> Rows:
    """By pair and source, how many there are and from when to when."""
    told = (
        _p.base,
        _p.quote,
        _c.source,
        func.count().label("rates"),
        func.min(_c.day).label("first"),
        func.max(_c.day).label("last"),
    )
    rows = select(*told).join_from(exchange_rates, currency_pairs, _p.id == _c.pair_id).group_by(_p.base, _p.quote, _c.source)
    return list(session.execute(rows.order_by(_p.base, _p.quote, _c.source)).mappings())


def remove(session: Session, query: RateQuery) -> int:
    """Takes out the rates that a query finds, and pairs without any left; how many rates."""
    known = select(_p.id).where(*(_p[name] == getattr(query, name) for name in ("base", "quote") if getattr(query, name)))
    gone = delete(exchange_rates).where(_c.pair_id.in_(known))
    if query.source is not None:
        gone = gone.where(_c.source == query.source)
    gone = gone.where(*((_c.day >= query.from_,) if query.from_ else ()), *((_c.day <= query.to,) if query.to else ()))
    taken = session.connection().execute(gone).rowcount
    session.execute(delete(currency_pairs).where(~exists().where(_c.pair_id == _p.id)))
    return taken


@lru_cache(maxsize=200)
def _walk(asked: frozenset[str], dialect: str) -> Walk:
    """One pair walks its key; anything else the days, of which few have to be passed over."""
    rows: Select[Any] = select(*_c, _p.base, _p.quote).join_from(exchange_rates, currency_pairs, _p.id == _c.pair_id)
    if "pair_id" in asked:
        rows = rows.where(_c.pair_id == bindparam("pair_id"))
    for name in asked & {"base", "quote"}:
        # The plus keeps SQLite from beginning with the pairs, and sorting what it finds.
        column = literal_column(f"+currency_pairs.{name}") if dialect == "sqlite" else _p[name]
        rows = rows.where(column == bindparam(name))
    rows = rows.where(*_limits(asked))
    return Walk(rows, Order(_c.day, _c.pair_id))


def _limits(asked: frozenset[str]) -> Iterator[Any]:
    if "source" in asked:
        yield _c.source == bindparam("source")
    if "from_" in asked:
        yield _c.day >= bindparam("from_", type_=_c.day.type)
    if "to" in asked:
        yield _c.day <= bindparam("to", type_=_c.day.type)


def _latest(dialect: str) -> str:
    newest = "SELECT max(x.day) FROM exchange_rates AS x WHERE x.pair_id = w.pair AND x.day >= w.since AND x.day <= w.wanted"
    return (
        f"SELECT w.pair, w.wanted, r.day, r.rate, r.source FROM {_WANTED[dialect]} AS w"  # noqa: S608 - all of it is ours
        f"{'(pair, since, wanted)' if dialect == 'postgresql' else ''}"
        f" JOIN exchange_rates AS r ON r.pair_id = w.pair AND r.day = ({newest})"
    )


def _before(day: date, within: timedelta) -> date:
    return date.fromordinal(max(day.toordinal() - within.days, 1))


def _id(pair: Currencies) -> str:
    return "-".join(pair)


def _currencies(pair_id: str) -> Currencies:
    base, _, quote = pair_id.partition("-")
    return base, quote


def _day(value: date | str) -> date:
    """SQLite's driver hands days over as they are written."""
    return date.fromisoformat(value) if isinstance(value, str) else value
