"""Commands about the whole store: copied while it serves, put back, moved between SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from app.settings import Settings
from app.storage import transfer
from app.storage.backup import backup as copy_database
from app.storage.backup import restore as put_back
from app.storage.database import Database, begin_writing, open_database

DataDir = Annotated[Path | None, typer.Option(help="Where the database lives (BILATERAL_DATA_DIR).", file_okay=False)]
File = Annotated[Path, typer.Argument(help="The file.", dir_okay=False)]


def add_to(app: typer.Typer) -> None:
    for name, command in (("backup", backup), ("restore", restore), ("export", export), ("import", import_)):
        app.command(name)(command)


def backup(file: File, data_dir: DataDir = None) -> None:
    """Copy the SQLite database into one file, also while it serves. Of PostgreSQL: pg_dump."""
    try:
        copy_database(_url(data_dir), file)
    except (ValueError, FileExistsError) as error:
        _refuse(error)
    typer.echo(f"copied to {file}")


def restore(
    file: File,
    data_dir: DataDir = None,
    yes: Annotated[bool, typer.Option("--yes", help="Put it in the place of what is there without asking.")] = False,
) -> None:
    """Put a copy in the place of the SQLite database; stop the servers first. Of PostgreSQL: pg_restore."""
    if not yes:
        typer.confirm(f"Everything in {_url(data_dir)} is replaced. Go on?", abort=True)
    try:
        put_back(_url(data_dir), file)
    except (ValueError, FileNotFoundError) as error:
        _refuse(error)
    _open(data_dir).close()
    typer.echo(f"restored from {file}")


def export(file: File, data_dir: DataDir = None) -> None:
    """Write the whole store as lines of JSON, from one state, for `bilateral import` into either engine."""
    database = _open(data_dir)
    draft = file.with_name(f"{file.name}.part")
    with database.session() as session, draft.open("wb") as out:
        for line in transfer.lines_of(session, database.revision):
            out.write(line)
    draft.replace(file)
    database.close()
    typer.echo(f"exported to {file}")


def import_(file: File, data_dir: DataDir = None) -> None:
    """Fill an empty store from an export; counts and digests of every table are compared, and nothing is kept if one differs."""
    database = _open(data_dir)
    try:
        with database.session() as session, file.open("rb") as lines:
            begin_writing(session)
            parts = transfer.read_in(session, lines, database.revision)
    except (transfer.NotTheSame, OSError, ValueError, KeyError) as error:
        _refuse(error)
    finally:
        database.close()
    for name, part in parts.items():
        typer.echo(f"{part.rows:>10,}  {name}  {part.sha256[:12]}")
    typer.echo("imported; every table has the rows and the digest that the export tells of")


def _open(data_dir: Path | None) -> Database:
    database = open_database(_url(data_dir))
    database.migrate()
    return database


def _url(data_dir: Path | None) -> str:
    return (Settings(data_dir=data_dir) if data_dir else Settings()).database_url


def _refuse(error: Exception) -> NoReturn:
    typer.echo(f"{error}", err=True)
    raise typer.Exit(1)
