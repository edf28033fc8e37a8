"""Inserting what may be there already, on either engine."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlmodel import Session

from app.storage.batches import insertion, values_of


def insert_missing(session: Session, table: Table, rows: list[dict[str, Any]]) -> set[str]:
    """Inserts the rows that break no unique constraint and returns their (first) keys; another writer's are waited for."""
    if not rows:
        return set()
    connection, key = session.connection(), next(iter(table.primary_key.columns))
    names, postgresql = tuple(rows[0]), connection.dialect.name == "postgresql"
    insert = f"{insertion(table, names, '%s' if postgresql else '?')} ON CONFLICT DO NOTHING RETURNING {key.name}"
    values = values_of(connection.dialect, table, names, rows)
    driver: Any = connection.connection
    cursor = driver.cursor()
    if not postgresql:
        return {found[0] for one in values for found in cursor.execute(insert, one).fetchall()}
    with cursor:
        cursor.executemany(insert, values, returning=True)
        return {found[0] for answer in cursor.results() for found in answer.fetchall()}
