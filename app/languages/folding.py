"""Spellings made comparable without moving a single offset."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65536)
def _fold_char(char: str) -> str:
    """One character for one: `İ` and `ß` would grow under casefold(), so they fall back to what keeps length."""
    if char in "ёЁ":
        return "е"
    for folded in (char.casefold(), char.lower()):
        if len(folded) == 1:
            return folded
    return unicodedata.normalize("NFD", char)[0].lower()[:1] or char


def fold(text: str) -> str:
    """Lower case with ё as е, of exactly the same length, so that offsets in the result hold in the text."""
    lowered = text.lower()
    if len(lowered) == len(text) and "ß" not in lowered:
        return lowered.replace("ё", "е")
    return "".join(map(_fold_char, text))


@lru_cache(maxsize=200_000)
def key(word: str) -> str:
    """The form in which a word stands in a dictionary: composed (й is one letter), lower case, ё as е.

    Its length may differ from the word's; never use it for offsets.
    """
    return fold(unicodedata.normalize("NFC", word)).replace("’", "'").replace("ʼ", "'").replace("‑", "-")
