"""What an editor sends about a fact, and what was done to one."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, model_validator

from app.api.schemas.shape import Instant, Shape, Span, without_default
from app.api.schemas.vocabulary import Metric, Topic
from app.api.values import AmountValue, CountryValue, DateValue, PairValue, PlainText
from app.domain.facts import Review, StatementKind
from app.domain.measure import Comparator, Measure, Per, Status, plain
from app.domain.speaker import Role
from app.services.reviewing.acts import Act

Amount = Annotated[AmountValue, PlainSerializer(plain, when_used="json-unless-none")]
Codes = Annotated[list[CountryValue], Field(max_length=50)]
Pairs = Annotated[list[PairValue], Field(max_length=50)]


def _absent() -> Any:
    """For a field that may be left out, and then stays as it is. Null is a value of its own."""
    return Field(default=None, json_schema_extra=without_default)


class SpeakerChoice(BaseModel):
    """A speaker who was heard or whom the catalogue knows; what stands in the text stays as it is written."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    id: Annotated[PlainText, Field(min_length=1, max_length=200)]
    role: Role | None = _absent()
    """The office held on that occasion."""
    country: CountryValue | None = _absent()


class PeriodChoice(BaseModel):
    """Both ends inclusive; one may be open."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    start: DateValue | None
    end: DateValue | None

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if self.start is None and self.end is None:
            raise ValueError("a period has at least one end")
        return self


class FactPatch(BaseModel):
    """What an editor may say of either kind of fact."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    review: Review = _absent()
    """The verdict; of a correction that says none, `corrected`."""
    note: Annotated[PlainText, Field(max_length=2_000)] | None = None
    """Why, for those who read the history."""
    stated_on: DateValue | None = _absent()
    countries: Codes = _absent()
    pairs: Pairs = _absent()

    def act(self, by: str | None) -> Act:
        # Without warnings: of a choice that may be null the serializer looks at its own result again, and wonders.
        correction = self.model_dump(mode="json", exclude_unset=True, exclude={"review", "note"}, warnings=False)
        return Act(self.review, correction, by, self.note)


class StatementPatch(FactPatch):
    """What an editor knows better of a statement. What is left out stays; `text` follows from `segments`."""

    kind: StatementKind = _absent()
    segments: Annotated[list[Span], Field(min_length=1, max_length=200)] = _absent()
    speaker: SpeakerChoice = _absent()
    topics: Annotated[list[Topic], Field(max_length=30)] = _absent()


class IndicatorPatch(FactPatch):
    """What an editor knows better of a figure. What is left out stays; `as_written` follows from `span`, `pair` from `pairs`."""

    metric: Metric = _absent()
    measure: Measure = _absent()
    value: Amount = _absent()
    value_max: Amount | None = _absent()
    unit: Annotated[str, Field(pattern=r"^[^\u0000\s]{1,20}$")] = _absent()
    per: Per | None = _absent()
    comparator: Comparator = _absent()
    status: Status = _absent()
    period: PeriodChoice | None = _absent()
    reporter: CountryValue | None = _absent()
    partner: CountryValue | None = _absent()
    span: Span = _absent()
    speaker: SpeakerChoice | None = _absent()


class Change(Shape):
    """One act of an editor on one fact."""

    made_at: Instant
    made_by: str | None
    """The name of the key; null where none was needed."""
    note: str | None
    before: dict[str, Any]
    """The fields that were changed, as they were."""
    after: dict[str, Any]
    undone_at: Instant | None
    undone_by: str | None


class ChangeList(Shape):
    items: list[Change]
    next_cursor: None
    """The history of one fact is short, and comes whole."""
