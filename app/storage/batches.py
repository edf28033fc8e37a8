"""Rows of one article or of many, gathered first and then written a table at a time: what bulk loading lives on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table
from sqlmodel import Session, SQLModel

from app.storage.links import Link

Row = dict[str, Any]

_COPIED = 50
"""From so many rows on, PostgreSQL's COPY is worth its round trips."""


class Batch:
    """`rows` holds by table what is to be written; the order of the tables is that of their foreign keys."""

    def __init__(self) -> None:
        self.rows: dict[Table, list[Row]] = defaultdict(list)

    def add(self, table: Table, row: Row) -> None:
        self.rows[table].append(row)

    def tie(self, link: Link, tied: Iterable[Row]) -> None:
        """The rows of a link for one owner; the same tie twice is one, the first counts."""
        rows = list(tied)
        if len(rows) > 1:
            rows = list({row[link.key.name]: row for row in reversed(rows)}.values())
        self.rows[link.table] += rows

    def write(self, session: Session) -> None:
        connection = session.connection()
        for table in SQLModel.metadata.sorted_tables:
            if rows := self.rows.get(table):
                write(connection, table, rows)


def write(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Inserts rows that all have the same columns."""
    names = tuple(rows[0])
    converted = values_of(connection.dialect, table, names, rows)
    if connection.dialect.name == "postgresql":
        _copy(connection, insertion(table, names, "%s"), converted, len(rows))
    else:
        connection.exec_driver_sql(insertion(table, names, "?"), list(converted))


def _copy(connection: Connection, insert: str, rows: Iterable[tuple[Any, ...]], count: int) -> None:
    driver: Any = connection.connection
    with driver.cursor() as cursor:
        if count < _COPIED:
            cursor.executemany(insert, rows)
            return
        into, _, _ = insert.removeprefix("INSERT INTO").partition(" VALUES")
        with cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for values in rows:
                copy.write_row(values)


def insertion(table: Table, names: tuple[str, ...], mark: str) -> str:
    """Made of the names of our own tables and columns only."""
    columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join([mark] * len(names))
    return f"INSERT INTO {table.name} ({columns}) VALUES ({marks})"  # noqa: S608 - nothing of a client's is in it


def values_of(dialect: Dialect, table: Table, names: tuple[str, ...], rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    """What the driver takes: only the columns that need it are converted, and no value of a column twice."""
    pick = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    columns: list[Iterable[Any]] = list(zip(*map(pick, rows), strict=True))
    for place, convert in enumerate(_converters(dialect, table, names)):
        if convert is not None:
            columns[place] = map(_Once(convert).__getitem__, columns[place])
    return zip(*columns, strict=True)


def row_of(value: Any) -> Row:
    """The columns of a frozen value with slots; `asdict` would copy each of them, however deep."""
    return {name: getattr(value, name) for name in value.__slots__}


class _Once(dict[Any, Any]):
    """Days, moments and amounts come again and again in the rows of one table."""

    def __init__(self, convert: Callable[[Any], Any]) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, value: Any) -> Any:
        made = self[value] = self._convert(value)
        return made


@lru_cache(maxsize=200)
def _converters(dialect: Dialect, table: Table, names: tuple[str, ...]) -> tuple[Callable[[Any], Any] | None, ...]:
    return tuple(table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names)
