"""Which statement a stretch of text belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.facts import Statement, StatementKind
from app.domain.text import Span


@dataclass(frozen=True, slots=True)
class Voices:
    """The segments of all statements, in the order of the text."""

    starts: tuple[int, ...]
    segments: tuple[tuple[Span, Statement], ...]

    @classmethod
    def of(cls, statements: Sequence[Statement]) -> Voices:
        segments = sorted(((s, st) for st in statements for s in st.segments), key=lambda pair: pair[0])
        return cls(tuple(segment.start for segment, _ in segments), tuple(segments))

    def at(self, span: Span) -> Statement | None:
        """The statement that a figure stands in; None in narration."""
        place = bisect_right(self.starts, span.end - 1) - 1
        for segment, statement in reversed(self.segments[max(0, place - 1) : place + 1]):
            if segment.meets(span):
                return statement
        return None

    def quoted(self, offset: int) -> bool:
        """Whether the character stands in somebody's own words."""
        place = bisect_right(self.starts, offset) - 1
        if place < 0:
            return False
        segment, statement = self.segments[place]
        return segment.start <= offset < segment.end and statement.kind is StatementKind.DIRECT
