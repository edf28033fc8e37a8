"""A timeline: statements and figures in one dated list."""

from __future__ import annotations

from enum import StrEnum

from app.api.schemas.indicator import Indicator
from app.api.schemas.shape import IsoDate, Shape
from app.api.schemas.statement import Statement


class FactKind(StrEnum):
    STATEMENT = "statement"
    INDICATOR = "indicator"


class TimelineEntry(Shape):
    """A statement or a figure; the other of the two is null."""

    kind: FactKind
    stated_on: IsoDate | None
    statement: Statement | None
    indicator: Indicator | None


class Timeline(Shape):
    items: list[TimelineEntry]
    next_cursor: str | None
