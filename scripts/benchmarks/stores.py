"""Stores of any size, a part written through the path of batches, the rest the same rows under other ids; and bulk rates."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, make_url
from sqlmodel import SQLModel

from app.services.ingestion import store_many
from app.storage import tables
from app.storage.batches import insertion
from app.storage.database import Database, open_database
from scripts.benchmarks.invented_store import Archive

_CHUNK = 500
_WRITTEN = 100_000
"""Statements (and indicators) that are written through the service; more are copies of them."""
_TICKS = os.sysconf("SC_CLK_TCK")
_COPIED: tuple[Table, ...] = (
    tables.articles, tables.article_texts, tables.article_sources, tables.article_pairs, tables.article_words,
    tables.statements, tables.statement_pairs, tables.statement_countries, tables.statement_topics, tables.statement_speakers,
    tables.statement_words, tables.indicators, tables.indicator_pairs, tables.indicator_countries, tables.indicator_speakers,
)  # fmt: skip
_COUNTED: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (tables.pairs, ("articles", "statements", "indicators")),
    (tables.speakers, ("statements", "indicators")),
)
_IDS = ("id", "article_id", "fact_id", "owner_id")


def build(url: str, facts: int, written: int = _WRITTEN) -> str:
    """A store of so many statements and as many indicators, unless there is one already."""
    with closing(open_database(url)) as database:
        database.migrate()
        if _scalar(database, "SELECT count(*) FROM (SELECT 1 FROM articles LIMIT 1) AS any_article"):
            return "there already"
        _load(database, min(facts, written))
        with database.engine.begin() as connection:
            if database.engine.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA cache_size = -2000000")
            _multiply(connection, max(1, facts // written))
        if database.engine.dialect.name == "postgresql":
            with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
    return "built"


def bulk(url: str | None, facts: int) -> dict[str, float]:
    """Rows a CPU second through the path of batches, and of `executemany` with the same rows, indexes and all included.

    CPU is that of this process, and on PostgreSQL of the server's processes that work for it.
    """
    with blank(url) as another:
        _load(another, 1_000)  # A server that takes batches has its dictionaries loaded.
    with blank(url) as ours, blank(url) as bare:
        spent, waited = _clocked(ours, lambda: _load(ours, facts))
        rows = {table: _rows_of(ours, table) for table in SQLModel.metadata.sorted_tables}
        count = sum(map(len, rows.values()))
        bare_spent, bare_waited = _clocked(bare, lambda: _insert(bare, rows))
        size = _bytes(ours)
    return {
        "facts": 2 * facts,
        "rows": count,
        "store_many, rows a CPU second": round(count / spent),
        "executemany, rows a CPU second": round(count / bare_spent),
        "store_many against executemany, CPU": round(bare_spent / spent, 3),
        "store_many against executemany, wall": round(bare_waited / waited, 3),
        "store_many, facts a CPU second": round(2 * facts / spent),
        "bytes a fact": round(size / (2 * facts)),
    }


@contextmanager
def blank(url: str | None) -> Iterator[Database]:
    """An empty store for as long as it is wanted: an SQLite file, or another database on the same PostgreSQL."""
    if url is None:
        with tempfile.TemporaryDirectory() as folder, closing(open_database(f"sqlite:///{folder}/blank.db")) as database:
            database.migrate()
            yield database
        return
    name = f"bilateral_blank_{time.monotonic_ns()}"
    with ExitStack() as stack:
        server = stack.enter_context(closing(open_database(url)))
        admin = stack.enter_context(server.engine.connect().execution_options(isolation_level="AUTOCOMMIT"))
        admin.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        stack.callback(lambda: admin.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)"))
        other = make_url(url).set(database=name).render_as_string(hide_password=False)
        database = stack.enter_context(closing(open_database(other)))
        database.migrate()
        yield database


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def backends(url: str) -> list[int]:
    """The processes of a PostgreSQL on this machine that work for a database."""
    if not url.startswith("postgres"):
        return []
    with closing(open_database(url)) as database, database.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in found if Path(f"/proc/{pid}").exists()]


def _load(database: Database, facts: int) -> None:
    archive = Archive().articles(facts)
    while chunk := list(islice(archive, _CHUNK)):
        with database.session() as session:
            store_many(session, chunk)


def _multiply(connection: Connection, times: int) -> None:
    """The ids of copies begin with the number of the copy; days, words and people are those of the first."""
    for number in range(1, times):
        for table in _COPIED:
            columns = ", ".join(f'"{c.name}"' for c in table.c)
            copied = ", ".join(_copy_of(c.name, number) for c in table.c)
            keys = ", ".join(c.name for c in table.primary_key.columns)
            first = f"WHERE {_first(table)} ORDER BY {keys}"
            connection.exec_driver_sql(f"INSERT INTO {table.name} ({columns}) SELECT {copied} FROM {table.name} {first}")  # noqa: S608
        print(f"copy {number} of {times - 1}", flush=True)
    for table, counts in _COUNTED:
        connection.exec_driver_sql(f"UPDATE {table.name} SET {', '.join(f'{c} = {c} * {times}' for c in counts)}")  # noqa: S608


def _copy_of(column: str, number: int) -> str:
    if column in _IDS:
        return f"substr({column}, 1, 3) || 'copy{number}' || substr({column}, 4)"
    if column == "group_id":
        return "NULL"
    if column == "digest":
        return f"'copy{number}' || digest"
    if column == "place":
        return f"place + {number}"
    if column == "body":
        return f"replace(replace(body, '\"st_', '\"st_copy{number}'), '\"in_', '\"in_copy{number}')"
    return f'"{column}"'


def _first(table: Table) -> str:
    """Of the rows as they were written, not of copies."""
    owner = next(name for name in _IDS if name in table.c)
    return f"substr({owner}, 4, 4) <> 'copy'"


def _insert(database: Database, rows: dict[Table, list[Any]]) -> None:
    mark = "?" if database.engine.dialect.name == "sqlite" else "%s"
    with database.engine.begin() as connection:
        driver: Any = connection.connection
        cursor = driver.cursor()
        for table, some in rows.items():
            if some:
                cursor.executemany(insertion(table, tuple(table.c.keys()), mark), some)


def _rows_of(database: Database, table: Table) -> list[Any]:
    names = ", ".join(f'"{column.name}"' for column in table.c)
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"SELECT {names} FROM {table.name}")]  # noqa: S608


def _clocked(database: Database, work: Callable[[], None]) -> tuple[float, float]:
    """CPU seconds and seconds. The connection that works is the one that is kept open from before."""
    with database.engine.connect():
        pass
    helpers = backends(database.url)
    began, cpu = time.perf_counter(), time.process_time() + sum(map(cpu_of, helpers))
    work()
    return time.process_time() + sum(map(cpu_of, helpers)) - cpu, time.perf_counter() - began


def _bytes(database: Database) -> int:
    if database.engine.dialect.name == "sqlite":
        return int(_scalar(database, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"))
    return int(_scalar(database, "SELECT pg_database_size(current_database())"))


def _scalar(database: Database, query: str) -> Any:
    with database.engine.connect() as connection:
        return connection.exec_driver_sql(query).scalar()
