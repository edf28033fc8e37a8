"""When something was said: the day that stands beside the attribution, else the article's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

from app.domain.record import record
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.people.phrases import forms_of
from app.pipeline.speech.cue_tables import word_table
from app.pipeline.speech.found import Attributed
from app.pipeline.words.segment import Layout

Day = tuple[Span, date]
_NEAR = 30  # tokens between an attribution and its day
_FRESH = timedelta(days=7)  # how old the day of the first statement may be for its speaker's next ones to share it


@record(frozen=True, slots=True)
class SaidOn:
    """A day, and the words that tell it (None where it is the article's own)."""

    day: date | None
    written: str | None


def days_said(
    attributed: Sequence[Attributed], layout: Layout, days: Sequence[Day], today: date | None, pack: Pack
) -> list[SaidOn]:
    """The day of each statement. What the first statement's speaker goes on to say was said on that statement's day."""
    told = [day for day in days if today is not None and day[1] <= today and _tells(day[0], layout, pack)]
    found: list[SaidOn] = []
    for item in attributed:
        beside = _beside(item, layout, told)
        first = found[0] if found and attributed[0].speaker.id == item.speaker.id else None
        if beside is not None:
            found.append(SaidOn(beside[1], beside[0].of(layout.text)))
        elif first is not None and first.day is not None and today is not None and today - first.day <= _FRESH:
            found.append(SaidOn(first.day, first.written))
        else:
            found.append(SaidOn(today, None))
    return found


def _beside(item: Attributed, layout: Layout, days: list[Day]) -> Day | None:
    """The nearest day in the sentence of the attribution that is not inside the words themselves."""
    source = item.utterance.source
    sentence = layout.sentence_at(layout.tokens[source.first].start) if source is not None else None
    if source is None or sentence is None:
        return None
    low, high = (bisect_left(days, at, key=lambda d: d[0].start) for at in (sentence.span.start, sentence.span.end))
    near = [day for day in days[low:high] if not any(s.holds(day[0]) for s in item.utterance.segments)]
    near = [day for day in near if abs(layout.token_at(day[0].start) - source.first) <= _NEAR]
    return min(near, key=lambda d: abs(layout.token_at(d[0].start) - source.first), default=None)


def _tells(span: Span, layout: Layout, pack: Pack) -> bool:
    """Whether one word for a day is used as one: "в среду", "накануне", but not "окружающей среды", "накануне визита"."""
    at = layout.token_at(span.start)
    if layout.token_at(span.end) - at > 1:
        return True
    if forms_of(layout.tokens[at], pack, nouns=True):
        before = (t.key for t in layout.tokens[max(0, at - 2) : at])
        return not word_table(pack, "days", "prepositions").isdisjoint(before)
    behind = forms_of(layout.tokens[at + 1], pack, nouns=True) if at + 1 < len(layout.tokens) else frozenset()
    return not behind or any(f.case in ("nom", None) for f in behind)
