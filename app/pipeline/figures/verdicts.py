"""Whether a figure is a fact or only planned where the verb closes the clause: the words behind it, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from app.domain.measure import Comparator, Status
from app.domain.record import record, replace
from app.languages.pack import Pack, Reading
from app.pipeline.figures.quantity import Lead, Quantity
from app.pipeline.figures.tails import past_mark
from app.pipeline.words.phrasebook import Phrases, Words
from app.pipeline.words.segment import Sentence

_REACH = 40  # tokens ahead to the verb that closes the clause
_BESIDE = 3  # words before a figure that may qualify it ("жоспарланған 5 млрд доллар")
_STOPS = frozenset(";!?")
_SOFT = frozenset(",–—:")
_OPENING, _CLOSING = frozenset('(«“"'), frozenset(")»”")


@record(frozen=True, slots=True)
class Verdict:
    """A status and the words that say so; `happens` tells a future of what comes about by itself."""

    status: Status
    cue: str
    happens: bool = False


@record(frozen=True, slots=True)
class Named:
    """What is measured: the word at `at` names it and tells no status; `running` are projects and deals, which exist while
    they are under way."""

    at: int | None
    running: bool
    able: bool = False  # what a facility can do


@record(frozen=True, slots=True)
class _Tables:
    goals: frozenset[str]
    up_to: frozenset[str]
    by_itself: frozenset[str]
    words: Phrases[Status]
    coming: frozenset[str]
    able: frozenset[str]
    copula: frozenset[str]
    going: frozenset[str]
    beside: frozenset[str]
    wished: frozenset[str]
    allowing: frozenset[str]
    under_way: Phrases[bool]


@cache
def _tables(pack: Pack) -> _Tables:
    table, goal = pack["status"], pack["status"].get("goal", {})
    listed = [(phrase, status) for status in Status for phrase in table.get(status.value, {}).get("words", ())]
    listed += [(phrase, Status.TARGET) for phrase in goal.get("words", ())]
    goals, up_to, by_itself = (frozenset(goal.get(name, ())) for name in ("verbs", "up_to", "by_itself"))
    names = ("coming", "able", "copula", "going", "beside", "wished", "allowing")
    coming, able, copula, going, beside, wished, allowing = (frozenset(table.get(name, {}).get("verbs", ())) for name in names)
    under_way = Phrases([(phrase, True) for phrase in table.get("planned", {}).get("under_way", ())])
    return _Tables(goals, up_to, by_itself, Phrases(listed), coming, able, copula, going, beside, wished, allowing, under_way)


def read_ahead(quantity: Quantity, words: Words, sentence: Sentence, named: Named) -> Verdict | None:
    """The status that the words behind a figure give it; None where they say nothing of it."""
    tables = _tables(words.pack)
    clause = _Clause.of(quantity, words, sentence, tables, named.running)
    if clause.settled is not None:
        return clause.settled
    goal = clause.goal
    forecast = clause.said(Status.FORECAST)
    if forecast is not None:
        return forecast
    if goal is not None:
        possible = clause.said(Status.POTENTIAL) if goal.happens else None
        return possible or goal
    found = clause.lexical[0] if clause.lexical else clause.future
    if found is not None and found.status is Status.PLANNED and _conditional(quantity, words, sentence, tables):
        return replace(found, status=Status.POTENTIAL)
    return found or _beside(quantity, words, sentence, tables, alone=clause.verbless)


def _conditional(quantity: Quantity, words: Words, sentence: Sentence, tables: _Tables) -> bool:
    """Whether the figure hangs on something else ("жоба іске асса"); of some verbs the form only sets side by side."""
    before = range(sentence.first, quantity.first)
    return any(r.verb == "cond" and r.lemma not in tables.beside for n in before for r in words.readings(n)[:1])


@record(frozen=True, slots=True)
class _Clause:
    """What was met from a figure to the end of its clause."""

    settled: Verdict | None
    goal: Verdict | None
    lexical: tuple[Verdict, ...]
    future: Verdict | None
    verbless: bool

    def said(self, status: Status) -> Verdict | None:
        return next((verdict for verdict in self.lexical if verdict.status is status), None)

    @classmethod
    def of(cls, quantity: Quantity, words: Words, sentence: Sentence, tables: _Tables, running: bool) -> _Clause:
        lexical: list[Verdict] = []
        goal = future = going = None
        governing = True  # until the first verb, which is the figure's own
        verbless = True
        for at in _ahead(quantity, words, sentence):
            if not running and tables.under_way.at(words, at, sentence.last):
                lexical.append(Verdict(Status.PLANNED, words.tokens[at].text))
            found = tables.words.at(words, at, sentence.last)
            if found is not None and not _another(words, at):
                lexical.append(Verdict(found.value, words.tokens[at].text))
                verbless = verbless and not words.verb(at)
                continue
            if not words.forms[at].isdisjoint(tables.able) and _converb(words, at - 1):
                goal = goal or (_raises(quantity, words, at - 1, tables) if governing else None)
                lexical.append(Verdict(Status.POTENTIAL, words.tokens[at].text))
                continue
            if not words.forms[at].isdisjoint(tables.wished) and any(r.tense == "fut" for r in words.readings(at - 1)[:1]):
                lexical.append(Verdict(Status.POTENTIAL, words.tokens[at].text))  # "жетер еді"
                continue
            if _allowed(words, at, tables):
                lexical.append(Verdict(Status.POTENTIAL, words.tokens[at].text))
                break
            if _decided(words, at):
                future = future or Verdict(Status.PLANNED, words.tokens[at].text)
                break
            mood = _mood(words, at)
            if mood is not None and (mood.verb, mood.tense) == ("conv", "since"):  # "салғалы отыр"
                future = future or Verdict(Status.PLANNED, words.tokens[at].text)
            if mood is None or mood.verb == "conv":
                continue
            verbless = False
            past = mood.tense == "past"
            if past and not lexical and goal is None and future is None:
                return cls(Verdict(Status.ACTUAL, words.tokens[at].text), None, (), None, False)
            if governing and goal is None and not past:
                goal = _goal(quantity, words, at, mood, tables)
            governing = False
            future = future or _future(quantity, words, at, mood, tables)
            if mood.tense == "pres" and not words.forms[at].isdisjoint(tables.going) and not (goal or future or lexical):
                going = Verdict(Status.ACTUAL, words.tokens[at].text)
        return cls(going, goal, tuple(lexical), future, verbless)


def _ahead(quantity: Quantity, words: Words, sentence: Sentence) -> Iterator[int]:
    """The words behind a figure up to the end of its clause: a comma ends it behind a verb that stands by itself."""
    closed, depth = False, 0
    itself = quantity.kind == "factor" and words.readings(quantity.last - 1)[:1]
    first = quantity.last - 1 if itself and itself[0].pos == "verb" else quantity.last  # "екі еселенеді"
    if first == quantity.last:
        first = past_mark(words, first, sentence.last)
    for at in range(first, min(sentence.last, quantity.last + _REACH)):
        text = words.tokens[at].text
        if text in _OPENING:
            depth += 1
        elif text in _CLOSING:
            if not depth:
                return
            depth -= 1
        elif depth:
            continue
        elif text in _STOPS or (closed and text in _SOFT):
            return
        elif words.tokens[at].kind == "word":
            yield at
            closed = closed or _closes(words, at)


def _another(words: Words, at: int) -> bool:
    """Whether the word is the mark of another amount ("27 пайызға артып, 5 млрд доллар межесін бағындырды")."""
    before = range(max(0, at - _BESIDE), at)
    return past_mark(words, at, at + 1) > at and any(words.number(n) for n in before)


def _closes(words: Words, at: int) -> bool:
    """Whether a verb can be the last of its clause: finite, conditional, or a perfect."""
    return any(r.verb in ("fin", "cond", "imp") or (r.verb, r.tense) == ("part", "past") for r in words.readings(at)[:1])


def _mood(words: Words, at: int) -> Reading | None:
    """The likeliest reading of a verb, in whatever form; None for other words.

    A habitual participle only describes ("асатын жоба"), unless it is declined, as what is told ("ашылатынын айтты").
    """
    readings = words.readings(at)
    if not readings or readings[0].pos != "verb":
        return None
    likeliest = readings[0]
    if (likeliest.verb, likeliest.tense) != ("part", "pres"):
        return likeliest
    return replace(likeliest, verb="fin") if likeliest.case not in (None, "nom") else None


def _allowed(words: Words, at: int, tables: _Tables) -> bool:
    """ "экспорттауға болады": the infinitive in the dative with a verb of being tells what can be done."""
    given = any((r.verb, r.case) == ("inf", "dat") for r in words.readings(at))
    return given and at + 1 < len(words.tokens) and not words.forms[at + 1].isdisjoint(tables.allowing)


def _decided(words: Words, at: int) -> bool:
    """ "бөлетін болды": the habitual participle with a copula tells what was decided."""
    habitual = any((r.verb, r.tense, r.case) == ("part", "pres", None) for r in words.readings(at)[:1])
    return habitual and at + 1 < len(words.tokens) and not words.forms[at + 1].isdisjoint(_tables(words.pack).copula)


def _converb(words: Words, at: int) -> bool:
    """Whether the word is a converb of the present, which "алу" and its like make a possibility ("жеткізе алады")."""
    return any((r.verb, r.tense) == ("conv", "pres") for r in words.readings(at))


def _goal(quantity: Quantity, words: Words, at: int, mood: Reading, tables: _Tables) -> Verdict | None:
    """A verb of goal, or, where it only comes about, of expectation."""
    goal = _raises(quantity, words, at, tables)
    if goal is None or words.forms[at].isdisjoint(tables.by_itself):
        return goal
    expected = mood.verb == "fin" and mood.tense == "pres"
    return replace(goal, status=Status.PLANNED if expected else goal.status, happens=True)


def _raises(quantity: Quantity, words: Words, at: int, tables: _Tables) -> Verdict | None:
    """A verb of which the figure is the mark to reach ("10 млрд долларға жеткізу")."""
    forms = words.forms[at]
    marked = past_mark(words, quantity.last, len(words.tokens)) > quantity.last
    limited = quantity.comparator is Comparator.LE  # "5 млн тоннаға дейін мұнай": no mark to reach
    until = (quantity.lead is Lead.UNTIL and not limited) or quantity.comparator is Comparator.GT or marked
    raised = (until or quantity.kind == "factor") and not forms.isdisjoint(tables.up_to)
    if raised or (until and not forms.isdisjoint(tables.goals)):
        return Verdict(Status.TARGET, words.tokens[at].text)
    return None


def _future(quantity: Quantity, words: Words, at: int, mood: Reading, tables: _Tables) -> Verdict | None:
    """A future tense, or the present of a verb that tells what will be; of a rate or a share the present tells what is usual."""
    forms = words.forms[at]
    share = quantity.kind == "percent" and any(r.possessive == "3" for r in words.readings(quantity.last - 1)[:1])
    usual = (quantity.per is not None or share) and forms.isdisjoint(tables.by_itself | tables.up_to)
    coming = not usual and mood.verb == "fin" and mood.tense == "pres" and bool(forms & tables.coming)
    if mood.tense != "fut" and not coming:
        return None
    return Verdict(Status.PLANNED, words.tokens[at].text, happens=bool(forms & tables.by_itself))


def _beside(quantity: Quantity, words: Words, sentence: Sentence, tables: _Tables, *, alone: bool) -> Verdict | None:
    """A word right before the figure; of a sentence that ends in its figure any ("Межеміз – 2 млрд доллар")."""
    first = sentence.first if alone else max(sentence.first, quantity.first - _BESIDE)
    for at in range(quantity.first - 1, first - 1, -1):
        if words.tokens[at].text in _STOPS:
            return None
        found = tables.words.at(words, at, quantity.first)
        if found is not None:
            return Verdict(found.value, words.tokens[at].text)
        if words.verb(at):
            return None
    return None
