"""How a list is found: along the index whose order is the order of the list, whatever else is looked up for each row."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlmodel import Session

from app.domain.query import PageRequest, Position
from app.storage.links import Filters, Shape
from app.storage.paging import Order, Rows, Walk, read_page
from app.storage.words import first_place, hits, plan_for_what_is_sought, read_hits, said_to

_COMPARES: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    "is null": lambda column, _: column.is_(None),
    "null or >=": lambda column, value: func.coalesce(column, value) >= value,
}


@dataclass(frozen=True, eq=False)
class Listing:
    """A kind of list: the owner of its rows, what is joined to it, what is shown, its index of words if it has one.

    `order` names the column for a field of a sort, where the two differ.
    """

    owner: Table
    joined: FromClause
    shown: tuple[ColumnElement[Any], ...]
    words: Table | None = None
    order: tuple[tuple[str, str], ...] = ()

    def column_of(self, field: str) -> str:
        return dict(self.order).get(field, field)


def find(session: Session, listing: Listing, filters: Filters, request: PageRequest) -> tuple[Rows, Position | None]:
    """One page; values that a shape does not need do no harm, because only its own are bound."""
    by, dialect = listing.column_of(request.sort.field), session.get_bind().dialect.name
    if filters.words is None:
        walk = _walk(listing, filters.shape, by, dialect, _implied(filters, by, request))
        return read_page(session, walk, filters.values, request)
    plan_for_what_is_sought(session)
    values = filters.values | {"sought": said_to(dialect, filters.words)}
    if by == filters.dated:
        return read_hits(session, *_walk_hits(listing, filters.shape, dialect), values | _between(filters), request)
    return read_page(session, _walk(listing, filters.shape, by, dialect), values, request)


@lru_cache(maxsize=2_000)
def _walk(listing: Listing, shape: Shape, by: str, dialect: str, implied: str = "") -> Walk:
    """Walks the index of the leading tie, else the owner's; other ties are looked up for each row.

    Links repeat the dates (and some more) of their owner: where the leading one has a column, it is asked.
    """
    owner, lead = listing.owner, _lead(shape, by)
    if lead is None:
        rows, of_owner, source = select(*listing.shown).select_from(listing.joined), owner.c.id, owner.c
    else:
        link = shape.ties[lead][0]
        rows = select(*listing.shown).select_from(link.table.join(listing.joined, link.owner == owner.c.id))
        rows, of_owner, source = rows.where(link.key == bindparam(f"lead_{lead}")), link.owner, link.table.c

    def column(name: str) -> ColumnElement[Any]:
        if name in source:
            return source[name]
        # The plus keeps SQLite from leaving the link for an index of the owner, and sorting what it finds there.
        return literal_column(f"+{owner.name}.{name}", owner.c[name].type) if dialect == "sqlite" else owner.c[name]

    rows = rows.where(*_filters(owner, shape, lead, column, implied), *_with_words(listing, owner, shape, dialect))
    rows = rows.where(*_longest(listing, shape, dialect))
    sorted_by: Column[Any] = source[by] if by in source else owner.c[by]
    gaps = bool(sorted_by.nullable) and not (by == shape.dated and any(shape.between))
    # A column of the owner and the owner's id, or both of the link: one index has both.
    return Walk(rows, Order(sorted_by, of_owner if by in source else owner.c.id, gaps))


@lru_cache(maxsize=500)
def _walk_hits(listing: Listing, shape: Shape, dialect: str) -> tuple[Select[Any], ColumnElement[int]]:
    """Walks the index of words, whose places are in the order of the dates; every tie is looked up."""
    owner, words = listing.owner, listing.words
    assert words is not None
    found = hits(words, dialect)
    rows = select(*listing.shown).select_from(found.source.join(listing.joined, words.c.owner_id == owner.c.id))
    rows = rows.where(found.found, *_filters(owner, shape, None, lambda name: owner.c[name]), *_longest(listing, shape, dialect))
    for asked, name, compare in zip(shape.between, ("from_place", "to_place"), (operator.ge, operator.lt), strict=True):
        if asked:
            rows = rows.where(compare(found.place, bindparam(name)))
    return rows, found.place


def _filters(
    owner: FromClause, shape: Shape, lead: int | None, column: Callable[[str], ColumnElement[Any]], implied: str = ""
) -> Iterator[ColumnElement[bool]]:
    for n, (link, _) in enumerate(shape.ties):
        if n != lead:
            yield link.has(owner.c.id, f"tie_{n}")
    for n, (name, compare) in enumerate(shape.bounds):
        yield _COMPARES[compare](column(name), bindparam(f"bound_{n}", type_=owner.c[name].type))
    for asked, name, compare in zip(shape.between, ("from", "to"), (">=", "<="), strict=True):
        if asked and name != implied:
            yield _COMPARES[compare](column(shape.dated), bindparam(name, type_=owner.c[shape.dated].type))


def _with_words(listing: Listing, owner: FromClause, shape: Shape, dialect: str) -> Iterator[ColumnElement[bool]]:
    if shape.words and listing.words is not None:
        found = hits(listing.words, dialect)
        yield owner.c.id.in_(select(listing.words.c.owner_id).select_from(found.source).where(found.found))


def _longest(listing: Listing, shape: Shape, dialect: str) -> Iterator[ColumnElement[bool]]:
    """That no longer wording of the same group answers the same question: so a group is not lost with one of its members."""
    if not shape.once:
        return
    owner, other = listing.owner, listing.owner.alias("longer")
    # Of two that are as long the earlier, as where groups are formed.
    earlier = or_(
        other.c.created_at < owner.c.created_at, and_(other.c.created_at == owner.c.created_at, other.c.id < owner.c.id)
    )
    longer = or_(other.c.length > owner.c.length, and_(other.c.length == owner.c.length, earlier))
    answers = (*_filters(other, shape, None, lambda name: other.c[name]), *_with_words(listing, other, shape, dialect))
    yield ~exists().where(other.c.group_id == owner.c.group_id, longer, *answers)


def _lead(shape: Shape, by: str) -> int | None:
    """The tie whose index is walked, because its order is the order of the list: it repeats what the list is sorted by."""
    fit = (n for n, (link, single) in enumerate(shape.ties) if single and by in link.table.c)
    return None if shape.own_index else next(fit, None)


def _implied(filters: Filters, by: str, request: PageRequest) -> str:
    """The limit that a later page need not name, because it begins beyond it.

    SQLite would begin at this limit instead of where the page before ended, and pass over every row in between.
    """
    if by != filters.dated or request.after is None or request.after[0] is None:
        return ""
    return "to" if request.sort.descending else "from"


def _between(filters: Filters) -> dict[str, int]:
    first, last = filters.from_, filters.to
    places = {"from_place": first_place(first)} if first else {}
    return places | ({"to_place": first_place(last) + first_place(last.min)} if last else {})
