"""What an attribution found in the text comes to, before anybody knows who the speaker is."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.facts import StatementKind
from app.domain.record import field, record, replace
from app.domain.text import Span
from app.pipeline.speech.frames import Source
from app.pipeline.words.segment import Layout

_EDGE = ' \t\xa0\u202f,;:–—-«»“”„"•·'
_OPENING = '«„“"'


@record(frozen=True, slots=True)
class Utterance:
    """Somebody's words as stretches of text, with the source that attributes them and the rule that found them.

    `at` is the token from which the speaker is to be looked for backwards when the source is a pronoun or silent.
    """

    kind: StatementKind
    segments: tuple[Span, ...]
    source: Source | None
    rule: str
    at: int
    label: bool = False

    @property
    def start(self) -> int:
        return self.segments[0].start


def trim(text: str, span: Span) -> Span | None:
    """The stretch without the marks that belong to the attribution; its own full stop, ? and ! stay.

    An opening quotation mark whose partner stands inside stays too ("«Союз» строится").
    """
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE + "\n":
        if text[start] in _OPENING and _partner(text, start, end):
            break
        start += 1
    while end > start and text[end - 1] in _EDGE + "\n":
        if text[end - 1] in '»”“"' and _closes(text, start, end - 1):
            break
        end -= 1
    return Span(start, end) if end > start else None


def _partner(text: str, start: int, end: int) -> bool:
    mark = text[start]
    closing = {"«": "»", "„": "“", "“": "”", '"': '"'}[mark]
    return text.find(closing, start + 1, end) > 0


def _closes(text: str, start: int, at: int) -> bool:
    opening = {"»": "«", "”": "“", "“": "„", '"': '"'}[text[at]]
    if opening == text[at]:
        return text.count('"', start, at) % 2 == 1
    return text.rfind(opening, start, at) >= start


def has_words(layout: Layout, spans: Iterable[Span], least: int = 1) -> bool:
    """Whether the stretches have so many words together; no more of them is counted."""
    tokens = layout.tokens
    for span in spans:
        for n in range(layout.token_at(span.start), layout.token_at(span.end)):
            least -= tokens[n].kind != "mark"
            if least < 1:
                return True
    return False


@record(frozen=True, slots=True)
class Spoken:
    """The direct speech found so far: `covered` are its tokens, `used` the first tokens of the sources that attribute it."""

    layout: Layout
    found: list[Utterance] = field(default_factory=list)
    covered: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)

    def add(self, parts: list[tuple[int, int]], source: Source, rule: str, at: int, *, label: bool = False) -> None:
        made = self.made(parts, source, rule, at, label=label)
        if made is not None:
            self.found.append(made)

    def made(self, parts: list[tuple[int, int]], source: Source, rule: str, at: int, *, label: bool = False) -> Utterance | None:
        """An utterance of stretches of tokens; None where nothing is left of them or an outlet merely passes them on."""
        if source.media and not source.subjects:
            return None
        tokens, segments = self.layout.tokens, []
        for first, last in parts:
            span = trim(self.layout.text, Span(tokens[first].start, tokens[last - 1].end)) if first < last else None
            if span is not None and has_words(self.layout, (span,)):
                segments.append(span)
                self.covered.update(range(first, last))
        if not segments:
            return None
        self.used.add(source.first)
        return Utterance(StatementKind.DIRECT, tuple(segments), source, rule, at, label)

    def extend(self, part: tuple[int, int]) -> None:
        """Adds a stretch of tokens to the words found last."""
        span = trim(self.layout.text, Span(self.layout.tokens[part[0]].start, self.layout.tokens[part[1] - 1].end))
        if span is not None and self.found:
            self.found[-1] = replace(self.found[-1], segments=(*self.found[-1].segments, span))
            self.covered.update(range(*part))
