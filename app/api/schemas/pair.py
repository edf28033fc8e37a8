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
    """What concerns the pair, each counted on its own: an article is counted where the pair is among its `pairs`, a fact where
    it is among the fact's. A fact may name a pair that its article is not about, so that a pair can have facts and no articles.
    Facts that editors rejected, and those kept back, are counted too.
    """

    articles: int
    """Articles that are about the pair."""


class PairSummary(Shape):
    pair: PairCode
    countries: Annotated[list[CountryCode], Field(min_length=2, max_length=2)]
    counts: PairCounts
    last_on: IsoDate | None
    """The latest date of anything known."""


class PairSpeaker(KnownSpeaker):
    statements: int
    """How many of the latest 500 statements about the pair are theirs, alone or together with others."""


class PairTopic(Shape):
    topic: Topic
    statements: int
    """How many of the latest 500 statements about the pair are about it."""


class Pair(PairSummary):
    """One pair at a glance."""

    statements: list[Statement]
    """The latest."""
    indicators: list[Indicator]
    """The latest actual level of each metric, of the metrics told of most often in the latest 500 figures about the pair."""
    speakers: list[PairSpeaker]
    """Who is heard most in the latest 500 statements about the pair."""
    topics: list[PairTopic]
    """What is talked of most in the latest 500 statements about the pair."""


class PairList(Shape):
    items: list[PairSummary]
    next_cursor: str | None
