"""Fresh databases for tests: one migrated template, one copy a test.

Every test that stores something asks for `database`, or opens several with `new_database`. Another engine joins by an
entry in `ENGINES`: its template is migrated once, and the same tests run on its copies.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import count
from pathlib import Path

import pytest

from app.storage.database import Database, open_database

NewDatabase = Callable[[], AbstractContextManager[Database]]


def sqlite_copies(folder: Path) -> NewDatabase:
    """Closing the only connection folds the write-ahead log into the file, so that the file alone is all."""
    template, numbers = folder / "template.db", count()
    with closing(open_database(f"sqlite:///{template}")) as migrated:
        migrated.migrate()

    @contextmanager
    def copy() -> Iterator[Database]:
        path = shutil.copyfile(template, folder / f"{next(numbers)}.db")
        with closing(open_database(f"sqlite:///{path}")) as database:
            yield database
        path.unlink()

    return copy


ENGINES = {"sqlite": sqlite_copies}


@pytest.fixture(scope="session", params=sorted(ENGINES))
def new_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    return ENGINES[request.param](tmp_path_factory.mktemp(request.param))


@pytest.fixture
def database(new_database: NewDatabase) -> Iterator[Database]:
    with new_database() as database:
        yield database
