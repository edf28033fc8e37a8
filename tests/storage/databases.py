"""Fresh databases for tests: one migrated template, one copy a test.

Every test that stores something asks for `database` (or `new_database` for several). Another engine joins by an
entry in `ENGINES`: its template is migrated once, and the same tests run on its copies.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path

import pytest

from app.storage.database import Database, open_database

NewDatabase = Callable[[], Database]


def sqlite_copies(folder: Path) -> Iterator[Database]:
    """Closing the only connection folds the write-ahead log into the file, so that the file alone is all."""
    template = folder / "template.db"
    with closing(open_database(f"sqlite:///{template}")) as migrated:
        migrated.migrate()
    for number in count():
        copy = folder / f"{number}.db"
        shutil.copyfile(template, copy)
        yield open_database(f"sqlite:///{copy}")


ENGINES = {"sqlite": sqlite_copies}


@pytest.fixture(scope="session", params=sorted(ENGINES))
def new_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewDatabase]:
    copies = ENGINES[request.param](tmp_path_factory.mktemp(request.param))
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(next(copies)))


@pytest.fixture
def database(new_database: NewDatabase) -> Database:
    return new_database()
