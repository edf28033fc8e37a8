"""Whether a figure is a fact or only meant where words before the verb tell it ("will reach", "plans to build", "could be")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.domain.measure import Status
from app.languages.pack import Pack
from app.pipeline.figures.quantity import Lead, Quantity
from app.pipeline.figures.status_words import StatusWords
from app.pipeline.figures.verdicts import Verdict
from app.pipeline.words.phrasebook import Words
from app.pipeline.words.segment import Sentence

_REACH = 40  # words back to the verb of a figure's clause
_BEHIND = 16  # words behind a figure in which its verb may stand
_PHRASE = 4  # words from "be" or "to" to the verb that they belong to
_STOPS = frozenset(";.!?")
_SOFT = frozenset(",:–—(")
_FREE = frozenset(("fin", "part", "conv", "inf"))


@cache
def told_by_auxiliaries(pack: Pack) -> bool:
    """Whether the language tells what is not yet so by words before the verb, and not by its form."""
    return str(pack["clause"].get("verb", {}).get("place", "")) == "auxiliary"


def read_before(quantity: Quantity, words: Words, sentence: Sentence, silent: int | None) -> Verdict | None:
    """The status that the verb phrase of a figure gives it; None where it tells a fact, or nothing.

    The word `silent` names what is measured and tells no status ("the loan", "the target price").
    """
    clause = _Clause(quantity, words, sentence, StatusWords.of(words.pack), silent)
    found, settled = clause.leftwards()
    return found if found is not None or settled else clause.rightwards()


@dataclass(frozen=True, slots=True)
class _Clause:
    """The way from a figure through the words around it."""

    quantity: Quantity
    words: Words
    sentence: Sentence
    tables: StatusWords
    silent: int | None

    def leftwards(self) -> tuple[Verdict | None, bool]:
        """The nearest telling word before the figure, and whether a verb of fact ended the look for one.

        An expectation further left takes in what will be ("expects that trade will reach"), and so does a goal.
        """
        ahead = self._infinitive(self.quantity.number) if self.quantity.kind == "factor" else None
        crossed = False
        for at in self._back():
            if self.words.tokens[at].key in self.tables.that:
                crossed = True
                continue
            said = self._lexical(at)
            if said is not None and (ahead is None or said.status in (Status.FORECAST, Status.TARGET)):
                if said.status is not Status.PLANNED and (not crossed or said.status is Status.FORECAST):
                    return said, False
                if ahead is None and not crossed:
                    ahead = Verdict(Status.PLANNED, said.cue, self._comes_about(at))
            elif ahead is None and not crossed:
                ahead = self._infinitive(at)
                if ahead is not None and ahead.status is not Status.PLANNED:
                    return (ahead, False) if ahead.status is not Status.ACTUAL else (None, True)
                if ahead is None and self._states(at):
                    return None, True
        return ahead, False

    def _back(self) -> Iterator[int]:
        """The words before a figure as far as its sentence goes; behind a verb that was met, a mark ends the way."""
        met = False
        for at in range(self.quantity.first - 1, max(self.sentence.first, self.quantity.first - _REACH) - 1, -1):
            token = self.words.tokens[at]
            if token.text in _STOPS or (met and (token.text in _SOFT or token.key in self.tables.turns)):
                return
            if token.kind == "word":
                met = met or self.words.verb(at)
                yield at

    def _lexical(self, at: int) -> Verdict | None:
        if at == self.silent or self.quantity.first <= at < self.quantity.last:
            return None
        found = self.tables.words.at(self.words, at, self.sentence.last)
        if found is None or self.tables.mute.before(self.words, found.last, self.sentence.first) is not None:
            return None
        return Verdict(found.value, self.words.tokens[at].text)

    def _infinitive(self, at: int) -> Verdict | None:
        """ "to reach $10 billion" is a goal, "to build 12 schools" a plan, "managed to raise" a fact."""
        marks = frozenset(self.words.pack["clause"].get("verb", {}).get("infinitive", ()))
        before = at - 1
        if before < self.sentence.first or self.words.tokens[before].key not in marks:
            return None
        if not any(r.verb == "inf" for r in self.words.readings(at)):
            return None
        forms, text = self.words.forms[at], self.words.tokens[at].text
        if any(self.words.forms[n] & self.tables.reached for n in range(max(self.sentence.first, before - 3), before)):
            return Verdict(Status.ACTUAL, text)
        grows = self.quantity.lead is Lead.UNTIL or self.quantity.kind == "factor"
        goal = self.tables.goals.at(self.words, at, self.sentence.last) is not None or bool(grows and forms & self.tables.up_to)
        return Verdict(Status.TARGET if goal else Status.PLANNED, text)

    def _states(self, at: int) -> bool:
        """A finite verb of the past or present, and no participle behind "be" that something further left may move."""
        readings = self.words.readings(at)
        if not self.words.verb(at) or not any(r.verb == "fin" for r in readings):
            return False
        be = frozenset(self.words.pack["clause"].get("verb", {}).get("be", ()))
        near = range(max(self.sentence.first, at - _PHRASE), at)
        return not any(self.words.forms[n] & be and self.words.tokens[n].key in be for n in near)

    def _comes_about(self, at: int) -> bool:
        """Whether what follows an auxiliary happens by itself ("will reach")."""
        last = min(self.sentence.last, at + _PHRASE)
        verb = next((n for n in range(at + 1, last) if any(r.verb in _FREE for r in self.words.readings(n))), None)
        return verb is not None and not self.words.forms[verb].isdisjoint(self.tables.happening)

    def rightwards(self) -> Verdict | None:
        """The verb behind a figure that is its subject: "12 schools will be built"."""
        last = self.quantity.last
        for at in range(last, min(self.sentence.last, last + _BEHIND)):
            token = self.words.tokens[at]
            if token.text in _STOPS or token.text in _SOFT:
                return None
            said = self._lexical(at)
            if said is not None:
                return said if self._governs(at) else None
            if self.words.verb(at) and any(r.verb == "fin" and r.tense for r in self.words.readings(at)[:1]):
                return None
        return None

    def _governs(self, at: int) -> bool:
        """Not where another figure follows at once, which the word tells of."""
        return not any(self.words.number(n) for n in range(at, min(self.sentence.last, at + 4)))
