"""A speaker: as one fact presents them, and as a person or organisation of their own."""

from __future__ import annotations

from app.api.schemas.shape import CountryCode, FactCounts, IsoDate, Names, PairCode, Shape
from app.domain.speaker import ResolvedBy, Role, SpeakerKind


class Speaker(Shape):
    """Who said it, with the office held and the words used on that occasion."""

    id: str
    """A stable slug, the same in every language and spelling."""
    kind: SpeakerKind
    name: str
    """Nominative and full as known; of an unnamed source the description."""
    names: Names
    role: Role | None
    country: CountryCode | None
    as_written: str | None
    """What stands in the text: «глава государства», «он», «Токаева»."""
    role_as_written: str | None
    resolved_by: ResolvedBy | None
    wikidata: str | None


class KnownSpeaker(Shape):
    """What belongs to the speaker and not to one fact."""

    id: str
    kind: SpeakerKind
    name: str
    names: Names
    wikidata: str | None


class SpeakerCounts(FactCounts):
    """What the speaker said, alone or together with others. Facts that editors rejected, and those kept back, are counted too;
    those of copies that repeat another's are not.
    """


class SpeakerSummary(KnownSpeaker):
    """A speaker as lists show them, in the latest office known."""

    role: Role | None
    country: CountryCode | None
    counts: SpeakerCounts
    last_on: IsoDate | None
    """The latest date of anything said."""


class HeardOffice(Shape):
    """An office in which the speaker was heard, with the first and the last day of that."""

    role: Role
    country: CountryCode | None
    first_on: IsoDate | None
    last_on: IsoDate | None
    statements: int


class Term(Shape):
    """An office of the catalogue. Dates are ISO 8601, as exact as they are known (`2016-12`); an end that is null lasts."""

    role: Role
    country: CountryCode | None
    office: str | None
    """Of an ambassador the receiving country, of a minister the portfolio, of the head of an organisation its id."""
    start: str | None
    end: str | None
    observed_from: str | None
    """In office by then; since when is not known."""
    observed_until: str | None
    """In office until then at least."""
    certain: bool
    """False where it was recalled without certainty: such a term resolves nothing."""


class SpeakerPair(Shape):
    """How many statements of the speaker concern a pair."""

    pair: PairCode
    statements: int


class StatementMark(Shape):
    """A statement by its id and date."""

    id: str
    stated_on: IsoDate


class SpeakerProfile(SpeakerSummary):
    """A speaker with aliases, offices and what they spoke about."""

    aliases: list[str]
    """The name as it is spelled in the texts, inflected and shortened («Токаева», «Токаев»), the most frequent first;
    then the other spellings of the catalogue."""
    offices: list[HeardOffice]
    """The offices in which articles presented the speaker."""
    terms: list[Term]
    """The offices that the catalogue knows, in order of time."""
    pairs: list[SpeakerPair]
    first_statement: StatementMark | None
    last_statement: StatementMark | None


class SpeakerList(Shape):
    items: list[SpeakerSummary]
    next_cursor: str | None
