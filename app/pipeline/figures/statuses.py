"""Whether a figure is a fact, a goal, a plan, an expectation or a possibility."""

from __future__ import annotations

from app.domain.measure import Comparator, Status
from app.domain.record import record
from app.languages.pack import Pack, Reading
from app.pipeline.figures.auxiliaries import read_before, told_by_auxiliaries
from app.pipeline.figures.marks import fulfilled, posed
from app.pipeline.figures.order import verb_final
from app.pipeline.figures.quantity import Lead, Quantity
from app.pipeline.figures.standing import FACT, SILENT, Standing, mood
from app.pipeline.figures.status_words import StatusWords
from app.pipeline.figures.verdicts import Named, read_ahead
from app.pipeline.words.phrasebook import Words
from app.pipeline.words.segment import Sentence

# What is built or delivered is planned; a goal is set for what grows.
_BUILT = frozenset(("capacity", "infrastructure", "jobs", "energy_supply", "commodity_supply", "joint_projects", "agreements"))
# Nobody plans trade as one plans a plant: a level that it is to reach is a goal.
_TRADED = frozenset(("trade_turnover", "exports", "imports", "investment"))
# These come about by themselves: who says that they will, expects it.
_EXPECTED = frozenset(("trade_turnover", "exports", "imports", "trade_balance", "gdp", "tourists", "local_currency_share"))
# Under way means under way for these, and planned for what they will give.
_RUNNING = frozenset(("joint_projects", "project_investment", "companies", "agreements", "contract_value"))
_STOPS = frozenset(",:–—(")
_YEAR = 4  # digits
_BEHIND = 14  # words behind a figure in which its verb may stand


def read_status(quantity: Quantity, metric: str, cue: int, words: Words, sentence: Sentence, pack: Pack) -> Standing:
    """Walks left from the figure to the nearest word that tells its status, then looks behind it.

    `cue` is where the metric was read: "должен 200 млн" is a debt and no duty.
    """
    if quantity.departs:
        return FACT
    walk = _Walk(words, sentence, quantity, metric, cue, StatusWords.of(pack))
    if walk.compared() or fulfilled(quantity, words, sentence, walk.tables):
        return FACT
    if verb_final(pack) or told_by_auxiliaries(pack):
        named = Named(cue if metric == "financing" else None, metric in _RUNNING, metric == "capacity")
        verdict = (read_ahead if verb_final(pack) else read_before)(quantity, words, sentence, named)
        happens = verdict is not None and verdict.happens and verdict.status is Status.PLANNED
        found = Standing(verdict.status, verdict.cue or None, happens) if verdict else SILENT
    else:
        near = walk.itself() or posed(quantity, words, sentence, walk.tables) or walk.inside() or walk.pending()
        found = near or walk.leftwards() or walk.rightwards() or SILENT
    if (found.happens or found.status is Status.POTENTIAL) and (expected := walk.expected()):
        return expected
    if found.happens and metric in _EXPECTED:
        return Standing(Status.FORECAST, found.cue)
    if found.status is Status.PLANNED and walk.conditional():
        return Standing(Status.POTENTIAL, found.cue)
    if found.status is Status.TARGET and metric in _BUILT and not found.set:
        return Standing(Status.PLANNED, found.cue)
    if found.status is Status.PLANNED and metric == "gdp":
        return Standing(Status.FORECAST, found.cue)
    if (
        found.status is Status.PLANNED
        and metric in _TRADED
        and quantity.lead is Lead.UNTIL
        and quantity.comparator is not Comparator.LE
    ):
        return Standing(Status.TARGET, found.cue)
    return found


_CENTURIES = ("19", "20", "21")


