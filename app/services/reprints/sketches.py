"""What is left of a text to know its copies by: a MinHash of its runs of words, and the numbers in it.

Two texts share about as many places of their signatures as they share of their runs of three words (Broder 1997).
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from app.languages.folding import key

PLACES = 128
"""Of the signature: the share of two texts is known within 0.04 (standard error at a share of 0.7)."""
BANDS, _BAND = 16, 8
"""Bands of four places, 8 bytes, find the candidates: of copies that share 0.6 all but 1 in 9, of 0.7 all but 1 in 80."""
FEWEST_WORDS = 40
"""A shorter text is mostly formula ("Товарооборот вырос на 4 %"), and a few words more or less are another story."""
LEAST_SHARED = 0.6
"""On the invented pairs of `tests/services/test_sketches.py` copies share 0.70 and more, follow-ups 0.27 and less;
stories told by one template share 0.59, and have other numbers."""
LEAST_NUMBERS = 0.7
"""A story told by a template has the words of another day and its own figures: a copy has the same."""
_MOST_NUMBERS = 64
_AT_ONCE = 1_024
_LETTERS = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"[0-9]")
_RUN = 3


def _constants(name: bytes, count: int) -> Any:
    drawn = (hashlib.blake2b(name + number.to_bytes(2, "big"), digest_size=8).digest() for number in range(count))
    return np.array([int.from_bytes(one, "big") | 1 for one in drawn], dtype=np.uint64)


# A place is the least of all runs under a permutation of its own, x·t + p modulo 2³²: so many bits are multiplied eight at once.
_TIMES, _PLUS = (_constants(name, PLACES).astype(np.uint32)[:, None] for name in (b"times", b"plus"))
_MIX = _constants(b"mix", _RUN + 1)


@dataclass(frozen=True, slots=True)
class Sketch:
    """`signature` has two bytes a place, `numbers` three for each number of the text, as far as they are told apart by so few."""

    signature: bytes
    numbers: frozenset[int]

    @property
    def written(self) -> str:
        """As text, which every store and every export keeps alike; `read` is the way back."""
        return " ".join([b64encode(self.signature).decode(), *(f"{number:06x}" for number in sorted(self.numbers))])

    @classmethod
    def read(cls, written: str) -> Sketch:
        signature, *numbers = written.split()
        return cls(b64decode(signature), frozenset(int(number, 16) for number in numbers))

    @property
    def bands(self) -> list[int]:
        """Each the content of four places, and which: whoever shares one is a candidate."""
        words = np.frombuffer(self.signature[: BANDS * _BAND], dtype="<u8")
        mixed = words * _MIX[0] + np.arange(BANDS, dtype=np.uint64)
        return [int(band) for band in mixed.view(np.int64)]

    def shared(self, other: Sketch) -> float:
        """The share of their runs of words that two texts have in common."""
        places = (np.frombuffer(sketch.signature, dtype="<u2") for sketch in (self, other))
        return float(np.mean(np.equal(*places)))


def sketch_of(text: str) -> Sketch | None:
    """None where there are too few words to tell a copy from a story like it."""
    words = text.split()
    hashes = np.fromiter(map(_hash, words), dtype=np.uint64, count=len(words))
    hashes = hashes[hashes != 0]
    if len(hashes) < FEWEST_WORDS:
        return None
    runs = _runs(hashes)
    least = np.full(PLACES, np.iinfo(np.uint32).max, dtype=np.uint32)
    for start in range(0, len(runs), _AT_ONCE):
        np.minimum(least, (runs[start : start + _AT_ONCE] * _TIMES + _PLUS).min(axis=1), out=least)
    # The lower half tells two runs apart as well as the whole does; of a least value the upper bits are mostly zero.
    signature = least.astype("<u2").tobytes()
    numbers = np.unique(hashes[hashes & np.uint64(1) == 1])[:_MOST_NUMBERS] >> np.uint64(40)
    return Sketch(signature, frozenset(numbers.tolist()))


def is_copy(one: Sketch, other: Sketch) -> bool:
    """Whether two texts are the same news item with small changes."""
    return _same_numbers(one.numbers, other.numbers) and one.shared(other) >= LEAST_SHARED


def _same_numbers(one: frozenset[int], other: frozenset[int]) -> bool:
    """Of a copy that was cut or added to, the shorter list is in the longer."""
    return len(one & other) >= LEAST_NUMBERS * min(len(one), len(other))


def _runs(hashes: Any) -> Any:
    """A hash for each three words in a row."""
    runs = hashes[:-2] * _MIX[1] + hashes[1:-1] * _MIX[2] + hashes[2:] * _MIX[3]
    runs ^= runs >> np.uint64(29)
    runs *= _MIX[0]
    return (runs >> np.uint64(32)).astype(np.uint32)


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    """The same in every process and release, whatever marks stand around the word; odd if it is a number, 0 if it is no word."""
    letters = "".join(_LETTERS.findall(key(word)))
    number = int.from_bytes(hashlib.blake2b(letters.encode(), digest_size=8).digest(), "big")
    return (number | 1 if _DIGIT.search(letters) else number & ~1) if letters else 0
