"""From counts to figures: precision, recall, F1 and shares, over all articles and by language."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.services.evaluation.marked import FIELDS

FOUND = ("statement", "statement_strict", "attributed", "value", "indicator", "pairs")
SHARES = ("speaker", "kind", "statement_pairs", "said_by", *FIELDS)

Figures = dict[str, float | None]

_DRAWS = 500


@dataclass(slots=True)
class Report:
    """The sums so far, one row an article."""

    rows: list[tuple[str, Counter[str]]] = field(default_factory=list)

    def add(self, language: str, counts: Counter[str]) -> None:
        self.rows.append((language, counts))

    @property
    def languages(self) -> list[str]:
        return sorted({language for language, _ in self.rows})

    @property
    def statements(self) -> int:
        """How many statements are marked."""
        return (total := self._sum())["statement.tp"] + total["statement.fn"]

    @property
    def indicators(self) -> int:
        """How many indicators are marked."""
        return (total := self._sum())["value.tp"] + total["value.fn"]

    def figures(self, language: str | None = None) -> Figures:
        """Every figure by name; None where there was nothing to count."""
        return figures(self._sum(language))

    def intervals(self) -> dict[str, tuple[float, float]]:
        """The middle 95 % of each figure over 500 draws of as many articles, with replacement."""
        rows = [counts for _, counts in self.rows]
        draws = [figures(total) for total in _redrawn(rows)] if rows else []
        values = {name: sorted(v for drawn in draws if (v := drawn[name]) is not None) for name in self.figures()}
        return {name: _middle(found) for name, found in values.items() if found}

    def _sum(self, language: str | None = None) -> Counter[str]:
        return _total(counts for spoken, counts in self.rows if language in (None, spoken))


def figures(counts: Counter[str]) -> Figures:
    """`…_p`, `…_r`, `…_f1` of what was to be found, `…_acc` of what is judged on the facts found."""
    told: Figures = {}
    for name in FOUND:
        right, too_much, missed = counts[f"{name}.tp"], counts[f"{name}.fp"], counts[f"{name}.fn"]
        told[f"{name}_p"] = _share(right, right + too_much)
        told[f"{name}_r"] = _share(right, right + missed)
        told[f"{name}_f1"] = _share(2 * right, 2 * right + too_much + missed)
    for name in SHARES:
        told[f"{name}_acc"] = _share(counts[f"{name}.right"], counts[f"{name}.all"])
    return told


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _total(rows: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counts in rows:
        total.update(counts)
    return total


def _redrawn(rows: Sequence[Counter[str]]) -> list[Counter[str]]:
    """Seeded, so that the same answers give the same interval."""
    chance = random.Random(0)  # noqa: S311 - resampling, not a secret
    return [_total(chance.choice(rows) for _ in rows) for _ in range(_DRAWS)]


def _middle(values: Sequence[float]) -> tuple[float, float]:
    return values[int(0.025 * len(values))], values[min(len(values) - 1, int(0.975 * len(values)))]
