"""How years, half-years, quarters and months are written, without the preposition that leads them in."""

from __future__ import annotations

from datetime import date

from app.domain.record import replace
from app.pipeline.figures import calendar
from app.pipeline.figures.date_words import Dates, Stretch
from app.pipeline.figures.fiscal import behind_fiscal
from app.pipeline.figures.numerals import read_numeral
from app.pipeline.words.phrasebook import Words

_DASHES = frozenset("-–—‑−")

__all__ = ["Dates", "Stretch", "elided_year", "read_stretch"]


def read_stretch(words: Words, at: int, end: int, dates: Dates, today: date | None) -> Stretch | None:
    """The stretch of time that begins with the token `at`."""
    if not dates.openers.may(words, at):
        return None
    found = _parted(words, at, end, dates, today) if dates.year_first else None
    found = found or _years(words, at, end, dates, today) or _part(words, at, end, dates, today)
    if found is None and words.tokens[at].kind == "number":
        found = _day(words, at, end, dates, today)
    elif found is None:
        found = (
            _lettered(words, at, end, dates, today)
            or _day_behind(words, at, end, dates, today)
            or _months(words, at, end, dates, today)
        )
    return found or _count(words, at, end, dates, today)


def _value(forms: frozenset[str], table: dict[str, int]) -> int | None:
    for form in forms:  # most have none: a generator would cost more than the look
        if form in table:
            return table[form]
    return None


def _parted(words: Words, at: int, end: int, dates: Dates, today: date | None) -> Stretch | None:
    """ "2023 жылдың қаңтар-қыркүйек айлары": a part of the year that is named before it."""
    year = _years(words, at, end, dates, today) if dates.year_first else None
    if year is None or year.start is None or year.last >= end or year.start.year != (year.end or year.start).year:
        return None
    parts = (_part, _months, _day, _count)
    last_day = date(year.start.year, 12, 31)
    part = next((found for read in parts if (found := read(words, year.last, end, dates, last_day))), None)
    return None if part is None or part.year or part.start is None else replace(part, year=True)


def _years(words: Words, at: int, end: int, dates: Dates, today: date | None) -> Stretch | None:
    """ "2025 года", "в 2025-м", "2024–2026 годах", "прошлого года"."""
    tokens = words.tokens
    if (fiscal := behind_fiscal(words, at, end, dates)) is not None:
        return Stretch(fiscal, None, None, year=True)
    year = _digits(words, at)
    if year is not None:
        last, until = at + 1, year
        if last + 1 < end and tokens[last].text == "/" and tokens[last + 1].kind == "number":
            return Stretch(last + 2, None, None, year=True)  # "2023/24": a season
        joined = last + 1 < end and (tokens[last].text in _DASHES or tokens[last].key in dates.joining)
        if joined and (second := _digits(words, last + 1)) and second > year:
            last, until = last + 2, second
        decade = _decade(words, last, end, dates) if until == year and year % 10 == 0 else None
        if decade is not None:
            decade += dates.unit(words, decade, end, "year")
            return Stretch(decade, date(year, 1, 1), date(year + 9, 12, 31), year=True)
        ending = _ending(words, last, end, dates)
        if ending is None and not dates.bare and not dates.unit(words, last, end, "year"):
            return None
        last = ending or last
        last += dates.unit(words, last, end, "year")
        return Stretch(last, date(year, 1, 1), date(until, 12, 31), year=True)
    alone = _value(words.forms[at], dates.alone)
    if alone is not None:
        last = at + 2 if dates.unit(words, at + 1, end, "year") else at + 1
        start, until_day = calendar.whole_year(today.year + alone) if today else (None, None)
        return Stretch(last, start, until_day, year=True)
    shift = _value(words.forms[at], dates.relative)
    if shift is None:
        return None
    last = at + 2 if at + 1 < end and words.tokens[at + 1].key in dates.same else at + 1
    if dates.unit(words, last, end, "year"):
        start, until_day = calendar.whole_year(today.year + shift) if today else (None, None)
        return Stretch(last + 1, start, until_day, year=True)
    return _relative_part(words, last, end, shift, dates, today)


def elided_year(words: Words, at: int, end: int, dates: Dates, today: date | None) -> Stretch | None:
    """ "в прошлом – 5 млрд": a year whose noun was said before."""
    named = _digits(words, at)
    if named is not None and at + 1 < end and words.tokens[at + 1].text in _DASHES and not words.glued(at):
        return Stretch(at + 1, *calendar.whole_year(named), year=True)
    shift = _value(words.forms[at], dates.relative)
    followed = at + 1 < end and any(r.pos in ("noun", "adj", "propn") for r in words.readings(at + 1)[:1])
    if shift is None or followed or today is None:
        return None
    return Stretch(at + 1, *calendar.whole_year(today.year + shift), year=True)


