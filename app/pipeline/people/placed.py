"""The noun phrases of an article as mentions: by where they begin and end, and what the rest of the article tells of them."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

from app.domain.record import record, replace
from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor, Actors
from app.pipeline.people.lone import lone_surnames
from app.pipeline.people.person_names import PersonNames
from app.pipeline.words.segment import Layout


@record(frozen=True, eq=False)
class Placed(Actors):
    """The mentions of a layout with every noun phrase, whoever speaks in it: `phrases` by their first token.

    `ending` finds a phrase by any token with which it may end, the outermost first; `governed` ones follow a preposition.
    """

    phrases: tuple[Actor, ...] = ()
    ends: tuple[tuple[int, Actor], ...] = ()

    @cached_property
    def starting(self) -> dict[int, Actor]:
        return {actor.first: actor for actor in self.phrases}

    @cached_property
    def ending(self) -> dict[int, Actor]:
        found: dict[int, Actor] = {}
        for last, actor in sorted(self.ends, key=lambda end: (end[1].governed, end[1].first)):
            found.setdefault(last, actor)
        return found


def with_offices_behind(
    found: list[Actor], ends: list[tuple[int, Actor]], layout: Layout
) -> tuple[list[Actor], dict[int, Actor]]:
    """Gives "Laziz Kudratov, Uzbekistan's minister of trade," the office, which then is no mention of its own.

    Also returns the mentions that are none of their own, by their first token, each with the one it belongs to.
    """
    tokens, joined, apposed = layout.tokens, list(found), dict[int, Actor]()
    closings = {actor.first for last, actor in ends if last < len(tokens) and tokens[last].kind == "mark"}
    for n, (before, actor) in enumerate(pairwise(found)):
        adjacent = actor.first == before.last + 1 and tokens[before.last].text == ","
        closed = actor.first in closings
        if adjacent and before.name is not None and actor.kind == "office" and actor.office is not None:
            if before.office is None:
                joined[n] = replace(before, office=actor.office, countries=actor.countries)
            if before.office is None or closed:
                apposed[actor.first] = joined[n]
        if adjacent and closed and before.kind == "office" and actor.name is not None:
            # "His new manager, Kelly Conn, said", "His running mate, Gov. Pence of Indiana, said": one mention.
            joined[n] = replace(before, kind="person", name=actor.name, forms=actor.forms, office=actor.office or before.office)
            apposed[actor.first] = joined[n]
    return joined, apposed


def recurring(found: list[Actor], names: PersonNames, layout: Layout, pack: Pack) -> list[Actor]:
    """Lone surnames of people whom the article names in full elsewhere, or shows to be people."""
    surnames = {key(a.name.words[-1]) for a in found if a.name is not None and a.last - a.first > 1}
    surnames |= {
        key(a.name.words[0]) for a in found if a.name is not None and len(a.name.words) > 1 and len(a.name.words[0]) <= 4
    }
    surnames |= lone_surnames(found, layout, pack)
    again = []
    for actor in found:
        token = layout.tokens[actor.last - 1]
        lone = actor.kind in ("organization", "phrase", "country") and actor.last - actor.first == 1 and token.capital
        if lone and token.key in surnames:
            name = names.made(actor.first, actor.last)
            actor = replace(actor, kind="person", name=name, forms=name.forms, span=name.span, countries=())
        again.append(actor)
    return again
