"""The words of a pack that tell between whom a figure holds, compiled."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from app.languages.pack import Pack
from app.pipeline.places.countries import CountryMention
from app.pipeline.words.phrasebook import Phrases, Words


def coordinated(mentions: tuple[CountryMention, ...], words: Words, pack: Pack) -> tuple[str, ...]:
    """Two countries under one preposition of direction: "в Узбекистан и Россию"."""
    table = pack["relations"].get("reporter", {})
    leads = frozenset(word.removeprefix("=") for name in ("from", "to") for word in table.get(name, ()))
    joining = frozenset(pack["counted"].get("joining", {}).get("words", ()))
    for one, two in pairwise(mentions):
        joined = two.first - one.last == 1 and words.tokens[one.last].key in joining
        if joined and one.code != two.code and one.first and words.tokens[one.first - 1].key in leads:
            return (one.code, two.code)
    return ()


@cache
def aside(pack: Pack) -> Phrases[bool]:
    return Phrases([(phrase, True) for phrase in pack["relations"].get("aside", {}).get("before", ())])


@cache
def both_sides(pack: Pack) -> Phrases[bool]:
    return Phrases([(phrase, True) for phrase in pack["relations"].get("pair", {}).get("both", ())])


@cache
def after(pack: Pack) -> frozenset[str]:
    return frozenset(pack["relations"].get("aside", {}).get("after", ()))


@cache
def whole(pack: Pack) -> frozenset[str]:
    return frozenset(pack["relations"].get("whole", {}).get("words", ()))


@cache
def beside(pack: Pack) -> frozenset[str]:
    return frozenset(pack["relations"].get("reporter", {}).get("with", ()))
