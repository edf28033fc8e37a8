"""The country named last, where the text goes on of "this country"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from app.languages.pack import Pack
from app.pipeline.words.phrasebook import Openers, Phrases, Words
from app.pipeline.words.segment import Layout

_REACH = 30  # tokens back to the country that is meant


def find_same(layout: Layout, pack: Pack, named: dict[int, str]) -> Iterator[tuple[int, int, str]]:
    """First and last token of every "this country", with the code of the country named last; `named` are codes by token."""
    phrases, openers = _phrases(pack)
    words = Words.of(layout, pack)
    for at in openers.between(words, 0, len(layout.tokens)):
        found = phrases.at(words, at, len(layout.tokens))
        code = next((named[n] for n in range(at - 1, max(-1, at - _REACH), -1) if n in named), None) if found else None
        if found is not None and code is not None:
            yield found.first, found.last, code


@cache
def _phrases(pack: Pack) -> tuple[Phrases[bool], Openers]:
    phrases = Phrases([(phrase, True) for phrase in pack["countries"].get("same", {}).get("phrases", ())])
    return phrases, Openers(phrases.firsts)
