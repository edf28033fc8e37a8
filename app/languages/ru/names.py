"""The declension of personal names that no dictionary knows: by ending, for names of every origin; the endings are data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from app.languages.pack import Reading

_ANY = "any"


def unknown_name(word: str) -> tuple[Reading, ...]:
    """The cases in which a name of this ending may stand; an indeclinable one may stand in any."""
    low = word.lower()
    if _suffixed(low) and len(word) > 5:
        return _readings(word, _suffixed(low))
    if adjectival := _forms_of("adjectival", low):
        return _readings(word, adjectival)
    if low.endswith(_indeclinable_endings()):
        return _readings(word, (_ANY,))
    forms: list[str] = next(forms for ending, forms in _table()["others"]["forms"] if _ends(low, ending))
    return _readings(word, tuple(forms))


def nominative_name(word: str, case: str, feminine: bool | None, shortest: int = 3) -> str:
    """The nominative of a name written in `case`; a name that does not decline comes back as it is.

    Where it is not known whose name it is, a man's declension is tried first. `shortest` is how many letters must be left.
    """
    low = word.lower()
    if low in _indeclinable_words() or low.endswith(_indeclinable_endings()):
        return word
    for gender in ("feminine",) if feminine else ("masculine",) if feminine is False else ("masculine", "feminine"):
        for ending, nominative, before in _table()[gender].get(case, ()):
            stem = word[: -len(ending)]
            if low.endswith(ending) and len(stem) >= shortest and (not before or stem[-1].lower() in _letters(before)):
                return stem + str(nominative)
    return word


def both_parts_decline(head: str) -> bool:
    """Whether the first half of a double surname is a surname of its own: "Петрова-Водкина", but not "Касым-Жомарта"."""
    return bool(_suffixed(head.lower()) or _forms_of("adjectival", head.lower()))


def is_of_syllables(words: tuple[str, ...]) -> bool:
    """Korean and Vietnamese names, written syllable by syllable: only the last one declines ("Юн Сок Ёля")."""
    return len(words) == 3 and all(len(word) <= 4 for word in words[:2])


def _readings(word: str, forms: tuple[str, ...]) -> tuple[Reading, ...]:
    """Forms as the data writes them, "gen masc" or "any", as readings."""
    found = []
    for form in forms:
        case, _, gender = form.partition(" ")
        found.append(Reading(word, "propn", None if case == _ANY else case, "sing", gender or None, name="surn", known=False))
    return tuple(found)


def _suffixed(low: str) -> tuple[str, ...]:
    return _forms_of("suffixed", low)


def _forms_of(kind: str, low: str) -> tuple[str, ...]:
    table = _table()[kind]
    for ending, forms in table["forms"].items():
        if low.endswith(ending) and low.removesuffix(ending).endswith(tuple(table["suffixes"])):
            return tuple(forms)
    return ()


def _ends(low: str, ending: str) -> bool:
    return low.endswith(ending) and (len(ending) < 2 or len(low) > 3)


def _letters(kind: str) -> str:
    return str(_table()["letters"][kind])


@cache
def _indeclinable_endings() -> tuple[str, ...]:
    return tuple(_table()["indeclinable"]["endings"])


@cache
def _indeclinable_words() -> frozenset[str]:
    return frozenset(_table()["indeclinable"]["words"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("declension.toml").read_text(encoding="utf-8"))
