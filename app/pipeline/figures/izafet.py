"""The noun that a number counts where nouns stand before the noun that they qualify ("90 өзбек кәсіпорны", "12 әуе кемесі")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.languages.pack import Reading
from app.pipeline.words.phrasebook import Found, Phrases, Words

_LONGEST = 6  # words of a phrase up to its head
_NOUNS = frozenset(("noun", "propn", "x"))
_ATTRIBUTES = frozenset(("adj", "num", "det"))


@dataclass(frozen=True, slots=True)
class Izafet:
    """How such a language finds the head: a noun that news counts, else the first noun with an ending, else the last one."""

    numbers: frozenset[str]

    @classmethod
    def of(cls, form: Mapping[str, Any], numerals: Mapping[str, Any]) -> Izafet | None:
        return cls(frozenset(numerals.get("words", ()))) if form.get("izafet", False) else None

    def head(self, words: Words, at: int, end: int, counted: Phrases[str]) -> Found[str] | None:
        """The counted noun of the phrase that begins with the token `at`, as a place and its dictionary form."""
        last: Found[str] | None = None
        for place in range(at, min(end, at + _LONGEST)):
            if words.tokens[place].kind != "word" or words.forms[place] & self.numbers:
                break
            known = counted.at(words, place, end)
            if known is not None:
                return known
            likeliest = words.readings(place)[0]
            if likeliest.pos in _NOUNS and len(likeliest.lemma) > 1:
                last = Found(place, place + 1, likeliest.lemma)
                # No dictionary has every name: one may end like an inflected noun (Қазақстан).
                inflected = likeliest.case not in (None, "nom") or likeliest.possessive
                if inflected and not words.tokens[place].capital:
                    break
            elif last is not None or not _qualifies(likeliest):
                break
        return last


def _qualifies(reading: Reading) -> bool:
    """Whether a word may stand before the first noun: an adjective, another number, a participle."""
    return reading.pos in _ATTRIBUTES or reading.verb == "part"
