"""A mark of the state that a database is in: two equal marks, and nothing was committed in between by anybody."""

from __future__ import annotations

from threading import Lock
from typing import Any

from sqlalchemy import Engine, PoolProxiedConnection
from sqlalchemy.exc import SQLAlchemyError

Mark = tuple[int, object]
"""The number of the connection that saw it, and what the engine told: another connection's word is no comparison."""

_QUESTIONS = {
    # Counts what others than this connection have committed, from any process; this one never writes (sqlite.org, pragma.html).
    "sqlite": "PRAGMA data_version",
    # Which transactions are over and which are at work: whatever is committed changes it, and so do other databases' writers.
    "postgresql": "SELECT pg_current_snapshot()::text",
}
_IN_MEMORY = (None, "", ":memory:")


class Marks:
    """Asks on a connection of its own, outside any transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._question = _QUESTIONS[engine.dialect.name]
        self._possible = engine.dialect.name != "sqlite" or engine.url.database not in _IN_MEMORY
        self._connection: PoolProxiedConnection | None = None
        self._driver: Any = None
        self._number = 0
        self._lock = Lock()

    @property
    def at_hand(self) -> bool:
        """Whether asking is a matter of microseconds; a server has to be waited for, in a thread."""
        return self._engine.dialect.name == "sqlite"

    def now(self) -> Mark | None:
        """None where the database does not tell: then nothing is known to be as it was."""
        with self._lock:
            try:
                return self._told()
            except (self._engine.dialect.loaded_dbapi.Error, SQLAlchemyError):
                self._leave()
                return None

    def close(self) -> None:
        with self._lock:
            self._leave()
            self._possible = False

    def _told(self) -> Mark | None:
        if not self._possible:
            return None
        if self._connection is None:
            self._connect()
        return self._number, self._driver.execute(self._question).fetchone()[0]

    def _connect(self) -> None:
        """The driver's own connection, taken out of the pool for good."""
        self._connection, self._number = self._engine.raw_connection(), self._number + 1
        self._driver = self._connection.driver_connection
        self._connection.detach()
        if self.at_hand:
            # Who asks is answered at once or not at all: everybody waits behind this question.
            self._driver.execute("PRAGMA busy_timeout = 0")
        else:
            self._driver.autocommit = True

    def _leave(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = self._driver = None
