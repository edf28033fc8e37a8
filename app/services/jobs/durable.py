"""Chunks on the queue of DBOS: enqueued in the transaction that stores their items, in the same database.

DBOS keeps its tables beside ours in SQLite, and in the schema `dbos` on PostgreSQL. It is imported where it is first
needed: a server that nobody hands a batch starts without it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlmodel import Session

from app.domain.jobs import ChunkKey
from app.storage.database import Database

if TYPE_CHECKING:
    from dbos import DBOSClient, DBOSConfig

QUEUE, WORKFLOW = "chunks", "work_on_chunk"
_NAME = "bilateral"
_VERSION = "1"
"""Raised where this release could not work on chunks that an earlier one enqueued."""
_NEVER_SECONDS = 3_600.0

_clients: WeakKeyDictionary[Any, DBOSClient] = WeakKeyDictionary()
_making = Lock()


def prepare(database: Database) -> None:
    """Makes the tables of the queue where they are missing. Not within a transaction: SQLite has one writer."""
    from dbos import DBOS, DBOSClient

    # It tells of each of its revisions, and that SQLite is for small installations.
    logging.getLogger("dbos").setLevel(logging.ERROR)
    with _making:
        if database.engine not in _clients:
            DBOS.migrate(database.driver_url)
            # Lazy: it uses our connections only, in transactions of ours.
            _clients[database.engine] = DBOSClient(system_database_engine=database.engine, lazy=True, application_name=_NAME)


def enqueue(session: Session, keys: Iterable[ChunkKey]) -> None:
    """In the transaction of the session, on a database that is prepared; what is on the queue already stays as it is."""
    client = _clients[session.get_bind()]
    for key in keys:
        client.enqueue_in_transaction(
            session,
            {"queue_name": QUEUE, "workflow_name": WORKFLOW, "workflow_id": key.name, "app_version": _VERSION},
            key.job_id, key.number, key.attempt,
        )  # fmt: skip


def config(database: Database, worker: str, threads: int) -> DBOSConfig:
    """How a process takes part that works on chunks. No two have one name: nobody recovers what another still works on."""
    return {
        "name": _NAME,
        "system_database_url": database.driver_url,
        "application_version": _VERSION,
        "executor_id": worker,
        "max_executor_threads": threads,
        "log_level": "ERROR",
        "scheduler_polling_interval_sec": _NEVER_SECONDS,
    }
