"""Query parameters: one model a list, each refusing what it does not know, each turned into a query of the domain."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.api.schemas.vocabulary import Metric, Topic
from app.api.values import (
    AmountValue,
    CountryValue,
    CurrencyValue,
    DateValue,
    LanguageTag,
    PairValue,
    PlainText,
    WebAddress,
    truth,
    whole_number,
)
from app.domain.country import Pair
from app.domain.exchange import RateQuery
from app.domain.facts import Review, StatementKind
from app.domain.jobs import Outcome
from app.domain.measure import Measure, Status
from app.domain.query import (
    BY_DAY,
    BY_LIKENESS,
    BY_NAME,
    BY_NUMBER,
    BY_PAIR,
    ArticleQuery,
    IndicatorQuery,
    Sort,
    SpeakerQuery,
    StatementQuery,
)
from app.domain.search import Sought
from app.domain.speaker import Role
from app.errors import InvalidParameter
from app.services.wording import sought

Id = Annotated[PlainText, Field(max_length=200)]
MinConfidence = Annotated[float, Field(ge=0, le=1)] | None
Name = Annotated[PlainText, Field(max_length=300)]
Search = Annotated[
    PlainText,
    Field(
        max_length=300,
        description="Words in any of their forms, all of which must be there: `визита` finds «визит». "
        '`"торговая палата"` asks for words in a row, `инвест*` for a beginning, `-нефть` for what must not be there.',
        examples=["визита"],
        json_schema_extra={"minLength": 1},
    ),
]
_DATED = "`stated_on` (of articles, `published_at`). Where `from` or `to` is given, what has no date is left out."
From = Annotated[
    DateValue | None,
    Field(alias="from", description=f"The first day, by {_DATED}"),
]
To = Annotated[DateValue | None, Field(description=f"The last day, by {_DATED}")]


class Order(StrEnum):
    """The field to sort by, the greatest first after a minus sign. What has no value comes last either way."""

    STATED_ON = "stated_on"
    STATED_ON_DESCENDING = "-stated_on"
    CREATED_AT = "created_at"
    CREATED_AT_DESCENDING = "-created_at"


class IndicatorOrder(StrEnum):
    """The field to sort by, the greatest first after a minus sign. What has no value comes last either way."""

    STATED_ON = "stated_on"
    STATED_ON_DESCENDING = "-stated_on"
    CREATED_AT = "created_at"
    CREATED_AT_DESCENDING = "-created_at"
    VALUE = "value"
    VALUE_DESCENDING = "-value"


class Repeats(StrEnum):
    """What becomes of facts that only repeat what an earlier copy of their article told."""

    INCLUDE = "include"
    EXCLUDE = "exclude"


class NoParams(BaseModel):
    """For routes without query parameters: one that is sent all the same is a mistake, and is told."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


Convert = Annotated[
    CurrencyValue | None,
    Field(description="A currency: money then has `converted` beside the original, by the rates that the operator imported."),
]


class ConvertParams(NoParams):
    convert: Convert = None


class ArticleParams(NoParams):
    min_confidence: MinConfidence = None
    """Leave out facts less sure than this; 0 shows all. If not given, the operator's threshold counts (0.5 as set up)."""


class PageParams(NoParams):
    """The place in a list."""

    limit: Annotated[int, Field(ge=1, le=200), BeforeValidator(whole_number)] = 50
    cursor: Annotated[str | None, Field(max_length=1_000)] = None
    """`next_cursor` of the page before; the other parameters must be the same (`limit` may differ)."""


class PairListParams(PageParams):
    @property
    def order(self) -> Sort:
        return BY_PAIR


class JobItemListParams(PageParams):
    outcome: Outcome | None = None

    @property
    def order(self) -> Sort:
        return BY_NUMBER


class SpeakerListParams(PageParams):
    q: Name | None = None
    """Any spelling of a name: in Cyrillic or Latin letters, in any case and order, shortened, with a slip of the pen."""
    country: CountryValue | None = None
    role: Role | None = None

    @property
    def order(self) -> Sort:
        return BY_LIKENESS if self.q else BY_NAME

    def query(self) -> SpeakerQuery:
        return SpeakerQuery(q=self.q, country=self.country, role=self.role)


class DatedParams(PageParams):
    from_: From = None
    to: To = None

    def refuse_reversed(self) -> None:
        refuse_reversed("from", self.from_, "to", self.to)


class RateListParams(PageParams):
    base: CurrencyValue | None = None
    quote: CurrencyValue | None = None
    from_: Annotated[DateValue | None, Field(alias="from", description="The first day.")] = None
    to: Annotated[DateValue | None, Field(description="The last day.")] = None

    @property
    def order(self) -> Sort:
        return BY_DAY

    def query(self) -> RateQuery:
        refuse_reversed("from", self.from_, "to", self.to)
        return RateQuery(base=self.base, quote=self.quote, from_=self.from_, to=self.to)


