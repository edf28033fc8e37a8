"""Which of the named periods a figure takes: its clause's, its sentence's, or that of the report it stands in."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from app.domain.facts import Statement, StatementKind
from app.domain.measure import Period, Status
from app.domain.speaker import SpeakerKind
from app.domain.text import Span
from app.pipeline.cue_words import Ground
from app.pipeline.periods import PeriodMention
from app.pipeline.quantities import Quantity
from app.pipeline.segment import Layout, Sentence
from app.pipeline.voices import Voices

# Measures of a stretch of time; a number of documents or firms is not one.
_FLOWS = frozenset(
    (
        "trade_turnover",
        "exports",
        "imports",
        "trade_balance",
        "gdp",
        "cargo",
        "energy_supply",
        "commodity_supply",
        "tourists",
        "local_currency_share",
    )
)
_REPORTS = frozenset(("по итогам", "за", "в", "с", "по результатам", "в течение"))


@dataclass(frozen=True, slots=True)
class FigurePeriods:
    """Finds the period of a figure among those of the document."""

    layout: Layout
    ground: Ground
    mentions: tuple[PeriodMention, ...]
    voices: Voices
    today: date | None
    against: frozenset[str]

    def of(self, quantity: Quantity, metric: str, status: Status, statement: Statement | None) -> Period | None:
        """The period of a figure: its own clause's, its sentence's, or that of the report; a quotation has only its own."""
        sentence = self.layout.sentence_at(quantity.span.start)
        if sentence is None:
            return None
        bounds = _voice(statement, quantity.span, sentence.span)
        own = [m for m in self._between(bounds) if self._fits(m, status) and self._sided(sentence, m, quantity)]
        if own and not quantity.departs:
            nearest = self._nearest(own, quantity.first, quantity.last)
            # Of a rate ("2,8 млрд в год") the time since which it holds is not the period.
            return None if quantity.per is not None and nearest.kind == "since" else nearest.period()
        personal = statement is not None and statement.speaker.kind is not SpeakerKind.ORGANIZATION
        if personal or metric not in _FLOWS or status is not Status.ACTUAL:
            return None
        return self._frame(sentence.span.start)

    def _between(self, span: Span) -> list[PeriodMention]:
        low = bisect_left(self.mentions, span.start, key=_start)
        high = bisect_left(self.mentions, span.end, key=_start)
        return list(self.mentions[low:high])

    def _fits(self, mention: PeriodMention, status: Status) -> bool:
        """A fact is not of the future, and a plan not of the past."""
        if mention.kind in ("base", "day"):
            return False
        if self.today is None or mention.kind in ("vague", "now", "since"):
            return True
        if status is Status.ACTUAL:
            return mention.kind != "until" or mention.end is None or mention.end <= self.today
        return mention.end is None or mention.end >= self.today

    def _nearest(self, mentions: list[PeriodMention], first: int, last: int) -> PeriodMention:
        """In the figure's own clause, else the nearest before it, else the nearest behind it."""

        def cost(mention: PeriodMention) -> float:
            if mention.last <= first:
                return self.ground.cost(mention.last, first)
            return self.ground.cost(last, mention.first) * 1.5 + 0.3

        return min(mentions, key=cost)

    def _frame(self, before: int) -> Period | None:
        """The nearest earlier period of the report: a closed stretch, in narration or in the headline."""
        at = bisect_left(self.mentions, before, key=_start)
        for mention in reversed(self.mentions[:at]):
            over = mention.end is not None and (self.today is None or mention.end <= self.today)
            whole = mention.kind == "within" and mention.lead in _REPORTS and mention.start and over
            sentence = self.layout.sentence_at(mention.span.start)
            if whole and sentence and not self.voices.personal(sentence.span) and self._sided(sentence, mention, None):
                return mention.period()
        return None

    def _sided(self, sentence: Sentence, mention: PeriodMention, quantity: Quantity | None) -> bool:
        """ "27,4 млрд против 27,8 млрд в 2024-м": the time behind "против" is the other figure's, and frames nothing."""
        first = sentence.first if quantity is None else quantity.first
        return not any(self.ground.words.tokens[n].key in self.against for n in range(first, mention.first))


def _start(mention: PeriodMention) -> int:
    return mention.span.start


def _voice(statement: Statement | None, figure: Span, sentence: Span) -> Span:
    """The part of the sentence that speaks with the figure's voice."""
    if statement is None or statement.kind is not StatementKind.DIRECT:
        return sentence
    segment = next((s for s in statement.segments if s.meets(figure)), sentence)
    return Span(max(segment.start, sentence.start), max(min(segment.end, sentence.end), max(segment.start, sentence.start)))
