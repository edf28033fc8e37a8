"""Keyset paging: a page starts after the last row of the one before, by value, so that inserts move nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Integer, RowMapping, Select, bindparam, tuple_
from sqlmodel import Session

from app.domain.measure import plain
from app.domain.query import PageRequest, Position
from app.errors import InvalidParameter

Rows = list[RowMapping]

_READ: dict[str, Callable[[str], Any]] = {
    "stated_on": date.fromisoformat,
    "created_at": datetime.fromisoformat,
    "value": Decimal,
    "day": date.fromisoformat,
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


@dataclass(frozen=True, eq=False)
class Walk:
    """Rows with places for the values of a question, and how they are ordered. Made once for each kind of question."""

    rows: Select[Any]
    order: Order


def read_page(session: Session, walk: Walk, values: Mapping[str, Any], request: PageRequest) -> tuple[Rows, Position | None]:
    """The rows of one page, and the position to go on from.

    Rows without a value come last in both directions, and engines disagree on where they sort by themselves;
    so they are a second walk, made only where the first ran out. Each walk follows one index.
    """
    after, wanted, down = _place(request), request.limit + 1, request.sort.descending
    found: Rows = []
    if request.after is None or request.after[0] is not None:
        found = _fetch(session, _with_value(walk, down, after is not None), values, after, wanted)
        after = None
    if walk.order.gaps and len(found) < wanted:
        found += _fetch(session, _without_value(walk, down, after is not None), values, after, wanted - len(found))
    if len(found) < wanted:
        return found, None
    return found[:-1], _position(found[-2])


@lru_cache(maxsize=4_000)
def _with_value(walk: Walk, descending: bool, goes_on: bool) -> Select[Any]:
    order, rows = walk.order, _sortable(walk)
    if order.gaps:
        rows = rows.where(order.value.is_not(None))
    if goes_on:
        here = tuple_(order.value, order.id)
        there = tuple_(bindparam("after_value", type_=order.value.type), bindparam("after_id", type_=order.id.type))
        rows = rows.where(here < there if descending else here > there)
    columns = (order.value, order.id)
    return rows.order_by(*(c.desc() if descending else c.asc() for c in columns))


@lru_cache(maxsize=4_000)
def _without_value(walk: Walk, descending: bool, goes_on: bool) -> Select[Any]:
    order = walk.order
    rows = _sortable(walk).where(order.value.is_(None))
    if goes_on:
        there = bindparam("after_id", type_=order.id.type)
        rows = rows.where(order.id < there if descending else order.id > there)
    return rows.order_by(order.id.desc() if descending else order.id.asc())


def _sortable(walk: Walk) -> Select[Any]:
    shown = (walk.order.value.label("sort_value"), walk.order.id.label("sort_id"))
    return walk.rows.add_columns(*shown).limit(bindparam("at_most", type_=Integer))


def _fetch(session: Session, rows: Select[Any], values: Mapping[str, Any], after: tuple[Any, str] | None, limit: int) -> Rows:
    bound: dict[str, Any] = {**values, "at_most": limit}
    if after is not None:
        bound |= {"after_value": after[0], "after_id": after[1]}
    return list(session.connection().execute(rows, bound).mappings().all())


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
