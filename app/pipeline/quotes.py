"""Where quotation marks open and close, nested, unbalanced and glued as the press leaves them."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.text import Span
from app.pipeline.segment import Layout, Paragraph

_OPENERS = "«„“"
_CLOSERS = "»”“"
_STRAIGHT = '"'
_MARKS = frozenset('«»„“”"')


@dataclass(frozen=True, slots=True)
class Quote:
    """An outermost pair of quotation marks: tokens `open` and `close`; one left open ends with its paragraph."""

    open: int
    close: int
    closed: bool
    paragraph: int

    def inner(self, layout: Layout) -> Span:
        first, last = (
            layout.tokens[self.open].end,
            layout.tokens[self.close].start if self.closed else layout.tokens[self.close].end,
        )
        return Span(first, max(first, last))

    def holds(self, token: int) -> bool:
        return self.open <= token <= self.close


def find_quotes(layout: Layout) -> tuple[Quote, ...]:
    """The outermost quotations of every paragraph, left to right."""
    return tuple(q for n, paragraph in enumerate(layout.paragraphs) for q in _in_paragraph(layout, paragraph, n))


def _in_paragraph(layout: Layout, paragraph: Paragraph, number: int) -> list[Quote]:
    marks = [n for n in range(paragraph.first, paragraph.last) if layout.tokens[n].text in _MARKS]
    found: list[Quote] = []
    depth, start, last_close = 0, -1, -1
    for n in marks:
        opens = _opens(layout, n, depth)
        if opens:
            if depth == 0:
                start, last_close = n, -1
            depth += 1
        elif depth:
            depth -= 1
            last_close = n
            if depth == 0:
                found.append(Quote(start, n, True, number))
    if depth:
        # One closing mark often serves for two («политика «Действуй на Востоке»): the last one closes the outermost.
        if last_close > start:
            found.append(Quote(start, last_close, True, number))
        elif start >= 0:
            found.append(Quote(start, paragraph.last - 1, False, number))
    return found


def _opens(layout: Layout, n: int, depth: int) -> bool:
    mark = layout.tokens[n].text
    if mark == "«" or mark == "„":
        return True
    if mark in "»”":
        return False
    before = layout.text[layout.tokens[n].start - 1 : layout.tokens[n].start]
    after = layout.text[layout.tokens[n].end : layout.tokens[n].end + 1]
    word_after = after.isalnum() or after in ("«", "„", "“", '"', "…", "-", "–", "—", "$", "€")
    word_before = before.isalnum() or before in (".", ",", "!", "?", "…", "%", ")", "»", "”", '"')
    if word_after and not word_before:
        return True
    if word_before and not word_after:
        return False
    if not word_before and not word_after:
        return depth == 0
    # Glue on both sides: 'собраний."Ровно' opens behind a full stop, 'пояс"и' closes.
    return depth == 0 and not before.isalnum()
