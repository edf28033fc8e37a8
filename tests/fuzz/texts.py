"""Texts that nobody writes: sentences of the three languages with their spaces, quotes, digits and letters spoilt."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

SPECS = Path(__file__).resolve().parents[1] / "specs"

_FOUND: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("pieces.toml").read_text("utf-8"))
PIECES = [*(piece for kind in _FOUND.values() for piece in kind), "1" * 40, "9" * 400, " ", "\n", "\n\n"]


def seeds() -> list[str]:
    """The sentences of the specifications: every shape that some stage looks for stands in one of them."""
    found = (text for path in sorted(SPECS.glob("*/*.toml")) for text in _texts(tomllib.loads(path.read_text("utf-8"))))
    return sorted(set(found))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value)


Change = Callable[[str, int, int, str], str]


def insert(text: str, at: int, _: int, piece: str) -> str:
    return text[:at] + piece + text[at:]


def replace(text: str, at: int, to: int, piece: str) -> str:
    return text[:at] + piece + text[max(at, min(to, at + 12)) :]


def respace(text: str, at: int, _: int, piece: str) -> str:
    """Every space from there on becomes something else: lines that no reader agrees on."""
    return text[:at] + text[at:].replace(" ", piece)


def repeat(text: str, at: int, to: int, _: str) -> str:
    return text[:at] + text[at:to] * 3 + text[to:]


def drop(text: str, at: int, to: int, _: str) -> str:
    return text[:at] + text[to:]


def cut(text: str, at: int, _: int, __: str) -> str:
    """Ends with a word: what looks at the next one has none."""
    return text[:at].rstrip(' \n.,»”"') or text


def swap(text: str, at: int, to: int, _: str) -> str:
    return text[to:] + text[at:to] + text[:at]


def decompose(text: str, at: int, _: int, __: str) -> str:
    return text[:at] + unicodedata.normalize("NFD", text[at:])


def recase(text: str, at: int, to: int, _: str) -> str:
    return text[:at].upper() + text[at:to].lower() + text[to:].swapcase()


def wrap(text: str, at: int, to: int, piece: str) -> str:
    return f"{text[:at]}{piece}{text[at:to]}{piece[::-1]}{text[to:]}"


CHANGES: list[Change] = [insert, insert, insert, replace, respace, repeat, drop, cut, cut, swap, decompose, recase, wrap]
_MOST = 3_000


@st.composite
def texts(draw: st.DrawFn) -> str:
    """One to three sentences, and up to eight changes of them."""
    text = draw(st.sampled_from([" ", "\n", "\n\n", ""])).join(draw(st.lists(st.sampled_from(_SEEDS), min_size=1, max_size=3)))
    for _ in range(draw(st.integers(0, 8))):
        change = draw(st.sampled_from(CHANGES))
        at = draw(st.integers(0, len(text)))
        to = draw(st.integers(at, len(text)))
        text = change(text, at, to, draw(st.sampled_from(PIECES) | st.text(min_size=1, max_size=4)))[:_MOST]
    return text


_SEEDS = seeds()
