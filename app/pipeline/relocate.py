"""Facts read in the visible text, pointed at the submitted one."""

from __future__ import annotations

import re

from app.domain.facts import Indicator, Mention, Mentions, Statement
from app.domain.measure import Period
from app.domain.record import record, replace
from app.domain.speaker import Speaker
from app.domain.text import Span
from app.pipeline.page.view import View

_BLANKS = re.compile(r"\s+")


def relocate_statement(statement: Statement, view: View) -> Statement:
    """`text` stays what a reader sees; the segments and the cue point into the submitted string."""
    if view.origin is None:
        return statement
    cue = statement.cue and replace(statement.cue, span=view.span(statement.cue.span))
    return replace(statement, segments=tuple(view.span(s) for s in statement.segments), cue=cue)


def relocate_indicator(indicator: Indicator, view: View) -> Indicator:
    return indicator if view.origin is None else replace(indicator, span=view.span(indicator.span))


def relocate_mentions(mentions: Mentions, view: View) -> Mentions:
    def moved(items: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return tuple(replace(item, span=view.span(item.span)) for item in items)

    if view.origin is None:
        return mentions
    return Mentions(
        moved(mentions.people),
        moved(mentions.organizations),
        moved(mentions.countries),
        moved(mentions.quantities),
        moved(mentions.dates),
    )


@record(frozen=True, slots=True)
class Spelling:
    """The visible text as submitted beside the one that was read, character for character.

    What was read has the pack's own spelling, and blanks where furniture stands.
    """

    written: str
    read: str

    def statement(self, statement: Statement) -> Statement:
        """The statement with its words as they were written, and parted where furniture stands between them."""
        if self.written is self.read:
            return statement
        cue = statement.cue and replace(statement.cue, text=statement.cue.span.of(self.written))
        segments = tuple([part for whole in statement.segments for part in self._matter(whole)])
        text = " ".join([s.of(self.written) for s in segments])
        speaker = self._speaker(statement.speaker)
        if text == statement.text and cue == statement.cue and speaker is statement.speaker:
            return statement  # as most are: nothing of a page's furniture stands between its words
        return replace(statement, segments=segments, text=text, cue=cue, speaker=speaker)

    def indicator(self, indicator: Indicator) -> Indicator:
        if self.written is self.read:
            return indicator
        period = indicator.period and self._period(indicator.period)
        speaker, written = indicator.speaker and self._speaker(indicator.speaker), indicator.span.of(self.written)
        if written == indicator.as_written and period is indicator.period and speaker is indicator.speaker:
            return indicator
        return replace(indicator, as_written=written, period=period, speaker=speaker)

    def mentions(self, mentions: Mentions) -> Mentions:
        if self.written is self.read:
            return mentions

        def spelt(items: tuple[Mention, ...]) -> tuple[Mention, ...]:
            return tuple([self._spelt(item) for item in items])

        return Mentions(
            spelt(mentions.people),
            spelt(mentions.organizations),
            spelt(mentions.countries),
            spelt(mentions.quantities),
            spelt(mentions.dates),
        )

    def _spelt(self, item: Mention) -> Mention:
        text = item.span.of(self.written)
        return item if text == item.text else replace(item, text=text)

    def title(self, title: str | None, span: Span | None) -> str | None:
        return title if span is None or self.written is self.read else span.of(self.written)

    def _matter(self, whole: Span) -> list[Span]:
        """The stretches of a segment that are none of the page's furniture: an embed in the middle of a quotation is not said."""
        if whole.of(self.written) == whole.of(self.read):
            return [whole]
        found, at = [], whole.start
        for blank in _BLANKS.finditer(self.read, whole.start, whole.end):
            if not self.written[blank.start() : blank.end()].isspace():
                found.append(Span(at, blank.start()))
                at = blank.end()
        return [part for part in (*found, Span(at, whole.end)) if len(part)]

    def _speaker(self, speaker: Speaker) -> Speaker:
        name, role = self._part(speaker.as_written), self._part(speaker.role_as_written)
        if name == speaker.as_written and role == speaker.role_as_written:
            return speaker
        return replace(speaker, as_written=name, role_as_written=role)

    def _period(self, period: Period) -> Period:
        written = self._part(period.as_written) or period.as_written
        return period if written == period.as_written else replace(period, as_written=written)

    def _part(self, read: str | None) -> str | None:
        at = self.read.find(read) if read else -1
        return read if read is None or at < 0 else self.written[at : at + len(read)]
