"""What a reader asks for: filters by noun, an order, and a place in a list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.country import Pair
from app.domain.facts import Review, StatementKind
from app.domain.measure import Measure, Status
from app.domain.search import Sought
from app.domain.speaker import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleQuery:
    """`from_` and `to` are inclusive, on the article's calendar date; `publisher` matches in any case."""

    pair: Pair | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    external_id: str | None = None
    reprint_of: str | None = None
    from_: date | None = None
    to: date | None = None
    words: Sought | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementQuery:
    """`from_` and `to` are inclusive, on `stated_on`; a fact answers `country` if it concerns any of them.

    A fact whose confidence is not known answers every `min_confidence`. `once` asks for the longest wording alone of
    those of one group that answer the rest. `repeats` tells whether facts are
    wanted that only repeat what an earlier copy of their article told; where it is None, an article's own are, else none.
    """

    pair: Pair | None = None
    country: tuple[str, ...] = ()
    speaker: str | None = None
    from_: date | None = None
    to: date | None = None
    topic: str | None = None
    kind: StatementKind | None = None
    article: str | None = None
    group: str | None = None
    once: bool = False
    review: Review | None = None
    min_confidence: float | None = None
    repeats: bool | None = None
    words: Sought | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorQuery:
    """Filters on figures; dates as in `StatementQuery`.

    `period_from` and `period_to` find the periods that overlap them, `value_from` and `value_to` the values
    (or ranges) that do. A period with an end only ("к 2030 году") counts as that day; one with a start only
    ("с 2006 года") runs until the day it was stated.
    """

    pair: Pair | None = None
    country: tuple[str, ...] = ()
    reporter: str | None = None
    partner: str | None = None
    metric: str | None = None
    measure: Measure | None = None
    status: Status | None = None
    unit: str | None = None
    speaker: str | None = None
    from_: date | None = None
    to: date | None = None
    period_from: date | None = None
    period_to: date | None = None
    value_from: Decimal | None = None
    value_to: Decimal | None = None
    article: str | None = None
    review: Review | None = None
    min_confidence: float | None = None
    repeats: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerQuery:
    """`q` finds any spelling of a name, in any script and case; `role` and `country` are the latest known."""

    q: str | None = None
    country: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """A field and a direction; rows without a value come last in both directions, ties are broken by id."""

    field: str
    descending: bool = False

    @classmethod
    def parse(cls, text: str, allowed: Collection[str]) -> Sort:
        """Reads `value` or `-value`; ValueError where the field is not among the allowed."""
        sort = cls(text.removeprefix("-"), text.startswith("-"))
        if sort.field not in allowed:
            raise ValueError(f"not a field to sort by: {sort.field!r}")
        return sort

    def __str__(self) -> str:
        return f"-{self.field}" if self.descending else self.field


NEWEST = Sort("stated_on", descending=True)
"""The default order. Of articles, `stated_on` is their own date."""
BY_NAME = Sort("name")
"""The order of speakers, the only one they have."""
BY_LIKENESS = Sort("likeness")
"""The order of speakers who are looked for, the likeliest first."""
BY_PAIR = Sort("pair")
"""The order of pairs, the only one they have."""

BY_DAY = Sort("day", descending=True)
"""The order of exchange rates, the only one they have."""
BY_NUMBER = Sort("number")
"""The order of the items of a job, the only one they have."""

Position = tuple[str | None, str]
"""Where a page ended: the sort value of its last row as text (None where it has none), and the row's id."""


@dataclass(frozen=True, slots=True)
class PageRequest:
    limit: int = 50
    sort: Sort = NEWEST
    after: Position | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """`next` is the position to ask for the following page, None on the last one."""

    items: list[dict[str, Any]]
    next: Position | None = None
