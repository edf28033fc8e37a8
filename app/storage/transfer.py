"""A whole store as lines of JSON, alike from either engine: written from one state, read in whole, held to its digests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Date, Table, select
from sqlalchemy.types import TypeEngine
from sqlmodel import Session

from app.storage.batches import write
from app.storage.columns import ExactDecimal, UtcDateTime
from app.storage.schema import METADATA

_AT_ONCE = 1_000
_FORMAT = 1
_READ: dict[type[TypeEngine[Any]], Callable[[str], Any]] = {
    Date: date.fromisoformat, UtcDateTime: datetime.fromisoformat, ExactDecimal: Decimal
}  # fmt: skip


class Part(NamedTuple):
    """How many rows a table has, and the SHA-256 of their lines in the order of their keys."""

    rows: int
    sha256: str


class NotTheSame(Exception):  # noqa: N818 - it says what is wrong
    """What was read in is not what was written out, or cannot be read in here."""


def lines_of(session: Session, revision: str) -> Iterator[bytes]:
    """A heading, then each table: its columns, its rows, its count and digest."""
    yield orjson.dumps({"bilateral": _FORMAT, "revision": revision}) + b"\n"
    for table in _moved():
        yield orjson.dumps({"table": table.name, "columns": [column.name for column in table.c]}) + b"\n"
        digest, count = hashlib.sha256(), 0
        for line in _rows(session, table):
            digest.update(line)
            count += 1
            yield line
        yield orjson.dumps({"rows": count, "sha256": digest.hexdigest()}) + b"\n"


def read_in(session: Session, lines: Iterable[bytes], revision: str) -> dict[str, Part]:
    """Fills an empty store of the same revision; NotTheSame, and nothing must be kept, where a table differs afterwards."""
    waiting = iter(lines)
    heading = orjson.loads(next(waiting, b"{}"))
    if heading != {"bilateral": _FORMAT, "revision": revision}:
        raise NotTheSame(f"this is no export of revision {revision}: {heading}")
    parts: dict[str, Part] = {}
    for line in waiting:
        table = METADATA.tables[orjson.loads(line)["table"]]
        if session.execute(select(table).limit(1)).first() is not None:
            raise NotTheSame(f"{table.name} is not empty")
        parts[table.name] = _fill(session, table, orjson.loads(line)["columns"], waiting)
    if missing := {table.name for table in _moved()} - parts.keys():
        raise NotTheSame(f"the export ends before {', '.join(sorted(missing))}")
    for name, told in parts.items():
        if (found := part_of(session, METADATA.tables[name])) != told:
            raise NotTheSame(f"{name} has {found}, the export told of {told}")
    return parts


def part_of(session: Session, table: Table) -> Part:
    digest, count = hashlib.sha256(), 0
    for line in _rows(session, table):
        digest.update(line)
        count += 1
    return Part(count, digest.hexdigest())


def _moved() -> list[Table]:
    return [table for table in METADATA.sorted_tables if not table.info.get("passing")]


def _rows(session: Session, table: Table) -> Iterator[bytes]:
    rows = select(table).order_by(*table.primary_key.columns)
    for row in session.connection().execute(rows, execution_options={"yield_per": _AT_ONCE}):
        yield orjson.dumps(list(row), default=str) + b"\n"


def _fill(session: Session, table: Table, columns: list[str], lines: Iterator[bytes]) -> Part:
    readers = [_READ.get(type(table.c[name].type)) for name in columns]
    while True:
        rows: list[dict[str, Any]] = []
        for line in islice(lines, _AT_ONCE):
            told = orjson.loads(line)
            if isinstance(told, dict):
                _write(session, table, rows)
                return Part(**told)
            pairs = zip(readers, told, strict=True)
            values = (read(value) if read is not None and value is not None else value for read, value in pairs)
            rows.append(dict(zip(columns, values, strict=True)))
        if not rows:
            raise NotTheSame(f"the export breaks off in {table.name}")
        _write(session, table, rows)


def _write(session: Session, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        write(session.connection(), table, rows)
