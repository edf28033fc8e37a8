"""A worker: takes chunks from the queue, tells that it lives, and takes over what others have left lying.

One in each process at most, because DBOS is one a process. On SQLite it lives inside the server; on PostgreSQL any number
of processes may each have theirs.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Thread

from app.domain.jobs import ChunkKey
from app.services.jobs import durable
from app.services.jobs.chunks import Workplace
from app.services.jobs.readers import Readers
from app.services.jobs.sweeping import Sweeper
from app.storage import jobs
from app.storage.database import UNAVAILABLE, Database, begin_writing

log = logging.getLogger("bilateral.jobs")

_AHEAD = 2
"""Chunks taken for each reader: while it reads one, the next is there already."""
_ENDING_SECONDS = 600
_POLLING_SECONDS = 1.0


class Worker:
    """`takeover_seconds` without a sign of life, and a chunk is somebody else's."""

    def __init__(self, database: Database, readers: Readers, takeover_seconds: float) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._place = Workplace(database, readers, self.name)
        self._database, self._readers, self._takeover_seconds = database, readers, takeover_seconds
        self._held: set[ChunkKey] = set()
        self._lock = Lock()
        self._beating = Thread(target=self._beat, name="beating", daemon=True)

    def start(self) -> None:
        """Returns at once; chunks are worked on in threads of their own."""
        global _working
        from dbos import DBOS

        assert _working is None, "a process has one worker"
        durable.prepare(self._database)
        _working = self
        DBOS(config=durable.config(self._database, self.name, threads=_AHEAD * self._readers.number + 2))
        DBOS.workflow(name=durable.WORKFLOW)(_work_on_chunk)
        DBOS.listen_queues([durable.QUEUE])
        DBOS.launch()
        DBOS.register_queue(
            durable.QUEUE, worker_concurrency=_AHEAD * self._readers.number, polling_interval_sec=_POLLING_SECONDS
        )
        self._beating.start()

    def stop(self) -> None:
        """Portions that are begun are finished, chunks handed back."""
        global _working
        from dbos import DBOS

        self._place.stopping.set()
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=_ENDING_SECONDS)
        self._readers.close()
        self._beating.join()
        _working = None

    def work_on(self, key: ChunkKey) -> None:
        with self._holding(key):
            self._place.work_on(key)

    @contextmanager
    def _holding(self, key: ChunkKey) -> Iterator[None]:
        with self._lock:
            self._held.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._held.discard(key)

    def _beat(self) -> None:
        """Six times before others lose patience."""
        sweeper = Sweeper(self._place, self._takeover_seconds)
        while not self._place.stopping.is_set():
            try:
                with self._lock:
                    held = set(self._held)
                if held:
                    with self._database.session() as session:
                        begin_writing(session)
                        jobs.beat(session, held)
                sweeper.sweep(held)
            except UNAVAILABLE as error:
                log.warning("no sign of life could be left: %s", error.orig)
            except Exception:
                log.exception("what others have left lying could not be looked for")
            self._place.stopping.wait(self._takeover_seconds / 6)


_working: Worker | None = None


def _work_on_chunk(job_id: str, number: int, attempt: int) -> None:
    """What DBOS calls; it tells the process, not the worker."""
    assert _working is not None
    _working.work_on(ChunkKey(job_id, number, attempt))
