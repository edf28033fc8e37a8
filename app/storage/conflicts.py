"""Inserting what may be there already, on either engine."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session


def insert_missing(session: Session, table: Table, rows: list[dict[str, Any]]) -> int:
    """Inserts the rows that break no unique constraint and says how many; another writer's are waited for."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    added = 0
    for row in rows:
        result = session.connection().execute(insert(table).values(row).on_conflict_do_nothing())
        added += result.rowcount
    return added
