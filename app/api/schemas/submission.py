"""What a client submits: an article's text and whatever is known about it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.api.values import CountryValue, LanguageTag, Moment, PlainText, WebAddress

SOME_TEXT = r"^[^\u0000]*[^\u0000\s\u001c-\u001f\u0085][^\u0000]*$"
"""Neither blank nor holding a NUL, as a JSON schema says it: its `\\s` leaves out separators that Unicode calls white space."""


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "The text is empty.")
    return text


class Include(StrEnum):
    """What an extraction tells besides the facts."""

    MENTIONS = "mentions"


class ArticleMetadata(BaseModel):
    """What the client knows about the article. What is not given is read from the text."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    title: Annotated[PlainText, Field(max_length=1_000)] | None = None
    url: WebAddress | None = None
    publisher: Annotated[PlainText, Field(max_length=300)] | None = None
    """The outlet: its name or its domain."""
    publisher_country: CountryValue | None = None
    """The outlet's country decides whom «глава государства» means. Where it is absent, the country of a known outlet."""
    published_at: Moment | None = None
    """A date or an RFC 3339 date-time, kept as given; the article's date is its calendar date in its own offset.

    It dates the facts, resolves «в прошлом году», and says who held an office that day. Without it, facts may stay undated.
    """
    language: LanguageTag | None = None
    """BCP 47."""
    external_id: Annotated[PlainText, Field(min_length=1, max_length=200)] | None = None
    """The article's id in the client's own system."""


class ArticleSubmission(ArticleMetadata):
    """A raw article. The text is never altered: offsets in the answer count its code points as they were sent."""

    text: Annotated[PlainText, AfterValidator(_not_blank), Field(json_schema_extra={"pattern": SOME_TEXT})]
    """Plain or with HTML markup; at most 200,000 characters unless the operator chose otherwise."""


class SubmissionParams(ArticleMetadata):
    """The same metadata in the query string, for bodies that are nothing but the text.

    A JSON body says these itself; what it says goes before what stands here.
    """


MinConfidence = Annotated[float, Field(ge=0, le=1)] | None
"""How sure a fact must be, from 0 to 1."""


class ExtractParams(SubmissionParams):
    include: list[Include] = []
    """May be repeated. `mentions` adds what was recognised on the way: people, organizations, countries, quantities, dates."""
    min_confidence: MinConfidence = None
    """Leave out facts less sure than this; 0 shows all. If not given, the operator's threshold counts (0.5 as set up)."""
