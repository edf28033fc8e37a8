"""Where paragraphs, sentences and tokens begin and end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from app.domain.record import field, record
from app.domain.text import Span
from app.languages.pack import Morphology, Pack
from app.pipeline.page.lines import line_spans
from app.pipeline.words.tokens import Token, cut_tokens, parting_of

__all__ = ["Layout", "Paragraph", "Sentence", "Token", "segment", "veiled"]

_END = frozenset(".!?…")
_CLOSING = "»”“\"'’)]"
_CURRENCIES = "$€₽¥£₸₴"  # before a number
_OPENING = "«“„\"'‘(["
_DASHES = "-–—―"
_VEIL = "·"  # stands for a word of another language


@record(frozen=True, slots=True)
class Sentence:
    """A sentence as a range of tokens, `first` inclusive and `last` exclusive."""

    span: Span
    first: int
    last: int
    paragraph: int


@record(frozen=True, slots=True)
class Paragraph:
    """A line of the text that is not blank, with its tokens and sentences as ranges."""

    span: Span
    first: int
    last: int
    sentences: range


@record(frozen=True, slots=True, eq=False, weakref_slot=True)
class Layout:
    """The text cut up; everything later speaks in these tokens."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    paragraphs: tuple[Paragraph, ...]
    starts: tuple[int, ...]
    # Where sentences begin, in characters and in tokens: stages look them up thousands of times.
    sentence_starts: tuple[int, ...] = field(init=False, compare=False, repr=False)
    sentence_firsts: tuple[int, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sentence_starts", tuple([s.span.start for s in self.sentences]))
        object.__setattr__(self, "sentence_firsts", tuple([s.first for s in self.sentences]))

    def token_at(self, offset: int) -> int:
        """The index of the first token that starts at `offset` or later."""
        return bisect_left(self.starts, offset)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence in which a character stands."""
        at = bisect_left(self.sentence_starts, offset + 1) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].span.end else None

    def sentence_number(self, token: int) -> int:
        """The place among the sentences of the one in which a token stands."""
        return bisect_left(self.sentence_firsts, token + 1) - 1

    def words(self, span: Span) -> tuple[Token, ...]:
        """The tokens that start inside a stretch."""
        return self.tokens[self.token_at(span.start) : self.token_at(span.end)]


def segment(text: str, pack: Pack, others: Sequence[tuple[Span, Pack]] = ()) -> Layout:
    """Cuts a (masked) text into paragraphs at line breaks, then sentences, then tokens; `others` have packs of their own."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    paragraphs: list[Paragraph] = []
    for start, end in line_spans(text):
        first, own = len(tokens), _pack_at(start, pack, others)
        tokens.extend(cut_tokens(text, start, end, parting_of(own)))
        if len(tokens) == first:
            continue
        before = len(sentences)
        for a, b in _sentence_ranges(tokens, first, _abbreviations(own)):
            sentences.append(Sentence(Span(tokens[a].start, tokens[b - 1].end), a, b, len(paragraphs)))
        span = Span(tokens[first].start, tokens[-1].end)
        paragraphs.append(Paragraph(span, first, len(tokens), range(before, len(sentences))))
    return Layout(text, tuple(tokens), tuple(sentences), tuple(paragraphs), tuple([t.start for t in tokens]))


def veiled(layout: Layout, spans: Sequence[Span]) -> Layout:
    """The same tokens in the same places, those inside the stretches (in order) without a word to read."""
    if not spans:
        return layout
    tokens: list[Token] = []
    at = 0
    for token in layout.tokens:
        while at < len(spans) and spans[at].end <= token.start:
            at += 1
        hidden = at < len(spans) and spans[at].start <= token.start
        tokens.append(Token.of(token.start, token.end, _VEIL, _VEIL, "mark") if hidden else token)
    return replace(layout, tokens=tuple(tokens))


def _pack_at(offset: int, pack: Pack, others: Sequence[tuple[Span, Pack]]) -> Pack:
    at = bisect_right(others, offset, key=lambda other: other[0].start) - 1
    return others[at][1] if at >= 0 and offset < others[at][0].end else pack


@record(frozen=True, slots=True)
class _Abbreviations:
    morphology: Morphology
    never: frozenset[str]
    rarely: frozenset[str]
    after_number: frozenset[str]
    continuing: frozenset[str]
    and_so_on: frozenset[str]


@cache
def _abbreviations(pack: Pack) -> _Abbreviations:
    table = pack["segment"].get("abbreviations", {})
    names = ("never", "rarely", "after_number", "continuing", "and_so_on")
    return _Abbreviations(pack.morphology, *(frozenset(table.get(name, ())) for name in names))


def _sentence_ranges(tokens: list[Token], first: int, short: _Abbreviations) -> list[tuple[int, int]]:
    """Ranges of sentences among the tokens from `first` on."""
    ranges, start, done = [], first, first
    for last in [n for n, token in enumerate(tokens[first:], first) if token.text in _END]:
        if last < done:
            continue
        closing = last
        while closing + 1 < len(tokens) and tokens[closing + 1].text in _END:
            closing += 1
        while closing + 1 < len(tokens) and _closes(tokens, closing + 1):
            closing += 1
        if _breaks(tokens, last, closing, start, short):
            ranges.append((start, closing + 1))
            start = closing + 1
        done = closing + 1
    if start < len(tokens):
        ranges.append((start, len(tokens)))
    return ranges


def _closes(tokens: list[Token], at: int) -> bool:
    """A closing quotation mark or bracket that stands right behind the sentence's end."""
    token = tokens[at]
    if token.text not in _CLOSING or token.start != tokens[at - 1].end:
        return False
    followed = at + 1 < len(tokens) and tokens[at + 1].start == token.end and tokens[at + 1].kind != "mark"
    return token.text not in _OPENING or not followed


def _breaks(tokens: list[Token], dot: int, closing: int, start: int, short: _Abbreviations) -> bool:
    """Whether the full stop at `dot` ends a sentence, seen from what stands on both sides."""
    if closing + 1 >= len(tokens):
        return True
    following = tokens[closing + 1]
    spaced = following.start > tokens[closing].end
    if following.kind == "mark":
        opens = following.text in _OPENING or (following.text in _DASHES + "•" + _CURRENCIES and spaced)
        if not opens or (following.text in _DASHES and _goes_on_small(tokens, closing + 2)):
            return False
    elif (following.kind == "word" and not following.capital) or (following.kind == "number" and not spaced):
        return False
    if tokens[dot].text != "." or dot == start:
        return True
    word = tokens[dot - 1]
    if word.kind == "word" and word.end == tokens[dot].start:
        if (len(word.text) == 1 and word.text.isupper()) or word.key in short.never:
            return False
        if word.key in short.after_number and dot >= start + 2 and tokens[dot - 2].text == "-":
            return True  # "в 2025-м. Он": an ending of the number, no abbreviation
        if dot >= start + 3 and f"{tokens[dot - 3].key} {word.key}" in short.and_so_on:
            return True
        if word.key in short.after_number and not _measures_something(tokens, dot, start, short):
            return False
        if word.key in short.rarely | short.after_number:
            share = closing + 2 < len(tokens) and tokens[closing + 2].text == "%"  # "на 5 млн. 87% этого …"
            numbered = (following.kind == "number" and not share) or following.text in _CURRENCIES
            continues = following.key in short.continuing or numbered
            dated = word.key in short.after_number and word.key not in short.rarely
            return not continues and (not dated or _has_verb(tokens[start:dot], short.morphology))
    return spaced or "mark" in (following.kind, word.kind) or len(word.text) > 2


def _goes_on_small(tokens: list[Token], at: int) -> bool:
    """ "Готовы? – спросил он": behind the dash the attribution of the question, no sentence."""
    return at < len(tokens) and tokens[at].kind == "word" and not tokens[at].capital


def _measures_something(tokens: list[Token], dot: int, start: int, short: _Abbreviations) -> bool:
    """Whether the abbreviation before a full stop is a number's unit or year: "2019 г.", "90 тыс. т.", "5 млрд куб. м."."""
    at = dot - 2
    if at > start and tokens[at].text == ".":
        at -= 1
    return at >= start and (tokens[at].kind == "number" or tokens[at].key in short.rarely)


def _has_verb(tokens: list[Token], morphology: Morphology) -> bool:
    """Whether a stretch says something already: "В 2023 г. Казахстан" goes on, "Добыли 90 тыс. т. Министр" does not."""
    readings = (reading for t in tokens if t.kind == "word" for reading in morphology.readings(t.text))
    return any(reading.verb in ("fin", "short") for reading in readings)
