"""Figures about relations: every amount whose surroundings tell what it measures, with all that makes it comparable."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.country import Pair
from app.domain.facts import Evidence, Indicator, Statement
from app.domain.measure import Status
from app.domain.place import by_first
from app.domain.record import record, replace
from app.domain.text import Span, fact_id
from app.languages.pack import Pack
from app.pipeline.figures.buyers import mirrored
from app.pipeline.figures.cue_words import Cue, Ground, Reading, Vocabulary, find_cues, vocabulary
from app.pipeline.figures.figure_links import additional_to, equivalent_of, group_id, group_of, restated
from app.pipeline.figures.figure_periods import FigurePeriods, Timed
from app.pipeline.figures.measures import read_amount
from app.pipeline.figures.metrics import read_metric
from app.pipeline.figures.partners import Partners
from app.pipeline.figures.periods import PeriodMention
from app.pipeline.figures.prospects import read_prospect
from app.pipeline.figures.quantity import Quantity
from app.pipeline.figures.relation import TOTAL, Relation
from app.pipeline.figures.relations import Relations
from app.pipeline.figures.reporters import read_reporter
from app.pipeline.figures.respective import measure_in
from app.pipeline.figures.standing import Standing
from app.pipeline.figures.statuses import read_status
from app.pipeline.figures.surroundings import Measured, Surroundings
from app.pipeline.figures.voices import Voices
from app.pipeline.figures.weighing import LEAST, kind_key
from app.pipeline.figures.windows import opened_quotations, window_of
from app.pipeline.places.countries import CountryMention
from app.pipeline.words.phrasebook import Words
from app.pipeline.words.segment import Layout, Sentence

_MEMORY = 6  # figures looked back on when one has no word of measure of its own
_BACK = 2  # sentences back in which a word of measure may stand
_BACK_CUES = 12
_BESIDE = 2  # tokens between a change and the amount that it led to
_CLAUSE = frozenset((",", ";"))
_CHAIN = frozenset((",", "(", "–", "—"))
_SUPPLIED, _DIRECTED = frozenset(("commodity_supply", "energy_supply")), frozenset(("exports", "imports"))
_TOTALS = frozenset(("financing", "commodity_supply", "energy_supply"))
_PEOPLE = frozenset(("students", "tourists", "migrants"))
_ECONOMY = frozenset(("gdp", "trade_turnover", "exports", "imports", "trade_balance"))


@record(frozen=True, slots=True)
class Context:
    """What the article as a whole lends to its figures."""

    article_date: date | None = None
    article_pairs: tuple[Pair, ...] = ()
    outlet_country: str | None = None
    title_span: Span | None = None


def find_indicators(
    layout: Layout,
    quantities: Sequence[Quantity],
    periods: Sequence[PeriodMention],
    countries: Sequence[CountryMention],
    statements: Sequence[Statement],
    context: Context,
    pack: Pack,
    digest: str,
) -> tuple[Indicator, ...]:
    """Every figure that measures a relation between countries, or one country's economy in that context."""
    reader = _Reader.of(layout, quantities, periods, countries, statements, context, pack, digest)
    for quantity in quantities:
        reader.take(quantity)
    return _once(reader.found, context.title_span)


def _once(found: list[Indicator], title: Span | None) -> tuple[Indicator, ...]:
    """A figure of the headline that the body repeats is judged once, in the body."""
    if title is None:
        return tuple(found)
    body = {(f.value, f.value_max, f.unit, f.measure) for f in found if not title.holds(f.span)}
    kept = [f for f in found if not title.holds(f.span) or (f.value, f.value_max, f.unit, f.measure) not in body]
    ids = {None, *(fact.id for fact in kept)}
    return tuple(
        fact
        if fact.additional_to in ids and fact.equivalent_of in ids
        else replace(
            fact,
            additional_to=fact.additional_to if fact.additional_to in ids else None,
            equivalent_of=fact.equivalent_of if fact.equivalent_of in ids else None,
        )
        for fact in kept
    )


