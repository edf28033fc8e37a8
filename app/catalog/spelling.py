"""One rough Latin spelling for a name in any script, so that its transliterations stand side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from tomllib import loads
from typing import Any

from anyascii import anyascii

from app.catalog.folding import fold

_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=50_000)
def sounds(name: str) -> tuple[str, ...]:
    """The words of a name as they roughly sound: `Мирзиёев`, `Mirziyoyev` are nearly, `Жомарт`, `Zhomart` wholly alike."""
    letters, stretches = _tables()
    latin = anyascii("".join(letters.get(letter, letter) for letter in fold(name))).lower().replace("'", "")
    return tuple(filter(None, (_rough(word, stretches) for word in _WORD.findall(latin))))


@cache
def endings() -> frozenset[str]:
    """What case adds to a name, as it sounds, in any of the languages."""
    return frozenset(ending for several in _data()["endings"].values() for ending in several)


def _rough(word: str, stretches: Mapping[str, str]) -> str:
    for written, sound in stretches.items():
        word = word.replace(written, sound)
    return "".join(letter for n, letter in enumerate(word) if n == 0 or word[n - 1] != letter)


@cache
def _tables() -> tuple[Mapping[str, str], Mapping[str, str]]:
    return _data()["letters"], _data()["sounds"]


@cache
def _data() -> Mapping[str, Any]:
    return loads((files("app.catalog") / "data" / "sounds.toml").read_text(encoding="utf-8"))
