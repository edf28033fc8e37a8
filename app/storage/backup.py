"""Copies of an SQLite database, made and put back while others use it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

_BUSY_SECONDS = 30


def backup(url: str, file: Path) -> None:
    """Writes one consistent file, with what is written meanwhile or without it; readers and writers go on."""
    if file.exists():
        raise FileExistsError(f"{file} is there already")
    with closing(_opened(_path_of(url))) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        _require_sound(copy, file)


def restore(url: str, file: Path) -> None:
    """Puts a copy in the place of what the database holds. Whoever has it open sees the copy from then on."""
    if not file.is_file():
        raise FileNotFoundError(f"there is no {file}")
    path = _path_of(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file)) as copy, closing(_opened(path)) as database:
        _require_sound(copy, file)
        copy.backup(database)


def _path_of(url: str) -> Path:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise ValueError("this is for SQLite; PostgreSQL is copied with pg_dump and pg_restore")
    return Path(parsed.database)


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_BUSY_SECONDS)


def _require_sound(copy: sqlite3.Connection, file: Path) -> None:
    try:
        told = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise ValueError(f"{file} is no database of Bilateral: {error}") from None
    if told != "ok":
        raise ValueError(f"{file} is damaged: {told}")
