"""A series: one metric of one pair over time, each value with everybody who told it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.schemas.fact import ArticleRef, FurtherSource
from app.api.schemas.rate import Converted
from app.api.schemas.shape import Amount, CountryCode, IsoDate, PairCode, Shape, Span, without_default
from app.api.schemas.speaker import Speaker
from app.api.schemas.vocabulary import Metric
from app.domain.facts import Review
from app.domain.measure import Comparator, Measure, Per, Status
from app.services.exchange.converting import NotConverted
from app.services.series.agreement import Agreement


class Stretch(Shape):
    """The days that a value is about, both ends inclusive; one end may be open."""

    start: IsoDate | None
    end: IsoDate | None


class Source(Shape):
    """One figure of one article, as it was told there."""

    indicator_id: str
    as_written: str
    value: Amount
    value_max: Amount | None
    comparator: Comparator
    stated_on: IsoDate | None
    span: Span
    period_as_written: str | None
    group: str | None
    additional_to: str | None
    equivalent_of: str | None
    statement_id: str | None
    speaker: Speaker | None
    article: ArticleRef
    confidence: Annotated[float, Field(ge=0, le=1)] | None
    review: Review
    further_sources: list[FurtherSource]
    """Copies of the article, which tell nothing of their own: they count as no further voice."""
    converted: Annotated[Converted | None, Field(default=None, json_schema_extra=without_default)]
    """What it is worth in the currency of `convert`; there only where that was asked for, null where it cannot be told."""
    not_converted: Annotated[NotConverted | None, Field(default=None, json_schema_extra=without_default)]
    """Why `converted` is null; there only where `convert` was asked for."""


class _Told(Shape):
    """What several articles tell alike within rounding, in the most exact wording."""

    value: Amount
    value_max: Amount | None
    comparator: Comparator
    first_stated_on: IsoDate | None
    last_stated_on: IsoDate | None
    converted: Annotated[Converted | None, Field(default=None, json_schema_extra=without_default)]
    """What it is worth in the currency of `convert`; there only where that was asked for, null where it cannot be told."""
    not_converted: Annotated[NotConverted | None, Field(default=None, json_schema_extra=without_default)]
    """Why `converted` is null; there only where `convert` was asked for."""
    articles: int
    """How many tell it."""
    sources: list[Source]
    """The first 20, in the order of the days on which they were stated."""


class ObservedValue(_Told):
    """One value of a period, with its sources."""

    replaced: bool
    """Whoever told it has told another since."""


class Observation(Shape):
    """What was said of one period. Values that differ stand side by side; they are never averaged."""

    period: Stretch | None
    """Null where the text gives none."""
    agreement: Agreement
    values: list[ObservedValue]
    """The first stated first."""


class SeriesLine(Shape):
    """Values that can be put in one line: of one measure, unit, direction and status."""

    measure: Measure
    unit: str
    per: Per | None
    reporter: CountryCode | None
    partner: CountryCode | None
    """Directed flows are lines of their own: what one country exports is not what the other imports."""
    status: Status
    observations: list[Observation]
    """In the order of their periods, those without a period last."""
    additions: list[Source]
    """Figures that come on top of others («ещё 49 проектов»): not values of the line."""


class Target(_Told):
    """A level that somebody wants to reach: who set it, and what became of it."""

    unit: str
    per: Per | None
    reporter: CountryCode | None
    partner: CountryCode | None
    period: Stretch | None
    """Its end is the day by which it is to be reached."""
    reached: bool | None
    """Null while no actual level of the time after it was set tells."""
    reached_in: Observation | None


class Series(Shape):
    """One metric of one pair: lines of observations, and targets in the order in which they were set."""

    pair: PairCode
    metric: Metric
    lines: list[SeriesLine]
    """Levels before changes, actual before target; of those alike, the line told of most."""
    targets: list[Target]
    complete: bool
    """False where there are more figures than `limit`, and only the latest are looked at: `from` and `to` ask for others."""


class Comparison(Shape):
    """One metric of several pairs."""

    metric: Metric
    items: list[Series]
    """In the order of the question."""
