"""Countries that a sentence lists as partners of another one: each has to do with that one, not with the rest of the list."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, groupby
from typing import TypeAlias

from app.domain.country import Pair
from app.domain.place import by_start
from app.domain.text import Span
from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.places.countries import CountryMention
from app.pipeline.words.segment import Layout, Token

_LONGEST = 12  # countries of a list that are set apart from each other; so the time stays linear


Run: TypeAlias = tuple[int, list[CountryMention]]  # countries with at most a comma or conjunction between, and in which span


def set_apart(layout: Layout, runs: Sequence[Run], spans: list[Span], home: str | None, pack: Pack) -> list[set[Pair]]:
    """For each span the pairs of countries that are only listed together there, beside the country they are partners of."""
    apart: list[set[Pair]] = [set() for _ in spans]
    for at, run in runs:
        codes = _codes(run)
        if len(codes) < 2:
            continue
        listed = _directed(run[-1], layout, pack) or (home is not None and home not in codes)
        if listed:
            apart[at].update(Pair.of(one, other) for one, other in combinations(codes, 2))
    for (at, _), named in _alike(layout, runs, pack).items():
        apart[at].update(Pair.of(one, other) for one, other in combinations(_codes(named), 2))
    return apart


def _alike(layout: Layout, runs: Iterable[Run], pack: Pack) -> dict[tuple[int, str], list[CountryMention]]:
    """The countries of each span by the case that says where from or where to, whatever stands between them."""
    alike: dict[tuple[int, str], list[CountryMention]] = {}
    for at, run in runs if pack["pairs"].get("listed") else ():
        for mention in run:
            case = direction(mention, layout.tokens, pack)
            if case is not None:
                alike.setdefault((at, case), []).append(mention)
    return alike


def joined_two(layout: Layout, runs: Iterable[Run], spans: list[Span], pack: Pack) -> list[set[Pair]]:
    """For each span the pairs of two countries that a conjunction joins: "Ресей мен Түркия көшбасшылары"."""
    joined: list[set[Pair]] = [set() for _ in spans]
    for at, run in runs:
        codes = _codes(run) if len(run) == 2 else []
        if len(codes) == 2 and len(run) == 2 and not _directed(run[-1], layout, pack):
            joined[at].add(Pair.of(*codes))
    return joined


def without_scenes(
    layout: Layout, mentions: Sequence[CountryMention], spans: list[Span], pack: Pack
) -> tuple[CountryMention, ...]:
    """The mentions without those that only say where two others met: "Мәскеуде өткен кездесуде Қазақстан мен Италия"."""
    scene = frozenset(pack["pairs"].get("scene", {}).get("words", ()))
    if not scene:
        return tuple(mentions)
    kept: list[CountryMention] = []
    for _, group in groupby(mentions, key=lambda m: bisect_right(spans, m.span.start, key=by_start)):
        here = list(group)
        met = [m for m in here if not _is_scene(m, layout, scene)]
        kept += met if len({m.code for m in met}) > 1 else here
    return tuple(kept)


def _is_scene(mention: CountryMention, layout: Layout, scene: frozenset[str]) -> bool:
    return mention.last < len(layout.tokens) and layout.tokens[mention.last].key in scene


def direction(mention: CountryMention, tokens: Sequence[Token], pack: Pack) -> str | None:
    """The case that says where from or where to, of a country or of the word that takes it: "Ресейге", "Иран нарығына"."""
    if (leads := pack["pairs"].get("listed", {}).get("prepositions")) is not None:
        return _led(mention, tokens, leads, pack)
    cases, token = pack["pairs"].get("listed", {}).get("cases", ()), tokens[mention.last - 1]
    names = _names(pack).get(mention.code, frozenset())
    if not cases or token.kind != "word":
        return None
    # "Қазақстан" itself looks like an ablative, and so is asked for as it stands.
    if token.key not in names:
        return next((r.case for r in pack.morphology.readings(token.text) if r.case in cases and r.lemma in names), None)
    through = pack["pairs"]["listed"].get("through", ())
    behind = tokens[mention.last] if mention.last < len(tokens) else token
    readings = pack.morphology.readings(behind.text) if behind.kind == "word" else ()
    return next((r.case for r in readings if r.case in cases and r.lemma in through), None)


def _led(mention: CountryMention, tokens: Sequence[Token], leads: Mapping[str, str], pack: Pack) -> str | None:
    """The preposition that says where from or where to, of a name in the case that it asks for: "в Турцию", not "в Турции"."""
    lead = tokens[mention.first - 1].key if mention.first and mention.form == "name" else ""
    if lead not in leads:
        return None
    readings = pack.morphology.readings(tokens[mention.last - 1].text)
    return lead if any(r.case == leads[lead] for r in readings) and not any(r.case == "loc" for r in readings) else None


def _directed(mention: CountryMention, layout: Layout, pack: Pack) -> bool:
    """Whether the last country of a list says where from or where to: "Ресейге, Қытай мен Түркияға"."""
    return direction(mention, layout.tokens, pack) is not None


@cache
def _names(pack: Pack) -> dict[str, frozenset[str]]:
    """The last words of the names of countries, whose endings show the case."""
    rows = pack["countries"].get("countries", {}).items()
    return {code: frozenset(key(name.split()[-1]) for form in row.values() for name in form) for code, row in rows}


def _codes(run: Iterable[CountryMention]) -> list[str]:
    return list(dict.fromkeys([m.code for m in run]))[:_LONGEST]


def placed_runs(layout: Layout, mentions: Iterable[CountryMention], spans: list[Span], pack: Pack) -> Iterator[Run]:
    """The runs of countries, each with the number of the span it stands in."""
    joiners = frozenset(pack["offices"].get("joiners", {}).get("words", ()))
    at = 0
    for run in _runs(layout, mentions, joiners):
        while at < len(spans) and spans[at].end <= run[0].span.start:
            at += 1
        if at < len(spans):
            yield at, run


def _runs(layout: Layout, mentions: Iterable[CountryMention], joiners: frozenset[str]) -> Iterable[list[CountryMention]]:
    """Mentions with nothing but a comma or a conjunction between each and the next."""
    run: list[CountryMention] = []
    for mention in mentions:
        if run and _joined(layout, run[-1].last, mention.first, joiners):
            run.append(mention)
            continue
        if run:
            yield run
        run = [mention]
    if run:
        yield run


def _joined(layout: Layout, first: int, last: int, joiners: frozenset[str]) -> bool:
    if not 1 <= last - first <= 2:
        return False
    between = layout.tokens[first:last]
    return all(t.text == "," or t.key in joiners for t in between)
