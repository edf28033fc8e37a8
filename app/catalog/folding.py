"""When two spellings of a name count as one: case, ё, Latin accents, kinds of apostrophe, dash and space."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SAME = {"ё": "е", "ı": "i", "ə": "a", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "þ": "th"} | {
    "’": "'", "ʻ": "'", "ʼ": "'", "‘": "'", "`": "'", "‑": "-", "–": "-", "—": "-"
}  # fmt: skip


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """The form under which a name is looked up: `Erdoğan` and `ERDOGAN` are one, as are `Артём` and `артем`."""
    folded = unicodedata.normalize("NFC", name).casefold()
    if not folded.isascii():
        folded = "".join(map(_plain, unicodedata.normalize("NFC", folded)))
    return " ".join(folded.split())


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """Accents fall from Latin letters only: й and ї are letters of their own."""
    if character in _SAME:
        return _SAME[character]
    base = unicodedata.normalize("NFD", character)
    if len(base) > 1 and base[0].isascii():
        return base[0]
    return "" if unicodedata.combining(character) else character
