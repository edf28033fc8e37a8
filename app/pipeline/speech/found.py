"""Speakers found, and the words they belong to."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.speaker import Speaker
from app.pipeline.people.roster import Entry
from app.pipeline.speech.utterances import Utterance


@dataclass(frozen=True, slots=True)
class Attributed:
    """Words and who said them; `steps` is how the speaker was found."""

    utterance: Utterance
    speaker: Speaker
    co_speakers: tuple[Speaker, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    speaker: Speaker
    entry: Entry | None
    steps: tuple[str, ...]
