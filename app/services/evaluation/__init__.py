"""How well the reading agrees with annotated articles: the arithmetic that every change of a rule is judged by.

Gold is a directory of `NAME.json` beside `NAME.txt`: the facts that a careful reader marked in the text.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.text import Article
from app.services.evaluation.comparing import Verdict, compare
from app.services.evaluation.figures import Report
from app.services.evaluation.marked import from_answer, from_gold
from app.services.evaluation.reliability import Band, calibration_error, reliability

__all__ = [
    "Band",
    "Compared",
    "GoldArticle",
    "Report",
    "Verdict",
    "calibration_error",
    "compare_article",
    "find_gold",
    "reliability",
]

Reader = Callable[[Article], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One annotated article, where it lies and what is marked in it."""

    name: str
    language: str
    text: str
    marked: dict[str, Any]

    @property
    def article(self) -> Article:
        """What a client would submit: the text, and whatever the annotation says was `given` with it."""
        return Article(text=self.text, **self.marked.get("given", {}))


@dataclass(frozen=True, slots=True)
class Compared:
    """One article's outcome: counts to be summed, a line for each disagreement, a verdict on each fact."""

    name: str
    language: str
    counts: Counter[str]
    disagreements: list[str]
    verdicts: list[Verdict]


def find_gold(directories: Iterable[Path], language: str | None = None) -> list[GoldArticle]:
    """All annotated articles of the directories, in the order of their paths."""
    paths = sorted(path for directory in directories for path in directory.glob("*.json"))
    found = (_read(path) for path in paths)
    return [gold for gold in found if language is None or gold.language == language]


def compare_article(gold: GoldArticle, read: Reader) -> Compared:
    """Reads the article as a client would have it read, and compares the answer with what is marked."""
    wanted = from_gold(gold.text, gold.marked, gold.name)
    made = compare(wanted, from_answer(gold.text, read(gold.article)))
    return Compared(gold.name, gold.language, made.counts, made.notes, made.verdicts)


def _read(path: Path) -> GoldArticle:
    marked = json.loads(path.read_text(encoding="utf-8"))
    # As bytes: reading it as text would translate ends of lines, and move every offset behind them.
    text = path.with_suffix(".txt").read_bytes().decode()
    return GoldArticle(path.stem, marked.get("language", "?"), text, marked)
