"""The database: opened by URL, migrated, and read or written in one transaction at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, event, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlmodel import Session, create_engine

from app.errors import TooLong
from app.storage import patience
from app.storage.collation import order_by_bytes

MIGRATIONS = Path(__file__).with_name("migrations")
_BUSY_TIMEOUT_MS = 10_000
_CACHE_KB, _CHECKPOINT_PAGES = 16_000, 4_000
"""A hundred articles touch more pages than the engine keeps by itself, and more often than it need copy them into place."""
_WRITES = "bilateral_writes"
_MIGRATING = 4_081_955_330_112
"""The name of a lock of PostgreSQL; any number that nobody else takes."""
_CONNECTIONS, _MORE_CONNECTIONS = 8, 56
"""Kept open, and opened where more threads work (at most 64 do)."""
REPRINT_DAYS = 7
"""What agencies send is copied within a day or two; a week later the same words are another story, told by its template."""
UNAVAILABLE = (OperationalError, InterfaceError)
"""The database does not answer, is full, or asks to be tried again: no fault of what was asked."""


DatabaseError = SQLAlchemyError
"""What the database refuses; its first line names statement and table, and not their values."""


class Readiness(NamedTuple):
    ready: bool
    detail: str


class Database:
    """An engine and its rules. Make one a process with `open_database`."""

    def __init__(self, url: str, statement_seconds: float | None = None, reprint_days: int = REPRINT_DAYS) -> None:
        self.url, self.reprint_days = url, reprint_days
        self.engine = _engine(make_url(url))
        if statement_seconds is not None:
            patience.limit(self.engine, statement_seconds)

    @property
    def _told(self) -> dict[str, Any]:
        """What every transaction knows of how this store is kept."""
        return {"reprint_days": self.reprint_days}

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: committed on success, rolled back on any error. TooLong where a statement was broken off."""
        with Session(self.engine, autoflush=False, expire_on_commit=False, info=self._told) as session:
            try:
                yield session
                session.commit()
            except DBAPIError as error:
                session.rollback()
                if patience.ran_out(error):
                    raise TooLong("This question takes the database too long: narrow it down.") from None
                raise
            except BaseException:
                session.rollback()
                raise

    def migrate(self, revision: str = "head") -> None:
        """Brings the tables up to this release, or to a revision; several processes may do it at once.

        Foreign keys are off meanwhile: a batch migration on SQLite drops a table to make it anew, and with them
        on, everything that refers to its rows would be deleted.
        """
        with self._moving() as (connection, config):
            command.upgrade(config, revision)
            order_by_bytes(connection)

    def migrate_back(self, revision: str) -> None:
        """Takes the tables back to an earlier revision, for a release that is withdrawn; what only later ones hold is lost."""
        with self._moving() as (_, config):
            command.downgrade(config, revision)

    @contextmanager
    def _moving(self) -> Iterator[tuple[Connection, Config]]:
        engine = _engine(make_url(self.url), foreign_keys=False, poolclass=NullPool)
        with engine.connect().execution_options(**_writing(engine)) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
            config = alembic_config()
            config.attributes["connection"] = connection
            yield connection, config
        engine.dispose()

    @property
    def driver_url(self) -> str:
        """The address with the driver that is used here, for what opens the same database by itself."""
        return self.engine.url.render_as_string(hide_password=False)

    @property
    def revision(self) -> str:
        """Which revision the tables have in this release."""
        return str(ScriptDirectory.from_config(alembic_config()).get_current_head())

    def ready(self) -> Readiness:
        """Whether the database answers and has the tables of this release."""
        try:
            with self.engine.connect() as connection:
                current = MigrationContext.configure(connection).get_current_revision()
        except SQLAlchemyError as error:
            return Readiness(False, f"the database does not answer: {type(error).__name__}")
        head = ScriptDirectory.from_config(alembic_config()).get_current_head()
        if current != head:
            return Readiness(False, f"the tables are at revision {current}, this release needs {head}")
        return Readiness(True, f"the tables are at revision {current}")

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str, statement_seconds: float | None = None, reprint_days: int = REPRINT_DAYS) -> Database:
    """Opens the database at an SQLAlchemy URL; of SQLite the folder is made where it is missing.

    A server limits what one statement may take; a command that an operator started is let finish. Copies of articles are
    looked for so many days around each (`reprint_days`).
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).absolute().parent.mkdir(parents=True, exist_ok=True)
    return Database(url, statement_seconds, reprint_days)


def after_commit(session: Session, do: Callable[[], None]) -> None:
    """Once, when the transaction is there to stay."""
    event.listen(session, "after_commit", lambda _: do(), once=True)


def begin_writing(session: Session) -> None:
    """Takes the write lock at the start of a transaction that will write.

    On SQLite a transaction that has read and then turns to writing is refused at once where another wrote in
    between, however long the busy timeout; one that starts as a writer waits for its turn. PostgreSQL's readers
    see one state throughout; its writers, who lock what they change, see what the one before them left.
    """
    if not session.in_transaction():
        session.connection(execution_options=_writing(session.get_bind()))


def take_turns(session: Session, *names: str) -> None:
    """Until the transaction ends, another that names one of the same things waits. On SQLite every writer waits anyway."""
    if session.get_bind().dialect.name == "postgresql":
        for name in sorted(set(names)):
            session.connection().exec_driver_sql("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (name,))


def alembic_config() -> Config:
    """Where the revisions are, and how their files are named: a letter first, so that they are modules."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("file_template", "r%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    return config


def _writing(bind: Engine | Connection) -> dict[str, Any]:
    return {_WRITES: True} | ({"isolation_level": "READ COMMITTED"} if bind.dialect.name == "postgresql" else {})


def _engine(url: URL, foreign_keys: bool = True, **options: Any) -> Engine:
    if url.get_backend_name() in ("postgresql", "postgres"):
        return _postgresql(url, **options)
    # Errors name the statement and not its values, which are the words of articles.
    engine = create_engine(url, hide_parameters=True, **options)
    if engine.dialect.name == "sqlite":
        _set_up_sqlite(engine, foreign_keys)
    return engine


def _postgresql(url: URL, **options: Any) -> Engine:
    """However the address is spelt, the driver is psycopg; a connection that the server closed is noticed before it is used."""
    if "poolclass" not in options:
        options |= {"pool_size": _CONNECTIONS, "max_overflow": _MORE_CONNECTIONS, "pool_pre_ping": True}
    return create_engine(
        url.set(drivername="postgresql+psycopg"), isolation_level="REPEATABLE READ", hide_parameters=True, **options
    )


def _set_up_sqlite(engine: Engine, foreign_keys: bool) -> None:
    """The driver's own transactions start late and end before DDL; here BEGIN is said where it is meant."""

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        # The timeout comes first: turning WAL on may itself have to wait.
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        # By the driver: a result of SQLAlchemy's for a statement without one costs every request a tenth of a page.
        driver: Any = connection.connection
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
