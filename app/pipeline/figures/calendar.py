"""Stretches of days by year, half-year, quarter and month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

Stretch = tuple[date, date]


def whole_year(year: int) -> Stretch:
    return date(year, 1, 1), date(year, 12, 31)


def months(year: int, first: int, last: int) -> Stretch:
    """From the first day of a month to the last day of another, in the next year if it comes earlier there."""
    until = year + 1 if last < first else year
    return date(year, first, 1), date(until, last, monthrange(until, last)[1])


def half(year: int, number: int) -> Stretch:
    return months(year, 6 * number - 5, 6 * number)


def day(year: int, month: int, number: int) -> Stretch | None:
    """One day as a stretch; None where the month has no such day."""
    if not 1 <= number <= monthrange(year, month)[1]:
        return None
    return date(year, month, number), date(year, month, number)


def latest(first: int, last: int, today: date) -> Stretch:
    """The latest stretch of these months that is over, or under way, on `today`."""
    here = months(today.year, first, last)
    return here if here[0] <= today and (here[1] <= today or first == last) else months(today.year - 1, first, last)


def moved(stretch: Stretch, years: int) -> Stretch:
    """The same stretch some years away."""
    return tuple(d.replace(year=d.year + years, day=min(d.day, monthrange(d.year + years, d.month)[1])) for d in stretch)  # type: ignore[return-value]
