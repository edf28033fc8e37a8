"""Which figures of one period say the same, which correct an earlier one, and which stand against each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from app.services.series.sayings import Saying


class Agreement(StrEnum):
    """What the sources of one period make of each other; differing values are never averaged."""

    SINGLE = "single"
    """One article alone tells it."""
    AGREED = "agreed"
    """Several articles tell the same within rounding."""
    REVISED = "revised"
    """Whoever told another value has told this one since."""
    DISPUTED = "disputed"
    """Values stand side by side that cannot both be right."""


@dataclass
class Value:
    """Sayings that agree within rounding; the most exact speaks for them."""

    sayings: list[Saying] = field(default_factory=list)

    @property
    def told(self) -> Saying:
        return self.sayings[0]

    @cached_property
    def in_order(self) -> list[Saying]:
        """By the day on which they were stated."""
        return sorted(self.sayings, key=lambda saying: saying.order)

    @cached_property
    def last_told(self) -> dict[str, date]:
        """By voice, the last day on which it told this value."""
        return {saying.voice: saying.stated_on for saying in self.in_order if saying.voice is not None}


def values_of(sayings: Iterable[Saying]) -> list[Value]:
    """The differing values, the first stated first. A vague saying joins the nearest exact one that it leaves room for."""
    values: list[Value] = []
    for saying in sorted(sayings, key=lambda s: (s.high - s.low, s.order)):
        near = [value for value in values if value.told.meets(saying)]
        if near:
            min(near, key=lambda value: abs(value.told.value - saying.value)).sayings.append(saying)
        else:
            values.append(Value([saying]))
    return sorted(values, key=lambda value: value.in_order[0].order)


def standing(values: Sequence[Value]) -> list[Value]:
    """Those that nobody who told them has replaced by another since, and not told again."""
    last: dict[str, date] = {}
    for value in values:
        last |= {voice: day for voice, day in value.last_told.items() if day > last.get(voice, date.min)}
    return [value for value in values if not any(last.get(voice, day) > day for voice, day in value.last_told.items())]


def agreement_of(values: Sequence[Value], stand: Sequence[Value]) -> Agreement:
    if len(stand) > 1:
        return Agreement.DISPUTED
    if len(values) > 1:
        return Agreement.REVISED
    articles = {saying.document["article"]["id"] for saying in values[0].sayings}
    return Agreement.AGREED if len(articles) > 1 else Agreement.SINGLE
