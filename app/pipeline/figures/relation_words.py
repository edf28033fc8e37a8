"""The words of a pack that tell between whom a figure holds, compiled."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from itertools import pairwise

from app.domain.country import Pair
from app.domain.place import by_first
from app.languages.pack import Pack
from app.pipeline.figures.cue_words import Ground
from app.pipeline.figures.quantity import Quantity
from app.pipeline.figures.relation import Relation
from app.pipeline.places.countries import CountryMention
from app.pipeline.words.phrasebook import Phrases, Words
from app.pipeline.words.segment import Sentence

_GOODS = 2  # words from a word of trade to whose goods they are


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


def on_way(codes: tuple[str, ...], mentions: tuple[CountryMention, ...], about: tuple[Pair, ...]) -> bool:
    """Two countries met as towns on a way ("Баку – Тбилиси – Карс") are no relation beside the one spoken of."""
    towns = any(m.form == "place" and m.code in codes for m in mentions)
    return towns and bool(about) and Pair.of(codes[0], codes[1]) not in about


def sold_by(mentions: tuple[CountryMention, ...], at: int) -> tuple[str, ...]:
    """ "Индийские заводы снизили импорт российской нефти": the last named before a word of trade, and whose goods follow it."""
    buyer = next((m.code for m in reversed(mentions) if m.last <= at), None)
    seller = next((m.code for m in mentions if m.form == "adjective" and at < m.first <= at + _GOODS), None)
    return (buyer, seller) if buyer and seller and buyer != seller else ()


def owes(mentions: tuple[CountryMention, ...], words: Words, pack: Pack) -> bool:
    """ "Внешний долг перед Китаем": a creditor is named, so that it is no debt to all the world."""
    leads, case = _owed(pack), pack["relations"].get("reporter", {}).get("receiving_case")
    return any(
        (m.first > 0 and words.tokens[m.first - 1].key in leads)
        or (case is not None and m.form == "name" and {r.case for r in words.readings(m.first) if r.case} == {case})
        for m in mentions
    )


def headed(told: Relation | None, beside: CountryMention | None) -> str | None:
    """Whose partner stood beside the figure before: "Лидер – Казахстан – 30 млрд. На втором месте Узбекистан – 18 млрд"."""
    if told is None or beside is None or len(told.pairs) != 1 or beside.code not in told.pairs[0]:
        return None
    pair = told.pairs[0]
    return pair.first if pair.second == beside.code else pair.second


def all_about(pairs: tuple[Pair, ...], article: tuple[Pair, ...]) -> bool:
    """Whether three countries are what the article is about ("железная дорога Китай – Кыргызстан – Узбекистан")."""
    return sum(pair in article for pair in pairs) > 1


def one_of(code: str | None) -> tuple[str, ...]:
    return (code,) if code else ()


def codes_of(mentions: tuple[CountryMention, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([m.code for m in mentions]))


def sides_within(mentions: tuple[CountryMention, ...], window: Sentence, words: Words) -> tuple[CountryMention, ...]:
    """The countries named in a stretch that are sides of a relation, not passed through."""
    passed, behind = aside(words.pack), after(words.pack)
    low, high = bisect_left(mentions, window.first, key=by_first), bisect_left(mentions, window.last, key=by_first)
    return tuple(
        m
        for m in mentions[low:high]
        if not passed.before(words, m.first, window.first) and not (m.last < window.last and words.forms[m.last] & behind)
    )


def told_near(mentions: tuple[CountryMention, ...], quantity: Quantity, cue: int, ground: Ground) -> tuple[CountryMention, ...]:
    """Mentions in the stretch from the cue to the figure and around both, up to the next boundary."""
    left, right = min(quantity.first, cue), max(quantity.last, cue + 1)
    return tuple(
        m for m in mentions if left <= m.first < right or same_clause(ground, m.last, left) or same_clause(ground, right, m.first)
    )


def of_two(codes: tuple[str, ...], step: str) -> Relation:
    return Relation((Pair.of(codes[0], codes[1]),), tuple(sorted(codes)), step)


def same_stretch(one: Sentence, other: Sentence) -> bool:
    return one.first == other.first and one.last == other.last


def same_clause(ground: Ground, first: int, last: int) -> bool:
    return first <= last and ground.joined(first, last)


@cache
def _owed(pack: Pack) -> frozenset[str]:
    return frozenset(pack["relations"].get("reporter", {}).get("owed", ()))


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
