"""All that was recognised in a text on the way to its facts, for highlighting and for checking a stage alone."""

from __future__ import annotations

from app.api.schemas.shape import Amount, CountryCode, IsoDate, Shape, Span
from app.domain.measure import Comparator


class Mention(Shape):
    span: Span
    text: str


class NamedMention(Mention):
    """A person or an organisation; `id` is null where it is not known who that is."""

    id: str | None
    name: str | None


class CountryMention(Mention):
    code: CountryCode | None


class QuantityMention(Mention):
    value: Amount | None
    value_max: Amount | None
    unit: str | None
    comparator: Comparator | None


class DateMention(Mention):
    start: IsoDate | None
    end: IsoDate | None


class Mentions(Shape):
    people: list[NamedMention]
    organizations: list[NamedMention]
    countries: list[CountryMention]
    quantities: list[QuantityMention]
    dates: list[DateMention]
