"""The country that the narrator calls "our country", in a language that one country's press writes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from app.languages.pack import Pack
from app.pipeline.words.segment import Layout, Paragraph

_DASHES = "-–—"
_DEPTH = {"«": 1, "„": 1, "“": 1, "»": -1, "”": -1}


def find_own(layout: Layout, pack: Pack) -> Iterator[tuple[int, str]]:
    """The tokens that mean the narrator's country, with its code; in somebody's own words they mean the speaker's."""
    beginnings = _beginnings(pack)
    if not beginnings:
        return
    for paragraph in layout.paragraphs:
        if layout.tokens[paragraph.first].text not in _DASHES:
            yield from _in_paragraph(layout, paragraph, beginnings)


def _in_paragraph(layout: Layout, paragraph: Paragraph, beginnings: dict[str, str]) -> Iterator[tuple[int, str]]:
    depth, starts = 0, tuple(beginnings)
    for n in range(paragraph.first, paragraph.last):
        token = layout.tokens[n]
        depth = max(0, depth + _DEPTH.get(token.text, 0)) if token.text != '"' else 1 - min(depth, 1)
        if depth or token.kind != "word":
            continue
        if token.key.startswith(starts):
            yield n, next(code for start, code in beginnings.items() if token.key.startswith(start))


@cache
def _beginnings(pack: Pack) -> dict[str, str]:
    return {start: code for code, words in pack["countries"].get("own", {}).items() for start in words}
