"""Spellings of a language brought to the one that its pack reads, letter for letter, so that no offset moves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.languages.pack import Pack

# Stands for the second letter of two that are one sound; it belongs to no word and is dropped from it.
FILLER = "\u034f"
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_MIXED = re.compile(r"(?<=[\u0400-\u052f])[A-Za-z]|[A-Za-z](?=[\u0400-\u052f])")


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """An alphabet with the letters that it has for those of the pack; `after_vowel` where a vowel changes one.

    `pairs_after_vowel` are one letter behind a vowel and where a word begins.
    """

    marks: frozenset[str]
    letters: Mapping[str, str]
    pairs: Mapping[str, str]
    pairs_after_vowel: Mapping[str, str]
    after_vowel: Mapping[str, str]
    vowels: frozenset[str]


def respelled(text: str, pack: Pack) -> str:
    """The text as the pack spells it, of the same length; the very same text where nothing is to be changed."""
    table = pack["segment"].get("spelling", {})
    latin = len(_LATIN.findall(text)) if table else 0
    if not latin:
        return text
    if latin > len(_CYRILLIC.findall(text)):
        return _transliterated(text, _alphabet_of(text, pack))
    inside = table.get("inside", {})
    return _MIXED.sub(lambda found: inside.get(found[0], found[0]), text)


def _alphabet_of(text: str, pack: Pack) -> _Alphabet:
    present = set(text.lower())
    alphabets = _alphabets(pack)
    return next((a for a in alphabets if a.marks & present), alphabets[-1])


def _transliterated(text: str, alphabet: _Alphabet) -> str:
    out: list[str] = []
    at = 0
    while at < len(text):
        behind_vowel = at > 0 and text[at - 1].lower() in alphabet.vowels
        two = text[at : at + 2].lower()
        pair = alphabet.pairs.get(two)
        if pair is None and (behind_vowel or not at or not text[at - 1].isalpha()):
            pair = alphabet.pairs_after_vowel.get(two)
        if pair is not None:
            out += (_cased(pair, text[at]), FILLER)
            at += 2
            continue
        low = text[at].lower() if len(text[at].lower()) == 1 else text[at]
        letter = (alphabet.after_vowel.get(low) if behind_vowel else None) or alphabet.letters.get(low)
        out.append(text[at] if letter is None else _cased(letter, text[at]))
        at += 1
    return "".join(out)


def _cased(letter: str, model: str) -> str:
    return letter.upper() if model.isupper() else letter


@cache
def _alphabets(pack: Pack) -> tuple[_Alphabet, ...]:
    """The alphabets of the pack, each known by letters that the later ones lack; the last needs none."""
    return tuple(
        _Alphabet(
            frozenset(row.get("marks", "")),
            dict(zip(row["from"], row["to"], strict=True)),
            row.get("pairs", {}),
            row.get("pairs_after_vowel", {}),
            row.get("after_vowel", {}),
            frozenset(row.get("vowels", "")),
        )
        for row in pack["segment"]["spelling"].get("alphabets", ())
    )
