"""A process that reads articles and stores them: handed portions through a pipe, it says where it is and how each ended.

It may be killed at any moment. Whoever started it hears of that, and knows which article it was reading.
"""

from __future__ import annotations

import gc
import logging
import signal
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection

from app.catalog import load_catalog
from app.domain.jobs import ChunkKey, Item
from app.services import ingestion
from app.services.jobs.portions import work_off
from app.services.people.living import LivingCatalog
from app.storage.database import UNAVAILABLE, open_database
from app.storage.room import no_room

_COLLECTING = (50_000, 20, 50)


@dataclass(frozen=True, slots=True)
class Setup:
    """What a new process is told first."""

    database_url: str
    article_seconds: float
    reprint_days: int


@dataclass(frozen=True, slots=True)
class Portion:
    key: ChunkKey
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The database could not be written to; nothing of the portion is there."""

    reason: str


def main() -> None:
    """Ends when the other end of the pipe is closed; an article over its time is ended by the system itself."""
    # Whoever started this process decides when it ends: an interrupt from the keyboard is theirs.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    pipe = Connection(int(sys.argv[1]))
    try:
        serve(pipe)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def serve(pipe: Connection) -> None:
    setup = pipe.recv()
    assert isinstance(setup, Setup)
    database, catalog = open_database(setup.database_url, reprint_days=setup.reprint_days), load_catalog()
    ingestion.warm(catalog)
    living = LivingCatalog(catalog, database)
    # What was read of a portion lives until it is stored: the collector would walk through it again with each article.
    gc.set_threshold(*_COLLECTING)
    pipe.send("ready")

    def at(number: int) -> None:
        # Of computing, not of waiting: a busy machine is no fault of the article. Unhandled, the signal ends the process.
        signal.setitimer(signal.ITIMER_PROF, setup.article_seconds if number >= 0 else 0)
        pipe.send(number)

    while True:
        portion = pipe.recv()
        assert isinstance(portion, Portion)
        try:
            pipe.send(work_off(database, living.current(), portion.key, portion.items, at))
        except UNAVAILABLE as error:
            pipe.send(Unavailable(str(error.orig)))
        except OSError as error:
            if not no_room(error):
                raise
            pipe.send(Unavailable(str(error)))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
