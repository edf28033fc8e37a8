"""Which statement a stretch of text belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from app.domain.facts import Statement
from app.domain.record import record
from app.domain.speaker import SpeakerKind
from app.domain.text import Span


@record(frozen=True, slots=True)
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

    def personal(self, sentence: Span) -> bool:
        """Whether somebody speaks in the sentence; what a body of statistics reports is as good as narration."""
        place = bisect_right(self.starts, sentence.end - 1) - 1
        for segment, statement in reversed(self.segments[max(0, place - 1) : place + 1]):
            if segment.meets(sentence) and statement.speaker.kind is not SpeakerKind.ORGANIZATION:
                return True
        return False
