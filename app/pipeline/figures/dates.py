"""Which days the text names, resolved against the article's date."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.record import record
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.figures.periods import Tables, tables_of
from app.pipeline.figures.stretches import Dates, read_stretch
from app.pipeline.words.phrasebook import Words
from app.pipeline.words.segment import Layout


@record(frozen=True, slots=True)
class DateMention:
    """A day named in the text."""

    span: Span
    day: date


def find_dates(layout: Layout, pack: Pack, today: date | None) -> tuple[DateMention, ...]:
    """The days that the text names: "11 ноября", "во вторник", "накануне"; a weekday is the latest one."""
    words, dates, tables = Words.of(layout, pack), Dates.of(pack), tables_of(pack)
    found: list[DateMention] = []
    end = len(layout.tokens)
    for at in tables.named.between(words, 0, end):
        token = layout.tokens[at]
        beside = at + 1 if token.kind == "number" else at
        day = beside < end and (token.kind == "number" or dates.bare) and dates.month(words, beside) is not None
        stretch = read_stretch(words, at, end, dates, today) if day else None
        if stretch is not None and stretch.day and stretch.start is not None:
            found.append(DateMention(Span(token.start, layout.tokens[stretch.last - 1].end), stretch.start))
        elif today is not None and token.kind == "word":
            named = _named_day(words.forms[at], tables, today)
            if named is not None:
                found.append(DateMention(Span(token.start, token.end), named))
    return tuple(found)


def _named_day(forms: frozenset[str], tables: Tables, today: date) -> date | None:
    shift = next((tables.days[form] for form in forms if form in tables.days), None)
    if shift is not None:
        return today + timedelta(days=shift)
    weekday = next((tables.weekdays[form] for form in forms if form in tables.weekdays), None)
    return None if weekday is None else today - timedelta(days=(today.weekday() - weekday) % 7)
