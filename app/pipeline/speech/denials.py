"""What the article says that somebody denies: no figure is read from it as a fact."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Protocol, TypeVar

from app.domain.place import by_start
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.speech.cue_tables import frame_words
from app.pipeline.words.lexicon import Lexicon
from app.pipeline.words.segment import Layout, Sentence


class _HasSpan(Protocol):
    @property
    def span(self) -> Span: ...


Placed = TypeVar("Placed", bound=_HasSpan)

_REACH = 8  # tokens between a verb of denial and its "что"


def find_denials(layout: Layout, pack: Pack) -> tuple[Span, ...]:
    """The clauses behind "отрицает, что" and "не подтвердил, что", to the end of their sentence."""
    lexicon = _denials(pack)
    if not lexicon.opens(layout.tokens):
        return ()  # as in most articles
    found = (_clause(layout, sentence, hit.last, pack) for sentence in layout.sentences
             for hit in lexicon.find(layout.tokens, sentence.first, sentence.last))  # fmt: skip
    return tuple(span for span in found if span is not None)


def not_denied(found: Sequence[Placed], denials: tuple[Span, ...]) -> tuple[Placed, ...]:
    """Of what was found in the text, what stands in no denial."""
    return tuple(item for item in found if not _inside(item.span, denials))


def _inside(span: Span, denials: tuple[Span, ...]) -> bool:
    at = bisect_right(denials, span.start, key=by_start) - 1
    return at >= 0 and denials[at].holds(span)


def _clause(layout: Layout, sentence: Sentence, behind: int, pack: Pack) -> Span | None:
    for n in range(behind, min(behind + _REACH, sentence.last - 1)):
        if layout.tokens[n].key in frame_words(pack, "that"):
            return Span(layout.tokens[n].start, sentence.span.end)
    return None


@cache
def _denials(pack: Pack) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(pack.morphology)
    return lexicon.extend(pack["speech"].get("denials", {}).get("phrases", ()), "denial")
