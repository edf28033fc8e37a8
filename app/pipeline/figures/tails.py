"""What stands behind an amount and says how exactly it is meant and what it does: hedges, postpositions, case endings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from app.domain.measure import Comparator
from app.domain.record import record
from app.languages.pack import Pack
from app.pipeline.figures.endings import cases
from app.pipeline.figures.quantity import Lead
from app.pipeline.words.phrasebook import Phrases, Words

_REACH = 14  # tokens ahead to the verb that tells what a case or postposition means
_BETWEEN = 2  # words between an amount and its verb of comparison
_STOPS = frozenset(";.!?")
_THINGS = frozenset((("noun", "nom"), ("noun", "acc")))
ANY = "any"  # the case of a hedge that asks for none
_ANY = frozenset((ANY,))


@record(frozen=True, slots=True)
class Tail:
    """What was read behind an amount, up to the token `last`."""

    last: int
    comparator: Comparator | None = None
    lead: Lead | None = None


@record(frozen=True, slots=True)
class _Tables:
    hedges: dict[str, Phrases[Comparator]]
    verbs: dict[str, Phrases[Comparator]]
    postpositions: Phrases[Lead]
    by_case: dict[str, Lead]
    near: frozenset[str]
    directions: frozenset[str]
    reaching: frozenset[str]
    between: frozenset[str]
    marks: frozenset[str]
    cased: bool  # whether any hedge asks for a case


@cache
def _tables(pack: Pack) -> _Tables:
    table = pack["hedges"]

    def by_case(name: str) -> dict[str, Phrases[Comparator]]:
        return {case: _compared(listed) for case, listed in table.get(name, {}).items()}

    hedges = {**by_case("behind"), ANY: _compared(table.get("after", {}))}
    postpositions = [(phrase, Lead(group)) for group, listed in table.get("postpositions", {}).items() for phrase in listed]
    directions, reaching, between, marks = (
        frozenset(table.get(name, {}).get("words", ())) for name in ("directions", "reaching", "between", "marks")
    )
    near = frozenset(table.get("near", {}).get("cases", ()))
    leads = {case: Lead(group) for case, group in table.get("cases", {}).items()}
    verbs, cased = by_case("verbs_behind"), len(hedges) > 1
    return _Tables(hedges, verbs, Phrases(postpositions), leads, near, directions, reaching, between, marks, cased)


def _compared(listed: Mapping[str, Any]) -> Phrases[Comparator]:
    return Phrases([(phrase, Comparator(code)) for code, phrases in listed.items() for phrase in phrases])


def read_tail(words: Words, at: int, end: int, pack: Pack) -> Tail | None:
    """The hedge or postposition that stands right behind a number or unit ("30 млрд и более", "22 мыңнан астам")."""
    if at >= end:
        return None
    tables = _tables(pack)
    for case in cases(words, at) | _ANY if tables.cased else _ANY:
        hedge = tables.hedges[case].at(words, at, end) if case in tables.hedges else None
        if hedge is not None:
            return Tail(hedge.last, hedge.value)
    found = tables.postpositions.at(words, at, end)
    if found is None:
        return None
    limit = found.value is Lead.UNTIL and _ahead(words, found.last, end, tables) is None
    return Tail(found.last, Comparator.LE if limit else None, found.value)


def past_mark(words: Words, at: int, end: int) -> int:
    """Behind a noun that says no more than that the amount is a mark, and takes its case ("20 млрд доллар межесінен асты")."""
    return at + 1 if at < end and not words.forms[at].isdisjoint(_tables(words.pack).marks) else at


def compared_behind(words: Words, at: int, end: int, pack: Pack) -> Comparator | None:
    """The verb of comparison of which the amount is the object ("26 млрд доллардан асты"); it is no part of the figure."""
    tables = _tables(pack)
    if not tables.verbs:
        return None
    at = verb = past_mark(words, at, end)
    while verb < end and verb - at < _BETWEEN and not words.forms[verb].isdisjoint(tables.between):
        verb += 1
    if verb >= end:
        return None
    found = (tables.verbs[case].at(words, verb, end) for case in cases(words, at) if case in tables.verbs)
    return next((hit.value for hit in found if hit is not None), None)


def near_by_case(words: Words, at: int, pack: Pack) -> Comparator | None:
    """A case of the unit that makes the amount no more than near: "7 млрд доллардай"."""
    near = _tables(pack).near
    return Comparator.APPROX if near and not cases(words, at).isdisjoint(near) else None


def lead_by_case(words: Words, at: int, end: int, before: int, pack: Pack, *, relative: bool) -> Lead | None:
    """What the case of an amount that ends before the token `at` does: "7%-ға өсті" is by so much, "7%-ға жетті" up to it.

    `before` is the end of the amount right before it, 0 if there is none: behind an ablative this one is where a change
    leads ("екіден жетіге").
    """
    tables = _tables(pack)
    if not tables.by_case:
        return None
    at = past_mark(words, at, end)
    lead = next((tables.by_case[case] for case in sorted(cases(words, at)) if case in tables.by_case), None)
    if lead is not Lead.BY:
        return lead
    if before and any(tables.by_case.get(case) is Lead.FROM for case in cases(words, before)):
        return Lead.UNTIL
    ahead = _ahead(words, at, end, tables)
    if ahead == "reaches":
        return Lead.UNTIL
    return Lead.BY if relative or ahead is not None else None


def _ahead(words: Words, at: int, end: int, tables: _Tables) -> str | None:
    """Which verb of change comes first ahead: one that reaches the amount, or one that goes some way; None for any other.

    A thing between is what is brought, and the amount is not reached: "5 млн тоннаға дейін мұнай жеткізу".
    """
    thing = False
    for place in range(at, min(end, at + _REACH)):
        forms = words.forms[place]
        if words.tokens[place].text in _STOPS:
            return None
        if not forms.isdisjoint(tables.directions):
            return "goes"
        if not forms.isdisjoint(tables.reaching):
            return None if thing else "reaches"
        likeliest = words.readings(place)[:1]
        if words.number(place):
            continue  # "3 млрд долларға, ал кейін 5 млрд долларға жеткізу": both are reached
        if words.verb(place) and likeliest[0].verb != "conv":
            return None
        thing = thing or any((r.pos, r.case) in _THINGS for r in likeliest)
    return None
