"""A statement that would run for ever is broken off, on both engines; one that is quick, and the next one, are not."""

from __future__ import annotations

from contextlib import closing

import pytest
from sqlalchemy import text

from app.errors import TooLong
from app.storage.database import Database, open_database

ENDLESS = text("WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT count(*) FROM numbers")


def test_a_statement_is_broken_off_and_the_connection_is_good_for_the_next(database: Database) -> None:
    with closing(open_database(database.url, statement_seconds=0.3)) as limited:
        for _ in range(2):
            with pytest.raises(TooLong), limited.session() as session:
                session.execute(ENDLESS)
            with limited.session() as session:
                assert session.execute(text("SELECT 1")).scalar() == 1


def test_the_time_between_statements_does_not_count(database: Database) -> None:
    """On SQLite the clock is our own: it starts anew with each statement."""
    with closing(open_database(database.url, statement_seconds=0.2)) as limited, limited.session() as session:
        for _ in range(2):
            with pytest.raises(TooLong), limited.session() as other:
                other.execute(ENDLESS)  # as long as the limit
            assert session.execute(text("SELECT 1")).scalar() == 1