@record(frozen=True, slots=True)
class _Walk:
    """The way from a figure through the words around it."""

    words: Words
    sentence: Sentence
    quantity: Quantity
    metric: str
    cue: int
    tables: StatusWords

    def itself(self) -> Standing | None:
        """ "удвоим товарооборот": a figure that is a verb of growth tells by its own mood."""
        if self.quantity.kind != "factor" or not self.words.verb(self.quantity.number):
            return None
        mood = self.words.readings(self.quantity.number)[0]
        if mood.tense == "past":
            return FACT
        text = self.words.tokens[self.quantity.number].text
        return Standing(Status.TARGET if self.metric in _TRADED else Status.PLANNED, text)

    def inside(self) -> Standing | None:
        """ "66 перспективных проектов": an attribute of what is counted, unless a verb tells that it was carried out."""
        for at in range(self.quantity.first, self.quantity.last):
            found = self.tables.words.at(self.words, at, self.quantity.last)
            if found is None or found.value is not Status.PLANNED or self.words.readings(at)[0].pos not in ("adj", "verb"):
                continue
            around = range(max(self.sentence.first, at - _BEHIND), min(self.sentence.last, at + _BEHIND))
            done = any(self.words.forms[n] & self.tables.carried_out and mood(self.words, n).tense == "past" for n in around)
            return None if done else Standing(Status.PLANNED, self.words.tokens[at].text)
        return None

    def conditional(self) -> bool:
        """Whether the sentence makes the figure hang on something else."""
        first, last = self.sentence.first, self.sentence.last
        return self.tables.conditional.within(self.words, first, self.quantity.first, last) is not None

    def pending(self) -> Standing | None:
        """ "64 проекта, и после их запуска …": projects that have not begun."""
        if self.metric not in _RUNNING:
            return None
        last, end = self.quantity.last, self.sentence.last
        found = self.tables.pending.within(self.words, last, min(end, last + _BEHIND), end)
        return Standing(Status.PLANNED, self.words.tokens[found.first].text) if found else None

    def compared(self) -> bool:
        """ "против 4 млрд годом ранее": what is compared with has been."""
        at = self.quantity.first - 1
        return at >= self.sentence.first and self.words.tokens[at].key in self.tables.against

    def expected(self) -> Standing | None:
        """ "…превысит 9 млрд, прогнозируют эксперты": a verb of expectation behind the clause takes all of it."""
        words, last = self.words, self.quantity.last
        for at in range(last, min(self.sentence.last - 1, last + _BEHIND)):
            if words.tokens[at].text in _STOPS:
                place = at + 2 if words.tokens[at + 1].text in _STOPS else at + 1
                found = self._lexical(place) if place < self.sentence.last and words.verb(place) else None
                return found if found is not None and found.status is Status.FORECAST else None
        return None

    def leftwards(self) -> Standing | None:
        """The nearest telling word of the figure's own clause; an expectation still counts from the clause before "что"."""
        words, first = self.words, self.quantity.first
        ahead: Standing | None = None
        infinitive: str | None = None
        own: str = ""
        settled = reported = bare = borrowed = comma = counted = False
        for at in range(first - 1, self.sentence.first - 1, -1):
            token, number = words.tokens[at], words.number(at) and not self._year(at)
            ends = token.text in _STOPS or token.key in self.tables.turns or number
            if token.text == ";" or (settled and not reported and ends):
                break
            comma, counted = comma or token.text == ",", counted or number
            if token.kind != "word":
                continue
            reported = reported or token.key in self.tables.that
            lexical = None if self._of_another(at) else self._lexical(at)
            opens = reported and lexical is not None and self._opens(at)
            if lexical is not None and (lexical.status is Status.FORECAST or opens or (ahead is None and not reported)):
                if lexical.status is not Status.PLANNED:
                    return (self._done_behind() if comma and lexical.status is not Status.FORECAST else None) or lexical
                ahead = lexical
            if ahead is not None or settled or not words.verb(at) or self._muted(at + 1):
                continue
            how = mood(words, at)
            if how.person == "1" and words.forms[at] & self.tables.aside:
                continue
            if self._goal(at, how):
                if how.verb == "inf":
                    return self._unless_reached(at)
                ahead = Standing(Status.TARGET, token.text)
            elif how.tense == "fut" and not (self.metric in _RUNNING and words.forms[at] & self.tables.under_way):
                ahead = Standing(Status.PLANNED, token.text, happens=bool(words.forms[at] & self.tables.happening))
            elif how.verb == "inf" and not reported:
                infinitive = infinitive or token.text
            elif how.tense == "past" and infinitive is not None and not reported:
                ahead = None if words.forms[at] & self.tables.reached else Standing(Status.PLANNED, infinitive)
            settled = ahead is None and how.tense in ("past", "pres")
            if (
                settled
                and not reported
                and (how.tense, how.verb) == ("past", "fin")
                and words.forms[at] & self.tables.done
                and not comma
            ):
                return FACT
            borrowed = borrowed or (settled and comma and counted)
            if settled and not reported and not own:
                own = how.tense or "past"
                bare = own == "pres" and bool(words.forms[at] & self.tables.measuring)
        if ahead is not None and comma and (done := self._done_behind()) is not None:
            return done
        if ahead is None and own and borrowed:
            return self.rightwards() or FACT
        if ahead is None and own == "pres":
            return Standing(Status.ACTUAL, None, open=True, bare=bare)
        return ahead or (FACT if own else None)

    def _year(self, at: int) -> bool:
        """ "цель к 2030 году составляет 100 млрд": a time between a goal and its figure is no other figure."""
        text = self.words.tokens[at].text
        return len(text) == 4 and text.isdecimal() and text[:2] in _CENTURIES

    def _of_another(self, at: int) -> bool:
        """ "с нынешних 8 млрд до 10 млрд": an attribute of the amount before this one."""
        return at + 1 < self.quantity.first and self.words.number(at + 1) and self.words.readings(at)[0].pos == "adj"

    def _done_behind(self) -> Standing | None:
        """ "Из объявленных проектов реализуется половина, девять завершены": the verb behind is nearer than a comma."""
        found = self.rightwards()
        return found if found is not None and found.status is Status.ACTUAL else None

    def rightwards(self) -> Standing | None:
        """The verb behind the figure: "пять новых школ появятся"."""
        last, aside = self.quantity.last, False
        for at in range(last, min(self.sentence.last, last + _BEHIND)):
            token = self.words.tokens[at]
            if token.text == "," and not aside:
                aside = self._includes(at + 1)
                if not aside and not self._relative(at + 1):
                    break
            elif token.text in ",;":
                aside = False
            if aside or token.text == ",":
                continue
            if token.text == ";":
                break
            lexical = self._lexical(at)
            if lexical is not None:
                return None if any(self._counts(n) for n in range(at, min(self.sentence.last, at + 4))) else lexical
            if self.words.verb(at):
                tense = mood(self.words, at).tense
                return Standing(Status.PLANNED, token.text) if tense == "fut" else FACT if tense == "past" else None
        return None

    def _counts(self, at: int) -> bool:
        """Whether another figure begins here; a year is none."""
        text = self.words.tokens[at].text
        return self.words.number(at) and not (len(text) == _YEAR and text.isdecimal())

    def _includes(self, at: int) -> bool:
        """ "13 тысяч рабочих, включая российских, будут заняты": an aside, passed on the way to the verb."""
        return at < self.sentence.last and bool(self.words.forms[at] & self.tables.including)

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
        if self._muted(found.last):
            return None
        if self.metric in _RUNNING and self.words.forms[at] & self.tables.under_way:
            return None
        cue = " ".join(token.text for token in self.words.tokens[found.first : found.last])
        return Standing(found.value, cue, set=found.value is Status.TARGET)

    def _muted(self, last: int) -> bool:
        """ "на эти цели", "дало возможность": words that would tell, in a phrase that does not."""
        return self.tables.mute.before(self.words, last, self.sentence.first) is not None

    def _goal(self, at: int, how: Reading) -> bool:
        """A verb of goal of which the figure is the mark to reach."""
        forms, tables = self.words.forms[at], self.tables
        reaching = tables.goals.at(self.words, at, self.sentence.last) is not None
        grows = self.quantity.lead is Lead.UNTIL or self.quantity.kind == "factor"
        if not reaching and not (forms & tables.up_to and grows):
            return False
        return how.verb == "inf" or (how.tense == "fut" and (how.person == "1" or bool(forms & tables.always)))

    def _unless_reached(self, at: int) -> Standing:
        """ "удалось довести до 5 млрд" tells a fact, "можно довести" a goal; what "может достигнуть 5 млрд" is possible."""
        for place in range(max(self.sentence.first, at - 3), at):
            forms = self.words.forms[place]
            if forms & self.tables.reached and mood(self.words, place).tense == "fut" and (guess := self._guessed()) is not None:
                return guess
            if forms & self.tables.reached and self.words.readings(place)[0].tense == "past":
                return FACT
            if forms & self.tables.able and (self.words.forms[at] & self.tables.happening or self.metric in _BUILT):
                return Standing(Status.POTENTIAL, self.words.tokens[place].text)
            by_factor = self.quantity.kind == "factor" and not self.words.forms[at] & self.tables.always
            asked = self._lexical(place) if self.metric in _BUILT or by_factor else None
            if asked is not None and asked.status is Status.POTENTIAL:
                return asked
        return Standing(Status.TARGET, self.words.tokens[at].text, set=bool(self.words.forms[at] & self.tables.always))

    def _guessed(self) -> Standing | None:
        """ "По его прогнозу, долю удастся поднять": what is thought to come off is expected."""
        found = (self._lexical(n) for n in range(self.sentence.first, self.quantity.first))
        return next((f for f in found if f and f.status is Status.FORECAST), None)
