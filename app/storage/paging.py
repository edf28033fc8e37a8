"""Keyset paging: a page starts after the last row of the one before, by value, so that inserts move nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, RowMapping, Select, literal, tuple_
from sqlmodel import Session

from app.domain.measure import plain
from app.domain.query import PageRequest, Position, Sort
from app.errors import InvalidParameter

Rows = list[RowMapping]

_READ: dict[str, Callable[[str], Any]] = {
    "stated_on": date.fromisoformat,
    "created_at": datetime.fromisoformat,
    "value": Decimal,
    "name": str,
    "pair": str,
}


@dataclass(frozen=True, slots=True)
class Order:
    """The columns that a list is sorted by: a value, and an id, which breaks ties.

    `gaps` tells whether rows without a value may be asked for.
    """

    value: Column[Any]
    id: Column[Any]
    gaps: bool = False


def read_page(session: Session, rows: Select[Any], order: Order, request: PageRequest) -> tuple[Rows, Position | None]:
    """The rows of one page, and the position to go on from.

    Rows without a value come last in both directions, and engines disagree on where they sort by themselves;
    so they are a second walk, made only where the first ran out. Each walk follows one index.
    """
    after, wanted = _place(request), request.limit + 1
    rows = rows.add_columns(order.value.label("sort_value"), order.id.label("sort_id"))
    found: Rows = []
    if request.after is None or request.after[0] is not None:
        found = _fetch(session, _with_value(rows, order, request.sort, after), wanted)
        after = None
    if order.gaps and len(found) < wanted:
        found += _fetch(session, _without_value(rows, order, request.sort, after), wanted - len(found))
    if len(found) < wanted:
        return found, None
    return found[:-1], _position(found[-2])


def _with_value(rows: Select[Any], order: Order, sort: Sort, after: tuple[Any, str] | None) -> Select[Any]:
    if order.gaps:
        rows = rows.where(order.value.is_not(None))
    if after is not None:
        here, there = tuple_(order.value, order.id), tuple_(literal(after[0], order.value.type), literal(after[1]))
        rows = rows.where(here < there if sort.descending else here > there)
    columns = (order.value, order.id)
    return rows.order_by(*(c.desc() if sort.descending else c.asc() for c in columns))


def _without_value(rows: Select[Any], order: Order, sort: Sort, after: tuple[Any, str] | None) -> Select[Any]:
    rows = rows.where(order.value.is_(None))
    if after is not None:
        rows = rows.where(order.id < after[1] if sort.descending else order.id > after[1])
    return rows.order_by(order.id.desc() if sort.descending else order.id.asc())


def _fetch(session: Session, rows: Select[Any], limit: int) -> Rows:
    return list(session.execute(rows.limit(limit)).mappings())


def _place(request: PageRequest) -> tuple[Any, str] | None:
    if request.after is None:
        return None
    value, id_ = request.after
    try:
        return (None if value is None else _READ[request.sort.field](value)), id_
    except (ValueError, ArithmeticError) as error:
        raise InvalidParameter("this cursor does not belong to this list", pointer="/query/cursor") from error


def _position(row: RowMapping) -> Position:
    value = row["sort_value"]
    if isinstance(value, Decimal):
        return plain(value), row["sort_id"]
    return (value.isoformat() if isinstance(value, date) else value), row["sort_id"]
