"""How much and when: exact amounts and calendar periods."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.record import record


class Measure(StrEnum):
    LEVEL = "level"
    CHANGE_PCT = "change_pct"
    CHANGE_FACTOR = "change_factor"
    CHANGE_ABS = "change_abs"
    SHARE_PCT = "share_pct"


class Comparator(StrEnum):
    EQ = "eq"
    APPROX = "approx"
    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"


class Status(StrEnum):
    ACTUAL = "actual"
    TARGET = "target"
    PLANNED = "planned"
    FORECAST = "forecast"
    POTENTIAL = "potential"


class Per(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@record(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends inclusive; one end may be open ("к 2030 году" has an end only)."""

    start: date | None
    end: date | None
    as_written: str

    def __post_init__(self) -> None:
        if self.start is None and self.end is None:
            raise ValueError("a period has at least one end")
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"a period that ends before it starts: {self.start}..{self.end}")


def plain(value: Decimal) -> str:
    """A decimal as API and storage write it: no exponent, no trailing zeros after the point."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
