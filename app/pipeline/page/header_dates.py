"""Dates as they stand above or below an article, in figures or with the month in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from app.domain.place import by_span
from app.domain.record import record
from app.domain.text import Span
from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.page.lines import Line, Word

# 27.11.2024, 27/11/24, 2024-11-27 (perhaps with T10:00); no digits on either side.
_FIGURES = re.compile(r"(?<![\d.])(?:(\d{4})[-./](\d{1,2})[-./](\d{1,2})|(\d{1,2})[-./](\d{1,2})[-./](\d{4}|\d{2}))(?![\d])")
_TIME = re.compile(r"(?<![\d.])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?!\d)")
_OFFSET = re.compile(r"[+-](?:0\d|1[0-4]):?[0-5]\d")
_EARLIEST, _LATEST = 1900, 2100


@record(frozen=True, slots=True)
class Written:
    """A day as written; `year` is False where the text leaves the year out and `day` has a placeholder's."""

    span: Span
    day: date
    year: bool
    updated: bool


@record(frozen=True, slots=True)
class Calendar:
    """The words for dates of a pack."""

    months: Mapping[str, int]
    beside: frozenset[str]
    updated: frozenset[str]
    zones: Mapping[str, str]


@cache
def calendar_of(pack: Pack) -> Calendar:
    table = pack["header"].get("dates", {})
    return Calendar(
        {key(form): number for number, forms in enumerate(table.get("months", ()), 1) for form in forms},
        frozenset(map(key, table.get("beside", ()))),
        frozenset(map(key, table.get("updated", ()))),
        {key(zone): offset for zone, offset in pack["header"].get("zones", {}).items()},
    )


def find_dates(line: Line, calendar: Calendar, limit: int = 60) -> list[Written]:
    """The days that the first words of a line name."""
    if not line.numbered or not any(map(str.isdigit, line.keys[:limit])):
        return []  # no day without a number
    words = line.words[:limit]
    found = []
    for at, word in enumerate(words):
        if word.key in calendar.months:
            found.append(_in_words(line, words, at, calendar))
    end = words[-1].end if words else line.start
    for match in _FIGURES.finditer(line.text, line.start, end):
        found.append(_in_figures(match))
    dates = sorted((written for written in found if written), key=by_span)
    return [_with_update(line, written, calendar) for written in dates]


def find_date_line(line: Line, calendar: Calendar) -> list[Written]:
    """The days of a line that is there for its date, with hardly any other words; none where it is not."""
    if len(line.keys) > 24 or not line.numbered or not (dates := find_dates(line, calendar)):
        return []
    inside = dates[0].span
    others = [w for w in line.words if not inside.holds(Span(w.start, w.end)) and not w.number and w.key not in calendar.beside]
    return dates if len(others) <= 4 else []


def moment(line: Line, written: Written, calendar: Calendar) -> str:
    """The ISO form: a date-time where time and zone are both known, else the date."""
    around = line.text[max(line.start, written.span.start - 40) : min(line.end, written.span.end + 60)]
    time = _TIME.search(around)
    zone = next((calendar.zones[key] for key in line.keys if key in calendar.zones), None)
    offset = _OFFSET.search(around, time.end()) if time else None
    zone = offset.group() if offset else zone
    if time is None or zone is None:
        return written.day.isoformat()
    return f"{written.day.isoformat()}T{int(time[1]):02}:{time[2]}:00{zone[:3]}:{zone[-2:]}"


def read_moment(value: str | None) -> tuple[str, date] | None:
    """A date or date-time in ISO 8601 as a page's own marks give it; without a zone its day alone."""
    if not value:
        return None
    try:
        parsed = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    shown = value.strip() if parsed.tzinfo else parsed.date().isoformat()
    return shown, parsed.date()


def _in_words(line: Line, words: tuple[Word, ...], at: int, calendar: Calendar) -> Written | None:
    """«17 октября 2023», «17 октября» with the year left out, «Октябрь 17, 2023»."""
    month = words[at]
    if at and _is_day(words[at - 1]) and not line.text[words[at - 1].end : month.start].strip(" \xa0.-"):
        day, behind = words[at - 1], at + 1
    elif at + 2 < len(words) and _is_day(words[at + 1]) and _is_year(words[at + 2]):
        day, behind = words[at + 1], at + 2
    else:
        return None
    last = max(day, month)
    year = words[behind] if behind < len(words) and _is_year(words[behind]) else None
    if year and line.text[last.end : year.start].strip(" \xa0.,-"):
        year = None
    start, end = min(day, month).start, (year or last).end
    return _written(start, end, int(year.key) if year else None, calendar.months[month.key], int(day.key))


def _is_day(word: Word) -> bool:
    return word.number and len(word.key) <= 2


def _is_year(word: Word) -> bool:
    return word.number and len(word.key) == 4 and _EARLIEST <= int(word.key) <= _LATEST


def _in_figures(match: re.Match[str]) -> Written | None:
    if match[1]:
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        day, month, year = int(match[4]), int(match[5]), int(match[6])
        year += 2000 if year < 100 else 0
    return _written(match.start(), match.end(), year, month, day)


def _written(start: int, end: int, year: int | None, month: int, day: int) -> Written | None:
    """A leap year stands in for a year left out, so that 29 February is a day."""
    if year is not None and not _EARLIEST <= year <= _LATEST:
        return None
    try:
        return Written(Span(start, end), date(year or 2000, month, day), year is not None, False)
    except ValueError:
        return None


def _with_update(line: Line, written: Written, calendar: Calendar) -> Written:
    before = [word.key for word in line.words[:60] if word.end <= written.span.start][-3:]
    if calendar.updated.isdisjoint(before):
        return written
    return Written(written.span, written.day, written.year, True)
