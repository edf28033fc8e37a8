"""A speaker: as one fact presents them, and as a person or organisation of their own."""

from __future__ import annotations

from app.api.schemas.shape import CountryCode, FactCounts, IsoDate, Names, Shape
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


class SpeakerSummary(KnownSpeaker):
    """A speaker as lists show them, in the latest office known."""

    role: Role | None
    country: CountryCode | None
    counts: FactCounts
    last_on: IsoDate | None
    """The latest date of anything said."""


class HeardOffice(Shape):
    """An office in which the speaker was heard, with the first and the last day of that."""

    role: Role
    country: CountryCode | None
    first_on: IsoDate | None
    last_on: IsoDate | None
    statements: int


class SpeakerProfile(SpeakerSummary):
    """A speaker with aliases and offices."""

    aliases: list[str]
    """The name as it is spelled in the texts, inflected and shortened («Токаева», «Токаев»), the most frequent first."""
    offices: list[HeardOffice]


class SpeakerList(Shape):
    items: list[SpeakerSummary]
    next_cursor: str | None
