"""How long one statement may run: a question that would keep a server busy for minutes is broken off."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

_STEPS = 20_000
"""Of SQLite's machine between two looks at the clock: about a millisecond, and not to be measured."""
_INTERRUPTED = "interrupted"
_CANCELLED = "57014"


def limit(engine: Engine, seconds: float) -> None:
    """From now on, for all connections of the engine that are opened."""
    if engine.dialect.name == "sqlite":
        _limit_sqlite(engine, seconds)
    else:
        _limit_postgresql(engine, seconds)


def ran_out(error: DBAPIError) -> bool:
    """Whether the limit was what ended it."""
    return str(error.orig) == _INTERRUPTED or getattr(error.orig, "sqlstate", None) == _CANCELLED


def _limit_sqlite(engine: Engine, seconds: float) -> None:
    @event.listens_for(engine, "connect")
    def watch(connection: Any, record: Any) -> None:
        ends = record.info["ends"] = [float("inf")]
        connection.set_progress_handler(lambda: time.monotonic() > ends[0], _STEPS)

    @event.listens_for(engine, "before_cursor_execute")
    def start(connection: Connection, *_: Any) -> None:
        connection.info["ends"][0] = time.monotonic() + seconds


def _limit_postgresql(engine: Engine, seconds: float) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {int(seconds * 1000)}")
        connection.commit()
