"""Whether a figure is one country's total, with whatever partner: "внешнеторговый оборот", "общий экспорт муки"."""

from __future__ import annotations

from app.domain.country import Pair
from app.pipeline.figures.cue_words import Ground, Reading, Vocabulary
from app.pipeline.figures.partners import Partners
from app.pipeline.figures.quantity import Quantity
from app.pipeline.figures.relation_words import both_sides, whole
from app.pipeline.places.countries import CountryMention
from app.pipeline.words.segment import Layout, Sentence

_LEAD = 9  # countries named at the beginning of a text that are looked at
_BEFORE = 6  # words before a word of measure that make it one of all partners


def told_of(layout: Layout, mentions: tuple[CountryMention, ...]) -> str | None:
    """The one country that the first sentence with any names; of a text that is about no two, its figures are that country's."""
    first = next((s for s in layout.sentences for m in mentions[:1] if s.first <= m.first < s.last), None)
    codes = {m.code for m in mentions[:_LEAD] if first is not None and m.first < first.last}
    return next(iter(codes)) if len(codes) == 1 else None


def is_of_the_world(
    ground: Ground, known: Vocabulary, window: Sentence, quantity: Quantity, cue: int, countries: tuple[str, ...]
) -> bool:
    """ "Внешнеторговый оборот Киргизии": of the trade with all the world, where nothing names a second country or both sides."""
    words, both = ground.words, both_sides(ground.words.pack)
    start, end = max(window.first, min(cue, quantity.first) - 2), max(quantity.first, cue + 1)
    if len(countries) >= 2 or known.world.within(words, start, end, window.last) is None:
        return False
    return both.within(words, window.first, window.last, window.last) is None


def is_the_nations(ground: Ground, known: Vocabulary, window: Sentence, near: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """ "Страна импортировала 5 млн тонн нефти", "импорт газа в страну": no partner is named, the country is the text's own."""
    words, first, last = ground.words, window.first, window.last
    if near or len(whole) > 1:
        return False
    if known.nation.within(words, first, last, last) is not None:
        return True
    if whole:
        return False
    ways = ((known.inward, known.buying), (known.outward, known.selling))
    return any(
        way.within(words, first, last, last) is not None and any(words.forms[n] & verbs for n in range(first, last))
        for way, verbs in ways
    )


def is_total_of_goods(
    ground: Ground,
    known: Vocabulary,
    window: Sentence,
    quantity: Quantity,
    reading: Reading,
    near: tuple[str, ...],
    home: str | None,
) -> bool:
    """ "Общий экспорт муки из Казахстана", "во все страны"; of `home`, where no country is named, "нефти всего вывезено"."""
    every = whole(ground.words.pack)
    if home and any(ground.words.forms[n] & every for n in range(window.first, window.last)):
        return True
    start, end = sorted((reading.at, quantity.first))
    phrase = known.world.within(ground.words, max(window.first, start - _BEFORE), end, window.last)
    return phrase is not None and len(near) <= 1 and ground.hard[phrase.first] == ground.hard[quantity.first]


def over_list(
    partners: Partners, mentions: tuple[CountryMention, ...], quantity: Quantity, article: tuple[Pair, ...]
) -> tuple[str, ...] | None:
    """Whose total a figure is that a list of partners follows: "вывезено 4,9 млн тонн, в том числе в Узбекистан – 2,2 млн"."""
    if quantity.first in partners.beside:
        return None
    listed = {m.code for m in mentions if partners.listed(m) and m.first >= quantity.last}
    others = tuple(dict.fromkeys([m.code for m in mentions if not partners.listed(m)]))
    if len(listed) < 2 or len(others) > 1 or any(listed <= {pair.first, pair.second} for pair in article):
        return None
    return None if set(others) & listed else others
