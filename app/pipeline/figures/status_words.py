"""The words of a pack that tell whether a figure is so, is meant to be, or may be, compiled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from app.domain.measure import Status
from app.languages.pack import Pack
from app.pipeline.words.phrasebook import Phrases


@dataclass(frozen=True, slots=True)
class StatusWords:
    """What `status.toml` says, and the words of turning and comparing that bear on it."""

    goals: Phrases[bool]
    up_to: frozenset[str]
    always: frozenset[str]
    reached: frozenset[str]
    led: frozenset[str]
    changes: frozenset[str]
    words: Phrases[Status]
    mute: Phrases[bool]
    done: frozenset[str]
    able: frozenset[str]
    measuring: frozenset[str]
    fulfilled: frozenset[str]
    negation: frozenset[str]
    including: frozenset[str]
    happening: frozenset[str]
    against: frozenset[str]
    under_way: frozenset[str]
    aside: frozenset[str]
    relative: frozenset[str]
    that: frozenset[str]
    conditional: Phrases[bool]
    pending: Phrases[bool]
    turns: frozenset[str]
    carried_out: frozenset[str]
    marks: frozenset[str]
    posing: frozenset[str]

    @classmethod
    def of(cls, pack: Pack) -> StatusWords:
        return _compiled(pack)


@cache
def _compiled(pack: Pack) -> StatusWords:
    table, goal = pack["status"], pack["status"].get("goal", {})
    listed = [(phrase, status) for status in Status for phrase in table.get(status.value, {}).get("words", ())]
    listed += [(phrase, Status.TARGET) for phrase in goal.get("words", ())]
    listed += [(phrase, Status.PLANNED) for phrase in table.get("planned", {}).get("under_way", ())]

    def forms(section: dict[str, Any], name: str) -> frozenset[str]:
        return frozenset(section.get(name, ()))

    mute = Phrases([(phrase, True) for phrase in table.get("mute", {}).get("phrases", ())])
    done, happening = forms(table.get("done", {}), "verbs"), forms(table.get("happening", {}), "verbs")
    against = forms(pack["dates"].get("against", {}), "words")

    return StatusWords(
        Phrases([(phrase, True) for phrase in goal.get("verbs", ())]),
        forms(goal, "up_to"),
        forms(goal, "always"),
        forms(goal, "reached"),
        forms(goal, "led"),
        forms(pack["indicators"].get("growth", {}), "up") | forms(pack["indicators"].get("growth", {}), "down"),
        Phrases(listed),
        mute,
        done,
        forms(table.get("able", {}), "words"),
        forms(table.get("works", {}), "measuring"),
        forms(table.get("done", {}), "fulfilled"),
        forms(table.get("done", {}), "negation"),
        forms(table.get("aside", {}), "including"),
        happening,
        against,
        forms(table.get("planned", {}), "under_way"),
        forms(table.get("aside", {}), "words"),
        forms(table.get("relative", {}), "words"),
        forms(table.get("that", {}), "words"),
        Phrases([(phrase, True) for phrase in table.get("conditional", {}).get("words", ())]),
        Phrases([(phrase, True) for phrase in table.get("planned", {}).get("pending", ())]),
        forms(pack["indicators"].get("turns", {}), "words"),
        forms(table.get("works", {}), "verbs"),
        forms(table.get("posed", {}), "marks"),
        forms(table.get("posed", {}), "verbs"),
    )
