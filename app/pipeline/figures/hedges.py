"""How exactly a number is meant: the words that hedge it, and the preposition that leads it in."""

from __future__ import annotations

from functools import cache

from app.domain.measure import Comparator
from app.domain.record import record
from app.languages.pack import Pack
from app.pipeline.figures.quantity import Lead
from app.pipeline.words.phrasebook import Phrases, Words
from app.pipeline.words.segment import Sentence

_REACH = 24  # tokens back from a "до" to the verb that makes it a direction
_BESIDE = 4  # words between a change and its factor
_THROUGH = 5  # words between a verb such as "превысил" and its number


@record(frozen=True, slots=True)
class Hedging:
    """What stands before a number from the token `first` on; the preposition may stand outside."""

    first: int
    comparator: Comparator
    lead: Lead | None
    hedged: bool


@record(frozen=True, slots=True)
class _Tables:
    before: Phrases[Comparator]
    verbs: Phrases[Comparator]
    through: frozenset[str]
    prepositions: dict[str, Lead]
    inside: frozenset[Lead]
    inside_relative: frozenset[Lead]
    limiting: bool
    directions: frozenset[str]
    levels: frozenset[str]


@cache
def _tables(pack: Pack) -> _Tables:
    table = pack["hedges"]

    def phrases(name: str) -> Phrases[Comparator]:
        return Phrases([(phrase, Comparator(code)) for code, listed in table.get(name, {}).items() for phrase in listed])

    prepositions = {word: Lead(group) for group, listed in table.get("prepositions", {}).items() for word in listed}
    through = table.get("between", {}).get("words", ())
    directions, levels = (frozenset(table.get(name, {}).get("words", ())) for name in ("directions", "levels"))
    part = table.get("part", {})
    return _Tables(
        phrases("before"),
        phrases("verbs"),
        frozenset(through),
        prepositions,
        frozenset(Lead(lead) for lead in part.get("always", ())),
        frozenset(Lead(lead) for lead in part.get("relative", ())),
        bool(table.get("until", {}).get("limits", False)),
        directions,
        levels,
    )


def hedge(words: Words, at: int, start: int, opening: int, pack: Pack, *, relative: bool) -> Hedging:
    """Reads leftwards from the number at the token `at`: hedge, preposition, hedge; else a verb of comparison.

    The hedge stands after the token `start`; the sentence begins at `opening`. `relative` tells a percentage,
    fraction or factor, to which prepositions may belong that stand outside of others ("на 5 %", "в 2 раза").
    """
    tables = _tables(pack)
    first, comparator = at, None
    inner = tables.before.before(words, first, start)
    if inner is not None:
        first, comparator = inner.first, inner.value
    group = tables.prepositions.get(words.tokens[first - 1].key) if first - 1 >= start else None
    if group is not None:
        outer = tables.before.before(words, first - 1, start)
        if outer is not None:
            first, comparator = outer.first, comparator or outer.value
        elif group in tables.inside or (relative and group in tables.inside_relative):
            first -= 1
    hedged = comparator is not None
    if comparator is None and group is Lead.UNTIL:
        comparator = _verb(words, first, start, tables)
        limits = tables.limiting and comparator is None and not _directed(words, first, opening, tables)
        comparator = comparator or (Comparator.LE if limits else Comparator.EQ)
    elif comparator is None and not (relative and group in (Lead.BY, Lead.INTO)):
        comparator = _verb(words, first, start, tables)
    return Hedging(first, comparator or Comparator.EQ, group, hedged)


def during(words: Words, hedging: Hedging, number: int, pack: Pack) -> Hedging:
    """A hedge before a stretch of time that only tells during which it was ("over five years")."""
    first, table = hedging.first, pack["hedges"].get("during", {})
    if number - first != 1 or words.tokens[first].key not in frozenset(table.get("words", ())):
        return hedging
    if first and not words.forms[first - 1].isdisjoint(table.get("lasting", ())):
        return hedging
    return Hedging(number, Comparator.EQ, hedging.lead, False)


def changes(words: Words, first: int, last: int, sentence: Sentence, pack: Pack) -> bool:
    """Whether a word of change stands close on either side: "рост составил 2,5 раза"."""
    near = range(max(sentence.first, first - _BESIDE), min(sentence.last, last + _BESIDE // 2))
    return any(words.forms[at] & _tables(pack).directions for at in near)


def levelled(words: Words, at: int, start: int, pack: Pack) -> bool:
    """Whether the word before a bare number says that it is an amount: "достигло 1900"."""
    return at > start and bool(words.forms[at - 1] & _tables(pack).levels)


def _directed(words: Words, at: int, start: int, tables: _Tables) -> bool:
    """Whether "до" tells where a change leads: the nearest verb to the left, or a noun nearer still, is one of change."""
    for place in range(at - 1, max(start, at - _REACH) - 1, -1):
        forms = words.forms[place]
        if forms & tables.directions or (
            tables.prepositions.get(words.tokens[place].key) is Lead.FROM and (words.number(place + 1) or words.number(place + 2))
        ):
            return True
        if words.verb(place):
            return False
    return False


def _verb(words: Words, at: int, start: int, tables: _Tables) -> Comparator | None:
    """ "превысил отметку в 200 млрд": a verb of comparison of which the number is the object."""
    place = at
    for _ in range(_THROUGH):
        found = tables.verbs.before(words, place, start)
        if found is not None:
            return found.value
        if place - 1 < start or words.forms[place - 1].isdisjoint(tables.through):
            return None
        place -= 1
    return None
