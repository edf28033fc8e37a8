"""The words of time of a pack, compiled, and what a stretch of time is."""

from __future__ import annotations

from datetime import date
from functools import cache

from app.domain.record import record
from app.languages.pack import Pack
from app.pipeline.figures.numerals import Grammar, grammar
from app.pipeline.words.phrasebook import Openers, Words

_LINKS = 3  # words between a part of the year and its year


@record(frozen=True, slots=True)
class Stretch:
    """Days from `start` to `end`, read up to the token `last`; both None where the year cannot be known.

    `year` tells whether the text names one; `months` is the span of months that a year given later would complete.
    """

    last: int
    start: date | None
    end: date | None
    year: bool
    months: tuple[int, int] | None = None
    day: bool = False


@record(frozen=True, slots=True)
class Dates:
    """The pack's words of time, compiled."""

    months: dict[str, int]
    seasons: dict[str, list[int]]
    units: dict[str, frozenset[str]]
    endings: frozenset[str]
    ordinals: dict[str, int]
    relative: dict[str, int]
    alone: dict[str, int]
    year_first: bool
    from_start: frozenset[str]
    back: frozenset[str]
    numbers: Grammar
    same: frozenset[str]
    joining: frozenset[str]
    openers: Openers
    bare: bool  # whether years and days are digits without a word of their own ("in 2023", "Oct. 29")
    month_joints: frozenset[str]
    opening: frozenset[str]  # behind these the two ends of a stretch are read one by one
    linking: frozenset[str]  # between a part of the year and its year ("the first half of the year")
    letters: dict[str, int]  # months in what a letter glued to a number stands for ("Q3")
    between: frozenset[str]  # behind these "and" joins the two ends of a stretch of months
    fiscal: frozenset[str]  # words of a year of accounts, of which it is not known when it begins
    told: bool  # whether months are counted from January only where a word says so

    @classmethod
    def of(cls, pack: Pack) -> Dates:
        return _dates(pack)

    def unit(self, words: Words, at: int, end: int, name: str) -> bool:
        return at < end and name in self.units and not words.forms[at].isdisjoint(self.units[name])

    def month(self, words: Words, at: int) -> int | None:
        """The month that the word names; where dates stand bare, it begins with a capital."""
        if self.bare and not words.tokens[at].capital:
            return None
        for form in words.forms[at]:
            if form in self.months:
                return self.months[form]
        return None

    def past_links(self, words: Words, at: int, end: int) -> int:
        """The token behind the words that tie a part of the year to its year."""
        last = at
        while last + 1 < end and last < at + _LINKS and words.tokens[last].key in self.linking:
            last += 1
        return last


@cache
def _dates(pack: Pack) -> Dates:
    table = pack["dates"]
    units = {name: frozenset(listed) for name, listed in table.get("units", {}).items()}
    counted = table.get("counted", {})
    months, ordinals, relative, alone = (dict(table.get(name, {})) for name in ("months", "ordinals", "relative", "alone"))
    from_start, back = (frozenset(counted.get(name, ())) for name in ("from_start", "back"))
    numerals = pack["numerals"]
    seasons = dict(table.get("seasons", {}))
    openers = Openers(
        units.get("quarter_letter", ()),
        units.get("half_letter", ()),
        months,
        seasons,
        ordinals,
        relative,
        alone,
        from_start,
        back,
        units.get("year", ()),
        units.get("half", ()),
        numerals.get("words", ()),
        table.get("fiscal", {}).get("words", ()),
    )
    same, joining, fiscal = (frozenset(table.get(name, {}).get("words", ())) for name in ("same", "joining", "fiscal"))
    endings = units.get("endings", frozenset())
    first = table.get("order", {}).get("year") == "first"
    bare, told = bool(table.get("years", {}).get("bare", False)), bool(counted.get("told", False))
    joints, opening, linking, between = (
        frozenset(table.get("joining", {}).get(name, ())) for name in ("months", "opening", "linking", "between")
    )
    letters = {letter: size for name, size in (("quarter_letter", 3), ("half_letter", 6)) for letter in units.get(name, ())}
    return Dates(
        months,
        seasons,
        units,
        endings,
        ordinals,
        relative,
        alone,
        first,
        from_start,
        back,
        grammar(pack),
        same,
        joining,
        openers,
        bare,
        joints,
        opening,
        linking,
        letters,
        between,
        fiscal,
        told,
    )
