"""A country pair: what is known of it in numbers, and at a glance."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.schemas.indicator import Indicator
from app.api.schemas.shape import CountryCode, FactCounts, IsoDate, PairCode, Shape
from app.api.schemas.speaker import KnownSpeaker
from app.api.schemas.statement import Statement
from app.api.schemas.vocabulary import Topic


class PairCounts(FactCounts):
    articles: int


class PairSummary(Shape):
    pair: PairCode
    countries: Annotated[list[CountryCode], Field(min_length=2, max_length=2)]
    counts: PairCounts
    last_on: IsoDate | None
    """The latest date of anything known."""


class PairSpeaker(KnownSpeaker):
    statements: int
    """How many statements about the pair are theirs."""


class PairTopic(Shape):
    topic: Topic
    statements: int


class Pair(PairSummary):
    """One pair at a glance."""

    statements: list[Statement]
    """The latest."""
    indicators: list[Indicator]
    """The latest actual level of each metric, of the metrics told of most often."""
    speakers: list[PairSpeaker]
    """Who is heard most."""
    topics: list[PairTopic]
    """What is talked of most."""


class PairList(Shape):
    items: list[PairSummary]
    next_cursor: str | None
