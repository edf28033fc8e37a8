"""A database keeps its promises: migrated once however many ask, all or nothing, writers in turn."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Table, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from app.storage.database import Database, begin_writing, open_database
from app.storage.tables import article_texts, pairs
from app.storage.words import is_compared

BLANK = {"articles": 0, "statements": 0, "indicators": 0, "last_on": None}


def test_the_tables_are_what_the_migrations_make(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_compared})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_database_is_ready_once_migrated(blank_database: Database) -> None:
    assert not blank_database.ready().ready
    assert "None" in blank_database.ready().detail
    blank_database.migrate()
    assert blank_database.ready().ready


def test_the_folder_of_a_database_is_made(tmp_path: Path) -> None:
    with closing(open_database(f"sqlite:///{tmp_path}/deeper/new.db")) as database:
        database.migrate()
        assert database.ready().ready


def test_a_database_that_cannot_be_opened_is_not_ready(tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_bytes(b"this is no database, however long one looks at it" * 100)
    database = open_database(f"sqlite:///{tmp_path}/broken.db")
    assert not database.ready().ready
    assert "does not answer" in database.ready().detail
    database.close()


def test_migrating_again_keeps_what_is_stored(database: Database) -> None:
    with database.session() as session:
        session.execute(insert(pairs).values(pair="KZ-RU", **BLANK))
    database.migrate()
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(pairs)) == 1


def test_several_may_migrate_at_once(blank_database: Database) -> None:
    """Alembic keeps its context in a module, so that threads of one process would meet there; processes do not."""
    program = f"from app.storage.database import open_database; open_database({blank_database.url!r}).migrate()"
    started = [subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE) for _ in range(3)]
    outcomes = [(process.communicate()[1].decode(), process.returncode) for process in started]
    assert [code for _, code in outcomes] == [0, 0, 0], outcomes
    assert blank_database.ready().ready


def test_a_server_that_is_not_there_is_not_ready(tmp_path: Path) -> None:
    with closing(open_database(f"postgresql://nobody@/nothing?host={tmp_path}")) as database:
        assert "does not answer" in database.ready().detail


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_an_address_of_postgresql_is_read_however_it_is_spelt(scheme: str) -> None:
    with closing(open_database(f"{scheme}://me:secret@db.example.org/news")) as database:
        assert database.engine.driver == "psycopg"


def test_all_text_is_ordered_by_its_bytes(database: Database) -> None:
    """Whatever the language of the database: "Ё" comes before "А", and a cursor means the same everywhere."""
    with database.session() as session:
        if database.engine.dialect.name == "postgresql":
            collated = "SELECT DISTINCT collation_name FROM information_schema.columns WHERE table_schema = 'public'"
            typed = " AND data_type IN ('text', 'character varying') AND table_name <> 'alembic_version'"
            assert list(session.scalars(text(collated + typed))) == ["C"]
        names = ["ё", "Ё", "а", "Б", "z", "é", "_", "1"]
        session.execute(insert(pairs), [{"pair": name} | BLANK for name in names])
        assert list(session.scalars(select(pairs.c.pair).order_by(pairs.c.pair))) == sorted(names)


def test_sqlite_is_set_up_for_many_readers_and_one_writer(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/set-up.db")
    with database.session() as session:
        got = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "foreign_keys", "synchronous")}
        assert got == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1}
        assert (session.execute(text("PRAGMA busy_timeout")).scalar() or 0) >= 5000
    database.close()


def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    def write_and_stumble() -> None:
        with database.session() as session:
            session.execute(insert(pairs).values(pair="KZ-RU", **BLANK))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_stumble()
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(pairs)) == 0


def test_a_part_without_its_whole_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.session() as session:
        session.execute(insert(article_texts).values(article_id="ar_nowhere", text="Ничей текст."))


def test_writers_that_read_first_wait_for_each_other(database: Database) -> None:
    """Without `begin_writing` SQLite refuses a reader that turns writer after another wrote; PostgreSQL locks the row."""
    with database.session() as session:
        session.execute(insert(pairs).values(pair="KZ-RU", **BLANK))

    def add_one(_: int) -> None:
        with database.session() as session:
            begin_writing(session)
            now = session.scalar(select(pairs.c.articles).with_for_update()) or 0
            session.execute(update(pairs).values(articles=now + 1))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_one, range(40)))
    with database.session() as session:
        assert session.scalar(select(pairs.c.articles)) == 40


def test_readers_see_one_state_throughout(database: Database) -> None:
    with database.session() as reader:
        before = reader.scalar(select(func.count()).select_from(pairs))
        with database.session() as writer:
            writer.execute(insert(pairs).values(pair="KZ-RU", **BLANK))
        assert before == reader.scalar(select(func.count()).select_from(pairs)) == 0


@pytest.mark.parametrize("table", SQLModel.metadata.sorted_tables, ids=lambda table: table.name)
def test_names_of_indexes_are_kept_whole(table: Table) -> None:
    assert all(len(index.name or "") <= 63 for index in table.indexes), "PostgreSQL cuts longer names"
