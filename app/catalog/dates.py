"""What is known of the day a term began or ended, and from when to when the term is therefore sure."""

from __future__ import annotations

from datetime import date, timedelta


def sure_start(known: str) -> date | None:
    """The first day on which the term had surely begun.

    `2016-12-14` is that day, `2016-12` the last of the month, `2016` the last of the year, `<2016-12-14` (in office
    by then, since when is not known) that day.
    """
    return _last(known.removeprefix("<")) if known else None


def sure_end(known: str) -> date | None:
    """The first day on which the term may have been over; None while it lasts.

    `2019-03` is the first of the month, `2019` the first of the year. `>2025-06-30` (still in office then, until
    when is not known) is the day after.
    """
    if not known:
        return None
    return _last(known[1:]) + timedelta(days=1) if known.startswith(">") else _first(known)


def _first(known: str) -> date:
    return date.fromisoformat(known + {4: "-01-01", 7: "-01"}.get(len(known), ""))


def _last(known: str) -> date:
    first = _first(known)
    if len(known) == 4:
        return date(first.year, 12, 31)
    if len(known) == 7:
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first
