"""What statements and indicators have in common: their article, their evidence, and who extracted them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.schemas.shape import Shape
from app.domain.facts import Review


class ArticleRef(Shape):
    """The article that a stored fact comes from."""

    id: str
    title: str | None
    url: str | None
    publisher: str | None
    published_at: str | None


class Evidence(Shape):
    """Why the fact is there: the rule that found it, the words it rests on, each step of resolution."""

    rule: str
    cue: str | None
    steps: list[str]


class Extractor(Shape):
    name: str
    version: str


class FurtherSource(Shape):
    """The same fact in a copy of the article: its id there, and that article."""

    id: str
    article: ArticleRef


class Fact(Shape):
    """The members that every fact ends with."""

    confidence: Annotated[float, Field(ge=0, le=1)] | None
    """Calibrated against annotated articles; null until a calibration exists."""
    evidence: Evidence
    extractor: Extractor
    review: Review
    repeats: str | None
    """The fact of an earlier copy of the article that says the same; lists, counts and series have that one alone."""
    further_sources: list[FurtherSource]
    """The first 20 of the copies of the article that repeat this fact, the oldest first."""
    article: ArticleRef | None
    """Null while nothing is stored (`POST /v1/extract`)."""
