"""Exchange rates as they were imported, and figures converted with them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.schemas.shape import Amount, IsoDate, Shape

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217.", examples=["USD"])]


class Rate(Shape):
    """One unit of `base` was worth so many units of `quote`, as the source told."""

    date: IsoDate
    base: Currency
    quote: Currency
    rate: Amount
    source: str


class RateList(Shape):
    items: list[Rate]
    next_cursor: str | None


class Leg(Rate):
    """A rate that was used."""

    inverse: bool
    """It was told the other way round, and divided by."""


class Converted(Shape):
    """What the figure is worth in the currency that was asked for; computed exactly from `legs` and rounded once, half up, to two
    decimals, or to six digits where these are more.
    """

    value: Amount
    value_max: Amount | None
    unit: Currency
    as_of: IsoDate | None
    """The day that a rate was looked for: of an `actual` figure the end of its period, else the day on which it was stated."""
    rate: Amount
    """All legs in one, to ten digits where it is not a rate as it was told."""
    rate_date: IsoDate | None
    """The latest day up to `as_of` of which a rate is known, the older of two; null where none was needed."""
    source: str | None
    legs: Annotated[list[Leg], Field(max_length=2)]
    """The rate, or both rates through a third currency; none where the figure is in that currency already."""
