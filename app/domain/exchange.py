"""What one currency was worth in another on a day, as somebody told it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of `base` was worth so many units of `quote`."""

    day: date
    base: str
    quote: str
    rate: Decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RateQuery:
    """`from_` and `to` are inclusive, on the day of the rate."""

    base: str | None = None
    quote: str | None = None
    source: str | None = None
    from_: date | None = None
    to: date | None = None
