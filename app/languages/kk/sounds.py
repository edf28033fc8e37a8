"""What a stem sounds like to the suffix behind it: vowel harmony and assimilation, and suffixes in all their shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

# The kind of a stem's last letter with the series of vowels that it takes.
Sound: TypeAlias = tuple[int, str]
_KINDS = ("vowel", "sonorant", "lateral", "nasal", "voiced")  # the last, voiceless, is whatever is none of these
_SERIES = ("back", "front")
_SILENT = "ьъ"
_PIECE = re.compile(r"\(I\)|\(A\)|\[с\]|.")


class Sounds:
    """Hears stems by the tables of a language."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._either = tuple(table["either"])
        self._kinds = {letter: n for n, kind in enumerate(_KINDS) for letter in table[kind]}
        self._series = {letter: series for series in _SERIES for letter in table[series]}
        self.of = lru_cache(maxsize=50_000)(self._of)

    def _of(self, stem: str) -> frozenset[Sound]:
        """How a stem may sound; a last vowel that asks for no series leaves both open, as an abbreviation does all."""
        if stem.endswith("-"):
            return frozenset((kind, series) for kind in range(len(_KINDS) + 1) for series in _SERIES)
        letters = stem.rstrip(_SILENT)
        kind = self._kinds.get(letters[-1:], len(_KINDS))
        vowel = next((c for c in reversed(letters) if c in self._series or c in "иую"), "")
        series = None if stem.endswith(self._either) else self._series.get(vowel)
        return frozenset((kind, s) for s in _SERIES if series in (None, s))


class Suffixes:
    """Suffixes of one slot, taken off words: `templates` by what each says, in the notation of the table."""

    def __init__(self, templates: Mapping[str, str], archiphonemes: Mapping[str, Any], sounds: Sounds) -> None:
        self._sounds = sounds
        self._shapes: dict[str, dict[str, set[Sound]]] = {}
        for name, template in templates.items():
            for kind in range(len(_KINDS) + 1):
                for series in range(len(_SERIES)):
                    shape = _shape(template, kind, series, archiphonemes)
                    self._shapes.setdefault(shape, {}).setdefault(name, set()).add((kind, _SERIES[series]))
        self._longest = max(map(len, self._shapes), default=0)

    def off(self, word: str) -> Iterator[tuple[str, str]]:
        """Every stem that the word may have, with what its suffix says; the longest stem first."""
        for size in range(1, min(self._longest, len(word) - 2) + 1):
            shapes = self._shapes.get(word[-size:])
            if shapes is None:
                continue
            stem = word[:-size]
            heard = self._sounds.of(stem)
            for name, wanted in shapes.items():
                if not wanted.isdisjoint(heard):
                    yield stem, name


def shapes(template: str, heard: frozenset[Sound], archiphonemes: Mapping[str, Any]) -> set[str]:
    """What a suffix looks like behind a stem that sounds so."""
    return {_shape(template, kind, _SERIES.index(series), archiphonemes) for kind, series in heard}


def _shape(template: str, kind: int, series: int, archiphonemes: Mapping[str, Any]) -> str:
    """A template behind a stem of that kind and series; behind its first letters only the series counts."""
    shape = []
    for n, piece in enumerate(_PIECE.findall(template)):
        if piece in ("(I)", "(A)"):
            shape.append("" if kind == 0 else archiphonemes[piece[1]][series])
        elif piece == "[с]":
            shape.append("с" if kind == 0 else "")
        elif piece == "Z":
            shape.append("й" if kind == 0 else archiphonemes["A"][series])
        elif piece in archiphonemes:
            shapes = archiphonemes[piece]
            shown = shapes[series] if len(shapes) == 2 else shapes[kind if n == 0 else 0]
            shape.append({"ғ": "г", "қ": "к"}.get(shown, shown) if piece == "G" and series else shown)
        else:
            shape.append(piece)
    return "".join(shape)
