"""The words of a pack that tell between whom a figure holds, compiled."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from app.languages.pack import Pack
from app.pipeline.figures.cue_words import Ground
from app.pipeline.places.countries import CountryMention
from app.pipeline.words.phrasebook import Phrases, Words
from app.pipeline.words.segment import Sentence


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


def owner_of(partners: tuple[str, ...], near: tuple[str, ...], others: tuple[str | None, ...]) -> str | None:
    """Whose partners two countries are: of the third named near, else of the first of `others` that is known."""
    if not partners or not set(partners) <= set(near):
        return None
    named = [code for code in near if code not in partners]
    owner = named[0] if len(named) == 1 else None if named else next((code for code in others if code), None)
    return None if owner in partners else owner


def one_of(code: str | None) -> tuple[str, ...]:
    return (code,) if code else ()


def codes_of(mentions: tuple[CountryMention, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([m.code for m in mentions]))


def same_stretch(one: Sentence, other: Sentence) -> bool:
    return one.first == other.first and one.last == other.last


def same_clause(ground: Ground, first: int, last: int) -> bool:
    return first <= last and ground.joined(first, last)


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
    """Prepositions that lead in the other side, and of several sides each ("из России …, из США …")."""
    table = pack["relations"].get("reporter", {})
    return frozenset(word.removeprefix("=") for name in ("with", "from") for word in table.get(name, ()))
