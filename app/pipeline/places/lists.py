"""Countries that a sentence lists as partners of another one: each has to do with that one, not with the rest of the list."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from app.domain.country import Pair
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.places.countries import CountryMention
from app.pipeline.words.segment import Layout

_LONGEST = 12  # countries of a list that are set apart from each other; so the time stays linear


def set_apart(
    layout: Layout, mentions: Iterable[CountryMention], spans: list[Span], home: str | None, pack: Pack
) -> list[set[Pair]]:
    """For each span the pairs of countries that are only listed together there, beside the country they are partners of."""
    joiners = frozenset(pack["offices"].get("joiners", {}).get("words", ()))
    apart: list[set[Pair]] = [set() for _ in spans]
    at = 0
    for run in _runs(layout, mentions, joiners):
        while at < len(spans) and spans[at].end <= run[0].span.start:
            at += 1
        codes = list(dict.fromkeys(m.code for m in run))[:_LONGEST]
        if at < len(spans) and len(codes) > 1 and home is not None and home not in codes:
            apart[at].update(Pair.of(one, other) for one, other in combinations(codes, 2))
    return apart


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
    between = layout.tokens[first:last]
    return 1 <= len(between) <= 2 and all(t.text == "," or t.key in joiners for t in between)
