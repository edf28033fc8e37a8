"""The noun that a number counts where nouns stand in chains before their head ("12 new trains", "two trade missions")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.pipeline.figures.digits import hyphened
from app.pipeline.figures.government import Governed
from app.pipeline.words.phrasebook import Found, Phrases, Words

_LONGEST = 7  # words of a phrase up to its head
_NOUNS = frozenset(("noun", "propn"))
_ATTRIBUTES = frozenset(("adj", "noun", "propn", "num", "x"))


@dataclass(frozen=True, slots=True)
class Chain:
    """How a language without cases finds the head: the first noun in the plural, or after "one" the last noun."""

    plural: Governed
    inside: frozenset[str]
    ends: frozenset[str]
    unchanged: frozenset[str]
    bare: bool

    @classmethod
    def of(cls, form: Mapping[str, Any]) -> Chain | None:
        if not form.get("chain", False):
            return None
        inside, ends, unchanged = (frozenset(form.get(name, ())) for name in ("inside", "ends", "unchanged"))
        return cls(Governed.of(form.get("behind", {})), inside, ends, unchanged, bool(form.get("bare", False)))

    def head(self, words: Words, at: int, end: int, one: bool, counted: Phrases[str]) -> Found[str] | None:
        """The counted noun of the phrase that begins with the token `at`, as a place and its dictionary form."""
        last_noun: Found[str] | None = None
        for place in range(at, min(end, at + _LONGEST)):
            token = words.tokens[place]
            if self._measure(words, place, end):  # "six 55-megawatt reactors"
                continue
            if token.kind != "word" or token.key in self.ends or (place == at and token.key == "of"):
                break
            known = counted.at(words, place, end)
            if known is not None and (one or self._several(words, known.last - 1)):
                return self._longest(words, known, end, counted)
            lemma = self._noun(words, place, one)
            if lemma is not None and not one:
                return Found(place, place + 1, lemma)
            if lemma is not None:
                last_noun = Found(place, place + 1, lemma)
            elif token.key not in self.inside and not self._attribute(words, place):
                break
        return last_noun

    def _measure(self, words: Words, at: int, end: int) -> bool:
        """Digits and the hyphen that ties them to a unit, inside the phrase."""
        if words.tokens[at].kind == "number":
            return at + 1 < end and hyphened(words, at + 1)
        return hyphened(words, at) and words.tokens[at - 1].kind == "number"

    def _longest(self, words: Words, known: Found[str], end: int, counted: Phrases[str]) -> Found[str]:
        """ "17 jobs" ends there; a phrase that goes on from a counted noun to another counts the last ("two school buses")."""
        following = counted.at(words, known.last, end) if known.last < end else None
        if following is not None and self._several(words, following.last - 1):
            return following
        return known

    def _several(self, words: Words, at: int) -> bool:
        plural = any(r.pos in _NOUNS and self.plural.fits(r) for r in words.readings(at))
        return plural or words.tokens[at].key in self.unchanged

    def _noun(self, words: Words, at: int, one: bool) -> str | None:
        """The dictionary form of a noun in the plural, or of any noun after "one"."""
        if words.tokens[at].key in self.unchanged:
            return words.tokens[at].key
        nouns = [r for r in words.readings(at) if r.pos in _NOUNS]
        if one and nouns and nouns[0] is words.readings(at)[0]:
            return nouns[0].lemma
        plural = next((r.lemma for r in nouns if self.plural.fits(r) and self.plural.number), None)
        return plural or self._like_a_verb(words, at)

    def _like_a_verb(self, words: Words, at: int) -> str | None:
        """Right behind a number what looks like a verb in -s is a plural ("seven assists")."""
        token, likeliest = words.tokens[at], words.readings(at)[0]
        third = (likeliest.verb, likeliest.person) == ("fin", "3") and token.key.endswith("s")
        return likeliest.lemma if third and words.number(at - 1) and not self.ends & {likeliest.lemma, token.key} else None

    def _attribute(self, words: Words, at: int) -> bool:
        readings = words.readings(at)
        return words.tokens[at].capital or any(r.pos in _ATTRIBUTES or r.verb in ("part", "conv") for r in readings)


def before_attributes(words: Words, at: int, start: int) -> int:
    """The token before a noun and its attributes."""
    head = at - 1
    while head >= start and any(r.pos == "adj" for r in words.readings(head)[:1]):
        head -= 1
    return head


def opens_clause(words: Words, before: int, start: int) -> bool:
    """Whether a clause begins behind a token: a mark, or the conjunction of "…, а прямых рейсов – 35"."""
    if before < start or words.tokens[before].kind == "mark":
        return True
    joins = any(r.pos == "cconj" for r in words.readings(before)[:1])
    return joins and (before == start or words.tokens[before - 1].kind == "mark")
