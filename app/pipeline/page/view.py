"""The visible text of a submission and its way back: what the reader of a page sees, and where that was sent."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable

from app.domain.record import field, record, replace
from app.domain.text import Span


@record(frozen=True, slots=True)
class Meta:
    """What a page says about its article.

    `title_span` is where the headline stands in the visible text; `published_at` is an ISO date, or a date-time
    with its offset.
    """

    title: str | None = None
    title_span: Span | None = None
    published_at: str | None = None
    publisher: str | None = None
    url: str | None = None


@record(frozen=True, slots=True)
class Origin:
    """For every visible character the stretch of the submitted string that it was read from.

    A line break that a tag stands for has an empty stretch.
    """

    starts: array[int]
    ends: array[int]


@record(frozen=True, slots=True)
class View:
    """The visible text of a submission; `origin` is None where the two are the same."""

    text: str
    origin: Origin | None = None
    meta: Meta = field(default_factory=Meta)

    def span(self, visible: Span) -> Span:
        """A stretch of the visible text as a stretch of the submitted string; tags inside it are simply inside."""
        if self.origin is None:
            return visible
        if len(visible):
            return Span(self.origin.starts[visible.start], self.origin.ends[visible.end - 1])
        if visible.start < len(self.text):
            return Span(self.origin.starts[visible.start], self.origin.starts[visible.start])
        end = self.origin.ends[-1] if self.text else 0
        return Span(end, end)

    @property
    def submitted(self) -> int:
        """How far the submitted string reaches, as far as anything of it is seen."""
        return len(self.text) if self.origin is None else (self.origin.ends[-1] if self.text else 0)

    def read(self, submitted: Span) -> str:
        """What a reader sees of a stretch of the submitted string."""
        if self.origin is None:
            return submitted.of(self.text)
        first = bisect_left(self.origin.starts, submitted.start)
        return self.text[first : bisect_left(self.origin.starts, submitted.end, first)]

    def lines(self) -> list[Span]:
        """The lines that hold something."""
        found, start = [], 0
        for line in self.text.split("\n"):
            if line.strip():
                found.append(Span(start, start + len(line)))
            start += len(line) + 1
        return found

    def only(self, lines: Iterable[Span]) -> View:
        """The view with these lines alone."""
        text: list[str] = []
        starts, ends = array("q"), array("q")
        assert self.origin is not None
        for line in lines:
            if text:
                text.append("\n")
                starts.append(self.origin.starts[line.start])
                ends.append(self.origin.starts[line.start])
            text.append(line.of(self.text))
            starts.extend(self.origin.starts[line.start : line.end])
            ends.extend(self.origin.ends[line.start : line.end])
        return replace(self, text="".join(text), origin=Origin(starts, ends))
