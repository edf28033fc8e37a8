"""Where quotation marks open and close, nested, unbalanced, over paragraphs and glued, as the press leaves them."""

from __future__ import annotations

from app.domain.record import record
from app.domain.text import Span
from app.pipeline.words.segment import Layout

_STRAIGHT = '"'
_SINGLE = "'"
_CURLY = "‘’"
_TERM = 9  # tokens of a term in single marks
_MARKS = frozenset('«»„“”"')
_DASHES = frozenset("-–—")
_RUN_ON = 4  # paragraphs over which a quotation may run


@record(frozen=True, slots=True)
class Quote:
    """An outermost quotation: its marks are the tokens `open` and `close`, its words the token ranges `parts`.

    One that is never closed ends with its paragraph; one that runs on has a part a paragraph.
    """

    open: int
    close: int
    closed: bool
    paragraph: int
    last_paragraph: int
    parts: tuple[tuple[int, int], ...]

    def inner(self, layout: Layout) -> Span:
        """From the first word to the last."""
        first, last = self.parts[0][0], self.parts[-1][1]
        start = layout.tokens[self.open].end
        return Span(start, max(start, layout.tokens[last - 1].end)) if last > first else Span(start, start)


def find_quotes(layout: Layout, *, single: bool = False, curly: bool = False) -> tuple[Quote, ...]:
    """The outermost quotations, left to right; with `single` or `curly`, those in such marks where no others are about."""
    found: list[Quote] = []
    number, carried = 0, -1
    while number < len(layout.paragraphs):
        paragraph = layout.paragraphs[number]
        quotes, unclosed = _in_paragraph(layout, max(paragraph.first, carried), paragraph.last, number)
        found.extend(quotes)
        carried = -1
        if unclosed is not None:
            longer = _run_on(layout, unclosed, number)
            found.append(longer or Quote(unclosed, paragraph.last - 1, False, number, number, ((unclosed + 1, paragraph.last),)))
            if longer is not None:
                number, carried = longer.last_paragraph, longer.close + 1
                continue
        elif single and not quotes:
            found.extend(_in_single_marks(layout, max(paragraph.first, carried), paragraph.last, number))
        elif curly and not quotes:
            found.extend(_in_curly_marks(layout, max(paragraph.first, carried), paragraph.last, number))
        number += 1
    # A mark that is the last of all opens nothing.
    return tuple(quote for quote in found if quote.open + 1 < len(layout.tokens))


def _in_single_marks(layout: Layout, first: int, last: int, number: int) -> list[Quote]:
    """ "'Мы готовы', - сказал посол": a mark before a word opens, one behind a word or its final mark closes."""
    found: list[Quote] = []
    start = -1
    for n in range(first, last):
        if layout.tokens[n].text != _SINGLE:
            continue
        before = layout.text[layout.tokens[n].start - 1 : layout.tokens[n].start] if layout.tokens[n].start else ""
        after = layout.text[layout.tokens[n].end : layout.tokens[n].end + 1]
        if start < 0 and after.isalnum() and not before.isalnum():
            start = n
        elif start >= 0 and not after.isalnum():
            found.append(Quote(start, n, True, number, number, ((start + 1, n),)))
            start = -1
    return found


def _in_curly_marks(layout: Layout, first: int, last: int, number: int) -> list[Quote]:
    """ "‘We are ready,’ she said": the mark that closes is an apostrophe too, as in "the ministers’ plan"."""
    found: list[Quote] = []
    start = -1
    for n in range(first, last):
        mark = layout.tokens[n].text
        if start < 0 and mark == _CURLY[0]:
            start = n
        elif start >= 0 and mark == _CURLY[1] and _closes_curly(layout, n, n - start):
            found.append(Quote(start, n, True, number, number, ((start + 1, n),)))
            start = -1
    if start == first or (start > first and layout.tokens[start - 1].text in ":,"):  # it goes on in the next paragraph
        found.append(Quote(start, last - 1, False, number, number, ((start + 1, last),)))
    return found


def _closes_curly(layout: Layout, at: int, length: int) -> bool:
    start, end = layout.tokens[at].start, layout.tokens[at].end
    before, after = layout.text[start - 1 : start], layout.text[end : end + 1]
    if after.isalnum():
        return False
    return before in ".,!?…" or after in ".,;:!?)" or (not after.strip() and before != "s" and length <= _TERM)


def _in_paragraph(layout: Layout, first: int, last: int, number: int) -> tuple[list[Quote], int | None]:
    """The quotations of one paragraph, and the mark that opens one which the paragraph does not close."""
    found: list[Quote] = []
    depth, start, last_close = 0, -1, -1
    for n in range(first, last):
        if layout.tokens[n].text not in _MARKS:
            continue
        if _opens(layout, n, depth):
            if depth == 0:
                start, last_close = n, -1
            depth += 1
        elif depth:
            depth, last_close = depth - 1, n
            if depth == 0:
                found.append(Quote(start, n, True, number, number, ((start + 1, n),)))
        elif found and found[0].open == first and _ends_words(layout, n, last):
            # One opening mark often serves for two («Союз» построит … дорогу», – сказал он): the first opens the outermost.
            found = [Quote(first, n, True, number, number, ((first, n),))]
    if depth and last_close > start:
        # One closing mark often serves for two («политика «Действуй на Востоке»): the last one closes the outermost.
        found.append(Quote(start, last_close, True, number, number, ((start + 1, last_close),)))
        return found, None
    return found, start if depth else None


def _ends_words(layout: Layout, n: int, last: int) -> bool:
    """Whether a comma and a dash behind a mark lead to an attribution."""
    return n + 2 < last and layout.tokens[n + 1].text == "," and layout.tokens[n + 2].text in _DASHES


def _run_on(layout: Layout, start: int, number: int) -> Quote | None:
    """The quotation that a mark opens and a later paragraph closes; each paragraph may open it anew."""
    parts = [(start + 1, layout.paragraphs[number].last)]
    for later in range(number + 1, min(number + 1 + _RUN_ON, len(layout.paragraphs))):
        paragraph = layout.paragraphs[later]
        first, depth = paragraph.first, 1
        if layout.tokens[first].text in _MARKS and _opens(layout, first, 0):
            first += 1
        for n in range(first, paragraph.last):
            if layout.tokens[n].text in _MARKS:
                depth += 1 if _opens(layout, n, depth) else -1
                if depth == 0:
                    return Quote(start, n, True, number, later, (*parts, (first, n)))
        parts.append((first, paragraph.last))
    return None


def _opens(layout: Layout, n: int, depth: int) -> bool:
    mark = layout.tokens[n].text
    if mark in "«„":
        return True
    if mark in "»”":
        return False
    before = layout.text[layout.tokens[n].start - 1 : layout.tokens[n].start] if layout.tokens[n].start else ""
    after = layout.text[layout.tokens[n].end : layout.tokens[n].end + 1]
    word_after = after.isalnum() or after in ("«", "„", "“", _STRAIGHT, "…", "-", "–", "—", "$", "€")
    word_before = before.isalnum() or before in (".", ",", "!", "?", "…", "%", ")", "»", "”", _STRAIGHT)
    if word_after != word_before:
        return word_after
    if not word_before:
        return depth == 0
    # Glue on both sides: 'собраний."Ровно' opens behind a full stop, 'пояс"и' closes.
    return depth == 0 and not before.isalnum()
