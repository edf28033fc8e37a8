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


class Fact(Shape):
    """The members that every fact ends with."""

    confidence: Annotated[float, Field(ge=0, le=1)] | None
    """Calibrated against annotated articles; null until a calibration exists."""
    evidence: Evidence
    extractor: Extractor
    review: Review
    article: ArticleRef | None
    """Null while nothing is stored (`POST /v1/extract`)."""
