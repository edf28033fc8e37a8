"""Whether a figure is one country's total, with whatever partner: "внешнеторговый оборот", "общий экспорт муки"."""

from __future__ import annotations

from app.pipeline.figures.cue_words import Ground, Reading, Vocabulary
from app.pipeline.figures.quantity import Quantity
from app.pipeline.figures.relation_words import both_sides, whole
from app.pipeline.words.segment import Sentence

_BEFORE = 6  # words before a word of measure that make it one of all partners


def is_of_the_world(
    ground: Ground, known: Vocabulary, window: Sentence, quantity: Quantity, cue: int, countries: tuple[str, ...]
) -> bool:
    """ "Внешнеторговый оборот Киргизии": of the trade with all the world, where nothing names a second country or both sides."""
    words, both = ground.words, both_sides(ground.words.pack)
    start, end = max(window.first, min(cue, quantity.first) - 2), max(quantity.first, cue + 1)
    if len(countries) >= 2 or known.world.within(words, start, end, window.last) is None:
        return False
    return both.within(words, window.first, window.last, window.last) is None


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
