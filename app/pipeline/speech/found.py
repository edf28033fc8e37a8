"""Speakers found, and the words they belong to."""

from __future__ import annotations

from app.domain.record import record
from app.domain.speaker import Speaker
from app.pipeline.people.actor import Actor
from app.pipeline.people.offices import Office
from app.pipeline.people.roster import Entry
from app.pipeline.speech.utterances import Utterance


@record(frozen=True, slots=True)
class Attributed:
    """Words and who said them; `steps` is how the speaker was found."""

    utterance: Utterance
    speaker: Speaker
    co_speakers: tuple[Speaker, ...]
    steps: tuple[str, ...]


@record(frozen=True, slots=True)
class Found:
    speaker: Speaker
    entry: Entry | None
    steps: tuple[str, ...]

    def office_shown(self, other: Actor) -> Office | None:
        """The office that the mention `other` gives, else the last one that the article gave."""
        if other.office is not None:
            return other.office
        return self.entry.offices[-1][1] if self.entry and self.entry.offices else None
