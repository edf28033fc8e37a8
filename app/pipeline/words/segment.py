"""Where paragraphs, sentences and tokens begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from app.domain.record import field, record
from app.domain.text import Span
from app.languages.folding import key
from app.languages.pack import Morphology, Pack
from app.pipeline.page.lines import line_spans
from app.pipeline.page.spelling import FILLER

# Runs of one script each, so that scraper glue ("передаетTengrinews.kzсо") comes apart; numbers keep their inner
# points and commas. Combining marks belong to their letter: a decomposed й is one letter of a word.
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[\u0400-\u052f\u0300-\u036f]+(?:[-‑’'][\u0400-\u052f\u0300-\u036f]+)*"
    r"|[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f]+(?:[-‑’'.&][A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f]+)*"
    r"|[^\W\d_]+)"
    r"|(?P<mark>[^\w\s]|_)"
)
_made = tuple.__new__  # what `Token(…)` does, without a call in between for every word of a text
_END = ".!?…"
_CLOSING = "»”“\"'’)]"
_OPENING = "«“„\"'‘(["
_DASHES = "-–—―"
_KEPT = 100_000  # words remembered for each language
_VEIL = "·"  # stands for a word of another language


class Token(NamedTuple):
    """A word, a number or a mark; `key` is its dictionary form (lower case, ё as е)."""

    start: int
    end: int
    text: str
    key: str
    kind: str

    @property
    def capital(self) -> bool:
        return self.kind == "word" and self.text[0].isupper()

    @property
    def upper(self) -> bool:
        """All capitals and more than one letter: an abbreviation, or a shouted headline."""
        return self.kind == "word" and len(self.text) > 1 and self.text.isupper()


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

    def token_at(self, offset: int) -> int:
        """The index of the first token that starts at `offset` or later."""
        return bisect_left(self.starts, offset)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence in which a character stands."""
        at = bisect_left(self.sentences, offset + 1, key=lambda s: s.span.start) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].span.end else None

    def sentence_number(self, token: int) -> int:
        """The place among the sentences of the one in which a token stands."""
        return bisect_left(self.sentences, token + 1, key=lambda s: s.first) - 1

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
        tokens.extend(_tokens(text, start, end, _parting(own)))
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
        tokens.append(Token(token.start, token.end, _VEIL, _VEIL, "mark") if hidden else token)
    return replace(layout, tokens=tuple(tokens))


def _pack_at(offset: int, pack: Pack, others: Sequence[tuple[Span, Pack]]) -> Pack:
    at = bisect_right(others, offset, key=lambda other: other[0].start) - 1
    return others[at][1] if at >= 0 and offset < others[at][0].end else pack


def _tokens(text: str, start: int, end: int, parting: _Parting) -> list[Token]:
    tokens: list[Token] = []
    filled = text.find(FILLER, start, end) >= 0
    whole = parting.whole
    for found in _TOKEN.finditer(text, start, end):
        written, first = found[0], found.start()
        known = whole.get(written)
        if known is not None:
            tokens.append(_made(Token, (first, first + len(written), written, *known)))
            continue
        last, kind = found.end(), found.lastgroup or "mark"
        if filled:
            written = written.replace(FILLER, "")
        token = _made(Token, (first, last, written, key(written) if kind == "word" else written, kind))
        hyphened = kind == "word" and parting.numbers and "-" in written
        parts = _parted(token, parting.clitics) if kind == "word" and parting.clitics else (token,)
        if hyphened and _measures(token, tokens, parting):
            tokens.extend(_cut(token))
        else:
            tokens.extend(parts)
            if not hyphened and len(parts) == 1 and len(written) == last - first:
                _remember(token, whole)
    return tokens


def _remember(token: Token, whole: dict[str, tuple[str, str]]) -> None:
    """Most words are met again, and whatever stands beside them they stay one token with the same key."""
    if len(whole) > _KEPT:
        whole.clear()
    whole[token.text] = (token.key, token.kind)


def _measures(token: Token, before: list[Token], parting: _Parting) -> bool:
    """ "twenty-two", "3.6-billion-dollar": a word that spells a number, or goes on one, comes apart at its hyphens."""
    if token.key.partition("-")[0] in parting.numbers:
        return True
    glued = len(before) > 1 and before[-1].text == "-" and before[-1].end == token.start == before[-2].end + 1
    return glued and before[-2].kind == "number"


def _cut(token: Token) -> list[Token]:
    """The parts of a hyphened word and the hyphens between them."""
    parts, at = [], token.start
    for part in re.split(r"(-)", token.text):
        parts.append(Token(at, at + len(part), part, key(part), "mark" if part == "-" else "word"))
        at += len(part)
    return parts


def _parted(token: Token, clitics: tuple[str, ...]) -> tuple[Token, ...]:
    """A word and the ending that the language counts as another one: "Kazakhstan's"."""
    if not token.key.endswith(clitics):
        return (token,)
    size = next((len(c) for c in clitics if token.key.endswith(c) and len(token.key) > len(c)), 0)
    if not size:
        return (token,)
    cut = len(token.text) - size
    word, ending = token.text[:cut], token.text[cut:]
    middle = token.start + cut
    return Token(token.start, middle, word, key(word), "word"), Token(middle, token.end, ending, key(ending), "word")


@record(frozen=True, slots=True)
class _Parting:
    """What cuts a written word in two: endings that are words, and number words before a hyphen."""

    clitics: tuple[str, ...]
    numbers: frozenset[str]
    whole: dict[str, tuple[str, str]] = field(default_factory=dict, compare=False)  # key and kind of words that nothing parts


@cache
def _parting(pack: Pack) -> _Parting:
    table = pack["segment"].get("tokens", {})
    numerals = pack["numerals"]
    numbers = (*numerals.get("words", {}), *numerals.get("magnitudes", {}), *table.get("part_at_hyphens", ()))
    parted = numbers if table.get("numbers_part_at_hyphens") else ()
    return _Parting(tuple(table.get("clitics", ())), frozenset(parted))


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
    ranges, start, i = [], first, first
    while i < len(tokens):
        if tokens[i].kind == "mark" and tokens[i].text in _END:
            last = i
            while i + 1 < len(tokens) and tokens[i + 1].text in _END:
                i += 1
            closing = i
            while closing + 1 < len(tokens) and _closes(tokens, closing + 1):
                closing += 1
            if _breaks(tokens, last, closing, start, short):
                ranges.append((start, closing + 1))
                start = closing + 1
            i = closing
        i += 1
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
        opens = following.text in _OPENING or (following.text in _DASHES + "•" and spaced)
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
            continues = following.key in short.continuing or following.kind == "number"
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
