"""Years of accounts: "fiscal year 2022-23", "FY2023", "2023-24"; each country begins them in its own month: no days are known."""

from __future__ import annotations

from app.pipeline.figures.date_words import Dates
from app.pipeline.words.phrasebook import Words

_DASHES = frozenset("-–—‑−")
_YEARS = range(1900, 2200)


def behind_fiscal(words: Words, at: int, end: int, dates: Dates) -> int | None:
    """The token behind such a year that begins at a token; None where none does."""
    if not dates.fiscal:
        return None
    if words.tokens[at].key in dates.fiscal:
        return _named(words, at + 1, end, dates)
    if at + 1 < end and words.tokens[at + 1].key in dates.fiscal and not words.forms[at].isdisjoint(dates.relative):
        return _alone(words, at + 2, end, dates)
    last = _two_years(words, at, end)
    return None if last is None else _alone(words, last + 1, end, dates) or last if _is_fiscal(words, last, end, dates) else last


def _named(words: Words, at: int, end: int, dates: Dates) -> int | None:
    """Behind "fiscal": "year 2022-23", "2023", "year"."""
    year = dates.unit(words, at, end, "year")
    number = at + year
    if number < end and words.tokens[number].text.isdecimal() and (_full(words, number) or words.glued(number)):
        return _two_years(words, number, end) or number + 1
    return number if year else None


def _alone(words: Words, at: int, end: int, dates: Dates) -> int | None:
    """Behind "last fiscal", "2022-23 fiscal": the year, or nothing that a bare "fiscal" could belong to."""
    if dates.unit(words, at, end, "year"):
        year = at + 1
        return _two_years(words, year, end) or year if year < end else year
    noun = at < end and any(r.pos in ("noun", "propn", "adj") for r in words.readings(at)[:1])
    return None if noun else at


def _two_years(words: Words, at: int, end: int) -> int | None:
    """ "2023-24": a year, and the last digits of the next."""
    if at + 2 >= end or not _full(words, at) or words.tokens[at + 1].text not in _DASHES:
        return None
    second = words.tokens[at + 2].text
    glued = words.glued(at + 1) and words.glued(at + 2) and second.isdecimal() and len(second) == 2
    return at + 3 if glued and (int(words.tokens[at].text) + 1) % 100 == int(second) else None


def _is_fiscal(words: Words, at: int, end: int, dates: Dates) -> bool:
    return at < end and words.tokens[at].key in dates.fiscal


def _full(words: Words, at: int) -> bool:
    text = words.tokens[at].text
    return len(text) == 4 and text.isdecimal() and int(text) in _YEARS
