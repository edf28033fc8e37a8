"""Whether a reported clause is in the reporter's words, in the speaker's, or in both."""

from __future__ import annotations

from bisect import bisect_left

from app.domain.facts import StatementKind
from app.domain.text import Span
from app.pipeline.speech.quotes import Quote
from app.pipeline.speech.utterances import trim
from app.pipeline.words.segment import Layout


class Kinds:
    """Knows the quotations of one layout."""

    def __init__(self, layout: Layout, quotes: tuple[Quote, ...]) -> None:
        self.layout, self._quotes = layout, quotes

    def of(self, segments: list[Span]) -> tuple[StatementKind, list[Span]]:
        """ "said that “…”" is direct where the quotation is the whole clause, mixed where it is a part."""
        inside = [q for s in segments for q in self._quotes_in(s)]
        if not inside:
            return StatementKind.INDIRECT, segments
        inner = inside[0].inner(self.layout)
        if len(segments) == 1 and len(inside) == 1 and len(inner) >= len(segments[0]) - 4:
            return StatementKind.DIRECT, [trim(self.layout.text, inner) or inner]
        return (StatementKind.MIXED if any(self._spoken(q) for q in inside) else StatementKind.INDIRECT), segments

    def _quotes_in(self, span: Span) -> list[Quote]:
        def start(quote: Quote) -> int:
            return self.layout.tokens[quote.open].end

        low, high = bisect_left(self._quotes, span.start, key=start), bisect_left(self._quotes, span.end, key=start)
        return [q for q in self._quotes[low:high] if span.holds(q.inner(self.layout))]

    def _spoken(self, quote: Quote) -> bool:
        """Words that were said rather than a title: a small letter among the first words."""
        return not all(t.capital for t in self.layout.tokens[quote.open + 1 : quote.close] if t.kind == "word")


def crossing(layout: Layout, quotes: tuple[Quote, ...]) -> dict[int, int]:
    """Where quotations of one paragraph run on beyond the sentence in which they begin: its end to theirs."""
    found: dict[int, int] = {}
    for quote in quotes:
        sentence = layout.sentence_at(layout.tokens[quote.open].start)
        if sentence is not None and quote.closed and sentence.last <= quote.close and quote.paragraph == quote.last_paragraph:
            found[sentence.last] = quote.close + 1
    return found
