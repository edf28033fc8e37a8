"""Phrases of a pack that hold for every country ("экономика {country} выросла"), written out with the countries' names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.languages.folding import key
from app.languages.pack import Pack

_ANY = "{country}"


def each_country(phrases: Iterable[str], pack: Pack) -> Iterator[str]:
    """The phrases; one with the mark for any country is written once for all one-word names and once for each longer one."""
    for phrase in phrases:
        if _ANY in phrase:
            for name in _names(pack):
                yield phrase.replace(_ANY, name)
        else:
            yield phrase


def _names(pack: Pack) -> tuple[str, ...]:
    every = [key(name) for forms in pack["countries"].get("countries", {}).values() for name in forms.get("name", ())]
    return ("|".join(name for name in every if " " not in name), *(name for name in every if " " in name))