class ArticleListParams(DatedParams):
    pair: PairValue | None = None
    """In either order."""
    publisher: Name | None = None
    """The whole name, in any case."""
    language: LanguageTag | None = None
    url: WebAddress | None = None
    external_id: Id | None = None
    reprint_of: Id | None = None
    """The copies of this article."""
    q: Search | None = None
    sort: Order = Order.STATED_ON_DESCENDING

    @property
    def order(self) -> Sort:
        return Sort.parse(self.sort, (self.sort.removeprefix("-"),))

    def query(self) -> ArticleQuery:
        self.refuse_reversed()
        return ArticleQuery(
            pair=_pair(self.pair), publisher=self.publisher, language=self.language, url=self.url,
            external_id=self.external_id, reprint_of=self.reprint_of, from_=self.from_, to=self.to, words=_words(self.q),
        )  # fmt: skip


class _FactParams(DatedParams):
    pair: PairValue | None = None
    """In either order."""
    country: list[CountryValue] = []
    """May be repeated (`country=KZ&country=UZ`): facts that concern any of them."""
    article: Id | None = None
    review: Review | None = None
    min_confidence: MinConfidence = None
    """Leave out facts less sure than this; 0 shows all. If not given, the operator's threshold counts (0.5 as set up)."""
    repeats: Repeats | None = None
    """Facts of copies that repeat an earlier one. If not given, they are left out, but of one `article` all are shown."""

    @property
    def with_repeats(self) -> bool | None:
        return None if self.repeats is None else self.repeats is Repeats.INCLUDE


class SpeakerStatementListParams(_FactParams):
    topic: Topic | None = None
    kind: StatementKind | None = None
    q: Search | None = None
    group: Id | None = None
    """All that tell the same saying: the `id` of a statement's `group`. One that is there no longer has no statements."""
    once: Annotated[bool, BeforeValidator(truth)] = False
    """Each saying once, however many articles tell it: of each group the longest wording that answers the other filters."""
    sort: Order = Order.STATED_ON_DESCENDING

    @property
    def order(self) -> Sort:
        return Sort.parse(self.sort, (self.sort.removeprefix("-"),))

    def query(self, speaker: str | None = None) -> StatementQuery:
        self.refuse_reversed()
        return StatementQuery(
            pair=_pair(self.pair), country=tuple(self.country), speaker=speaker, from_=self.from_, to=self.to,
            topic=self.topic and self.topic.value, kind=self.kind, article=self.article, review=self.review,
            min_confidence=self.min_confidence, repeats=self.with_repeats, words=_words(self.q),
            group=self.group, once=self.once,
        )  # fmt: skip


class StatementListParams(SpeakerStatementListParams):
    speaker: Id | None = None
    """The id of a speaker or co-speaker, as `GET /v1/speakers` tells it."""

    def query(self, speaker: str | None = None) -> StatementQuery:
        return super().query(speaker or self.speaker)


class SpeakerIndicatorListParams(ConvertParams, _FactParams):
    reporter: CountryValue | None = None
    partner: CountryValue | None = None
    metric: Metric | None = None
    measure: Measure | None = None
    status: Status | None = None
    unit: Annotated[PlainText, Field(max_length=20)] | None = None
    period_from: DateValue | None = None
    """Periods that end on this day or later."""
    period_to: DateValue | None = None
    """Periods that begin on this day or earlier."""
    value_from: AmountValue | None = None
    value_to: AmountValue | None = None
    sort: IndicatorOrder = IndicatorOrder.STATED_ON_DESCENDING

    @property
    def order(self) -> Sort:
        return Sort.parse(self.sort, (self.sort.removeprefix("-"),))

    def query(self, speaker: str | None = None) -> IndicatorQuery:
        self.refuse_reversed()
        refuse_reversed("period_from", self.period_from, "period_to", self.period_to)
        refuse_reversed("value_from", self.value_from, "value_to", self.value_to)
        return IndicatorQuery(
            pair=_pair(self.pair), country=tuple(self.country), reporter=self.reporter, partner=self.partner,
            metric=self.metric and self.metric.value, measure=self.measure, status=self.status, unit=self.unit,
            speaker=speaker, from_=self.from_, to=self.to, period_from=self.period_from, period_to=self.period_to,
            value_from=self.value_from, value_to=self.value_to, article=self.article, review=self.review,
            min_confidence=self.min_confidence, repeats=self.with_repeats,
        )  # fmt: skip


class IndicatorListParams(SpeakerIndicatorListParams):
    speaker: Id | None = None
    """The id of a speaker, as `GET /v1/speakers` tells it."""

    def query(self, speaker: str | None = None) -> IndicatorQuery:
        return super().query(speaker or self.speaker)


def refuse_reversed(first: str, low: date | object | None, last: str, high: date | object | None) -> None:
    """A range that holds nothing is a mistake, not an empty answer."""
    if low is not None and high is not None and high < low:  # type: ignore[operator]
        raise InvalidParameter(f"{first} comes after {last}.", pointer=f"/query/{first}")


def _words(q: str | None) -> Sought | None:
    return sought(q) if q is not None else None


def _pair(code: str | None) -> Pair | None:
    return Pair.parse(code) if code is not None else None
