"""The contract of a language pack: its data by topic, and what it knows of word forms."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, eq=False)
class Pack:
    """A language: `data` holds one table a TOML file of its folder, under the file's name."""

    code: str
    morphology: Morphology
    data: Mapping[str, Mapping[str, Any]] = field(repr=False)

    def __getitem__(self, topic: str) -> Mapping[str, Any]:
        return self.data.get(topic, {})


def read_tables(package: str) -> dict[str, Mapping[str, Any]]:
    """The TOML files of a pack's folder by name."""
    return {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in files(package).iterdir()
        if entry.name.endswith(".toml")
    }
