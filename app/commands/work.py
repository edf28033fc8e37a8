"""`bilateral worker`: a process that works on batches, beside a server on PostgreSQL or on its own."""

from __future__ import annotations

import signal
from threading import Event
from typing import Annotated

import typer

from app.api import logs
from app.services.jobs.embedded import cores
from app.services.jobs.readers import Readers
from app.services.jobs.worker import Worker
from app.settings import Settings
from app.storage.database import open_database


def worker(
    processes: Annotated[int | None, typer.Option(min=1, max=256, help="Processes that read; one for each core.")] = None,
) -> None:
    """Work on batches until told to stop (SIGTERM, Ctrl-C): what is begun is finished, the rest handed back."""
    settings = Settings()
    logs.configure(settings.log_format, settings.log_full_errors)
    database = open_database(settings.database_url, reprint_days=settings.reprint_days)
    database.migrate()
    number = processes or settings.reader_processes or cores()
    readers = Readers(number, database.url, settings.article_seconds, settings.reprint_days)
    working = Worker(database, readers, settings.takeover_seconds)
    told = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: told.set())
    working.start()
    typer.echo(f"{working.name} works with {number} processes", err=True)
    told.wait()
    typer.echo("finishing what is begun", err=True)
    working.stop()
    database.close()
