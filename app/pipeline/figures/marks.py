"""Goals told by the verb behind their figure: "цель в 15 млрд достигнута", "рубеж в 10 млрд поставлен"."""

from __future__ import annotations

from app.domain.measure import Status
from app.pipeline.figures.quantity import Quantity
from app.pipeline.figures.standing import Standing, mood
from app.pipeline.figures.status_words import StatusWords
from app.pipeline.words.phrasebook import Words
from app.pipeline.words.segment import Sentence

_STOPS = frozenset(",:–—(")
_BEHIND = 14  # words behind a figure in which its verb may stand
_MARKED = 3  # words from a mark to its figure: "рубеж в 10 млрд"


def fulfilled(quantity: Quantity, words: Words, sentence: Sentence, tables: StatusWords) -> bool:
    """ "Цель в 15 млрд достигнута": a goal or plan that the verb right behind its figure takes back."""
    for at in range(quantity.last, min(sentence.last, quantity.last + _BEHIND)):
        known = words.known[at]
        if known.number or words.keys[at] in _STOPS:  # a mark is its own key
            return False
        if known.verb:
            told = mood(words, at)
            passed = (told.tense, told.verb) == ("past", "short") or (
                (told.tense, told.verb) == ("past", "fin") and _marked(quantity, words, sentence, tables)
            )
            return words.tokens[at - 1].key not in tables.negation and bool(words.forms[at] & tables.fulfilled) and passed
    return False


def posed(quantity: Quantity, words: Words, sentence: Sentence, tables: StatusWords) -> Standing | None:
    """ "Рубеж в 10 млрд поставлен главами государств": a mark, and behind its figure a verb that sets it."""
    if not _marked(quantity, words, sentence, tables):
        return None
    for at in range(quantity.last, min(sentence.last, quantity.last + _BEHIND)):
        if words.tokens[at].text in _STOPS:
            return None
        if words.forms[at] & tables.posing and mood(words, at).verb in ("short", "fin"):
            return Standing(Status.TARGET, words.tokens[at].text)
    return None


def _marked(quantity: Quantity, words: Words, sentence: Sentence, tables: StatusWords) -> bool:
    """Whether the figure is that of a mark: "планку товарооборота в 500 млн мы преодолели"."""
    near = range(max(sentence.first, quantity.first - _MARKED), quantity.first)
    return any(words.forms[n] & tables.marks for n in near)
