"""The contract of a language pack: its data by topic, and what it knows of word forms."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Protocol

from app.domain.record import record


@record(frozen=True, slots=True)
class Reading:
    """One way to understand a word form. Values are None where the category does not apply.

    `pos` is a Universal POS tag in lower case (noun, propn, adj, verb, adv, pron, num, adp, cconj, sconj,
    part, det, intj, x); `case` one of nom gen dat acc ins loc abl equ sim; `number` sing, plur; `gender` masc, fem, neut;
    `verb` fin, inf, part, conv, imp, cond for verbs; `tense` past, pres, fut; `name` given, patr, surn for names;
    `possessive` whose it is where an ending says so: 1, 1plur, 2, 2polite, 3.
    """

    lemma: str
    pos: str
    case: str | None = None
    number: str | None = None
    gender: str | None = None
    verb: str | None = None
    tense: str | None = None
    person: str | None = None
    name: str | None = None
    animate: bool | None = None
    known: bool = True
    possessive: str | None = None


class Morphology(Protocol):
    """The inflection hook: what data alone cannot say about the word forms of a language."""

    def __hash__(self) -> int: ...

    def readings(self, word: str) -> tuple[Reading, ...]:
        """All readings of a word form, likeliest first; never empty for a word."""

    def name_readings(self, word: str) -> tuple[Reading, ...]:
        """The readings of a word as a part of somebody's name, known to the dictionary or not."""

    def name_in_nominative(self, words: tuple[str, ...], case: str | None, feminine: bool | None) -> tuple[str, ...]:
        """Somebody's name, written in `case`, put into the nominative."""

    def nominative(self, word: str, case: str | None, gender: str | None = None, number: str | None = None) -> str:
        """A common word, written in `case`, put into the nominative; capitals are kept.

        `gender` and `number` tell between forms that are alike, as those of an adjective with its noun are.
        """


REQUIRED: Mapping[str, str] = {
    "segment": "abbreviations and endings that decide where words and sentences end",
    "furniture": "what stands around an article on a page",
    "header": "months, words beside a date, how outlets are credited",
    "countries": "names, adjectives and peoples of countries, capitals, blocs",
    "pairs": "words that bring both sides of a relation in",
    "names": "what tells the names of people",
    "offices": "offices and bodies, by role",
    "pronouns": "pronouns that stand for a speaker",
    "speech": "verbs and phrases that attribute words, and the frames around them",
    "topics": "beginnings of words that show a topic",
    "numerals": "number words and how digits are written",
    "units": "currencies, measures and what is counted",
    "hedges": "about, more than, up to",
    "dates": "times and periods",
    "counted": "which counted nouns are which metric",
    "indicators": "phrases that name a metric, and measures",
    "status": "words that tell a goal or a plan from what is",
    "relations": "words that tell between whom a figure holds",
    "examples": "an invented sentence and page, read once when the service starts",
}
"""The tables that every pack has, each a TOML file of its folder, with what they hold."""
OPTIONAL: Mapping[str, str] = {
    "grammar": "that subjects are told by position, and the words that matter then; without it they are told by case",
    "clause": "that the verb closes the clause or heads stand last",
    "seats": "whose seat an office is",
}
"""Tables that only some languages need; a pack may also have tables that only its own morphology reads."""


class PackError(LookupError):
    """A pack lacks a table that every pack has."""


@dataclass(frozen=True, eq=False)
class Pack:
    """A language: `data` holds one table a TOML file of its folder, under the file's name."""

    code: str
    morphology: Morphology
    data: Mapping[str, Mapping[str, Any]] = field(repr=False)

    def __post_init__(self) -> None:
        missing = sorted(set(REQUIRED) - set(self.data))
        if missing:
            told = "; ".join(f"{name}.toml ({REQUIRED[name]})" for name in missing)
            raise PackError(f"the pack {self.code!r} lacks {told}")

    def __getitem__(self, topic: str) -> Mapping[str, Any]:
        """A table; one that not every language needs may be empty, and any other name is a mistake."""
        return self.data.get(topic, {}) if topic in OPTIONAL else self.data[topic]


def read_tables(package: str) -> dict[str, Mapping[str, Any]]:
    """The TOML files of a pack's folder by name."""
    return {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in files(package).iterdir()
        if entry.name.endswith(".toml")
    }