def _digits(words: Words, at: int) -> int | None:
    text = words.tokens[at].text
    return (
        int(text)
        if words.tokens[at].kind == "number" and len(text) == 4 and text.isdecimal() and 1900 <= int(text) <= 2199
        else None
    )


def _ending(words: Words, at: int, end: int, dates: Dates) -> int | None:
    """ "-м" glued to a year: the token after it."""
    if at + 1 < end and words.glued(at) and words.tokens[at].text in _DASHES and words.tokens[at + 1].key in dates.endings:
        return at + 2
    return None


def _decade(words: Words, at: int, end: int, dates: Dates) -> int | None:
    """ "1990s", "1990-х", "1990 жылдары": the token behind what makes a round year ten of them."""
    at += at + 1 < end and words.tokens[at].text in _DASHES and words.glued(at) and words.glued(at + 1)
    named = dates.unit(words, at, end, "decade") and (words.glued(at) or len(words.tokens[at].text) > 2)
    return at + 1 if named else None


def _relative_part(words: Words, at: int, end: int, shift: int, dates: Dates, today: date | None) -> Stretch | None:
    """ "в прошлом месяце", "в текущем квартале", "прошлым летом"."""
    season = next((dates.seasons[form] for form in words.forms[at] if form in dates.seasons), None) if at < end else None
    if season is not None:
        start, until = calendar.months(today.year + shift, season[0], season[1]) if today else (None, None)
        return Stretch(at + 1, start, until, year=True)
    sizes = (("month", 1), ("quarter", 3), ("half", 6))
    size = next((size for name, size in sizes if dates.unit(words, at, end, name)), None)
    if size is None:
        return None
    if today is None:
        return Stretch(at + 1, None, None, year=True)
    index = (today.year * 12 + today.month - 1) // size + shift
    first = index * size
    start, until = calendar.months(first // 12, first % 12 + 1, first % 12 + size)
    return Stretch(at + 1, start, until, year=True)


def _part(words: Words, at: int, end: int, dates: Dates, today: date | None) -> Stretch | None:
    """ "первый квартал 2025 года", "I полугодие", "первая половина года"."""
    if dates.unit(words, at, end, "half"):
        return _with_year(words, at + 1, end, (1, 6), dates, today)
    number, written = _value(words.forms[at], dates.ordinals), words.tokens[at].text
    last = at + 1
    if number is None and len(written) == 1 and written.isdecimal():
        number, last = int(written), _ending(words, at + 1, end, dates) or _hyphened(words, at + 1, end)
    if number is None or last >= end:
        return None
    if dates.unit(words, last, end, "quarter") and 1 <= number <= 4:
        return _with_year(words, last + 1, end, (3 * number - 2, 3 * number), dates, today)
    halves = dates.unit(words, last, end, "half") or (
        dates.unit(words, last, end, "half_words")
        and (
            (last + 1 < end and _a_year(words, dates.past_links(words, last + 1, end), end, dates))
            or (dates.year_first and dates.unit(words, at - 1, at, "year"))
        )
    )
    return _with_year(words, last + 1, end, (6 * number - 5, 6 * number), dates, today) if halves and number <= 2 else None


def _hyphened(words: Words, at: int, end: int) -> int:
    """ "3-тоқсан": the token behind the hyphen, if one is glued on."""
    return at + 1 if at + 1 < end and words.tokens[at].text in _DASHES and words.glued(at) and words.glued(at + 1) else at


def _a_year(words: Words, at: int, end: int, dates: Dates) -> bool:
    return (
        dates.unit(words, at, end, "year")
        or _digits(words, at) is not None
        or _value(words.forms[at], dates.relative) is not None
    )


def _lettered(words: Words, at: int, end: int, dates: Dates, today: date | None) -> Stretch | None:
    """ "Q3 2024", "H1": a letter and the number of the quarter or half."""
    size = dates.letters.get(words.tokens[at].key)
    if size is None or at + 1 >= end or not words.glued(at + 1) or not words.tokens[at + 1].text.isdecimal():
        return None
    number = int(words.tokens[at + 1].text)
    return (
        _with_year(words, at + 2, end, (size * (number - 1) + 1, size * number), dates, today)
        if 1 <= number <= 12 // size
        else None
    )


def _day_behind(words: Words, at: int, end: int, dates: Dates, today: date | None) -> Stretch | None:
    """ "Oct. 29, 2024": the day behind its month."""
    month = dates.month(words, at) if dates.bare and words.tokens[at].kind == "word" else None
    place = at + 2 if at + 1 < end and words.tokens[at + 1].text == "." and words.glued(at + 1) else at + 1
    if month is None or place >= end or not (words.tokens[place].text.isdecimal() and len(words.tokens[place].text) <= 2):
        return None
    comma = place + 2 < end and words.tokens[place + 1].text == "," and _digits(words, place + 2) is not None
    return _one_day(words, place + 1 + comma, end, month, int(words.tokens[place].text), dates, today)


def _one_day(words: Words, at: int, end: int, month: int, number: int, dates: Dates, today: date | None) -> Stretch:
    """The day of a month, in the year that stands at the token or else in the latest."""
    whole = _with_year(words, at, end, (month, month), dates, today)
    stretch = calendar.day(whole.start.year, month, number) if whole.start else None
    start, until = stretch or (None, None)
    return Stretch(whole.last, start, until, year=whole.year, day=True)


def _months(words: Words, at: int, end: int, dates: Dates, today: date | None) -> Stretch | None:
    """ "январь–август 2025 года", "в январе-августе", "в декабре"."""
    token = words.tokens[at]
    if token.kind != "word":
        return None
    if "-" in token.key:
        parts = [_month(part, words, dates) for part in token.key.split("-")]
        if len(parts) == 2 and parts[0] and parts[1]:
            return _with_year(words, _past_month(words, at + 1, end, dates), end, (parts[0], parts[1]), dates, today)
        return None
    season = next((dates.seasons[form] for form in words.forms[at] if form in dates.seasons), None)
    if season is not None:
        return _with_year(words, at + 1, end, (season[0], season[1]), dates, today)
    first = dates.month(words, at)
    if first is None:
        return None
    last = at + 1
    joined = last + 1 < end and (words.tokens[last].text in _DASHES or _worded(words, at, dates))
    if joined and (second := dates.month(words, last + 1)):
        return _with_year(words, _past_month(words, last + 2, end, dates), end, (first, second), dates, today)
    return _with_year(words, _past_month(words, last, end, dates), end, (first, first), dates, today)


def _worded(words: Words, at: int, dates: Dates) -> bool:
    """ "January to March", "between January and March": a word joins two months, unless their stretch was opened by another."""
    before, joint = words.tokens[at - 1].key if at else "", words.tokens[at + 1].key
    return (joint in dates.month_joints and before not in dates.opening) or (joint in dates.joining and before in dates.between)


def _past_month(words: Words, at: int, end: int, dates: Dates) -> int:
    """ "қазан айында": the token behind the word for a month, if it follows the name of one."""
    return at + 1 if dates.unit(words, at, end, "month") else at


def _month(word: str, words: Words, dates: Dates) -> int | None:
    return (
        next((dates.months[r.lemma] for r in words.pack.morphology.readings(word) if r.lemma in dates.months), None)
        if word
        else None
    )


def _day(words: Words, at: int, end: int, dates: Dates, today: date | None) -> Stretch | None:
    """ "11 ноября 2025 года": one day, never a month's figures."""
    text = words.tokens[at].text
    if words.tokens[at].kind != "number" or not (text.isdecimal() and len(text) <= 2) or at + 1 >= end:
        return None
    month = dates.month(words, at + 1)
    return None if month is None else _one_day(words, at + 2, end, month, int(text), dates, today)


def _count(words: Words, at: int, end: int, dates: Dates, today: date | None) -> Stretch | None:
    """ "первые восемь месяцев года": from January on; "последние три месяца" and "пять лет" are no known stretch."""
    first = at + 1 if words.forms[at] & (dates.from_start | dates.back) and at + 1 < end else at
    number = read_numeral(words, first, end, dates.numbers)
    if number is None or number.last >= end or number.value_max is not None or number.value != int(number.value):
        return None
    if dates.unit(words, number.last, end, "year") and number.value < 1000:
        return Stretch(number.last + 1, None, None, year=False)
    size = 3 if dates.unit(words, number.last, end, "quarter") else 1
    if not (size == 3 or dates.unit(words, number.last, end, "month")) or not 1 <= number.value * size <= 12:
        return None
    counted = first > at and not words.forms[at].isdisjoint(dates.from_start)
    if (first > at and words.forms[at] & dates.back) or (dates.told and not counted):
        return Stretch(number.last + 1, None, None, year=False)
    return _with_year(words, number.last + 1, end, (1, int(number.value) * size), dates, today)


def _with_year(words: Words, at: int, end: int, span: tuple[int, int], dates: Dates, today: date | None) -> Stretch:
    """Completes months with the year behind them; with none there, with the latest that fits the article's date."""
    stop = at
    if at < end and words.tokens[at].text == "." and words.glued(at):
        at += 1
    behind = dates.past_links(words, at, end)
    year = _years(words, behind, end, dates, today) if behind < end else None
    if year is None and at < end and (number := _digits(words, at)):
        year = Stretch(at + 1, date(number, 1, 1), date(number, 12, 31), year=True)
    if year is not None:
        start, until = calendar.months(year.start.year, *span) if year.start else (None, None)
        return Stretch(year.last, start, until, year=True, months=span)
    last = behind + 1 if dates.unit(words, behind, end, "year") else stop
    start, until = calendar.latest(*span, today) if today else (None, None)
    return Stretch(last, start, until, year=False, months=span)
