"""How fast one core reads articles, beside natasha's full pass over the same articles in the same run."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from app.catalog import Catalog, load_catalog
from app.domain.text import Article
from app.pipeline import extract

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [ROOT / "scripts" / "demo", ROOT / "tests" / "data" / "articles"]
CONTENDERS = ("bilateral", "natasha")
NAMES = {"bilateral": "bilateral's extract()", "natasha": "natasha's full pass"}

Body = dict[str, Any]
Measured = dict[str, Any]


def main() -> None:
    asked = arguments()
    bodies = russian(articles(asked.folders), load_catalog())
    if not bodies:
        sys.exit(f"no Russian article in {', '.join(map(str, asked.folders))}")
    columns = (TextColumn("{task.description:<22}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        measured = {name: run(name, bodies, asked.passes, progress) for name in CONTENDERS}
    report = summary(bodies, measured, asked.passes)
    print_table(report)
    if asked.json:
        asked.json.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/benchmarks/extract", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="of *.txt or *.json articles (default: our own)")
    parser.add_argument("--passes", type=int, default=5, help="times every article is read (default: 5, at least 2)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    asked = parser.parse_args()
    asked.passes = max(2, asked.passes)
    asked.folders = asked.folders or [folder for folder in FOLDERS if folder.is_dir()]
    return asked


def articles(folders: list[Path]) -> list[Body]:
    """Texts, and JSON bodies as the API takes them; other JSON (annotations, say) is passed over."""
    bodies: list[Body] = [{"text": path.read_text("utf-8")} for folder in folders for path in sorted(folder.glob("*.txt"))]
    for path in (path for folder in folders for path in sorted(folder.glob("*.json"))):
        body = json.loads(path.read_text("utf-8"))
        if isinstance(body, dict) and isinstance(body.get("text"), str):
            bodies.append(body)
    return bodies


def russian(bodies: list[Body], catalog: Catalog) -> list[Body]:
    """natasha reads Russian only, and a text in a language not read costs us next to nothing: neither is compared."""
    return [body for body in bodies if extract(Article(**body), catalog).language == "ru"]


def run(name: str, bodies: list[Body], passes: int, progress: Progress) -> Measured:
    """In a process of its own, so that the peak of memory is its own."""
    command = [sys.executable, str(Path(__file__).with_name("contenders.py")), name, str(passes)]
    bar = progress.add_task(NAMES[name], total=len(bodies) * passes)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(json.dumps(bodies))
        child.stdin.close()
        said: Measured = {}
        for line in child.stdout:
            said = json.loads(line)
            progress.advance(bar)
    if child.returncode or "passes" not in said:
        sys.exit(f"{name} failed; what it said is above")
    return said


def summary(bodies: list[Body], measured: dict[str, Measured], passes: int) -> Measured:
    """The first pass meets every word for the first time; later ones find it in our caches, as a busy service mostly does.

    Of the later passes the median is taken. `ratio` is natasha's CPU time divided by ours, pass for pass.
    """
    rows = {name: figures(found, len(bodies)) for name, found in measured.items()}
    ratio = {which: rows["natasha"][which]["cpu_s"] / rows["bilateral"][which]["cpu_s"] for which in ("first", "later")}
    characters = sum(len(body["text"]) for body in bodies)
    return {"articles": len(bodies), "characters": characters, "passes": passes, "figures": rows, "ratio": ratio}


def figures(found: Measured, count: int) -> Measured:
    totals = [sum(each) for each in found["passes"]]
    chosen = {"first": totals[0], "later": sorted(totals[1:])[(len(totals) - 1) // 2]}
    speeds = {
        which: {"cpu_s": cpu, "ms_an_article": 1000 * cpu / count, "articles_a_second": count / cpu}
        for which, cpu in chosen.items()
    }
    return {**speeds, "loading_s": found["loading"], "peak_mb": found["peak_mb"]}


def print_table(report: Measured) -> None:
    mean = report["characters"] / report["articles"]
    ours, theirs = (report["figures"][name] for name in CONTENDERS)
    table = Table(
        title=f"{report['articles']} Russian articles, {mean:,.0f} characters on average, {report['passes']} passes, one core",
        caption="First pass: every article is new. Later passes: its words are in our caches.",
    )
    for heading in ("", "bilateral", "natasha", "times less"):
        table.add_column(heading, justify="right" if heading else "left")
    for which in ("first", "later"):
        mine, other, name = ours[which], theirs[which], f"{which} pass" + ("" if which == "first" else "es (median)")
        table.add_row(
            f"{name}: CPU ms an article",
            shown(mine, "ms_an_article"),
            shown(other, "ms_an_article"),
            f"{report['ratio'][which]:.1f}",
        )
        table.add_row(f"{name}: articles a second", shown(mine, "articles_a_second"), shown(other, "articles_a_second"), "")
    for label, key in (("loading: CPU s", "loading_s"), ("peak memory: MB", "peak_mb")):
        table.add_row(label, shown(ours, key), shown(theirs, key), f"{theirs[key] / ours[key]:.1f}")
    Console().print(table)


def shown(row: Measured, key: str) -> str:
    return f"{row[key]:,.1f}"


if __name__ == "__main__":
    main()
