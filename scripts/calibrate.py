"""Learns how sure a fact is: a logistic regression over its grounds, judged on articles that it has not seen."""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from app import pipeline
from app.catalog import Catalog, load_catalog
from app.pipeline.confidence import indicator_grounds, statement_grounds
from app.services.documents import extraction_document
from app.services.evaluation import GoldArticle, Verdict, calibration_error, compare_article, find_gold, reliability

FILE = Path(__file__).resolve().parent.parent / "app" / "pipeline" / "confidence.toml"
FOLDS = 10
SHRINK = 2.0
"""How strongly weights are drawn to nothing: a ground seen a few times should say little."""
RAREST = 3
"""A ground seen less often has no weight at all."""
ROUNDS, STEP = 600, 0.5

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """One fact of one article: what it rests on, and whether it is right."""

    article: str
    verdict: Verdict
    grounds: frozenset[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directories", nargs="+", type=Path)
    judged = judge(find_gold(parser.parse_args().directories))
    learned = {}
    for kind in ("statement", "indicator"):
        facts = [fact for fact in judged if fact.verdict.kind == kind]
        show(kind, cross_validated(facts))
        learned[kind] = learn(facts)
    FILE.write_text(written(learned, len(judged)), encoding="utf-8")


def judge(articles: Sequence[GoldArticle]) -> list[Judged]:
    """Every fact that the annotation allows to judge."""
    catalog = load_catalog()
    return [fact for article in track(articles, "Reading", transient=True) for fact in judge_article(article, catalog)]


def judge_article(gold: GoldArticle, catalog: Catalog) -> list[Judged]:
    made = pipeline.extract(gold.article, catalog)
    language = (made.language or "").split("-")[0]
    grounds = {
        "statement": [statement_grounds(s, language) for s in made.statements],
        "indicator": [indicator_grounds(i, language) for i in made.indicators],
    }
    verdicts = compare_article(gold, lambda article: extraction_document(article, made)).verdicts
    return [Judged(gold.name, verdict, grounds[verdict.kind][verdict.index]) for verdict in verdicts]


def cross_validated(facts: Sequence[Judged]) -> list[Verdict]:
    """Each fact with the confidence learned from the other articles."""
    names = sorted({fact.article for fact in facts})
    found = []
    for fold in range(FOLDS):
        held = set(names[fold::FOLDS])
        weights = learn([fact for fact in facts if fact.article not in held])
        found += [replace(f.verdict, confidence=chance(weights, f.grounds)) for f in facts if f.article in held]
    return found


def learn(facts: Sequence[Judged]) -> Weights:
    """Weights by gradient descent on the log loss; those that stay near nothing are left out."""
    often = Counter(ground for fact in facts for ground in fact.grounds)
    known = sorted(ground for ground, times in often.items() if RAREST <= times < len(facts))
    right = sum(fact.verdict.right for fact in facts)
    weights: Weights = {"bias": math.log((right + 1) / (len(facts) - right + 1))} | dict.fromkeys(known, 0.0)
    rows = [([g for g in fact.grounds if g in weights], float(fact.verdict.right)) for fact in facts]
    for _ in range(ROUNDS):
        slope: Counter[str] = Counter()
        for grounds, wanted in rows:
            miss = wanted - chance(weights, grounds)
            slope["bias"] += miss  # type: ignore[assignment]
            for ground in grounds:
                slope[ground] += miss  # type: ignore[assignment]
        for ground in weights:
            pull = 0.0 if ground == "bias" else SHRINK * weights[ground]
            weights[ground] += STEP * (slope[ground] - pull) / max(often.get(ground, len(facts)), 20)
    return {ground: round(weight, 2) for ground, weight in weights.items() if ground == "bias" or abs(weight) >= 0.05}


def chance(weights: Weights, grounds: Iterable[str]) -> float:
    return 1 / (1 + math.exp(-weights["bias"] - sum(weights.get(ground, 0.0) for ground in grounds)))


def show(kind: str, verdicts: Sequence[Verdict]) -> None:
    bands = reliability(verdicts)
    table = Table(
        title=f"{kind}s, each weighed by what the other articles taught (calibration error {calibration_error(bands):.3f})"
    )
    for heading in ("confidence", "facts", "mean", "right"):
        table.add_column(heading, justify="right")
    for band in bands:
        table.add_row(f"{band.low:.2f}–{band.high:.2f}", str(band.facts), f"{band.confidence:.3f}", f"{band.right:.3f}")
    Console().print(table)


def written(learned: dict[str, Weights], facts: int) -> str:
    lines = [
        f"# How much each ground speaks for a fact. Made by scripts/calibrate from {facts} judged facts; do not edit by hand."
    ]
    for kind, weights in learned.items():
        lines += ["", f"[{kind}]", *(f'"{ground}" = {weight}' for ground, weight in weights.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
