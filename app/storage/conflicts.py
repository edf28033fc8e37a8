"""Inserting what may be there already, on either engine."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

_AT_ONCE = 500
"""Rows a statement: SQLite takes 32,766 parameters."""


def insert_missing(session: Session, table: Table, rows: list[dict[str, Any]]) -> set[str]:
    """Inserts the rows that break no unique constraint and returns their (first) keys; another writer's are waited for."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    key = next(iter(table.primary_key.columns))
    added: set[str] = set()
    for some in _chunks(rows):
        added |= set(session.scalars(insert(table).values(some).on_conflict_do_nothing().returning(key)))
    return added


def _chunks(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        yield some
