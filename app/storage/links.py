"""What ties facts and articles to pairs, countries, topics and speakers, and how a list is found through them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, Select, Subquery, Table, exists, select

from app.storage import tables
from app.storage.paging import Order


@dataclass(frozen=True, slots=True)
class Link:
    """A table that ties its owner (`fact_id`, `article_id`) to a key (`pair`, `speaker_id` …)."""

    table: Table
    key: Column[Any]
    owner: Column[Any]

    @property
    def dated(self) -> Column[Any]:
        """The date of the owner, which the link repeats."""
        return self.table.c.published_on if "published_on" in self.table.c else self.table.c.stated_on

    def latest(self, value: str, limit: int) -> Subquery:
        """The owners tied to a value that have the latest dates, as the column `owner`."""
        rows = select(self.owner.label("owner")).where(self.key == value)
        return rows.order_by(self.dated.desc().nulls_last(), self.owner.desc()).limit(limit).subquery()

    def has(self, owner_id: Column[Any], values: Collection[str]) -> ColumnElement[bool]:
        """Whether the owner is tied to any of the values."""
        return exists().where(self.owner == owner_id, self.key.in_(values))


def _link(table: Table, key: str, owner: str = "fact_id") -> Link:
    return Link(table, table.c[key], table.c[owner])


ARTICLE_PAIR = _link(tables.article_pairs, "pair", "article_id")
STATEMENT_PAIR = _link(tables.statement_pairs, "pair")
STATEMENT_COUNTRY = _link(tables.statement_countries, "country")
STATEMENT_TOPIC = _link(tables.statement_topics, "topic")
STATEMENT_SPEAKER = _link(tables.statement_speakers, "speaker_id")
INDICATOR_PAIR = _link(tables.indicator_pairs, "pair")
INDICATOR_COUNTRY = _link(tables.indicator_countries, "country")
INDICATOR_SPEAKER = _link(tables.indicator_speakers, "speaker_id")


@dataclass(frozen=True, slots=True)
class Tie:
    """A filter through a link: the owner is tied to any of the values."""

    link: Link
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What rows of a list must fulfil.

    `ties` come with the most selective first; `equal` names columns and their values (None asks nothing);
    `dated` is the column that `from_` and `to` are about; `own_index` tells that one of `equal` finds few rows.
    """

    ties: tuple[Tie, ...] = ()
    equal: dict[str, str | None] = field(default_factory=dict)
    dated: str = "stated_on"
    from_: date | None = None
    to: date | None = None
    more: tuple[ColumnElement[bool], ...] = ()
    own_index: bool = False

    @property
    def lead(self) -> Tie | None:
        """The tie whose index is walked, because its order is the order of the list."""
        return None if self.own_index else next((tie for tie in self.ties if len(tie.values) == 1), None)


def ties(*wanted: tuple[Link, object]) -> tuple[Tie, ...]:
    """The ties that a query asks for: a value or several, nothing where it is None or empty."""
    listed = ((link, value if isinstance(value, tuple) else (value,)) for link, value in wanted if value is not None)
    return tuple(Tie(link, tuple(map(str, values))) for link, values in listed if values)


@dataclass(frozen=True, slots=True)
class Walk:
    """A list and the columns it is sorted by."""

    rows: Select[Any]
    order: Order


def walk(owner: Table, joined: FromClause, columns: Iterable[ColumnElement[Any]], by: str, filters: Filters) -> Walk:
    """Walks the index of the leading tie, else the owner's; other ties are looked up for each row.

    Links repeat the dates (and some more) of their owner: where the leading one has a column, it is asked.
    """
    lead = filters.lead
    if lead is None:
        rows, of_owner, source = select(*columns).select_from(joined), owner.c.id, owner.c
    else:
        link = lead.link
        rows = select(*columns).select_from(link.table.join(joined, link.owner == owner.c.id)).where(link.key == lead.values[0])
        of_owner, source = link.owner, link.table.c

    def column(name: str) -> Column[Any]:
        return source[name] if name in source else owner.c[name]

    rows = rows.where(*(tie.link.has(owner.c.id, tie.values) for tie in filters.ties if tie is not lead))
    rows = rows.where(*(column(name) == str(value) for name, value in filters.equal.items() if value is not None), *filters.more)
    if filters.from_ is not None:
        rows = rows.where(column(filters.dated) >= filters.from_)
    if filters.to is not None:
        rows = rows.where(column(filters.dated) <= filters.to)
    gaps = bool(column(by).nullable) and not (by == filters.dated and (filters.from_ or filters.to))
    # A column of the owner and the owner's id, or both of the link: one index has both.
    return Walk(rows, Order(column(by), of_owner if by in source else owner.c.id, gaps))
