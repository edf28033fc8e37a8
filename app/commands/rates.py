"""`bilateral rates`: what currencies were worth in each other, for `convert=` of the API."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from app.catalog import load_catalog
from app.commands.opening import DataDir, opened_session
from app.domain.exchange import RateQuery
from app.domain.query import BY_DAY, PageRequest
from app.services.exchange.files import read_rates
from app.services.exchange.keeping import delete_rates, import_rates, list_rates, summarized

app = typer.Typer(help="Import, list and delete the exchange rates that figures are converted with.", no_args_is_help=True)

_MOST_LISTED = 1_000
_Currency = Annotated[str | None, typer.Argument(help="A currency of ISO 4217.")]
_Day = datetime | None
From = Annotated[_Day, typer.Option("--from", formats=["%Y-%m-%d"], help="Of this day or later.")]
To = Annotated[_Day, typer.Option("--to", formats=["%Y-%m-%d"], help="Of this day or before.")]


@app.command("import")
def import_file(
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV with date,base,quote,rate,source, or the ECB's eurofxref-hist.csv, zipped or not; - is standard input.",
            allow_dash=True,
        ),
    ],
    source: Annotated[str | None, typer.Option(help="Who tells the rates, where the lines do not.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check, and change nothing.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Import rates; one of the same two currencies and day is replaced. Any wrong line, and nothing is imported."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with opened_session(data_dir) as session, Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None)
        with _opened(file) as lines:
            rates = read_rates(_counted(lines, progress, task), load_catalog().currencies, source)
        progress.reset(task, description="writing", total=len(rates))
        told = import_rates(session, rates, lambda done: progress.advance(task, done))
        if dry_run:
            session.rollback()
    verb = "can be imported" if dry_run else "imported"
    typer.echo(f"{len(rates)} rates {verb}: {told.new} new, {told.changed} changed, {told.same} as they were")


@app.command("list")
def list_all(
    base: _Currency = None, quote: _Currency = None, from_: From = None, to: To = None, data_dir: DataDir = None
) -> None:
    """List which rates there are; with BASE and QUOTE, day by day, the latest first."""
    query = _query(base, quote, None, from_, to)
    with opened_session(data_dir) as session:
        if base is None and quote is None and from_ is None and to is None:
            table = Table("base", "quote", "source", "rates", "first", "last")
            for row in summarized(session):
                table.add_row(*(str(row[name]) for name in ("base", "quote", "source", "rates", "first", "last")))
        else:
            found = list_rates(session, query, PageRequest(_MOST_LISTED, BY_DAY))
            table = Table("date", "base", "quote", "rate", "source")
            for rate in found.items:
                table.add_row(*rate.values())
            if found.next:
                typer.echo(f"the latest {_MOST_LISTED}; --to asks for earlier ones", err=True)
    Console().print(table)


@app.command()
def delete(
    base: _Currency = None,
    quote: _Currency = None,
    source: Annotated[str | None, typer.Option(help="Those that this source told.")] = None,
    from_: From = None,
    to: To = None,
    every: Annotated[bool, typer.Option("--all", help="Really all of them.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Delete rates: of two currencies, of a source, of some days, or all."""
    query = _query(base, quote, source, from_, to)
    if every == (query != RateQuery()):
        raise typer.BadParameter("say which rates, or --all")
    if not yes:
        # Counted in a transaction of its own: nobody else has to wait until somebody has made up their mind.
        with opened_session(data_dir) as session:
            doomed = delete_rates(session, query)
            session.rollback()
        if doomed:
            typer.confirm(f"{doomed} rates will be deleted. Go on?", abort=True)
    with opened_session(data_dir) as session:
        gone = delete_rates(session, query)
    typer.echo(f"{gone} rates deleted")


def _query(base: str | None, quote: str | None, source: str | None, from_: _Day, to: _Day) -> RateQuery:
    for code in (base, quote):
        if code is not None and code.upper() not in load_catalog().currencies:
            raise typer.BadParameter(f"{code} is no currency of ISO 4217")
    codes = {"base": base and base.upper(), "quote": quote and quote.upper()}
    return RateQuery(**codes, source=source, from_=from_.date() if from_ else None, to=to.date() if to else None)


@contextmanager
def _opened(file: Path) -> Iterator[Iterator[str]]:
    """The lines of a file, of the one file in a zip, or of what is piped in."""
    try:
        if str(file) == "-":
            yield iter(sys.stdin)
        elif zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                yield iter(io.StringIO(archive.read(_only(archive)).decode("utf-8-sig"), newline=""))
        else:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                yield iter(lines)
    except UnicodeDecodeError:
        raise typer.BadParameter(f"{file.name} is not UTF-8", param_hint="FILE") from None
    except OSError as error:
        raise typer.BadParameter(f"{error}", param_hint="FILE") from None


def _only(archive: zipfile.ZipFile) -> str:
    names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
    if len(names) != 1:
        raise typer.BadParameter("a zip holds one .csv", param_hint="FILE")
    return names[0]


def _counted(lines: Iterator[str], progress: Progress, task: object) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if number % 1_000 == 0:
            progress.update(task, completed=number)  # type: ignore[arg-type]  # rich does not export the type
        yield line
