"""Stretches with both ends named: "с января по август", "с 1 сентября по 15 ноября", "с 2020 по 2024 год"."""

from __future__ import annotations

from datetime import date

from app.pipeline.figures import calendar
from app.pipeline.figures.stretches import Dates, Stretch, read_stretch
from app.pipeline.words.phrasebook import Words
from app.pipeline.words.segment import Sentence


def read_through(
    words: Words, lower: Stretch, sentence: Sentence, dates: Dates, joining: frozenset[str], today: date | None
) -> Stretch | None:
    """ "с января по август", "с 2020 по 2024 год": one stretch from the start of the first to the end of the second."""
    at = lower.last
    at += at < sentence.last and words.tokens[at].text == "." and words.glued(at)  # "с 1 июля 2017 г. по 15 мая 2018 г."
    if at + 1 >= sentence.last or words.tokens[at].key not in joining:
        return None
    upper = read_stretch(words, at + 1, sentence.last, dates, today)
    if upper is None or upper.end is None or upper.day != lower.day:
        return None
    if upper.day:
        return _days_through(lower, upper)
    if lower.months and upper.months and not lower.year:
        start, end = calendar.months(upper.end.year, lower.months[0], upper.months[1])
        if not upper.year and today:
            start, end = calendar.latest(lower.months[0], upper.months[1], today)
        return Stretch(upper.last, start, end, year=upper.year)
    return Stretch(upper.last, lower.start, upper.end, year=True) if lower.start and lower.start <= upper.end else None


def bare_years(words: Words, at: int, sentence: Sentence, joining: frozenset[str]) -> Stretch | None:
    """The first year of "с 2020 по 2024 год", which goes without its noun."""
    text = words.tokens[at].text
    if not (words.tokens[at].kind == "number" and len(text) == 4 and text.isdecimal() and 1900 <= int(text) <= 2199):
        return None
    if at + 2 < sentence.last and words.tokens[at + 1].key in joining and words.tokens[at + 2].kind == "number":
        return Stretch(at + 1, date(int(text), 1, 1), date(int(text), 12, 31), year=True)
    return None


def _days_through(lower: Stretch, upper: Stretch) -> Stretch | None:
    """ "С 1 сентября по 15 ноября 2025 года": the year stands behind the last day, and the first is before it."""
    if lower.start is None or upper.end is None:
        return None
    start = lower.start
    if not lower.year and (moved := calendar.day(upper.end.year, start.month, start.day)):
        start = moved[0]
    if start > upper.end and (moved := calendar.day(upper.end.year - 1, start.month, start.day)):
        start = moved[0]
    return Stretch(upper.last, start, upper.end, year=upper.year)
