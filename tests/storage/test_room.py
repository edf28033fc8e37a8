"""A database that has no room is told from one that is away, on either engine."""

from __future__ import annotations

import errno

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, OperationalError

from app.storage.database import Database
from app.storage.room import no_room


def test_a_full_disk_is_told_from_other_troubles(database: Database) -> None:
    if database.engine.dialect.name == "sqlite":
        full, away = "CREATE TABLE more AS SELECT zeroblob(1000000)", "SELECT * FROM nowhere"
        event.listen(database.engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1"))
        database.engine.dispose()
    else:
        full, away = (f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$" for code in ("53100", "57P01"))
    told = []
    for statement in (full, away):
        with pytest.raises(DBAPIError) as caught, database.engine.begin() as connection:
            connection.exec_driver_sql(statement)
        told.append((isinstance(caught.value, OperationalError), no_room(caught.value)))
    assert told == [(True, True), (True, False)]


def test_other_files_may_find_no_room_either() -> None:
    assert no_room(OSError(errno.ENOSPC, "No space left on device"))
    assert not no_room(OSError(errno.EPIPE, "Broken pipe"))
    assert not no_room(ValueError())
