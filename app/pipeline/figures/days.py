"""Which digits are a day or a year and no amount, in languages that write dates with bare numbers ("Oct. 29, 2024")."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.languages.pack import Pack
from app.pipeline.words.phrasebook import Words
from app.pipeline.words.segment import Sentence


@dataclass(frozen=True, slots=True)
class Days:
    """The names of months, and whether days and years stand beside them without a word of their own."""

    bare: bool
    months: frozenset[str]

    def beside_month(self, words: Words, first: int, last: int, sentence: Sentence) -> bool:
        """ "Oct. 29", "29 October", "October 2024", and the year of "Oct. 29, 2024"."""
        before = self._past_day(words, first, sentence.first)
        if before >= sentence.first and words.tokens[before].text == ".":
            before -= 1
        return (before >= sentence.first and self._month(words, before)) or (last < sentence.last and self._month(words, last))

    def _past_day(self, words: Words, at: int, start: int) -> int:
        """The token before a number, over the day that stands between a month and its year."""
        tokens = words.tokens
        if at - 2 >= start and tokens[at - 1].text == "," and tokens[at - 2].kind == "number" and len(tokens[at - 2].text) <= 2:
            return at - 3
        return at - 1

    def _month(self, words: Words, at: int) -> bool:
        return words.tokens[at].capital and not words.forms[at].isdisjoint(self.months)


@cache
def days(pack: Pack) -> Days:
    """What the pack says of dates in digits."""
    table = pack["dates"]
    return Days(bool(table.get("years", {}).get("bare", False)), frozenset(table.get("months", {})))
