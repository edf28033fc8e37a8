"""What ties facts and articles to pairs, countries, topics and speakers, and what rows of a list must fulfil."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Column, ColumnElement, Select, Subquery, Table, bindparam, exists, select

from app.domain.search import Sought
from app.storage import tables


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

    def standing(self, rows: Select[Any]) -> Select[Any]:
        """Of rows of this table those whose owner does not merely repeat what an earlier copy of its article told."""
        facts = _FACTS.get(self.table.name.split("_")[0])
        return rows if facts is None else rows.join(facts, facts.c.id == self.owner).where(facts.c.repeats.is_(None))

    def latest(self, value: str | BindParameter[Any], limit: int) -> Subquery:
        """The owners tied to a value that have the latest dates, as the column `owner`."""
        rows = select(self.owner.label("owner")).where(self.key == value)
        return rows.order_by(self.dated.desc().nulls_last(), self.owner.desc()).limit(limit).subquery()

    def has(self, owner_id: ColumnElement[Any], values: str) -> ColumnElement[bool]:
        """Whether the owner is tied to any of the values that are bound under this name."""
        return exists().where(self.owner == owner_id, self.key.in_(bindparam(values, expanding=True)))


_FACTS = {"statement": tables.statements, "indicator": tables.indicators}


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
class Bound:
    """A filter on a column: a name, one of `==`, `!=`, `>=`, `<=`, `null or >=`, `is null` (whatever the value), and a value."""

    column: str
    operator: str
    value: Any


@dataclass(frozen=True, slots=True)
class Shape:
    """What is asked, without the values: questions of one shape are one statement of SQL, which is built once."""

    ties: tuple[tuple[Link, bool], ...]
    bounds: tuple[tuple[str, str], ...]
    dated: str
    between: tuple[bool, bool]
    own_index: bool
    words: bool
    once: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """What rows of a list must fulfil.

    `ties` come with the most selective first; `equal` names columns and their values (None asks nothing), `bounds`
    the limits; `dated` is the column that `from_` and `to` are about; `own_index` tells that one of `equal` finds few rows;
    `once` asks for the longest of each group.
    """

    ties: tuple[Tie, ...] = ()
    equal: dict[str, str | None] = field(default_factory=dict)
    dated: str = "stated_on"
    from_: date | None = None
    to: date | None = None
    bounds: tuple[Bound, ...] = ()
    own_index: bool = False
    words: Sought | None = None
    once: bool = False

    @property
    def shape(self) -> Shape:
        return Shape(
            tuple((tie.link, len(tie.values) == 1) for tie in self.ties),
            tuple((bound.column, bound.operator) for bound in self._bounds()),
            self.dated,
            (self.from_ is not None, self.to is not None),
            self.own_index,
            self.words is not None,
            self.once,
        )

    @property
    def values(self) -> dict[str, Any]:
        """What is bound, by the names that `walks` gives to the places of a shape."""
        bound = {f"bound_{n}": bound.value for n, bound in enumerate(self._bounds())}
        # The single value of a leading tie is bound alone, as the values of any other together.
        tied = {f"tie_{n}": list(tie.values) for n, tie in enumerate(self.ties)}
        alone = {f"lead_{n}": tie.values[0] for n, tie in enumerate(self.ties)}
        dates = {name: day for name, day in (("from", self.from_), ("to", self.to)) if day is not None}
        return bound | tied | alone | dates

    def _bounds(self) -> Iterator[Bound]:
        yield from (Bound(name, "==", str(value)) for name, value in self.equal.items() if value is not None)
        yield from self.bounds


def ties(*wanted: tuple[Link, object]) -> tuple[Tie, ...]:
    """The ties that a query asks for: a value or several, nothing where it is None or empty."""
    listed = ((link, value if isinstance(value, tuple) else (value,)) for link, value in wanted if value is not None)
    return tuple(Tie(link, tuple(map(str, values))) for link, values in listed if values)
