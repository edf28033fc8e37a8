"""`bilateral ingest`: archives from disk into the store of this machine or into a server, to be interrupted and gone on with."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from app.commands.destinations import Destination, Here, There
from app.domain.jobs import JobState
from app.services.archives import Found, articles_in
from app.services.jobs.embedded import Embedded, cores
from app.settings import Settings
from app.storage.database import UNAVAILABLE, open_database

_MOST_ITEMS, _MOST_BYTES = 500, 5_000_000
_AHEAD = 8
"""Batches handed in before those in front of them are read."""
_EVERY_SECONDS = 0.5
_SHOWN = 20


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files (.txt .html .json .ndjson .csv, .gz), folders, .zip.", exists=True)],
    url: Annotated[str | None, typer.Option(help="A server to bring them to, instead of the store of this machine.")] = None,
    key: Annotated[str | None, typer.Option(help="A key of that server.", envvar="BILATERAL_KEY")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Where the database lives (BILATERAL_DATA_DIR).", file_okay=False)] = None,
    processes: Annotated[int | None, typer.Option(min=1, max=256, help="Processes that read; one for each core.")] = None,
) -> None:
    """Take in archives. Interrupted, the same command goes on where it was; the exit code is 1 where anything failed."""
    if url is not None:
        _run(There(url, key), paths)
        return
    settings = Settings(data_dir=data_dir) if data_dir else Settings()
    database = open_database(settings.database_url, reprint_days=settings.reprint_days)
    database.migrate()
    number = processes or settings.reader_processes or cores()
    worker = Embedded(database, number, settings.article_seconds, settings.takeover_seconds)
    try:
        _run(Here(database, worker, settings.max_text_chars), paths)
    finally:
        worker.end()
        database.close()


class _Brought:
    """How far it is: the counts of the jobs that are over, what failed, and the jobs that are not over, with their places."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.failures: list[tuple[str, str]] = []
        self.waiting: list[tuple[str, list[str]]] = []

    @property
    def told(self) -> str:
        return ", ".join(f"{self.counts[name]:,} {name}" for name in ("created", "renewed", "duplicate", "failed"))


def _run(destination: Destination, paths: list[Path]) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    brought = _Brought()
    try:
        with Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as progress:
            _bring(destination, articles_in(paths), progress, brought)
    except KeyboardInterrupt:
        _tell_interrupted(destination, brought)
        raise typer.Exit(130) from None
    except UNAVAILABLE as error:
        typer.echo(f"the store cannot be used: {error.orig}; the same command goes on from here", err=True)
        raise typer.Exit(1) from None
    counts, failures = brought.counts, brought.failures
    typer.echo(f"{counts['total']:,} articles: {brought.told}")
    for place, reason in failures[:_SHOWN]:
        typer.echo(f"  {place}: {reason}", err=True)
    if len(failures) > _SHOWN or counts["failed"] > len(failures):
        typer.echo(f"  … {counts['failed'] - min(len(failures), _SHOWN):,} more", err=True)
    if counts["failed"] or counts["cancelled"]:
        raise typer.Exit(1)


def _tell_interrupted(destination: Destination, brought: _Brought) -> None:
    """Once what is begun is stored, so that the figures are what there is."""
    typer.echo("interrupted; finishing what is begun", err=True)
    try:
        goes_on = destination.leave()
        for job_id, _ in brought.waiting:
            brought.counts.update(destination.job(job_id)["counts"])
    except (*UNAVAILABLE, typer.BadParameter):
        typer.echo("how far it came cannot be told; the same command goes on from there", err=True)
        return
    typer.echo(f"{brought.counts['done']:,} of {brought.counts['total']:,} articles handed in are done: {brought.told}")
    typer.echo(f"{goes_on}; the same command goes on from here", err=True)


def _bring(destination: Destination, found: Iterable[Found], progress: Progress, brought: _Brought) -> None:
    task = progress.add_task("Reading", total=0, rate="")
    handed = 0
    for batch in _batches(found):
        handed += len(batch)
        progress.update(task, total=handed)
        job = destination.hand_in(batch, _name(batch))
        brought.waiting.append((job["id"], [one.place for one in batch]))
        if len(brought.waiting) > _AHEAD:
            _settle_first(destination, progress, task, brought)
    while brought.waiting:
        _settle_first(destination, progress, task, brought)


def _settle_first(destination: Destination, progress: Progress, task: TaskID, brought: _Brought) -> None:
    job_id, places = brought.waiting[0]
    told = _over(destination, job_id, progress, task, brought.counts["done"])
    failed = destination.failed(job_id) if told["failed"] else []
    brought.failures.extend((places[item["index"]], item["reason"]) for item in failed)
    brought.counts.update(told)
    del brought.waiting[0]


def _over(destination: Destination, job_id: str, progress: Progress, task: TaskID, before: int) -> dict[str, int]:
    while True:
        job = destination.job(job_id)
        counts: dict[str, int] = job["counts"]
        rate = f"{job['rate']:.0f}/s" if job["rate"] else ""
        progress.update(task, completed=before + counts["done"], rate=rate)
        if JobState(job["state"]) in (JobState.DONE, JobState.CANCELLED):
            return counts
        time.sleep(_EVERY_SECONDS)


def _batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    batch: list[Found] = []
    size = 0
    for one in found:
        length = len(orjson.dumps(one.fields, default=str)) if one.wrong is None else 0
        if batch and (len(batch) == _MOST_ITEMS or size + length > _MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += length
    if batch:
        yield batch


def _name(batch: list[Found]) -> str:
    """Of what is in it: the same articles are the same batch, and so the same job."""
    digest = hashlib.sha256()
    for one in batch:
        digest.update(orjson.dumps([one.fields, one.wrong], default=str))
    return digest.hexdigest()[:40]
