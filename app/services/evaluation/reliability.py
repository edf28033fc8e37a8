"""Whether confidence means what it says: of the facts at 0.9, nine in ten should be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from app.services.evaluation.comparing import Verdict

_EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Band:
    """The facts whose confidence lies from `low` up to `high`: how many, their mean confidence, the share that is right."""

    low: float
    high: float
    facts: int
    confidence: float
    right: float


def reliability(verdicts: Iterable[Verdict]) -> list[Band]:
    """The bands that hold facts, surest last; facts without a confidence are left out."""
    known = [(v.confidence, v.right) for v in verdicts if v.confidence is not None]
    bands = []
    for low, high in pairwise(_EDGES):
        held = [(c, r) for c, r in known if low <= c < high or (c == high == _EDGES[-1])]
        if held:
            sure, right = sum(c for c, _ in held) / len(held), sum(r for _, r in held) / len(held)
            bands.append(Band(low, high, len(held), sure, right))
    return bands


def calibration_error(bands: Iterable[Band]) -> float | None:
    """The mean distance between what confidence says and what is right, weighed by the facts of each band."""
    held = list(bands)
    facts = sum(band.facts for band in held)
    return sum(band.facts * abs(band.confidence - band.right) for band in held) / facts if facts else None
