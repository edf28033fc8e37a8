"""Who said it: a person, an organisation or a source that the article does not name."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from app.domain.record import record


class SpeakerKind(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"
    UNNAMED = "unnamed"


class Role(StrEnum):
    """The office of a speaker at the date of the statement."""

    HEAD_OF_STATE = "head_of_state"
    HEAD_OF_GOVERNMENT = "head_of_government"
    DEPUTY_HEAD_OF_GOVERNMENT = "deputy_head_of_government"
    FOREIGN_MINISTER = "foreign_minister"
    MINISTER = "minister"
    AMBASSADOR = "ambassador"
    SPOKESPERSON = "spokesperson"
    LEGISLATOR = "legislator"
    OFFICIAL = "official"
    GOVERNOR = "governor"
    ORGANIZATION_HEAD = "organization_head"
    BUSINESS = "business"
    EXPERT = "expert"
    OTHER = "other"


class ResolvedBy(StrEnum):
    """How the words in the text led to the speaker."""

    NAME = "name"
    OFFICE = "office"
    PRONOUN = "pronoun"
    PREVIOUS_SPEAKER = "previous_speaker"
    INTERVIEW_LABEL = "interview_label"


@record(frozen=True, slots=True)
class Speaker:
    """A speaker as one statement presents them.

    `id` is a stable slug, the same for one person in every language; `name` is nominative, of an unnamed
    source the description ("источник в правительстве"); `names` by language (`ru`, `kk`, `en`);
    `country` is ISO 3166-1 alpha-2; `as_written` and `role_as_written` are verbatim; `wikidata` is a QID.
    """

    id: str
    kind: SpeakerKind
    name: str
    names: dict[str, str] = field(default_factory=dict, hash=False)
    role: Role | None = None
    country: str | None = None
    as_written: str | None = None
    role_as_written: str | None = None
    resolved_by: ResolvedBy | None = None
    wikidata: str | None = None
