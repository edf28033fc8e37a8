"""Which part of its sentence may speak of a figure: of a quotation its own words, before one not the words in it."""

from __future__ import annotations

from bisect import bisect_left

from app.domain.facts import Statement, StatementKind
from app.domain.text import Span
from app.pipeline.figures.quantity import Quantity
from app.pipeline.words.phrasebook import Words
from app.pipeline.words.segment import Layout, Sentence

_LEFT, _RIGHT = 90, 40  # tokens around a figure that may speak of it; no sentence of news is longer
_OPENING = frozenset('«„“"')


def opened_quotations(words: Words) -> tuple[int, ...]:
    """The colons that a quotation follows: what stands behind them is said in other words than what stands before."""
    keys = words.keys
    return tuple([n for n, key in enumerate(keys[:-1]) if key == ":" and keys[n + 1] in _OPENING])


def window_of(quantity: Quantity, layout: Layout, index: int, statement: Statement | None, opened: tuple[int, ...]) -> Sentence:
    """The part of the sentence `index` that may speak of the figure; never too far from it."""
    sentence = layout.sentences[index]
    first, last = max(sentence.first, quantity.first - _LEFT), min(sentence.last, quantity.last + _RIGHT)
    ahead = bisect_left(opened, quantity.last)
    if ahead < len(opened) and opened[ahead] < last:
        last = opened[ahead]
    if statement is not None and statement.kind is StatementKind.DIRECT:
        own = next((s for s in statement.segments if s.meets(quantity.span)), sentence.span)
        first = max(first, layout.token_at(own.start))
        last = max(quantity.last, min(last, layout.token_at(own.end)))
    span = Span(layout.tokens[first].start, layout.tokens[last - 1].end)
    return Sentence(span, min(first, quantity.first), last, sentence.paragraph)
