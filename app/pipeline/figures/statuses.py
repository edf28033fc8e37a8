"""Whether a figure is a fact, a goal, a plan, an expectation or a possibility."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from app.domain.measure import Status
from app.languages.pack import Pack, Reading
from app.pipeline.figures.quantity import Lead, Quantity
from app.pipeline.words.phrasebook import Phrases, Words
from app.pipeline.words.segment import Sentence

# What is built or delivered is planned; a goal is set for what grows.
_BUILT = frozenset(("capacity", "infrastructure", "jobs", "energy_supply", "commodity_supply", "joint_projects", "agreements"))
# Nobody plans trade as one plans a plant: a level that it is to reach is a goal.
_TRADED = frozenset(("trade_turnover", "exports", "imports", "investment"))
# Under way means under way for these, and planned for what they will give.
_RUNNING = frozenset(("joint_projects", "project_investment", "companies", "agreements", "contract_value"))
_STOPS = frozenset(",:–—(")
_BEHIND = 14  # words behind a figure in which its verb may stand


@dataclass(frozen=True, slots=True)
class Standing:
    """A status and the words that say so; no words where nothing says otherwise than that it is a fact."""

    status: Status
    cue: str | None


FACT = Standing(Status.ACTUAL, None)


@dataclass(frozen=True, slots=True)
class _Tables:
    goals: Phrases[bool]
    up_to: frozenset[str]
    always: frozenset[str]
    reached: frozenset[str]
    words: Phrases[Status]
    under_way: frozenset[str]
    aside: frozenset[str]
    relative: frozenset[str]
    that: frozenset[str]
    conditional: Phrases[bool]
    pending: Phrases[bool]
    turns: frozenset[str]


@cache
def _tables(pack: Pack) -> _Tables:
    table, goal = pack["status"], pack["status"].get("goal", {})
    listed = [(phrase, status) for status in Status for phrase in table.get(status.value, {}).get("words", ())]
    listed += [(phrase, Status.TARGET) for phrase in goal.get("words", ())]
    listed += [(phrase, Status.PLANNED) for phrase in table.get("planned", {}).get("under_way", ())]

    def forms(section: dict[str, Any], name: str) -> frozenset[str]:
        return frozenset(section.get(name, ()))

    return _Tables(
        Phrases([(phrase, True) for phrase in goal.get("verbs", ())]),
        forms(goal, "up_to"),
        forms(goal, "always"),
        forms(goal, "reached"),
        Phrases(listed),
        forms(table.get("planned", {}), "under_way"),
        forms(table.get("aside", {}), "words"),
        forms(table.get("relative", {}), "words"),
        forms(table.get("that", {}), "words"),
        Phrases([(phrase, True) for phrase in table.get("conditional", {}).get("words", ())]),
        Phrases([(phrase, True) for phrase in table.get("planned", {}).get("pending", ())]),
        forms(pack["indicators"].get("turns", {}), "words"),
    )


def read_status(quantity: Quantity, metric: str, cue: int, words: Words, sentence: Sentence, pack: Pack) -> Standing:
    """Walks left from the figure to the nearest word that tells its status, then looks behind it.

    `cue` is where the metric was read: "должен 200 млн" is a debt and no duty.
    """
    if quantity.departs:
        return FACT
    walk = _Walk(words, sentence, quantity, metric, cue, _tables(pack))
    found = walk.itself() or walk.pending() or walk.leftwards() or walk.rightwards() or FACT
    if found.status is Status.PLANNED and walk.conditional():
        return Standing(Status.POTENTIAL, found.cue)
    if found.status is Status.TARGET and metric in _BUILT:
        return Standing(Status.PLANNED, found.cue)
    if found.status is Status.PLANNED and metric == "gdp":
        return Standing(Status.FORECAST, found.cue)
    if found.status is Status.PLANNED and metric in _TRADED and quantity.lead is Lead.UNTIL:
        return Standing(Status.TARGET, found.cue)
    return found


@dataclass(frozen=True, slots=True)
class _Walk:
    """The way from a figure through the words around it."""

    words: Words
    sentence: Sentence
    quantity: Quantity
    metric: str
    cue: int
    tables: _Tables

    def itself(self) -> Standing | None:
        """ "удвоим товарооборот": a figure that is a verb of growth tells by its own mood."""
        if self.quantity.kind != "factor" or not self.words.verb(self.quantity.number):
            return None
        mood = self.words.readings(self.quantity.number)[0]
        if mood.tense == "past":
            return FACT
        text = self.words.tokens[self.quantity.number].text
        return Standing(Status.TARGET if self.metric in _TRADED else Status.PLANNED, text)

    def conditional(self) -> bool:
        """Whether the sentence makes the figure hang on something else."""
        return any(
            self.tables.conditional.at(self.words, at, self.sentence.last)
            for at in range(self.sentence.first, self.quantity.first)
        )

    def pending(self) -> Standing | None:
        """ "64 проекта, и после их запуска …": projects that have not begun."""
        if self.metric not in _RUNNING:
            return None
        last = self.quantity.last
        for at in range(last, min(self.sentence.last, last + _BEHIND)):
            if self.tables.pending.at(self.words, at, self.sentence.last):
                return Standing(Status.PLANNED, self.words.tokens[at].text)
        return None

    def leftwards(self) -> Standing | None:
        """The nearest telling word of the figure's own clause; an expectation still counts from the clause before "что"."""
        words, first = self.words, self.quantity.first
        ahead: Standing | None = None
        settled = reported = own = False
        for at in range(first - 1, self.sentence.first - 1, -1):
            token = words.tokens[at]
            if token.text == ";" or (settled and not reported and (token.text in _STOPS or token.key in self.tables.turns)):
                break
            if token.kind != "word":
                continue
            reported = reported or token.key in self.tables.that
            lexical = self._lexical(at)
            opens = reported and lexical is not None and self._opens(at)
            if lexical is not None and (lexical.status is Status.FORECAST or opens or (ahead is None and not reported)):
                if lexical.status is not Status.PLANNED:
                    return lexical
                ahead = lexical
            if ahead is not None or settled or not words.verb(at):
                continue
            mood = _mood(words, at)
            if mood.person == "1" and words.forms[at] & self.tables.aside:
                continue
            if self._goal(at, mood):
                if mood.verb == "inf":
                    return self._unless_reached(at)
                ahead = Standing(Status.TARGET, token.text)
            elif mood.tense == "fut":
                ahead = Standing(Status.PLANNED, token.text)
            settled = ahead is None and mood.tense in ("past", "pres")
            own = own or (settled and not reported)
        return ahead or (FACT if own else None)

    def rightwards(self) -> Standing | None:
        """The verb behind the figure: "пять новых школ появятся"."""
        last = self.quantity.last
        for at in range(last, min(self.sentence.last, last + _BEHIND)):
            token = self.words.tokens[at]
            if token.text == ";" or (token.text == "," and not self._relative(at + 1)):
                break
            lexical = self._lexical(at)
            if lexical is not None:
                return None if any(self.words.number(n) for n in range(at, min(self.sentence.last, at + 4))) else lexical
            if self.words.verb(at):
                tense = _mood(self.words, at).tense
                return Standing(Status.PLANNED, token.text) if tense == "fut" else FACT if tense == "past" else None
        return None

    def _opens(self, at: int) -> bool:
        """ "Возможно, что …", "не исключено, что …": the word right before "что" tells of all that follows."""
        found = self.tables.words.at(self.words, at, self.sentence.last)
        after = found.last if found else at
        if found is None or found.value is not Status.POTENTIAL or after + 1 >= self.sentence.last:
            return False
        return self.words.tokens[after].text == "," and self.words.tokens[after + 1].key in self.tables.that

    def _relative(self, at: int) -> bool:
        """A clause that goes on about the figure: "66 проектов, которые можно реализовать"."""
        return at < self.sentence.last and bool(self.words.forms[at] & self.tables.relative)

    def _lexical(self, at: int) -> Standing | None:
        found = self.tables.words.at(self.words, at, self.sentence.last)
        if found is None or (at == self.cue and self.metric == "financing") or self.quantity.first <= at < self.quantity.last:
            return None
        if self.metric in _RUNNING and self.words.forms[at] & self.tables.under_way:
            return None
        return Standing(found.value, " ".join(token.text for token in self.words.tokens[found.first : found.last]))

    def _goal(self, at: int, mood: Reading) -> bool:
        """A verb of goal of which the figure is the mark to reach."""
        forms, tables = self.words.forms[at], self.tables
        reaching = tables.goals.at(self.words, at, self.sentence.last) is not None
        grows = self.quantity.lead is Lead.UNTIL or self.quantity.kind == "factor"
        if not reaching and not (forms & tables.up_to and grows):
            return False
        return mood.verb == "inf" or (mood.tense == "fut" and (mood.person == "1" or bool(forms & tables.always)))

    def _unless_reached(self, at: int) -> Standing:
        """ "удалось довести до 5 млрд" tells a fact, "можно довести" a goal."""
        for place in range(max(self.sentence.first, at - 3), at):
            if self.words.forms[place] & self.tables.reached and self.words.readings(place)[0].tense == "past":
                return FACT
        return Standing(Status.TARGET, self.words.tokens[at].text)


def _mood(words: Words, at: int) -> Reading:
    """The likeliest reading of a verb: "достигнут" before its number is a future, "застыла" a verb and no adjective."""
    readings = words.readings(at)
    if readings[0].tense is None:
        return next((r for r in readings if r.tense and r.verb == "fin"), readings[0])
    future = next((r for r in readings if r.tense == "fut" and r.verb == "fin"), None)
    return future if future is not None and readings[0].tense == "past" else readings[0]
