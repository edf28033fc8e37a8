"""Which countries the people and firms of an article stand for: presidents, ministers, a national railway bring theirs in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from app.catalog import Catalog
from app.domain.speaker import Role
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor
from app.pipeline.people.identity import is_of_state
from app.pipeline.people.roster import Entry, Roster
from app.pipeline.places.countries import CountryMention
from app.pipeline.words.lexicon import Lexicon
from app.pipeline.words.segment import Layout

_OF_A_STATE = frozenset((
    Role.HEAD_OF_STATE, Role.HEAD_OF_GOVERNMENT, Role.DEPUTY_HEAD_OF_GOVERNMENT, Role.FOREIGN_MINISTER, Role.MINISTER,
    Role.AMBASSADOR,
))  # fmt: skip


def sides_of(actors: Iterable[Actor], roster: Roster, on: date | None) -> tuple[CountryMention, ...]:
    """The mentions of people who hold an office of one country, as mentions of that country."""
    known: dict[Entry, str | None] = {}
    found: list[CountryMention] = []
    for actor in actors:
        entry = roster.of(actor) if actor.name is not None else None
        if entry is None or actor.name is None:
            continue
        if entry not in known:
            known[entry] = _side(entry, on)
        code = known[entry]
        if code is not None:
            found.append(CountryMention(actor.name.span, code, "person", actor.first, actor.last))
    return tuple(found)


def firms_of(layout: Layout, pack: Pack, catalog: Catalog) -> tuple[CountryMention, ...]:
    """The mentions of a country's great companies, as mentions of that country."""
    tokens = layout.tokens
    return tuple(
        CountryMention(Span(tokens[hit.first].start, tokens[hit.last - 1].end), hit.value, "person", hit.first, hit.last)
        for hit in _firms(pack, catalog).find(tokens)
    )


@cache
def _firms(pack: Pack, catalog: Catalog) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(pack.morphology)
    for firm in catalog.organizations.all:
        if firm.kind == "company" and firm.country:
            for spelling in firm.spellings():
                lexicon.add(spelling.strip('«»"“”'), firm.country, capital=True)
    return lexicon


def bodies_of(actors: Iterable[Actor], layout: Layout, pack: Pack, outlet_country: str | None) -> tuple[CountryMention, ...]:
    """ "Минфин" without a country: a body that every state has one of is that of the outlet's country."""
    if outlet_country is None:
        return ()
    return tuple(
        CountryMention(actor.span, outlet_country, "person", actor.first, actor.last)
        for actor in actors
        if actor.kind == "organization" and not actor.countries and is_of_state(actor.span.of(layout.text), pack)
    )


def _side(entry: Entry, on: date | None) -> str | None:
    countries = {country for role, country in entry.roles(on) if role in _OF_A_STATE and country}
    return countries.pop() if len(countries) == 1 else None
