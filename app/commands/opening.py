"""How a command meets the database of a service: one transaction, on tables of this release."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from app.errors import Problem
from app.settings import Settings
from app.storage.database import open_database

DataDir = Annotated[Path | None, typer.Option(help="Where the database lives (BILATERAL_DATA_DIR).", file_okay=False)]


@contextmanager
def opened_session(data_dir: Path | None) -> Iterator[Session]:
    """One transaction on the database that the settings name; what cannot be done is told in a line, and nothing is changed."""
    settings = Settings(data_dir=data_dir) if data_dir else Settings()
    database = open_database(settings.database_url, reprint_days=settings.reprint_days)
    database.migrate()
    try:
        with database.session() as session:
            yield session
    except Problem as problem:
        typer.echo(problem.detail, err=True)
        raise typer.Exit(1) from None
    finally:
        database.close()
