"""What each stage of the reading contributes: the figures on annotated articles with one stage switched off at a time."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.progress import track
from rich.table import Table

from app.catalog import Catalog, People, load_catalog
from app.domain.measure import Comparator, Status
from app.pipeline.figures.standing import Standing
from app.services import ingestion
from app.services.evaluation import GoldArticle, Report, compare_article, find_gold

SHOWN = (
    "statement_f1", "attributed_f1", "statement_pairs_acc", "value_f1", "indicator_f1", "comparator_acc", "status_acc",
    "period_acc", "pair_acc", "pairs_f1",
)  # fmt: skip

Patches = list[tuple[str, Any]]


def nothing(*_: Any, **__: Any) -> tuple[()]:
    return ()


def changed(name: str, change: Callable[[Any], Any]) -> tuple[str, Any]:
    """The stage as it is, and what it returns changed."""
    module, _, attribute = name.rpartition(".")
    stage = getattr(__import__(module, fromlist=[attribute]), attribute)
    return name, lambda *args, **kwargs: change(stage(*args, **kwargs))


def stages() -> dict[str, Patches]:
    """By name, what takes the place of each stage."""
    speech = "app.pipeline.speech"
    return {
        "furniture": [("app.pipeline.passages.mask", lambda text, pack: text)],
        "the article's date": [changed("app.pipeline.read_header", lambda header: replace(header, date=None))],
        "the outlet's country": [changed("app.pipeline.read_header", lambda header: replace(header, publisher_country=None))],
        "quotations and dash paragraphs": [
            (f"{speech}.direct.DirectFinder.find", nothing),
            (f"{speech}.by_position.quotations.QuotationReader.read", nothing),
            (f"{speech}.by_position.paragraphs.ParagraphReader.read", nothing),
        ],
        "reports in the writer's words": [
            (f"{speech}.indirect.IndirectFinder.find", nothing),
            (f"{speech}.content_first.ContentFirstFinder.find", nothing),
            (f"{speech}.by_position.contents.ContentReader.sentence", lambda *_: []),
        ],
        "interviews": [(f"{speech}.speech.find_answers", nothing)],
        "pronouns and «the same»": [
            (f"{speech}.attribution._Attribution._pronoun", lambda *_: None),
            (f"{speech}.silent.Silent.subject", lambda *_: None),
        ],
        "denials": [("app.pipeline.find_denials", nothing)],
        "hedges": [
            changed("app.pipeline.find_quantities", lambda found: tuple(replace(q, comparator=Comparator.EQ) for q in found))
        ],
        "status words": [("app.pipeline.figures.indicators.read_status", lambda *_: Standing(Status.ACTUAL, None))],
        "periods": [("app.pipeline.find_periods", nothing)],
        "the article's pairs lent to figures": [
            changed("app.pipeline.FigureContext", lambda lent: replace(lent, article_pairs=()))
        ],
        "the catalogue of people": [],
    }


def read(gold: Sequence[GoldArticle], patches: Patches, catalog: Catalog) -> Report:
    report = Report()
    with ExitStack() as switched:
        for name, instead in patches:
            switched.enter_context(patch(name, instead))
        for article in gold:
            made = compare_article(article, lambda submitted: ingestion.extract(submitted, catalog))
            report.add(made.language, made.counts)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/benchmarks/ablation", description=__doc__)
    parser.add_argument("directories", nargs="+", type=Path)
    parser.add_argument("--lang")
    parser.add_argument("--markdown", action="store_true", help="print the table of docs/reading.md")
    asked = parser.parse_args()
    gold, catalog = find_gold(asked.directories, asked.lang), load_catalog()
    nobody = replace(catalog, people=People(()))
    whole = read(gold, [], catalog).figures()
    table = Table(title=f"{len(gold)} documents; each line: the figure without that stage, and how far it falls")
    table.add_column("without")
    for name in SHOWN:
        table.add_column(name, justify="right")
    table.add_row("(nothing left out)", *(f"{whole[name] or 0:.3f}" for name in SHOWN))
    for name, patches in track(list(stages().items()), "Switching off", transient=True):
        without = read(gold, patches, catalog if patches else nobody).figures()
        table.add_row(name, *(shown(without[figure], whole[figure]) for figure in SHOWN))
    if asked.markdown:
        print_markdown(table)
    else:
        Console(width=200).print(table)


def print_markdown(table: Table) -> None:
    """The same rows, with falls alone: what a stage contributes to a figure is what that falls by without it."""
    columns = [list(column.cells) for column in table.columns]
    print("| " + " | ".join(str(column.header) for column in table.columns) + " |")
    print("|---" * len(columns) + "|")
    whole, *without = zip(*columns, strict=True)
    for stage, *cells in (whole, *([row[0], *map(fall, map(str, row[1:]))] for row in without)):
        print(f"| {stage} | " + " | ".join(map(str, cells)) + " |")


def fall(cell: str) -> str:
    """Of "0.821 (-0.179)" what stands in brackets; nothing where nothing falls."""
    return cell.partition("(")[2].rstrip(")")


def shown(without: float | None, whole: float | None) -> str:
    if without is None or whole is None:
        return "–"
    fall = without - whole
    return f"{without:.3f}" if abs(fall) < 0.0005 else f"{without:.3f} ({fall:+.3f})"


if __name__ == "__main__":
    main()
