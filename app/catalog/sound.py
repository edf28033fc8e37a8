"""One Latin spelling for every way a name is written: Тоқаев, Токаев, Tokayev and Tokaev sound alike."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from app.catalog.folding import fold

# Letters that the languages of the region add to the Cyrillic alphabet, each as its Russian neighbour is written.
_ADDED = str.maketrans({
    "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и", "ї": "и", "є": "е", "ґ": "г",
    "ӣ": "и", "ӯ": "у", "ҳ": "х", "ҷ": "ж", "ў": "у", "ь": "", "ъ": "", "'": "",
})  # fmt: skip
# What one and the same sound is written as, in the order in which it is put right.
_ALIKE = (
    ("dzh", "zh"), ("dj", "zh"), ("j", "zh"), ("sch", "sh"), ("tch", "ch"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("w", "v"),
    ("x", "ks"), ("gh", "g"), ("tz", "ts"), ("oo", "u"), ("ee", "i"), ("ou", "u"),
)  # fmt: skip
_OTHER = re.compile("[^a-z]")
_BREATH = re.compile(r"(?<![szkctgp])h")
_AFTER_VOWEL = re.compile(r"(?<=[aeiou])[iy](?![aeiou])")
_SOFT_E = re.compile(r"(?:^|(?<=[aeiou]))ye|(?<=[^aeiouy])yo")
_IOTED = re.compile(r"i?y(?=[au])|i(?=[au])")
_TWICE = re.compile(r"(.)\1+")
_BETWEEN = re.compile(r"(?<![aeiou])y(?![aeiou])")
_FINAL = re.compile(r"(?<=[^aeiou])[iy]+$")


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """The spelling of one word; words that a reader would take for one name come out alike, in any script."""
    folded = fold(word).translate(_ADDED)
    plain = _OTHER.sub("", folded if folded.isascii() else anyascii(folded).lower())
    for written, heard in _ALIKE:
        if written in plain:
            plain = plain.replace(written, heard)
    plain = _BREATH.sub("kh", plain)
    plain = _SOFT_E.sub("e", plain)
    plain = _IOTED.sub("y", plain)
    plain = _TWICE.sub(r"\1", plain)
    plain = _AFTER_VOWEL.sub("y", plain)
    plain = _FINAL.sub("i", plain)
    return _BETWEEN.sub("i", plain)
