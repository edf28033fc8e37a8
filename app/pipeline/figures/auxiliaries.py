"""Whether a figure is a fact or only meant where words before the verb tell it ("will reach", "plans to build", "could be")."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from app.domain.measure import Status
from app.domain.record import record
from app.languages.pack import Pack
from app.pipeline.figures.quantity import Lead, Quantity
from app.pipeline.figures.status_words import StatusWords
from app.pipeline.figures.verdicts import Named, Verdict
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


@cache
def _verbs(pack: Pack) -> dict[str, frozenset[str]]:
    table = pack["clause"].get("verb", {})
    return {name: frozenset(table.get(name, ())) for name in ("be", "infinitive", "modals", "first_person", "ability")}


def read_before(quantity: Quantity, words: Words, sentence: Sentence, named: Named) -> Verdict | None:
    """The status that the verb phrase of a figure gives it; None where none is near."""
    clause = _Clause(quantity, words, sentence, StatusWords.of(words.pack), _verbs(words.pack), named)
    if (attribute := clause.attribute()) is not None:
        return attribute
    found, settled = clause.leftwards()
    return found or (Verdict(Status.ACTUAL, "") if settled else clause.rightwards())


@record(frozen=True, slots=True)
class _Clause:
    """The way from a figure through the words around it."""

    quantity: Quantity
    words: Words
    sentence: Sentence
    tables: StatusWords
    verbs: dict[str, frozenset[str]]
    named: Named

    def attribute(self) -> Verdict | None:
        """ "49 planned projects", "49 projects planned for next year": a word about what is counted is nearer than any verb."""
        behind, end = self.quantity.last, self.sentence.last
        for at in range(self.quantity.number + 1, min(behind + 1, end)):
            found = self.tables.words.at(self.words, at, end)
            if found is None or found.value is not Status.PLANNED or not self._describes(at):
                continue
            ends = at < behind or at + 1 >= end or self.words.tokens[at + 1].kind == "mark" or self._begins_phrase(at + 1)
            if ends and not (self.named.running and self._under_way(found.first, found.last)):
                return Verdict(Status.PLANNED, self.words.tokens[at].text)
        return None

    def _describes(self, at: int) -> bool:
        return any(r.verb == "part" or r.pos == "adj" for r in self.words.readings(at))

    def _begins_phrase(self, at: int) -> bool:
        """ "planned for", "planned by", and not "planned to", where the word is the verb."""
        heads = self.words.readings(at)[:1]
        return self.words.tokens[at].key not in self.verbs["infinitive"] and any(r.pos == "adp" for r in heads)

    def leftwards(self) -> tuple[Verdict | None, bool]:
        """The nearest telling word before the figure, and whether a verb of fact ended the look for one.

        An expectation further left takes in what will be ("expects that trade will reach"), and so does a goal.
        """
        if self.quantity.first > self.sentence.first and self.words.tokens[self.quantity.first - 1].key in self.tables.relative:
            return None, False  # "a loan, of which $100 million has been disbursed": a clause of its own
        ahead = self._infinitive(self.quantity.number) if self.quantity.kind == "factor" else None
        crossed = comma = False
        governed = ahead is not None  # whether an infinitive is all that was found: what governs it says more
        for at in self._back():
            comma = comma or self.words.tokens[at + 1].text in _SOFT
            if self.words.tokens[at].key in self.tables.that:
                crossed = crossed or not self._pronoun(at)
                continue
            said = self._lexical(at)
            if said is not None and self._outweighs(said, ahead, governed, crossed):
                if said.status is not Status.PLANNED:
                    return said, False
                ahead, governed = self._will(at, said.cue), False
            elif ahead is None and not crossed:
                ahead = None if comma else self._infinitive(at)
                governed = ahead is not None
                if ahead is not None and ahead.status is Status.ACTUAL:
                    return None, True
                if ahead is None and self._states(at):
                    return self._called(at), True
        return ahead, False

    def _outweighs(self, said: Verdict, ahead: Verdict | None, governed: bool, crossed: bool) -> bool:
        """Whether a word further left says more than what was found: an expectation always, of a bare plan also a goal,
        and of an infinitive whatever governs it, a goal excepted."""
        if crossed or ahead is None:
            return said.status is Status.FORECAST or not crossed
        if said.status is Status.FORECAST:
            return True
        return ahead.status is Status.PLANNED and (governed or said.status is Status.TARGET)

    def _back(self) -> Iterator[int]:
        """The words before a figure as far as its sentence goes; behind a verb that was met, a mark ends the way."""
        met = False
        for at in range(self.quantity.first - 1, max(self.sentence.first, self.quantity.first - _REACH) - 1, -1):
            token = self.words.tokens[at]
            if token.text in _STOPS or (met and (token.text in _SOFT or token.key in self.tables.turns)):
                return
            if token.kind == "word":
                met = met or self._finite(at)
                yield at

    def _lexical(self, at: int) -> Verdict | None:
        if at == self.named.at or self.quantity.first <= at < self.quantity.last:
            return None
        found = self.tables.words.at(self.words, at, self.sentence.last)
        if found is not None and self.named.running and self._under_way(found.first, found.last):
            return None
        if self.named.able and self.words.tokens[at].key in self.verbs["ability"]:
            return None
        if found is None or self.tables.mute.before(self.words, found.last, self.sentence.first) is not None:
            return None
        return Verdict(found.value, self.words.tokens[at].text)

    def _under_way(self, first: int, last: int) -> bool:
        """What exists while it is built: "projects … under way"."""
        written = " ".join(token.key for token in self.words.tokens[first:last])
        return written in self.tables.under_way or bool(self.words.forms[first] & self.tables.under_way)

    def _pronoun(self, at: int) -> bool:
        """ "after that", where the word opens no clause."""
        before = at - 1
        return before >= self.sentence.first and any(r.pos == "adp" for r in self.words.readings(before)[:1])

    def _infinitive(self, at: int) -> Verdict | None:
        """ "to reach $10 billion" is a goal, "to build 12 schools" a plan, "managed to raise" a fact."""
        before = at - 1
        if before < self.sentence.first or self.words.tokens[before].key not in self.verbs["infinitive"]:
            return None
        if not any(r.verb == "inf" for r in self.words.readings(at)):
            return None
        text = self.words.tokens[at].text
        if any(self.words.forms[n] & self.tables.reached for n in range(max(self.sentence.first, before - 3), before)):
            return Verdict(Status.ACTUAL, text)
        if self._led(at, before):
            return Verdict(Status.ACTUAL, text)
        return Verdict(Status.TARGET if self._aims(at) else Status.PLANNED, text)

    def _called(self, at: int) -> Verdict | None:
        """ "The target was 30 billion": what the verb of being says the figure to be."""
        if self.words.forms[at].isdisjoint(self.verbs["be"]) or at <= self.sentence.first:
            return None
        said = self._lexical(at - 1)
        return said if said is not None and said.status is Status.TARGET else None

    def _led(self, at: int, to: int) -> bool:
        """ "rose 8 percent to hit $5 billion", "up 5 percent to reach": the end of a change that has been, told with its size."""
        sized = changed = False
        if self.words.forms[at].isdisjoint(self.tables.led):
            return False
        for n in range(to - 1, max(self.sentence.first, to - _REACH) - 1, -1):
            token = self.words.tokens[n]
            if token.text in _STOPS or (sized and changed and token.text in _SOFT):
                break
            sized = sized or self.words.number(n)
            changed = changed or (sized and not self.words.forms[n].isdisjoint(self.tables.changes))
            if self.words.verb(n) and not self._stated(n):
                return False
            if self.words.verb(n) and changed:
                return True
        return sized and changed

    def _stated(self, at: int) -> bool:
        """A verb of the past, with nothing before it that makes it a wish or a guess."""
        before = self.words.tokens[at - 1].key if at > self.sentence.first else ""
        past = any(r.verb in ("fin", "part") and r.tense in ("past", None) for r in self.words.readings(at))
        return past and before not in self.verbs["modals"] | self.verbs["infinitive"]

    def _states(self, at: int) -> bool:
        """A finite verb of the past or present, and none behind "be" or an auxiliary that may tell otherwise."""
        if not self._finite(at):
            return False
        before = at - 1
        while before > max(self.sentence.first, at - _PHRASE) and any(r.pos == "adv" for r in self.words.readings(before)[:1]):
            before -= 1
        return before < self.sentence.first or self.words.tokens[before].key not in self.verbs["be"] | self.verbs["modals"]

    def _finite(self, at: int) -> bool:
        """A verb that is one by its form; what may as well be a noun or an infinitive needs its subject right before it."""
        finite = [r for r in self.words.readings(at) if r.verb == "fin"]
        if not finite or not (self.words.verb(at) or finite[0].tense == "past"):
            return False
        if any(r.tense == "past" or r.person == "3" or r.tense is None for r in finite):
            return True
        before = self.words.readings(at - 1) if at > self.sentence.first else ()
        return any(r.pos == "pron" or (r.pos in ("noun", "propn") and r.number == "plur") for r in before)

    def _will(self, at: int, cue: str) -> Verdict:
        """What an auxiliary of the future makes of its verb: "we will get to" a goal, "will reach" what comes about."""
        last = min(self.sentence.last, at + _PHRASE)
        verb = next((n for n in range(at + 1, last) if any(r.verb in _FREE for r in self.words.readings(n))), None)
        if verb is None:
            return Verdict(Status.PLANNED, cue)
        ours = at > self.sentence.first and self.words.tokens[at - 1].key in self.verbs["first_person"]
        if ours and self._aims(verb):
            return Verdict(Status.TARGET, cue)
        return Verdict(Status.PLANNED, cue, not self.words.forms[verb].isdisjoint(self.tables.happening))

    def _aims(self, at: int) -> bool:
        """Whether the figure is the mark that the verb is to reach."""
        grows = self.quantity.lead is Lead.UNTIL or self.quantity.kind == "factor"
        reaching = self.tables.goals.at(self.words, at, self.sentence.last) is not None
        return reaching or bool(grows and self.words.forms[at] & self.tables.up_to)

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
            if self.words.forms[at] & self.verbs["be"] and at + 1 < self.sentence.last and self._lexical(at + 1) is not None:
                continue  # "49 projects are planned"
            if self._finite(at):
                return Verdict(Status.ACTUAL, "")
        return None

    def _governs(self, at: int) -> bool:
        """Not where another figure follows at once, which the word tells of."""
        return not any(self.words.number(n) for n in range(at, min(self.sentence.last, at + 4)))
