"""Chunks that were left lying: held by a worker that is gone, or waiting for nobody.

DBOS gives a chunk back to the process that had it, when that process comes again under its name. One on a machine that
never returns would be pending for ever: every worker looks for such chunks, and enqueues them anew.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Iterable

from sqlalchemy import RowMapping

from app.domain.jobs import ChunkKey
from app.services.jobs.chunks import Workplace
from app.storage import jobs
from app.storage.paging import Rows

log = logging.getLogger("bilateral.jobs")

_LOOKED_AT = 20
"""Chunks that wait: those in front are enough to notice that nobody takes them."""
_KEPT_SECONDS = 60.0


class Sweeper:
    """Signs of life are counted, not dated: no two clocks have to agree."""

    def __init__(self, place: Workplace, takeover_seconds: float) -> None:
        self._place, self._patience = place, takeover_seconds
        self._seen: dict[tuple[ChunkKey, int], float] = {}
        self._tidied = time.monotonic()

    def sweep(self, held: Iterable[ChunkKey]) -> None:
        """`held` are our own chunks."""
        ours = set(held)
        with self._place.database.session() as session:
            working, waiting = jobs.working(session), jobs.waiting(session, _LOOKED_AT)
        # What is enqueued waits for its turn, however long that takes.
        enqueued = _enqueued(waiting)
        beats = {(_key(row), row["beats"]): row["worker"] for row in working}
        beats |= {(_key(row), row["beats"]): None for row in waiting if _key(row).name not in enqueued}
        now = time.monotonic()
        self._seen = {sign: self._seen.get(sign, now) for sign in beats}
        for sign, since in self._seen.items():
            left = now - since >= self._patience or self._is_gone(beats[sign])
            if left and sign[0] not in ours and self._place.hand_back(sign[0]):
                log.warning("%s was left lying by %s, and is enqueued anew", sign[0].name, beats[sign])
        self._tidy(now)

    def _tidy(self, now: float) -> None:
        """What is over need not be known to the queue."""
        if now - self._tidied < _KEPT_SECONDS:
            return
        from dbos import DBOS

        self._tidied = now
        over = DBOS.list_workflows(status=["SUCCESS", "ERROR", "CANCELLED"], load_input=False, load_output=False, limit=1_000)
        if over:
            DBOS.delete_workflows([workflow.workflow_id for workflow in over])

    def _is_gone(self, worker: str | None) -> bool:
        """A process of this machine that is no more; of other machines only their silence tells."""
        host, _, number = (worker or "").rpartition(":")[0].rpartition(":")
        if worker == self._place.worker or host != socket.gethostname() or not number.isdecimal():
            return False
        # In a container that was started again, the process before had our number.
        return int(number) == os.getpid() or not _lives(int(number))


def _key(row: RowMapping) -> ChunkKey:
    return ChunkKey(row["job_id"], row["number"], row["attempt"])


def _enqueued(waiting: Rows) -> set[str]:
    from dbos import DBOS

    names = [_key(row).name for row in waiting]
    if not names:
        return set()
    found = DBOS.list_workflows(workflow_ids=names, status=["ENQUEUED"], load_input=False, load_output=False)
    return {workflow.workflow_id for workflow in found}


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
