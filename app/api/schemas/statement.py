"""A statement: words that an article attributes to somebody."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.schemas.fact import Fact
from app.api.schemas.shape import CountryCode, IsoDate, PairCode, Shape, Span, without_default
from app.api.schemas.speaker import Speaker
from app.api.schemas.vocabulary import Topic
from app.domain.facts import StatementKind


class Cue(Shape):
    """The words that attribute: «отметил», «по словам»."""

    text: str
    lemma: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]


class StatementGroup(Shape):
    """One saying that several articles tell: in other words, cut differently, or in another language."""

    id: str
    """`GET /v1/statements?group=` lists all that tell it. It stays the same while the earliest of them does."""
    sources: Annotated[int, Field(ge=2)]
    """How many articles tell it. Copies of one article are one; they stand in `further_sources` of its statements."""
    longest: str
    """The statement with the longest wording."""


class Statement(Fact):
    """One attribution is one statement, however many sentences it holds."""

    id: str
    kind: StatementKind
    text: str
    """The segments' characters joined by a space; quotation marks and attribution are left out.

    Of submitted markup, what a reader sees: entities decoded, tags left out. The segments point into the markup.
    """
    segments: Annotated[list[Span], Field(min_length=1)]
    speaker: Speaker
    co_speakers: list[Speaker]
    """The others, where several said it together."""
    cue: Cue | None
    stated_on: IsoDate | None
    countries: list[CountryCode]
    pairs: list[PairCode]
    topics: list[Topic]
    group: StatementGroup | None
    """Null where no other article is known to tell the same, and while nothing is stored (`POST /v1/extract`)."""
    highlights: Annotated[list[Span], Field(default=None, json_schema_extra=without_default)]
    """Where in `text` the words of `q` are; there only in lists that were asked with `q`."""


class StatementList(Shape):
    items: list[Statement]
    next_cursor: str | None
