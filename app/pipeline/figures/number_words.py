"""The number words of a language, compiled: words, magnitudes, fractions, factors and what joins them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from app.domain.record import record
from app.languages.pack import Morphology, Pack
from app.pipeline.figures.digits import Digits
from app.pipeline.figures.government import Governed
from app.pipeline.words.phrasebook import Openers, Phrases


@record(frozen=True, slots=True)
class Grammar:
    """The number words of a pack, compiled."""

    words: dict[str, Decimal]
    whole: dict[str, Decimal]
    magnitudes: dict[str, Decimal]
    adjectives: dict[str, Decimal]
    compounds: dict[str, tuple[Decimal, Decimal]]
    digits: Digits
    hyphens: bool  # "a 5-billion-dollar loan"; elsewhere a short word behind a hyphen is an ending ("13-й")
    articles: frozenset[str]  # words that count one before a magnitude ("a million")
    joining: frozenset[str]  # words between hundreds and the rest ("two hundred and six")
    glued: dict[str, Decimal]  # letters glued to digits behind a sign of money ("$45m")
    signs: frozenset[str]
    not_one: frozenset[str]  # behind these "one" is a pronoun ("no one", "the one")
    some: frozenset[str]  # behind these a magnitude is no number ("бірнеше миллион")
    hundreds: frozenset[str]  # words that multiply the ones before them ("two hundred")
    never_alone: frozenset[str]  # abbreviated magnitudes, which need a number
    about: frozenset[str]  # forms of a magnitude that make the number no more than near
    halving: Phrases[bool]
    indefinite: frozenset[str]  # words that stand for "one" and for "a"
    endings: frozenset[str]
    ordinals: frozenset[str]  # longer endings that make an ordinal ("2018-інші")
    dashes: frozenset[str]
    range_from: frozenset[str]
    range_to: frozenset[str]
    range_joints: frozenset[str]
    not_ranged: frozenset[str]  # before these two joined numbers are the ends of a change ("from 2 to 3")
    places: frozenset[str]  # words for shares that before a noun tell its place ("a third person")
    parted: frozenset[str]  # counted nouns of which a fraction is a part ("half a point")
    by: frozenset[str]  # between such a verb and how far it went
    moving: frozenset[str]  # verbs and nouns of change, behind which "to" may lead to a level
    repeated: frozenset[str]  # units that both ends of a range may carry
    range_closed: Phrases[bool]
    more: Phrases[bool]
    fractions: Phrases[Decimal]
    factors: Phrases[Decimal]
    not_behind: frozenset[str]
    not_before: frozenset[str]
    of_one: Phrases[bool]  # between a fraction and the unit that it is a part of ("half of a percent")
    part_of: frozenset[str]  # behind a number they tell a part ("31 of the 67 counties") or people ("4 were killed")
    listing: frozenset[str]  # between amounts that share a unit ("5, 6 and 7 percent")
    minus: frozenset[str]  # words for the sign before a number below zero
    inverted: Governed | None  # the form of a magnitude or unit before its number ("миллиардов пять")
    morphology: Morphology
    openers: Openers
    amounts: Openers  # of numbers, fractions and factors


@cache
def grammar(pack: Pack) -> Grammar:
    """The pack's number words; empty tables where it has none."""
    table = pack["numerals"]
    parts = table.get("parts", {})
    half = frozenset(parts.get("half", ()))

    def numbers(name: str) -> dict[str, Decimal]:
        return {word: Decimal(str(value)) for word, value in table.get(name, {}).items()}

    adjectives, beginnings = numbers("adjectives"), numbers("beginnings")
    compounds = {
        beginning + adjective: (value * size, size)
        for beginning, value in beginnings.items()
        for adjective, size in adjectives.items()
    }
    fractions, factors = Phrases(list(numbers("fractions").items())), Phrases(list(numbers("factors").items()))
    halving = Phrases([(phrase, True) for phrase in parts.get("halving", ())])
    begins = [
        *halving.firsts,
        *parts.get("articles", ()),
        *table.get("words", {}),
        *table.get("whole", {}),
        *table.get("magnitudes", {}),
        *compounds,
        *parts.get("range_from", ()),
    ]
    return Grammar(
        numbers("words"),
        numbers("whole"),
        numbers("magnitudes"),
        adjectives,
        compounds,
        Digits.of(table.get("digits", {})),
        bool(parts.get("hyphens", False)),
        frozenset(parts.get("articles", ())),
        frozenset(parts.get("joining", ())),
        numbers("glued"),
        frozenset(parts.get("signs", ())),
        frozenset(parts.get("not_one", ())),
        frozenset(parts.get("some", ())),
        frozenset(parts.get("hundreds", ())),
        frozenset(parts.get("never_alone", ())),
        frozenset(parts.get("about", ())),
        halving,
        frozenset(parts.get("indefinite", ())),
        frozenset(parts.get("cardinal_endings", ())).union(*table.get("endings", {}).values()),
        frozenset(parts.get("ordinal_endings", ())),
        frozenset(parts.get("range_dashes", ())),
        frozenset(parts.get("range_from", ())),
        frozenset(parts.get("range_to", ())),
        frozenset(parts.get("range_joints", ())),
        frozenset(parts.get("not_ranged", ())),
        frozenset(parts.get("places", ())),
        frozenset(parts.get("parted", ())),
        frozenset(parts.get("by", ())),
        frozenset().union(*(pack["indicators"].get("growth", {}).get(way, ()) for way in ("up", "down"))),
        frozenset(parts.get("repeated", ("%",))),
        Phrases([(phrase, True) for phrase in parts.get("range_closed", ())]),
        Phrases([(phrase, phrase in half) for phrase in parts.get("more", ())]),
        fractions,
        factors,
        frozenset(parts.get("no_share_behind", ())),
        frozenset(parts.get("no_share_before", ())),
        Phrases([(phrase, True) for phrase in parts.get("of_one", ())]),
        frozenset(parts.get("part_of", ())),
        frozenset(parts.get("listing", ())),
        frozenset(parts.get("minus", ())),
        Governed.of(table["inverted"]) if "inverted" in table else None,
        pack.morphology,
        Openers(begins),
        Openers(begins, fractions.firsts, factors.firsts),
    )
