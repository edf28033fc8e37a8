"""Query parameters of what is shown over time: timelines, series and their comparison."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from app.api.params import ConvertParams, DatedParams, From, MinConfidence, To, refuse_reversed
from app.api.schemas.vocabulary import Metric, Topic
from app.api.values import DateValue, PairsValue, PlainText, whole_number
from app.domain.country import Pair
from app.domain.measure import Measure, Status
from app.domain.query import IndicatorQuery, Sort, StatementQuery
from app.services.series.reading import FIGURES, MOST_FIGURES


class TimelineOrder(StrEnum):
    """The latest first after a minus sign. What has no date comes last either way."""

    STATED_ON = "stated_on"
    STATED_ON_DESCENDING = "-stated_on"


class TimelineParams(ConvertParams, DatedParams):
    min_confidence: MinConfidence = None
    """Leave out facts less sure than this; 0 shows all. If not given, the operator's threshold counts (0.5 as set up)."""
    sort: TimelineOrder = TimelineOrder.STATED_ON_DESCENDING

    @property
    def order(self) -> Sort:
        return Sort.parse(self.sort, ("stated_on",))

    def queries(self, pair: Pair | None = None, speaker: str | None = None) -> tuple[StatementQuery, IndicatorQuery]:
        """What is asked of statements, each saying once, and what of figures."""
        self.refuse_reversed()
        sure = self.min_confidence
        said = StatementQuery(pair=pair, speaker=speaker, from_=self.from_, to=self.to, min_confidence=sure, once=True)
        told = IndicatorQuery(pair=pair, speaker=speaker, from_=self.from_, to=self.to, min_confidence=self.min_confidence)
        return said, told


class SpeakerTimelineParams(TimelineParams):
    topic: Topic | None = None
    """What statements are about; figures have no topic and are then left out."""

    def queries(self, pair: Pair | None = None, speaker: str | None = None) -> tuple[StatementQuery, IndicatorQuery]:
        said, told = super().queries(pair, speaker)
        return replace(said, topic=self.topic and self.topic.value), told


class _SeriesParams(ConvertParams):
    from_: From = None
    to: To = None
    period_from: DateValue | None = None
    """Periods that end on this day or later."""
    period_to: DateValue | None = None
    """Periods that begin on this day or earlier."""
    measure: Measure | None = None
    status: Status | None = None
    unit: Annotated[PlainText, Field(max_length=20)] | None = None
    limit: Annotated[int, Field(ge=1, le=MOST_FIGURES), BeforeValidator(whole_number)] = FIGURES
    """How many of the latest figures are looked at, of each pair."""
    min_confidence: MinConfidence = None
    """Leave out facts less sure than this; 0 shows all. If not given, the operator's threshold counts (0.5 as set up)."""

    def _query(self, metric: Metric) -> IndicatorQuery:
        refuse_reversed("from", self.from_, "to", self.to)
        refuse_reversed("period_from", self.period_from, "period_to", self.period_to)
        return IndicatorQuery(
            metric=metric.value, measure=self.measure, status=self.status, unit=self.unit, from_=self.from_, to=self.to,
            period_from=self.period_from, period_to=self.period_to, min_confidence=self.min_confidence,
        )  # fmt: skip


class SeriesParams(_SeriesParams):
    def query(self, metric: Metric) -> IndicatorQuery:
        return self._query(metric)


class ComparisonParams(_SeriesParams):
    pairs: PairsValue
    """Up to ten, in either order each, between commas: `pairs=KZ-RU,KZ-CN`."""
    metric: Metric

    def each(self) -> list[Pair]:
        return [Pair.parse(pair) for pair in self.pairs.split(",")]

    def query(self) -> IndicatorQuery:
        return self._query(self.metric)