@dataclass(slots=True)
class _Reader:
    """Goes through the figures of one document in order and remembers what they measured."""

    layout: Layout
    ground: Ground
    known: Vocabulary
    periods: FigurePeriods
    relations: Relations
    voices: Voices
    context: Context
    pack: Pack
    digest: str
    firsts: tuple[int, ...]
    opened: tuple[int, ...]
    found: list[Indicator] = field(default_factory=list)
    measured: list[Measured] = field(default_factory=list)
    cues: dict[int, tuple[Cue, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        layout: Layout,
        quantities: Sequence[Quantity],
        periods: Sequence[PeriodMention],
        countries: Sequence[CountryMention],
        statements: Sequence[Statement],
        context: Context,
        pack: Pack,
        digest: str,
    ) -> _Reader:
        ground, known = Ground.of(Words.of(layout, pack)), vocabulary(pack)
        figures, lasts = tuple(q.first for q in quantities), tuple(q.last for q in quantities)
        voices = Voices.of(statements)
        against, reports, later = (
            frozenset(pack["dates"].get(name, {}).get("words", ())) for name in ("against", "reports", "later")
        )
        figure_periods = FigurePeriods(
            layout, ground, tuple(periods), voices, context.article_date, against, reports, later, figures, lasts
        )
        partners = Partners.of(ground.words, countries, quantities, context.outlet_country)
        relations = Relations(layout, ground, tuple(countries), context.article_pairs, known, pack, partners)
        firsts = tuple(sentence.first for sentence in layout.sentences)
        opened = opened_quotations(ground.words)
        return cls(layout, ground, known, figure_periods, relations, voices, context, pack, digest, firsts, opened)

    def take(self, quantity: Quantity) -> None:
        """Reads one figure; one that measures nothing leaves no trace."""
        index = bisect_right(self.firsts, quantity.first) - 1
        statement = self.voices.at(quantity.span)
        window = window_of(quantity, self.layout, index, statement, self.opened)
        same = equivalent_of(quantity, self.ground.words, self.measured)
        if same is not None:
            self._restate(quantity, self.found[same], statement, window)
            return
        reading = read_metric(quantity, self._around(window, index, quantity)) if quantity.unit is not None else None
        if reading is not None and (row := self.relations.partners.rows.get(quantity.first)) is not None:
            near = self._around(window, index, quantity)
            reading = measure_in(self.ground.words, *row, near.cues, self.known, kind_key(quantity)) or reading
        reading = reading and self._peopled(quantity, reading, window)
        if reading is None:
            return
        relation = self.relations.of(index, window, quantity, reading, statement)
        economy = reading.metric in _ECONOMY or (reading.metric in _TOTALS and relation.step == TOTAL)
        economy = economy or (reading.metric in _SUPPLIED and self._abroad(window))
        economy = economy or (reading.metric in _PEOPLE and self._foreign(window))
        related = relation.pairs or self.context.article_pairs or (economy and relation.countries)
        if not related and len({mention.code for mention in self.relations.within(window)}) < 2:
            return  # one country or none, and an article about no two
        reading = mirrored(reading, self.relations.within(window), self.relations.home, self.ground.words, self.known)
        self._retell(quantity, reading)
        self.found.append(self._grouped(self._indicator(quantity, reading, relation, statement, window), window))
        self.measured.append(Measured(quantity, reading.metric))

    def _retell(self, quantity: Quantity, reading: Reading) -> None:
        """ "Импорт вырос на 57 %, до 3,4 млн тонн": the change is one of the good that the amount behind it is of."""
        if not self.found or quantity.kind != "physical" or reading.metric not in _SUPPLIED:
            return
        told, fact = self.measured[-1].quantity, self.found[-1]
        between = self.layout.tokens[told.last : quantity.first]
        words, first = self.ground.words, told.last
        near = len(between) <= _BESIDE and all(t.text in _CHAIN or words.verb(first + n) for n, t in enumerate(between))
        if told.kind in ("percent", "factor") and fact.metric in _DIRECTED and near and told.span == fact.span:
            ident = fact_id("in", self.digest, fact.span.start, fact.span.end, reading.metric, fact.value)
            self.found[-1] = replace(fact, id=ident, metric=reading.metric)
            self.measured[-1] = replace(self.measured[-1], metric=reading.metric)

    def _abroad(self, window: Sentence) -> bool:
        """Whether the sentence speaks of selling abroad or buying there: "Kazakhstan exported 2 million tons of wheat"."""
        return any(not self.ground.words.forms[n].isdisjoint(self.known.abroad) for n in range(window.first, window.last))

    def _foreign(self, window: Sentence) -> bool:
        """Whether people from abroad are spoken of: "foreign students in Kazakhstan"."""
        return any(not self.ground.words.forms[n].isdisjoint(self.known.strangers) for n in range(window.first, window.last))

    def _restate(self, quantity: Quantity, original: Indicator, statement: Statement | None, window: Sentence) -> None:
        """Takes a sum that says an earlier one again in another currency."""
        relation = Relation(original.pairs, original.countries, "of the sum that it restates")
        reading = Reading(original.metric, LEAST, original.as_written, quantity.first, "restated sum")
        self.found.append(restated(self._indicator(quantity, reading, relation, statement, window), original))
        self.measured.append(Measured(quantity, original.metric))

    def _peopled(self, quantity: Quantity, reading: Reading, window: Sentence) -> Reading | None:
        """Of no country named, people at work are jobs, and people who live somewhere are inhabitants and no figure."""
        forms = self.ground.words.forms[reading.at]
        if reading.metric != "migrants" or quantity.counted not in self.known.people or self.relations.within(window):
            return reading
        return None if forms & self.known.residing else replace(reading, metric="jobs") if forms & self.known.working else reading

    def _around(self, window: Sentence, index: int, quantity: Quantity) -> Surroundings:
        cues = self._cues(index)
        near = cues[bisect_left(cues, window.first, key=by_first) : bisect_left(cues, window.last, key=by_first)]
        recent = self.measured[-_MEMORY:]
        here = tuple([m for m in recent if m.quantity.first >= window.first])
        earlier = tuple([m for m in recent if m.quantity.first < window.first])
        back: tuple[Cue, ...] = ()
        for n in range(max(0, index - _BACK), index):
            back += self._cues(n)[-_BACK_CUES:]
        listed = quantity.first in self.relations.partners.beside
        return Surroundings(self.ground, window, near, back, here, earlier, self.known, listed)

    def _cues(self, index: int) -> tuple[Cue, ...]:
        if index not in self.cues:
            self.cues[index] = find_cues(self.ground.words, self.layout.sentences[index], self.known)
        return self.cues[index]

    def _indicator(
        self, quantity: Quantity, reading: Reading, relation: Relation, statement: Statement | None, sentence: Sentence
    ) -> Indicator:
        words, metric = self.ground.words, reading.metric
        amount = read_amount(quantity, metric, self.ground, sentence, self.known, self.pack)
        standing = self._standing(quantity, reading, sentence, statement)
        sides = read_reporter(metric, reading.at, relation, self.relations.within(sentence), self.ground, self.pack)
        timed = self.periods.of(quantity, sentence, metric, standing.status, statement)
        return Indicator(
            id=fact_id("in", self.digest, quantity.span.start, quantity.span.end, metric, amount.value),
            metric=metric,
            measure=amount.measure,
            value=amount.value,
            value_max=amount.value_max,
            unit=amount.unit,
            span=quantity.span,
            as_written=quantity.as_written,
            comparator=self.found[-1].comparator if standing.goes_on else quantity.comparator,
            status=standing.status,
            per=quantity.per,
            period=timed.period,
            countries=relation.countries,
            pairs=relation.pairs,
            reporter=sides.reporter,
            partner=sides.partner,
            stated_on=(statement.stated_on if statement else None) or self.context.article_date,
            additional_to=additional_to(quantity, metric, words, sentence, self.found, self.pack),
            statement_id=statement.id if statement else None,
            speaker=statement.speaker if statement else None,
            evidence=Evidence(reading.rule, reading.cue, _steps(relation, standing, timed)),
        )

    def _standing(self, quantity: Quantity, reading: Reading, window: Sentence, statement: Statement | None) -> Standing:
        """The status of a figure: by its own clause, else by its time, else by the works that it is a measure of."""
        standing = read_status(quantity, reading.metric, reading.at, self.ground.words, window, self.pack)
        if self._goes_on(quantity, reading, window):
            return Standing(self.found[-1].status, self.found[-1].as_written, goes_on=True)
        if not standing.open:
            return standing
        index = bisect_right(self.firsts, quantity.first) - 1
        dawning = self.periods.ahead(quantity, window)
        if not (dawning or standing.bare):
            return standing
        return read_prospect(reading.metric, self.ground.words, self.layout, index, dawning, self.pack) or standing

    def _goes_on(self, quantity: Quantity, reading: Reading, window: Sentence) -> bool:
        """ "довести до 30 млрд к 2027 году, а к 2030 году – до 35 млрд": a time to come and no verb of its own."""
        last = self.measured[-1].quantity if self.measured else None
        if last is None or reading.at != last.first or last.first < window.first or self.found[-1].status is Status.ACTUAL:
            return False
        tokens, first = self.layout.tokens, quantity.first
        turn = next((n for n in range(first - 1, last.last - 1, -1) if tokens[n].text in _CLAUSE), last.last)
        silent = not any(self.ground.words.verb(n) for n in range(turn, first))
        return silent and last.lead is quantity.lead and self.periods.ahead(quantity, window)

    def _grouped(self, fact: Indicator, sentence: Sentence) -> Indicator:
        """Joins the group that an earlier figure of the same phrase opened, or opens it."""
        place = group_of(fact.metric, sentence, self.measured, self.found)
        if place is None:
            return fact
        opened = self.found[place].group or group_id(self.digest, self.found[place])
        self.found[place] = replace(self.found[place], group=opened)
        return replace(fact, group=opened)


def _steps(relation: Relation, standing: Standing, timed: Timed) -> tuple[str, ...]:
    status = f"status: {standing.cue}" if standing.cue else "status: nothing says it is not a fact"
    return (f"pair: {relation.step}", status, timed.step)
