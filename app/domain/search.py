"""What a reader searches for in words: how a search is written, and what it asks once its words are in dictionary form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PART = re.compile(r"""(?P<minus>[-−]?)(?:"(?P<straight>[^"]*)"?|«(?P<angled>[^»]*)»?|(?P<word>[^\s"«]+))""")
MOST_PARTS = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A word or a phrase as it was typed; `unwanted` after a minus, `open` where an asterisk leaves the end open."""

    words: str
    unwanted: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Dictionary forms that stand one after the other; the last one only begins so where it is `open`."""

    lemmas: tuple[str, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """Of every clause in `wanted` some phrase must be there, of those in `unwanted` none."""

    wanted: tuple[tuple[Phrase, ...], ...]
    unwanted: tuple[tuple[Phrase, ...], ...] = ()


def parse(q: str) -> Iterator[Part]:
    """Words must all be there; `"quoted"` or «quoted» ones in a row, `begin*` only begins a word, `-word` must not be there."""
    for found in _PART.finditer(q):
        phrase = found["straight"] if found["straight"] is not None else found["angled"]
        word = found["word"] or ""
        if phrase is not None:
            yield Part(phrase, bool(found["minus"]))
        elif word.strip("*"):
            yield Part(word.rstrip("*"), bool(found["minus"]), word.endswith("*"))
