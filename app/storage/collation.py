"""How PostgreSQL compares text: byte by byte, as SQLite does, whatever the language of the database that it was given."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, text

_OTHERWISE = text("""
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
    JOIN pg_collation l ON l.oid = a.attcollation AND l.collname <> 'C'
    WHERE a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.relname, a.attnum
""")


def order_by_bytes(connection: Connection) -> None:
    """Gives every column of text the collation "C"; a migration need not think of it.

    Lists come in one order on both engines, cursors hold on a server whose operating system is upgraded (which may
    change the order of a language), and comparing bytes is the fastest.
    """
    if connection.dialect.name != "postgresql":
        return
    changes: dict[str, list[str]] = defaultdict(list)
    for table, column, kind in connection.execute(_OTHERWISE):
        changes[table].append(f'ALTER COLUMN "{column}" TYPE {kind} COLLATE "C"')
    for table, alters in changes.items():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(alters)}')
