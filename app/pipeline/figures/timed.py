"""Which amounts of time only say when: "the first nine months of 2024" is a date, "for nine months" an amount."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from app.pipeline.figures.periods import PeriodMention
from app.pipeline.figures.quantity import OF_TIME, Quantity


def not_dates(quantities: Sequence[Quantity], periods: Sequence[PeriodMention]) -> tuple[Quantity, ...]:
    """Of the amounts, those that are no part of a time whose days are known."""
    known = [period for period in periods if period.start is not None or period.end is not None]
    starts = [period.first for period in known]
    return tuple(q for q in quantities if not (q.unit in OF_TIME and _inside(q, known, starts)))


def _inside(quantity: Quantity, known: list[PeriodMention], starts: list[int]) -> bool:
    at = bisect_right(starts, quantity.number) - 1
    return at >= 0 and quantity.number < known[at].last
