"""The lines of a text and their words, for the stages that read a page before its language is taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.domain.record import record
from app.domain.text import Span
from app.languages.folding import fold, key

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
# Runs of one script, as in `segment`, but hyphens part words: "пресс-служба" is found as "пресс служба".
_WORD = re.compile(r"[\u0400-\u052f\u0300-\u036f]+|[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f]+|\d+|[^\W\d_]+")
_MARK = re.compile(r"[\u0300-\u036f]")
_STOP = re.compile(r"[.!?…]+[»”\"'’)\]]*")
# Small and capital letters of the alphabets that `_WORD` reads.
SMALL, CAPITAL = ("".join(filter(is_case, map(chr, range(0x41, 0x530)))) for is_case in (str.islower, str.isupper))
_DASHES = "-–—―"
# Text cut at a fixed width: how wide it may be, what share of it a line that goes on fills, how many lines must.
_NARROWEST, _WIDEST = 50, 100
_FULL = 0.75
_FEWEST_WRAPPED = 4
# Furniture, header and sentences are looked for in the lines of one text, before and after the mask: they share them.
_READ_TOGETHER = 2


class Word(NamedTuple):
    start: int
    end: int
    key: str

    @property
    def number(self) -> bool:
        return self.key.isdecimal()


@record(frozen=True)
class Line:
    """A line that is not blank, without the white space around it."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @cached_property
    def shown(self) -> str:
        return self.text[self.start : self.end]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The words by themselves, which is all that most lines are ever asked for."""
        folded = fold(self.shown)
        # A decomposed letter is one with its mark in a dictionary form, but not in the text.
        return tuple(map(key, _WORD.findall(folded)) if _MARK.search(folded) else _WORD.findall(folded))

    @cached_property
    def numbered(self) -> bool:
        """Whether any of the words is a number."""
        return any(map(str.isdigit, self.keys))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words with their places in the text."""
        start, found = self.start, _WORD.finditer(fold(self.shown))
        return tuple([Word(start + m.start(), start + m.end(), form) for m, form in zip(found, self.keys, strict=True)])

    @cached_property
    def phrase(self) -> str:
        """The words alone, as phrases stand in a pack: "Читайте также:" is "читайте также"."""
        return " ".join(self.keys)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where sentences end: a full stop before a capital letter, a dash, a quotation mark or nothing."""
        return tuple(m.end() for m in _STOP.finditer(self.text, self.start, self.end) if self._ends_at(m.end(), m.group()))

    def _ends_at(self, at: int, mark: str) -> bool:
        if at >= self.end:
            return True
        following = self.text[at]
        if following.isspace():
            rest = self.text[at : min(at + 4, self.end)].lstrip()
            return bool(rest) and (not rest[0].isalnum() or rest[0].isupper() or rest[0].isdecimal())
        # Glued paragraphs: "ранее.Фото", but neither "akorda.kz" nor "5.4".
        return following.isupper() or following in "«“„" or (following in '"–—' and mark != ".")

    @property
    def closed(self) -> bool:
        """Whether the line ends like a sentence."""
        return self.shown.rstrip("»”\"'’)]").endswith((".", "!", "?", "…", ":", ";"))

    @property
    def closed_by_stop(self) -> bool:
        """Whether the line ends in a full stop, which headlines do not have."""
        return self.shown.rstrip("»”\"'’)]").endswith((".", ";"))

    @property
    def body(self) -> bool:
        """Whether the line can only be matter: sentences, or direct speech, rather than a headline."""
        full_stop = self.end - self.start > 200 or (self.closed_by_stop and len(self.keys) > 4)
        return full_stop or self.shown[0] in _DASHES or len(self.ends) > 2


@lru_cache(maxsize=_READ_TOGETHER)
def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text that hold anything but white space; lines of a hard-wrapped paragraph are one."""
    return tuple(Line(text, start, end) for start, end in line_spans(text))


def masked_lines(masked: str, text: str) -> tuple[Line, ...]:
    """The lines of the masked text; what was read of those that the mask left alone in `text` is not read again."""
    if masked is text:
        return read_lines(text)
    whole = {(line.start, line.end): line for line in read_lines(text)}
    return tuple([_again(line, whole.get((line.start, line.end))) for line in read_lines(masked)])


def _again(line: Line, before: Line | None) -> Line:
    if before is not None and before.shown == line.shown:
        line.__dict__.update({**before.__dict__, "text": line.text})  # all that is read of a line depends on what it shows
    return line


@lru_cache(maxsize=_READ_TOGETHER)
def line_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where lines begin and end, without the white space around them."""
    spans = []
    for found in _LINE.finditer(text):
        whole = found.group()
        bare = whole.strip()
        if bare:
            start = found.start() + len(whole) - len(whole.lstrip())
            spans.append((start, start + len(bare)))
    return tuple(_unwrapped(text, spans))


def _unwrapped(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Joins the lines of paragraphs whose text was cut at a fixed width, as agencies send it, with blank lines between."""
    widest = max((end - start for start, end in spans), default=0)
    full = [end - start >= widest * _FULL for start, end in spans]
    gaps = [text.count("\n", one[1], other[0]) for one, other in pairwise(spans)]
    wrapped = [a and gap == 1 for a, gap in zip(full, gaps, strict=False)]
    if not _NARROWEST <= widest <= _WIDEST or sum(wrapped) < _FEWEST_WRAPPED or 3 * sum(wrapped) < len(spans) or max(gaps) < 2:
        return spans
    joined = [spans[0]]
    for soft, (start, end) in zip(wrapped, spans[1:], strict=True):
        if soft and text[start] not in _DASHES:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


class Wordings:
    """Phrases word for word, found at a word of a line; the longest counts."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(word.group() for word in _WORD.finditer(fold(phrase)))
            self._by_first.setdefault(words[0], []).append(words)
        for known in self._by_first.values():
            known.sort(key=len, reverse=True)

    def with_those_of(self, *others: Wordings) -> Wordings:
        """The phrases of several lists as one."""
        return Wordings(" ".join(words) for one in (self, *others) for known in one._by_first.values() for words in known)

    @property
    def firsts(self) -> frozenset[str]:
        """The words that a phrase of the list begins with."""
        return frozenset(self._by_first)

    def at(self, keys: Sequence[str], index: int) -> int:
        """How many words the phrase has that begins at this one; 0 where there is none."""
        if index >= len(keys):
            return 0
        begun = self._by_first.get(keys[index])
        for phrase in begun or ():
            if tuple(keys[index : index + len(phrase)]) == phrase:
                return len(phrase)
        return 0

    def is_whole(self, line: Line) -> bool:
        """Whether the line is one of the phrases and nothing else."""
        keys = line.keys
        return bool(keys) and keys[0] in self._by_first and self.at(keys, 0) == len(keys)
