"""Between which countries a figure holds, as it was found."""

from __future__ import annotations

from app.domain.country import Pair
from app.domain.record import record

TOTAL = "one country's total"  # the step of a figure that has no partner


@record(frozen=True, slots=True)
class Relation:
    """The pairs that a figure belongs to, the countries, and the step that found them.

    `head` is the country whose partners a list gives, where the figure stands in one.
    """

    pairs: tuple[Pair, ...]
    countries: tuple[str, ...]
    step: str
    head: str | None = None


def both(pairs: tuple[Pair, ...] | list[Pair]) -> tuple[str, ...]:
    return tuple(sorted({code for pair in pairs for code in (pair.first, pair.second)}))
