"""Countries as ISO 3166-1 alpha-2 codes, and unordered pairs of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from app.domain.record import record


@record(frozen=True, slots=True, order=True)
class Pair:
    """Two different countries, in alphabetical order: `KZ-RU`."""

    first: str
    second: str

    def __post_init__(self) -> None:
        if not self.first < self.second:
            raise ValueError(f"not a pair in canonical order: {self.first}-{self.second}")

    @classmethod
    def of(cls, one: str, other: str) -> Pair:
        """The pair of two codes in either order; ValueError where they are the same."""
        first, second = sorted((one.upper(), other.upper()))
        return cls(first, second)

    @classmethod
    def parse(cls, text: str) -> Pair:
        """Reads `KZ-RU` or `ru-kz`; ValueError where it is anything else."""
        codes = text.split("-")
        if len(codes) != 2 or not all(len(c) == 2 and c.isascii() and c.isalpha() for c in codes):
            raise ValueError(f"not a pair of ISO 3166-1 alpha-2 codes: {text!r}")
        return cls.of(*codes)

    def __str__(self) -> str:
        return f"{self.first}-{self.second}"

    def __contains__(self, code: object) -> bool:
        return code in (self.first, self.second)

    def other(self, code: str) -> str:
        """The partner of `code` in this pair."""
        return self.second if code == self.first else self.first


def pairs_among(codes: Iterable[str]) -> tuple[Pair, ...]:
    """Every pair of the given countries, in canonical order."""
    return tuple(Pair(a, b) for a, b in combinations(sorted(set(codes)), 2))
