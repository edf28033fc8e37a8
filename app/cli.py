"""The commands of `bilateral`: serve the API, export its description, measure the reading against annotated articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from app.api import logs, server
from app.catalog import load_catalog
from app.commands import gold, keys, people, rates, rereading, store, work
from app.commands.ingest import ingest
from app.commands.listening import require_a_door
from app.main import create_app
from app.services import evaluation, ingestion, reindexing
from app.services.groups import anew
from app.settings import Settings
from app.storage.database import Database, open_database

app = typer.Typer(help="Facts about relations between countries, read out of news text.", no_args_is_help=True)
app.add_typer(keys.app, name="keys")
app.add_typer(people.app, name="people")
app.add_typer(rates.app, name="rates")
store.add_to(app)
app.command()(work.worker)
app.command()(ingest)
rereading.add_to(app)
gold.add_to(app)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="The port to listen on.")] = 8000,
    data_dir: Annotated[Path | None, typer.Option(help="Where the database lives (BILATERAL_DATA_DIR).", file_okay=False)] = None,
    allow_open: Annotated[bool, typer.Option("--allow-open", help="Answer everybody as long as no key exists.")] = False,
) -> None:
    """Bring the database up to date and serve the API. Without a key, on this machine only."""
    given: dict[str, Any] = {"data_dir": data_dir, "allow_open": allow_open or None}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    database = open_database(settings.database_url)
    _bring_up_to_date(database)
    require_a_door(host, database, settings)
    database.close()
    logs.configure(settings.log_format, settings.log_full_errors)
    listening = server.options(head_seconds=settings.head_seconds, max_connections=settings.max_connections)
    uvicorn.run(create_app(settings), host=host, port=port, **listening)


def _bring_up_to_date(database: Database) -> None:
    """The tables, and the index of words and the groups of statements where another release or other languages made them."""
    database.migrate()
    if not reindexing.up_to_date(database):
        columns = (TextColumn("Indexing words"), MofNCompleteColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("", total=None)
            reindexing.reindex(database, lambda done: progress.advance(task, done))
    if not anew.up_to_date(database):
        anew.regroup_all(database)


@app.command("openapi")
def export_openapi(
    file: Annotated[Path, typer.Argument(help="Where to write it.", dir_okay=False)],
    check: Annotated[bool, typer.Option("--check", help="Compare instead, and fail where the file says something else.")] = False,
) -> None:
    """Write the OpenAPI document that the code makes."""
    made = json.dumps(create_app().openapi(), ensure_ascii=False, indent=2) + "\n"
    if not check:
        file.write_text(made, encoding="utf-8")
    elif not file.exists() or file.read_text(encoding="utf-8") != made:
        typer.echo(f"{file} is not what the code says; write it anew with scripts/export_openapi", err=True)
        raise typer.Exit(1)


@app.command()
def evaluate(
    directories: Annotated[list[Path], typer.Argument(help="Of NAME.json beside NAME.txt.", exists=True, file_okay=False)],
    errors: Annotated[bool, typer.Option("--errors", help="List every disagreement.")] = False,
    lang: Annotated[str | None, typer.Option(help="Only articles in this language.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures here too.", dir_okay=False)] = None,
) -> None:
    """Read annotated articles and say how far the answers agree with what is marked in them."""
    compared = _compare(evaluation.find_gold(directories, lang))
    if not compared:
        raise typer.BadParameter("there are no annotated articles here", param_hint="DIRECTORIES")
    report = evaluation.Report()
    for article in compared:
        report.add(article.language, article.counts)
    if errors:
        _print_disagreements(compared)
    _print_report(report)
    for kind in ("statement", "indicator"):
        _print_reliability(kind, [v for article in compared for v in article.verdicts if v.kind == kind])
    if json_file:
        json_file.write_text(json.dumps(_as_json(report), indent=1), encoding="utf-8")


def _compare(gold: list[evaluation.GoldArticle]) -> list[evaluation.Compared]:
    catalog = load_catalog()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        return [
            evaluation.compare_article(article, lambda submitted: ingestion.extract(submitted, catalog))
            for article in progress.track(gold, description="Reading")
        ]


def _print_disagreements(compared: list[evaluation.Compared]) -> None:
    for article in compared:
        if article.disagreements:
            typer.echo(f"\n## {article.name}")
            typer.echo("\n".join(f"- {line}" for line in article.disagreements))


def _print_report(report: evaluation.Report) -> None:
    table = Table(title=f"{len(report.rows)} documents, {report.statements} statements, {report.indicators} indicators")
    table.add_column("figure")
    for heading in ("all", "95% interval", *report.languages):
        table.add_column(heading, justify="right")
    intervals, languages = report.intervals(), [report.figures(language) for language in report.languages]
    for name, value in report.figures().items():
        if value is not None:
            low_high = intervals[name] if name.endswith(("_f1", "_acc")) else None
            shown = f"{low_high[0]:.3f}–{low_high[1]:.3f}" if low_high else ""
            table.add_row(name, _shown(value), shown, *(_shown(figures[name]) for figures in languages))
    Console().print(table)


def _print_reliability(kind: str, verdicts: list[evaluation.Verdict]) -> None:
    bands = evaluation.reliability(verdicts)
    if not bands:
        return
    table = Table(title=f"How sure, and how often right: {kind}s (mean distance {evaluation.calibration_error(bands):.3f})")
    for heading in ("confidence", "facts", "mean", "right"):
        table.add_column(heading, justify="right")
    for band in bands:
        table.add_row(f"{band.low:.2f}–{band.high:.2f}", str(band.facts), _shown(band.confidence), _shown(band.right))
    Console().print(table)


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _as_json(report: evaluation.Report) -> dict[str, object]:
    by_language = {language: report.figures(language) for language in report.languages}
    return {"documents": len(report.rows), "figures": report.figures(), "languages": by_language}
