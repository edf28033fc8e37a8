"""How a chunk is worked on: portion by portion, poisoned articles alone, and with patience where the database is away."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import chain, repeat
from threading import Event
from typing import TypeVar

from sqlmodel import Session

from app.domain.jobs import ChunkKey, Item
from app.services.jobs import durable
from app.services.jobs.portions import Ended, give_up
from app.services.jobs.readers import Died, Reader, Readers
from app.services.jobs.reading_process import Unavailable
from app.storage import jobs
from app.storage.database import UNAVAILABLE, Database, begin_writing

log = logging.getLogger("bilateral.jobs")

PORTION = 100
"""Articles that are stored in one transaction."""
_ANY = 1_000_000
_DEATHS_WITHOUT_A_CULPRIT = 5
_PATIENCE_SECONDS = (0.2, 1.0, 2.0, 5.0)
Answer = TypeVar("Answer")


class Stopped(Exception):  # noqa: N818 - nothing is wrong
    """This process is to end; the chunk goes back."""


class _Gone(Exception):  # noqa: N818 - nothing is wrong
    """The chunk is not ours any more."""


class Workplace:
    """What working on chunks takes: the database, the readers, the name of this process, and when to stop."""

    def __init__(self, database: Database, readers: Readers, worker: str) -> None:
        self.database, self.readers, self.worker = database, readers, worker
        self.stopping = Event()

    def work_on(self, key: ChunkKey) -> None:
        """Until nothing of the chunk is left, or it is not ours, or this process is to stop."""
        try:
            if self.patiently(lambda session: jobs.claim(session, key, self.worker, datetime.now(UTC))):
                self._work(key)
                self.patiently(lambda session: jobs.finish(session, key, datetime.now(UTC)))
        except _Gone:
            log.info("%s is not ours any more", key.name)
        except Stopped:
            self.hand_back(key)
        except Exception:
            log.exception("%s could not be worked on, and is handed back", key.name)
            self.stopping.wait(_PATIENCE_SECONDS[-1])
            self.hand_back(key)

    def hand_back(self, key: ChunkKey) -> bool:
        """Puts the chunk on the queue again under another attempt, if nobody has done so; False where that was not possible."""
        try:
            with self.database.session() as session:
                begin_writing(session)
                again = jobs.hand_back(session, key)
                if again is not None:
                    durable.enqueue(session, [again])
                return again is not None
        except UNAVAILABLE:
            log.exception("%s could not be handed back; another worker will take it over", key.name)
            return False

    def patiently(self, act: Callable[[Session], Answer]) -> Answer:
        """In one writing transaction, tried again while the database does not answer; Stopped where that takes too long."""
        for seconds in _waits():
            try:
                with self.database.session() as session:
                    begin_writing(session)
                    return act(session)
            except UNAVAILABLE as error:
                self._wait(seconds, str(error.orig))
        raise AssertionError("waiting has no end")

    def _work(self, key: ChunkKey) -> None:
        suspects: set[int] = set()
        deaths = 0
        with self.readers.lent() as reader:
            while items := self._next(key, suspects):
                try:
                    self._read(reader, key, items)
                except Died as death:
                    log.warning("a reader %s: %s, item %s", death.reason, key.name, death.item)
                    if death.item is not None:
                        suspects.add(death.item)
                    elif (deaths := deaths + 1) >= _DEATHS_WITHOUT_A_CULPRIT:
                        raise
            for number in sorted(suspects):
                self._read_alone(reader, key, number)

    def _next(self, key: ChunkKey, without: set[int], most: int = PORTION) -> list[Item]:
        if self.stopping.is_set():
            raise Stopped
        return self.patiently(lambda session: jobs.unsettled(session, key, most, without))

    def _read(self, reader: Reader, key: ChunkKey, items: list[Item]) -> None:
        for seconds in _waits():
            answer = reader.work(key, items)
            if answer is Ended.GONE:
                raise _Gone
            if not isinstance(answer, Unavailable):
                return
            self._wait(seconds, answer.reason)

    def _read_alone(self, reader: Reader, key: ChunkKey, number: int) -> None:
        """A second chance for an article at which a reader died: it may have been killed for another reason."""
        items = self._next(key, set(), most=_ANY)
        try:
            self._read(reader, key, [item for item in items if item.number == number])
        except Died as death:
            if death.item is None:
                raise
            reason = f"The article {death.reason}; it was tried twice."
            self.patiently(lambda session: give_up(session, key, number, reason))

    def _wait(self, seconds: float, reason: str) -> None:
        log.warning("the database cannot be written to, trying again in %s s: %s", seconds, reason)
        if self.stopping.wait(seconds):
            raise Stopped


def _waits() -> Iterator[float]:
    """Longer and longer, without an end."""
    return chain(_PATIENCE_SECONDS, repeat(_PATIENCE_SECONDS[-1]))
