"""The processes that read: started when there is work, lent to one chunk at a time, and put up again when one dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Queue
from threading import Lock

from app.domain.jobs import ChunkKey, Item
from app.services.jobs.portions import Ended
from app.services.jobs.reading_process import Portion, Setup, Unavailable
from app.storage.database import REPRINT_DAYS

# Not with -m: what is said between two processes must be of the same module in both.
_MAIN = "from app.services.jobs.reading_process import main; main()"
_ROOT = str(Path(__file__).parents[3])
_STARTING_SECONDS = 120.0
_WAITS_FOR_COMPUTING = 5
"""An article that computes for a second may wait that many for a busy machine."""
_WRITING_SECONDS = 300.0


class Died(Exception):  # noqa: N818 - it is the reader that died
    """A reader died or hung, and is gone. `item` is the number of the article that it was reading, if it was at one."""

    def __init__(self, item: int | None, reason: str) -> None:
        super().__init__(reason)
        self.item, self.reason = item, reason


class Reader:
    """One process, started when it is first given something to read."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None

    def work(self, key: ChunkKey, items: list[Item]) -> Ended | Unavailable:
        """Reads and stores; Died where the process does not live to tell."""
        pipe, at = self._started(), None
        try:
            pipe.send(Portion(key, tuple(items)))
            while True:
                heard = self._hear(_WRITING_SECONDS if at == -1 else self._setup.article_seconds * _WAITS_FOR_COMPUTING)
                if isinstance(heard, Ended | Unavailable):
                    return heard
                at = int(str(heard))
        except (EOFError, OSError, TimeoutError) as error:
            reason = self._end(hung=isinstance(error, TimeoutError))
            raise Died(at if at is not None and at >= 0 else None, reason) from None

    def close(self) -> None:
        """A portion that is being stored is still stored."""
        if self._process is not None:
            assert self._pipe is not None
            self._pipe.close()
            try:
                self._process.wait(timeout=_STARTING_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
            self._process.wait()
            self._process = self._pipe = None

    def _started(self) -> Connection:
        if self._pipe is not None:
            return self._pipe
        ours, theirs = Pipe()
        path = os.pathsep.join(part for part in (_ROOT, os.environ.get("PYTHONPATH", "")) if part)
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-c", _MAIN, str(theirs.fileno())],
            pass_fds=(theirs.fileno(),), env=os.environ | {"PYTHONPATH": path}, stdin=subprocess.DEVNULL,
            # What the keyboard sends to the group of this process is not for that one.
            start_new_session=True,
        )  # fmt: skip
        theirs.close()
        self._pipe = ours
        try:
            ours.send(self._setup)
            self._hear(_STARTING_SECONDS)
        except (EOFError, OSError, TimeoutError):
            raise Died(None, self._end(hung=False)) from None
        return ours

    def _hear(self, seconds: float) -> object:
        assert self._pipe is not None
        if not self._pipe.poll(seconds):
            raise TimeoutError
        heard: object = self._pipe.recv()
        return heard

    def _end(self, hung: bool) -> str:
        assert self._process is not None
        assert self._pipe is not None
        self._pipe.close()
        if hung:
            self._process.kill()
        code = self._process.wait()
        self._process = self._pipe = None
        if hung or code == -signal.SIGPROF:
            return f"took more than {self._setup.article_seconds:g} seconds"
        return f"ended the process that read it ({_named(code)})"


class Readers:
    """As many as there are cores to read with."""

    def __init__(self, number: int, database_url: str, article_seconds: float, reprint_days: int = REPRINT_DAYS) -> None:
        self.number = number
        self._all = [Reader(Setup(database_url, article_seconds, reprint_days)) for _ in range(number)]
        self._free: Queue[Reader] = Queue()
        self._lock = Lock()
        for reader in self._all:
            self._free.put(reader)

    @contextmanager
    def lent(self) -> Iterator[Reader]:
        """One that nobody else reads with, as soon as there is one."""
        reader = self._free.get()
        try:
            yield reader
        finally:
            self._free.put(reader)

    def close(self) -> None:
        for reader in self._all:
            reader.close()


def _named(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"
