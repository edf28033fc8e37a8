"""Which paragraphs and quotations of a text are in another language than the text.

A paragraph is looked into only where its letters speak against the language of the text, so that a text in one
language pays next to nothing. Less than a few words is too little to tell a language by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from app.domain.record import record, replace
from app.domain.text import Span
from app.pipeline.page.detect import alphabet_of, read_surely, script_of
from app.pipeline.page.lines import line_spans

_LEAST = 40  # characters of what can be told to be in another language
_FOREIGN_LETTERS = 10  # of another script: fewer are those of a name
_QUOTED = re.compile(r"«[^«»\n]+»|“[^“”\n]+”|„[^„“\n]+“|\"[^\"\n]+\"")
# In a paragraph that opens with a dash the words spoken end where a mark and another dash stand.
_TURN = re.compile(r"[,.!?…]\s*[-–—]\s")
_DASHES = "-–—"


@record(frozen=True, slots=True)
class Part:
    """A stretch in another language: a paragraph, or what is `quoted` inside a paragraph of the text's own language."""

    span: Span
    code: str
    quoted: bool = False


def find_parts(text: str, code: str, readable: frozenset[str]) -> tuple[Part, ...]:
    """The stretches in another language that can be read, in order; none in nearly every text."""
    found: list[Part] = []
    announced = False
    if not alphabet_of(code) or not _may_be_mixed(text, code, readable):
        return ()
    for start, end in line_spans(text):
        parts = _parts(text, Span(start, end), code, readable) if end - start >= _LEAST else []
        found.extend(replace(part, quoted=part.quoted or announced) for part in parts)
        # "Токаев, Қазақстан президенті:" and below it his words in Russian.
        announced = text[end - 1] == ":" and not (parts and parts[-1].span.end == end)
    return tuple(found)


def main_language(text: str, code: str, parts: Sequence[Part]) -> str:
    """The language that most of the text is in."""
    sizes: dict[str, int] = {code: len(text) - sum(len(p.span) for p in parts)}
    for part in parts:
        sizes[part.code] = sizes.get(part.code, 0) + len(part.span)
    return max(sizes, key=lambda one: sizes[one])


def only(text: str, spans: Iterable[Span]) -> str:
    """The text with all but these stretches blanked, as long as before and with its line breaks."""
    out: list[str] = []
    at = 0
    for span in spans:
        out += (blank(text[at : span.start]), span.of(text))
        at = span.end
    return "".join(out) + blank(text[at:])


def blank(text: str) -> str:
    return "".join(char if char.isspace() else " " for char in text)


def _parts(text: str, line: Span, code: str, readable: frozenset[str]) -> list[Part]:
    whole = _other(line.of(text), code, readable)
    quoted = [span for span in _quotations(text, line) if len(span) >= _LEAST]
    if whole is not None and not (quoted and _is_own(_frame(text, line, quoted), code, whole)):
        return [Part(line, whole)]
    others = ((span, _other(span.of(text), code, readable)) for span in quoted)
    return [Part(span, other, quoted=True) for span, other in others if other is not None]


def _quotations(text: str, line: Span) -> list[Span]:
    """What stands between quotation marks; behind an opening dash what stands between the dashes that part it."""
    if text[line.start] not in _DASHES:
        return [Span(m.start() + 1, m.end() - 1) for m in _QUOTED.finditer(text, line.start, line.end)]
    marks = [line.start + 1, *(m.start() + 1 for m in _TURN.finditer(text, line.start, line.end)), line.end]
    return [Span(a, b) for a, b in pairwise(marks)][::2]


def _frame(text: str, line: Span, quoted: Sequence[Span]) -> str:
    """What stands around the quotations of a paragraph."""
    edges = [line.start, *(edge for span in quoted for edge in (span.start, span.end)), line.end]
    return " ".join(text[a:b] for a, b in list(pairwise(edges))[::2])


def _is_own(frame: str, code: str, other: str) -> bool:
    """Whether what stands around quotations can be in the text's own language, by its letters."""
    letters = {char for char in frame.lower() if char.isalpha()}
    if not letters or script_of(letters) != _script(code):
        return False
    return not letters & _beyond(other, code) and (not _beyond(code, other) or bool(letters & _beyond(code, other)))


def _other(words: str, code: str, readable: frozenset[str]) -> str | None:
    """The other language that the words are surely in."""
    marks, strange = _marks(code, readable), _strange(code, readable)
    if (marks is not None and marks.search(words)) or (strange is not None and not strange.search(words)):
        return None
    if not _against(set(words.lower()), code, readable):
        return None
    told = read_surely(words)
    return told if told is not None and told != code and told in readable else None


def _may_be_mixed(text: str, code: str, readable: frozenset[str]) -> bool:
    """Whether a text has letters of another language at all; one that a language shares all letters with may always be it."""
    return any(
        bool(_beyond(code, other)) or _any_of(_beyond(other, code)).search(text) is not None
        if _script(other) == _script(code)
        else len(set(_any_of(alphabet_of(other)).findall(text))) >= _FOREIGN_LETTERS
        for other in readable
        if other != code
    )


@cache
def _strange(code: str, readable: frozenset[str]) -> re.Pattern[str] | None:
    """The letters of other languages that a language lacks: what has none of them is in no other, where all others have such."""
    others = [other for other in readable if other != code]
    if any(_beyond(code, other) for other in others if _script(other) == _script(code)):
        return None
    strange = frozenset().union(*(_beyond(other, code) for other in others))
    return re.compile(f"[{''.join(map(re.escape, sorted(strange)))}]", re.IGNORECASE) if strange else None


@cache
def _any_of(letters: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(re.escape, sorted(letters)))}]" if letters else "(?!)")


@cache
def _marks(code: str, readable: frozenset[str]) -> re.Pattern[str] | None:
    """The letters by which a language is told from every other of its script, where it has such."""
    alike = [_beyond(code, other) for other in readable if other != code and _script(other) == _script(code)]
    marks = frozenset.intersection(*alike) if alike else frozenset()
    return re.compile(f"[{''.join(sorted(marks))}]", re.IGNORECASE) if marks else None


def _against(letters: set[str], code: str, readable: frozenset[str]) -> bool:
    """Whether the letters of a stretch speak against its being in the language of the text."""
    if script_of(letters) != _script(code):
        return True
    alike = (other for other in readable if other != code and _script(other) == _script(code))
    return any(letters & _beyond(o, code) or (_beyond(code, o) and not letters & _beyond(code, o)) for o in alike)


@cache
def _beyond(code: str, other: str) -> frozenset[str]:
    """The letters that one language has and another of the same script has not."""
    return alphabet_of(code) - alphabet_of(other)


@cache
def _script(code: str) -> str:
    return script_of(alphabet_of(code))
