"""An indicator: one number about relations between countries."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.schemas.fact import Fact
from app.api.schemas.rate import Converted
from app.api.schemas.shape import Amount, CountryCode, IsoDate, PairCode, Shape, Span, without_default
from app.api.schemas.speaker import Speaker
from app.api.schemas.vocabulary import Metric
from app.domain.measure import Comparator, Measure, Per, Status
from app.services.exchange.converting import NotConverted


class Period(Shape):
    """A stretch of days, both ends inclusive; one end may be open («к 2030 году»)."""

    start: IsoDate | None
    end: IsoDate | None
    as_written: str


class Indicator(Fact):
    """A figure with everything that is needed to put it in a series."""

    id: str
    metric: Metric
    measure: Measure
    value: Amount
    value_max: Amount | None
    """The upper end of a range."""
    unit: str
    """ISO 4217 for money, else `count`, `percent`, `factor`, `t`, `km` … (UCUM)."""
    per: Per | None
    comparator: Comparator
    status: Status
    period: Period | None
    countries: list[CountryCode]
    pairs: list[PairCode]
    pair: PairCode | None
    """The relation measured, where there is exactly one."""
    reporter: CountryCode | None
    partner: CountryCode | None
    stated_on: IsoDate | None
    group: str | None
    """The same for figures that one phrase gives together."""
    additional_to: str | None
    equivalent_of: str | None
    """The indicator that this one restates in another currency."""
    span: Span
    as_written: str
    """The words at the span; of submitted markup, what a reader sees: entities decoded, tags left out."""
    statement_id: str | None
    speaker: Speaker | None
    converted: Annotated[Converted | None, Field(default=None, json_schema_extra=without_default)]
    """What it is worth in the currency of `convert`; there only where that was asked for, null where it cannot be told."""
    not_converted: Annotated[NotConverted | None, Field(default=None, json_schema_extra=without_default)]
    """Why `converted` is null; there only where `convert` was asked for."""


class IndicatorList(Shape):
    items: list[Indicator]
    next_cursor: str | None
