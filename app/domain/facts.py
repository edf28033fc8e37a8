"""What is read out of an article: statements and indicators, each pointing at its characters."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.country import Pair
from app.domain.measure import Comparator, Measure, Per, Period, Status
from app.domain.record import record
from app.domain.speaker import Speaker
from app.domain.text import Span


class StatementKind(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Review(StrEnum):
    """What an editor made of a fact."""

    UNREVIEWED = "unreviewed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CORRECTED = "corrected"


@record(frozen=True, slots=True)
class Cue:
    """The words that attribute: "отметил", "по словам"."""

    span: Span
    text: str
    lemma: str


@record(frozen=True, slots=True)
class Evidence:
    """Why a fact is there: the rule that found it, the words it rests on, and each step of resolution."""

    rule: str
    cue: str | None = None
    steps: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Statement:
    """Words that the article attributes to somebody. `text` is the segments joined by a space."""

    id: str
    kind: StatementKind
    segments: tuple[Span, ...]
    text: str
    speaker: Speaker
    evidence: Evidence
    cue: Cue | None = None
    co_speakers: tuple[Speaker, ...] = ()
    stated_on: date | None = None
    countries: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    topics: tuple[str, ...] = ()
    confidence: float | None = None


@record(frozen=True, slots=True)
class Indicator:
    """One number about relations. `value` and `value_max` are in base units of `unit`."""

    id: str
    metric: str
    measure: Measure
    value: Decimal
    unit: str
    span: Span
    as_written: str
    evidence: Evidence
    value_max: Decimal | None = None
    comparator: Comparator = Comparator.EQ
    status: Status = Status.ACTUAL
    per: Per | None = None
    period: Period | None = None
    countries: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    reporter: str | None = None
    partner: str | None = None
    stated_on: date | None = None
    group: str | None = None
    additional_to: str | None = None
    equivalent_of: str | None = None
    statement_id: str | None = None
    speaker: Speaker | None = None
    confidence: float | None = None

    @property
    def pair(self) -> Pair | None:
        """The relation measured, where there is exactly one."""
        return self.pairs[0] if len(self.pairs) == 1 else None


@record(frozen=True, slots=True)
class Notice:
    """Something the client should know about how the text was read (`warnings` of an article)."""

    code: str
    detail: str


@record(frozen=True, slots=True)
class Mention:
    """Something recognised on the way. Which of the optional fields is set depends on its kind."""

    span: Span
    text: str
    id: str | None = None
    name: str | None = None
    code: str | None = None
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str | None = None
    comparator: Comparator | None = None
    start: date | None = None
    end: date | None = None


@record(frozen=True, slots=True)
class Mentions:
    people: tuple[Mention, ...] = ()
    organizations: tuple[Mention, ...] = ()
    countries: tuple[Mention, ...] = ()
    quantities: tuple[Mention, ...] = ()
    dates: tuple[Mention, ...] = ()


@record(frozen=True, slots=True)
class Extraction:
    """All that one article says. Facts stand in the order of the text; `digest` is the article's identity.

    `published_at` is as given or an ISO date read from the text; `sources` are the outlets and press
    services that the article credits; `pairs` are strongest first.
    """

    digest: str
    language: str | None
    title: str | None = None
    published_at: str | None = None
    publisher: str | None = None
    publisher_country: str | None = None
    sources: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    blocs: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    warnings: tuple[Notice, ...] = ()
    mentions: Mentions = field(default_factory=Mentions)
    body: str = ""
    """The visible text without its furniture, as far as that is known: what copies of an article have in common."""
