"""Which of the named periods a figure takes: its clause's, its sentence's, or that of the report it stands in."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

from app.domain.facts import Statement
from app.domain.measure import Period, Status
from app.domain.place import by_span_start
from app.domain.record import record
from app.domain.speaker import SpeakerKind
from app.domain.text import Span
from app.pipeline.figures.cue_words import Ground
from app.pipeline.figures.periods import PeriodMention
from app.pipeline.figures.quantity import Quantity
from app.pipeline.figures.voices import Voices
from app.pipeline.words.segment import Layout, Sentence

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
    )
)
_COSTS = frozenset(("project_investment",))
_PARTICIPLE = 5  # words from the comma before a participle to its time
_BEFORE = 2  # tokens between a figure and the time before the next one, which then is the first one's
_TRAILS = 1  # tokens between a figure and the time behind it
_DASHES = frozenset("-–—")
_FRAMES = 40  # periods looked back on


@record(frozen=True, slots=True)
class Timed:
    """A period, or none, and where it was said."""

    period: Period | None
    source: str = ""

    @property
    def step(self) -> str:
        return f"period: {self.period.as_written}, {self.source}" if self.period else "period: none is said of it"


UNTIMED = Timed(None)


@record(frozen=True, slots=True)
class FigurePeriods:
    """Finds the period of a figure among those of the document."""

    layout: Layout
    ground: Ground
    mentions: tuple[PeriodMention, ...]
    voices: Voices
    today: date | None
    against: frozenset[str]
    reports: frozenset[str]
    later: frozenset[str]
    figures: tuple[int, ...]
    lasts: tuple[int, ...]

    def of(self, quantity: Quantity, window: Sentence, metric: str, status: Status, statement: Statement | None) -> Timed:
        """The period of a figure: its own clause's, its sentence's, or that of the report; a quotation has only its own."""
        sentence = self.layout.sentence_at(quantity.span.start)
        if sentence is None:
            return UNTIMED
        near = self._between(window.span)
        if status is not Status.ACTUAL:
            near = [m.ahead(self.today) for m in near]
        own = [m for m in near if self._fits(m, status) and self._sided(quantity.last, m) and not self._elsewhere(quantity, m)]
        own = [m for m in own if not self._later_on(m, quantity)]
        if metric in _COSTS:
            own = [m for m in own if self._same_clause(m, quantity)]
        if quantity.departs:
            own = [m for m in own if 0 <= m.first - quantity.last <= 1]
        if own:
            nearest = self._nearest(own, quantity.first, quantity.last)
            # Of a rate ("2,8 млрд в год") the time since which it holds is not the period.
            rated = quantity.per is not None and status is Status.ACTUAL
            return UNTIMED if rated and nearest.kind == "since" else Timed(nearest.period(), "time in its own sentence")
        if (
            quantity.departs
            or status is not Status.ACTUAL
            or not (metric in _FLOWS or (metric == "other" and quantity.kind == "money"))
        ):
            return UNTIMED
        return Timed(self._frame(sentence, statement), "time of the report before it")

    def _same_clause(self, mention: PeriodMention, quantity: Quantity) -> bool:
        """ "Блок запустят в 2028 году, он обойдётся в 11 млрд": what something costs is not timed by another clause."""
        first, last = (mention.last, quantity.first) if mention.last <= quantity.first else (quantity.last, mention.first)
        return first >= last or self.ground.joined(first, last)

    def ahead(self, quantity: Quantity, window: Sentence) -> bool:
        """Whether the nearest time in the figure's own clause is all still to come."""
        if self.today is None:
            return False
        own = [m for m in self._between(window.span) if m.kind not in ("base", "day", "vague") and self._sided(quantity.last, m)]
        if not own:
            return False
        nearest = self._nearest(own, quantity.first, quantity.last)
        starts = nearest.end if nearest.kind == "until" else nearest.start
        first, last = sorted((nearest.first, quantity.first))
        alone = bisect_left(self.figures, last) - bisect_left(self.figures, first + (first == quantity.first)) == 0
        joined = nearest.first < quantity.last or self.ground.joined(quantity.last, nearest.first)
        return alone and joined and starts is not None and starts > self.today

    def _between(self, span: Span) -> list[PeriodMention]:
        low = bisect_left(self.mentions, span.start, key=by_span_start)
        high = bisect_left(self.mentions, span.end, key=by_span_start)
        return list(self.mentions[low:high])

    def _fits(self, mention: PeriodMention, status: Status) -> bool:
        """A fact is not of the future, and a plan not of the past."""
        if mention.kind in ("base", "day") or (mention.kind == "now" and status is Status.TARGET):
            return False
        if self.today is None or mention.kind in ("vague", "now", "since"):
            return True
        if status is Status.ACTUAL:
            begun = mention.start is None or mention.start <= self.today
            return begun and (mention.kind != "until" or mention.end is None or mention.end <= self.today)
        return mention.end is None or mention.end >= self.today

    def _elsewhere(self, quantity: Quantity, mention: PeriodMention) -> bool:
        """ "8 млрд, а в 2014-м было всего 4 млрд": a time in a later clause that leads in another figure."""
        if mention.last <= quantity.first:
            return self._aside(quantity, mention)
        if (
            mention.first < quantity.last
            or self._runs_on(quantity.last, mention.first)
            or self.ground.joined(quantity.last, mention.first)
        ):
            return False
        at = bisect_left(self.figures, mention.last)
        return at < len(self.figures) and self.ground.joined(mention.last, self.figures[at])

    def _aside(self, quantity: Quantity, mention: PeriodMention) -> bool:
        """ "Торговля, составлявшая в 2016 году 198 млн, выросла до 745 млн": a participle's time and figure."""
        words = self.ground.words
        at = bisect_left(self.figures, mention.last)
        inside = (
            at < len(self.figures) and self.figures[at] < quantity.first and self.ground.joined(mention.last, self.figures[at])
        )
        if not inside or self.ground.joined(self.lasts[at], quantity.first):
            return False
        opening = next(
            (n for n in range(mention.first - 1, max(0, mention.first - _PARTICIPLE) - 1, -1) if words.tokens[n].text == ","),
            None,
        )
        return opening is not None and any(r.verb == "part" for r in words.readings(opening + 1)[:1])

    def _later_on(self, mention: PeriodMention, quantity: Quantity) -> bool:
        """ "В этом году уйдёт 1,2 млн тонн, дальше – до 2,5 млн": a word of what comes after ends the time said before it."""
        if mention.last > quantity.first:
            return False
        at = bisect_left(self.figures, mention.last)
        after = self.lasts[at] if at < len(self.figures) and self.figures[at] < quantity.first else None
        return after is not None and any(self.ground.words.tokens[n].key in self.later for n in range(after, quantity.first))

    def _nearest(self, mentions: list[PeriodMention], first: int, last: int) -> PeriodMention:
        """In the figure's own clause, else the nearest before it, else the nearest behind it.

        A time right behind the figure is its own, where the time before stands as close behind another: "7 млрд в 2022 году,
        8 млрд – в 2023 году".
        """

        def cost(mention: PeriodMention) -> float:
            if mention.last <= first:
                return self.ground.cost(mention.last, first)
            return self.ground.cost(last, mention.first) * 1.5 + 0.3

        behind = next((m for m in mentions if 0 <= m.first - last <= _TRAILS and self._runs_on(last, m.first)), None)
        before = [m for m in mentions if m.last <= first]
        taken = before and any(0 <= before[-1].first - end <= _BEFORE for end in self._ends(before[-1].first))
        return behind if behind is not None and taken else min(mentions, key=cost)

    def _runs_on(self, first: int, last: int) -> bool:
        """Whether at most a dash stands between a figure and the time behind it."""
        return 0 <= last - first <= _TRAILS and all(t.text in _DASHES for t in self.ground.words.tokens[first:last])

    def _ends(self, at: int) -> tuple[int, ...]:
        """Where the figure before a place ends, if there is one."""
        found = bisect_left(self.figures, at) - 1
        return (self.lasts[found],) if found >= 0 else ()

    def _frame(self, sentence: Sentence, statement: Statement | None) -> Period | None:
        """The nearest earlier period of the report: a closed stretch that is over, named by the same voice."""
        personal = statement is not None and statement.speaker.kind is not SpeakerKind.ORGANIZATION
        at = bisect_left(self.mentions, sentence.span.start, key=by_span_start)
        for mention in reversed(self.mentions[max(0, at - _FRAMES) : at]):
            over = mention.end is not None and (self.today is None or mention.end <= self.today)
            this_year = mention.kind == "since" and self.today is not None and mention.start == date(self.today.year, 1, 1)
            report = mention.kind == "within" and mention.lead in self.reports and over
            if not (report or this_year) or not mention.start or mention.compared:
                continue
            named = self.layout.sentence_at(mention.span.start)
            if named is None or not self._sided(named.first, mention) or self._compares(named, mention):
                continue
            if statement is not None and personal:
                if not any(s.start <= mention.span.start < s.end for s in statement.segments):
                    return None
                return mention.period()
            other = self.voices.at(mention.span)
            if statement is not None and other is not None and other.speaker.id != statement.speaker.id:
                return None  # what one body reports on frames nothing that another one says
            if not self.voices.personal(named.span) or (named.last == sentence.first and named.paragraph == sentence.paragraph):
                return mention.period()
        return None

    def _compares(self, sentence: Sentence, mention: PeriodMention) -> bool:
        """ "С 17 процентов в 2020 году до 24 процентов в 2024-м": two times of two figures frame nothing behind them."""
        told = [other for other in self._between(sentence.span) if other.kind == "within" and self._trails(other, sentence)]
        return len(told) > 1 and mention in told

    def _trails(self, mention: PeriodMention, sentence: Sentence) -> bool:
        """Whether a time stands right behind a figure of its sentence."""
        at = bisect_left(self.figures, mention.first) - 1
        return at >= 0 and self.figures[at] >= sentence.first and mention.first - self.lasts[at] <= _TRAILS

    def _sided(self, first: int, mention: PeriodMention) -> bool:
        """ "27,4 млрд против 27,8 млрд в 2024-м": the time behind "против" is the other figure's, and frames nothing."""
        return not any(self.ground.words.tokens[n].key in self.against for n in range(first, mention.first))
