"""An article: as it was read, as it is stored with its facts, and as lists show it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.schemas.indicator import Indicator
from app.api.schemas.mention import Mentions
from app.api.schemas.shape import CountryCode, FactCounts, Instant, PairCode, Shape, without_default
from app.api.schemas.statement import Statement


class Notice(Shape):
    """Something to know about how the text was taken: a language not read, nothing said, a text stored before."""

    code: str
    """For programs, as `detail` is for people: `language_not_read`, `no_date`, `no_facts`, `already_stored`, `new_version`.

    More may come.
    """
    detail: str


class ArticleReading(Shape):
    """What is known of an article besides its text: what the client gave, else what was read from the text."""

    language: str | None
    title: str | None
    published_at: str | None
    publisher: str | None
    publisher_country: CountryCode | None
    url: str | None
    external_id: str | None
    sources: list[str]
    """Outlets and press services that the article credits."""
    pairs: list[PairCode]
    """The country pairs that the article is about, strongest first."""
    blocs: list[str]
    given: list[str]
    """Which of the metadata came from the client."""
    warnings: list[Notice]


class Extraction(ArticleReading):
    """The facts of a text that is not stored, in the order of the text."""

    statements: list[Statement]
    indicators: list[Indicator]
    mentions: Annotated[Mentions, Field(default=None, json_schema_extra=without_default)]
    """There only with `include=mentions`."""


class ArticleSummary(ArticleReading):
    """An article as lists show it: without its text and facts."""

    id: str
    created_at: Instant
    reprint_of: str | None
    """The article that this one copies with small changes: the first of its copies that was stored. A translation is no copy."""
    counts: FactCounts


class SourceSeen(Shape):
    """A place where the text was found, as a client told it."""

    url: str | None
    publisher: str | None
    published_at: str | None
    external_id: str | None
    seen_at: Instant


class Article(ArticleSummary):
    """A stored article with its text and facts, in the order of the text."""

    version: Annotated[int, Field(ge=1)]
    """Another text under the same `external_id` or `url` is the next version."""
    sources_seen: list[SourceSeen]
    """The same text from another outlet is the same article; each place is kept, the first first."""
    text: str | None
    """Null where the operator keeps no texts of this age. The facts keep their words."""
    statements: list[Statement]
    indicators: list[Indicator]


class ArticleVersion(Article):
    """What an article was before a newer text came."""

    replaced_at: Instant


class ArticleVersionList(Shape):
    items: list[ArticleVersion]
    next_cursor: str | None


class ArticleList(Shape):
    items: list[ArticleSummary]
    next_cursor: str | None


class ChangedFact(Shape):
    """A fact that says something else now; evidence, confidence and extractor are not compared."""

    id: str
    fields: list[str]


class Reextraction(Shape):
    """An article that was read again, and the ids of the facts in which that made a difference."""

    article: Article
    added: list[str]
    removed: list[str]
    changed: list[ChangedFact]
