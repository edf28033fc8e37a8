"""One Latin spelling for every way a name is written: Тоқаев, Токаев, Tokayev and Tokaev sound alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from anyascii import anyascii

from app.catalog.folding import fold
from app.catalog.tables import toml

_LONGEST = 5  # letters of a case ending at most
_LETTERS = re.compile("[^a-z]")
_WORDS = re.compile(r"[^\W_]+")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """The spelling of one word; words that a reader would take for one name come out alike, in any script. Ids are made of it."""
    folded = fold(word).translate(_letters())
    latin = folded.isascii() or anyascii(folded[0]).lower() == folded[0]
    plain = _LETTERS.sub("", anyascii(folded).lower())
    if latin and plain[:1] in _data()["latin_beginnings"]:
        plain = _data()["latin_beginnings"][plain[0]] + plain[1:]
    for written, heard in (*(_table("latin") if latin else ()), *_table("stretches")):
        if written in plain:
            plain = plain.replace(written, heard)
    for position, heard in _positions():
        plain = position.sub(heard, plain)
    return plain


@lru_cache(maxsize=50_000)
def sounds(name: str) -> tuple[str, ...]:
    """The words of a name by which it is searched for, roughly: `Мирзиёев` and `Mirziyoyev` are one, each digraph is a letter."""
    return tuple(filter(None, map(_rough, _words(name))))


def initials(name: str) -> tuple[str, ...]:
    """How the first letter of each word sounds as it is written: Д of Джейхун, Y of Yerlan; beside `sounds` word by word."""
    return tuple(_rough(word[0]) for word in _words(name) if _rough(word))


@cache
def endings(kind: str) -> frozenset[str]:
    """Endings as they sound in a search, in any language: `endings` of cases, those `instead` of a last vowel, `feminine`."""
    return frozenset(ending for several in _data()[kind].values() for ending in several)


@lru_cache(maxsize=20_000)
def is_title(heard: str) -> bool:
    """Whether a word of a question, as `sounds` spells it, is a title in some case and no part of a name."""
    stems = (heard[:end] for end in range(len(heard), max(1, len(heard) - _LONGEST), -1))
    return any(stem in _titles() and (stem == heard or heard[len(stem) :] in endings("endings")) for stem in stems)


@cache
def _titles() -> frozenset[str]:
    return frozenset(word for several in _data()["titles"].values() for title in several for word in sounds(title))


def _words(name: str) -> list[str]:
    words = fold(name).split()
    for behind in _data()["behind"].values():
        words = [word.removesuffix(behind) for word in words]
    return _WORDS.findall(" ".join(words).replace("'", ""))


def _rough(word: str) -> str:
    plain = sound(word)
    for written, heard in _table("rough"):
        plain = plain.replace(written, heard)
    return _TWICE.sub(r"\1", plain)


@cache
def _letters() -> Mapping[int, str]:
    return str.maketrans(_data()["letters"])


@cache
def _table(name: str) -> tuple[tuple[str, str], ...]:
    return tuple(_data()[name].items())


@cache
def _positions() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rule["written"]), rule["heard"]) for rule in _data()["positions"])


@cache
def _data() -> Mapping[str, Any]:
    return toml("sounds.toml")
