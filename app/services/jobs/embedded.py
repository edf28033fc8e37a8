"""The worker inside a server: put up when there is work for it, so that a server without batches pays nothing for it."""

from __future__ import annotations

import logging
import os
from threading import Lock, Thread

from app.services.jobs.readers import Readers
from app.services.jobs.worker import Worker
from app.storage import jobs
from app.storage.database import Database

log = logging.getLogger("bilateral.jobs")


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Embedded:
    """`begin` as often as there is something to do; with no process to read, others work on it."""

    def __init__(self, database: Database, processes: int, article_seconds: float, takeover_seconds: float) -> None:
        self._database, self._processes = database, processes
        self._article_seconds, self._takeover_seconds = article_seconds, takeover_seconds
        self._worker: Worker | None = None
        self._starting: Thread | None = None
        self._lock = Lock()

    def begin(self) -> None:
        """Returns at once."""
        with self._lock:
            if self._processes and self._starting is None:
                self._starting = Thread(target=self._start, name="putting up a worker", daemon=True)
                self._starting.start()

    def go_on(self) -> None:
        """Begins where work was left by whoever ran here before."""
        if not self._processes or not self._database.ready().ready:
            return  # /readyz tells what is wrong with the database
        with self._database.session() as session:
            left = bool(jobs.working(session) or jobs.waiting(session, 1))
        if left:
            self.begin()

    def end(self) -> None:
        with self._lock:
            if self._starting is not None:
                self._starting.join()
            worker, self._worker = self._worker, None
            if worker is not None:
                worker.stop()

    def _start(self) -> None:
        readers = Readers(self._processes, self._database.url, self._article_seconds, self._database.reprint_days)
        worker = Worker(self._database, readers, self._takeover_seconds)
        try:
            worker.start()
        except Exception:
            log.exception("the worker could not be put up; batches wait until the server is started again")
        else:
            self._worker = worker
