"""Which countries the people of an article stand for: presidents, ministers and ambassadors bring theirs in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.domain.speaker import Role
from app.pipeline.people.actors import Actor
from app.pipeline.people.roster import Entry, Roster
from app.pipeline.places.countries import CountryMention

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


def _side(entry: Entry, on: date | None) -> str | None:
    countries = {country for role, country in entry.roles(on) if role in _OF_A_STATE and country}
    return countries.pop() if len(countries) == 1 else None
