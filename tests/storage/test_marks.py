"""A mark of the database's state: equal as long as it is only read, another one after each commit, whoever made it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.query import PageRequest, StatementQuery
from app.services import reading
from app.storage.database import Database, open_database
from app.storage.marks import Marks
from tests.services.making import Draft


@pytest.fixture
def marks(database: Database) -> Iterator[Marks]:
    with closing(Marks(database.engine)) as marks:
        yield marks


def test_reading_leaves_the_mark_as_it_is(database: Database, marks: Marks) -> None:
    with database.session() as session:
        Draft().says().stored(session)
    before = marks.now()
    assert before is not None
    with database.session() as session:
        assert reading.list_statements(session, StatementQuery(), PageRequest()).items
    assert marks.now() == before


def test_every_commit_changes_it_and_an_open_transaction_does_not_hide_one(database: Database, marks: Marks) -> None:
    with closing(open_database(database.url)) as another:
        seen = [marks.now()]
        for number, writer in enumerate((database, another, another, database)):
            with writer.session() as session:
                article = Draft(f"Новость {number}.").says().stored(session).article
            seen.append(marks.now())
        with another.session() as reader:
            assert reading.list_statements(reader, StatementQuery(), PageRequest()).items
            with database.session() as session:
                reading.delete_article(session, article["id"])
            seen.append(marks.now())
    assert len(set(seen)) == len(seen) == 6


def test_a_commit_that_waits_is_seen_when_it_is_there(database: Database, marks: Marks) -> None:
    with database.session() as session:
        Draft().says().stored(session)
        session.flush()
        during = marks.now()
        assert during is not None
    assert marks.now() != during


def test_a_new_connection_is_no_comparison(database: Database) -> None:
    with closing(Marks(database.engine)) as marks:
        before = marks.now()
        marks._leave()  # as after an error
        assert marks.now() != before


def test_where_the_database_does_not_tell_there_is_no_mark(tmp_path: Path) -> None:
    with closing(open_database(f"sqlite:///{tmp_path}/there/no.db")) as database:
        (tmp_path / "there").rmdir()
        with closing(Marks(database.engine)) as marks:
            assert marks.now() is None
    with closing(open_database("sqlite://")) as of_each_connection:
        assert Marks(of_each_connection.engine).now() is None
