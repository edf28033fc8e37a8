"""What a statement is about, by the words it uses."""

from __future__ import annotations

from collections import Counter
from functools import cache

from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.segment import Layout

_MOST = 4


def find_topics(spans: tuple[Span, ...], layout: Layout, pack: Pack) -> tuple[str, ...]:
    """Up to four topic codes, the best supported first."""
    index, counts = _index(pack), Counter[str]()
    for span in spans:
        for token in layout.words(span):
            if token.kind == "word":
                counts.update(_topics_of(index, pack.morphology.readings(token.text)[0].lemma))
    return tuple(code for code, _ in counts.most_common(_MOST))


def _topics_of(index: dict[str, list[tuple[str, str]]], lemma: str) -> set[str]:
    return {code for beginning, code in index.get(lemma[:3], ()) if lemma.startswith(beginning)}


@cache
def _index(pack: Pack) -> dict[str, list[tuple[str, str]]]:
    """Beginnings of words by their first three letters."""
    index: dict[str, list[tuple[str, str]]] = {}
    for code, beginnings in pack["topics"].items():
        for beginning in beginnings:
            index.setdefault(beginning[:3], []).append((beginning, code))
    return index
