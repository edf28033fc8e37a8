"""Whether a figure is a fact, a goal, a plan, an expectation or a possibility."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.domain.measure import Status
from app.languages.pack import Pack
from app.pipeline.phrasebook import Phrases, Words
from app.pipeline.quantities import Quantity
from app.pipeline.segment import Sentence

# What is built or delivered is planned; a goal is set for what grows.
_BUILT = frozenset(("capacity", "infrastructure", "jobs", "energy_supply", "commodity_supply", "joint_projects", "agreements"))
# Nobody plans trade as one plans a plant: a level that it is to reach is a goal.
_TRADED = frozenset(("trade_turnover", "exports", "imports", "investment"))
_STOPS = frozenset(",:–—(")
_THAT = frozenset(("что",))


@dataclass(frozen=True, slots=True)
class Standing:
    """A status and the words that say so; no words where nothing says otherwise than that it is a fact."""

    status: Status
    cue: str | None


@dataclass(frozen=True, slots=True)
class _Tables:
    goals: Phrases[bool]
    always: frozenset[str]
    words: Phrases[Status]
    aside: frozenset[str]
    turns: frozenset[str]


@cache
def _tables(pack: Pack) -> _Tables:
    table = pack["status"]
    named = {"forecast": Status.FORECAST, "potential": Status.POTENTIAL, "planned": Status.PLANNED}
    listed = [(phrase, status) for name, status in named.items() for phrase in table.get(name, {}).get("words", ())]
    listed += [(phrase, Status.TARGET) for phrase in table.get("goal", {}).get("words", ())]
    return _Tables(
        Phrases([(phrase, True) for phrase in table.get("goal", {}).get("verbs", ())]),
        frozenset(table.get("goal", {}).get("always", ())),
        Phrases(listed),
        frozenset(table.get("aside", {}).get("words", ())),
        frozenset(pack["indicators"].get("turns", {}).get("words", ())),
    )


def read_status(quantity: Quantity, metric: str, words: Words, sentence: Sentence, pack: Pack) -> Standing:
    """Walks left from the figure to the nearest word that tells its status, then looks behind it."""
    tables = _tables(pack)
    found = _leftwards(words, sentence, quantity.first, tables) or _rightwards(words, sentence, quantity.last, tables)
    if found is None or quantity.departs:
        return Standing(Status.ACTUAL, None)
    if found.status is Status.TARGET and metric in _BUILT:
        return Standing(Status.PLANNED, found.cue)
    if found.status is Status.PLANNED and metric == "gdp":
        return Standing(Status.FORECAST, found.cue)
    if found.status is Status.PLANNED and metric in _TRADED and quantity.preposition == "до":
        return Standing(Status.TARGET, found.cue)
    return found


def _leftwards(words: Words, sentence: Sentence, first: int, tables: _Tables) -> Standing | None:
    """The nearest telling word of the figure's own clause; an expectation still counts from the clause before "что"."""
    future: Standing | None = None
    settled = reported = own = False
    for at in range(first - 1, sentence.first - 1, -1):
        token = words.tokens[at]
        if token.text == ";" or (settled and not reported and (token.text in _STOPS or token.key in tables.turns)):
            break
        if token.kind != "word":
            continue
        reported = reported or token.key in _THAT
        lexical = tables.words.at(words, at, first)
        if lexical is not None and _counts(lexical.value, future, settled, reported):
            return Standing(lexical.value, _text(words, lexical.first, lexical.last))
        if future is not None or settled or not words.verb(at):
            continue
        mood = words.readings(at)[0]
        if mood.person == "1" and words.forms[at] & tables.aside:
            continue
        goal = tables.goals.at(words, at, first) is not None
        any_person = mood.person == "1" or bool(words.forms[at] & tables.always)
        if goal and (mood.verb == "inf" or (mood.tense == "fut" and any_person)):
            return Standing(Status.TARGET, token.text)
        if mood.tense == "fut":
            future = Standing(Status.PLANNED, token.text)
        elif mood.tense == "past":
            settled = True
        settled = settled or mood.tense == "pres"
        own = own or (settled and not reported)
    return future or (Standing(Status.ACTUAL, None) if own else None)


def _counts(status: Status, future: Standing | None, settled: bool, reported: bool) -> bool:
    """Behind "что" only an expectation reaches the figure; behind its own verb in the future, nothing but one."""
    if status is Status.FORECAST:
        return True
    return future is None and not reported


def _rightwards(words: Words, sentence: Sentence, last: int, tables: _Tables) -> Standing | None:
    """The verb behind the figure: "пять новых школ появятся"."""
    for at in range(last, min(sentence.last, last + 14)):
        token = words.tokens[at]
        if token.text in ";,":
            break
        lexical = tables.words.at(words, at, sentence.last)
        if lexical is not None:
            return Standing(lexical.value, _text(words, lexical.first, lexical.last))
        if words.verb(at):
            tense = words.readings(at)[0].tense
            if tense == "fut":
                return Standing(Status.PLANNED, token.text)
            if tense == "past":
                break
    return None


def _text(words: Words, first: int, last: int) -> str:
    return " ".join(token.text for token in words.tokens[first:last])
