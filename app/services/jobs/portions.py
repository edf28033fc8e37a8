"""A portion of a chunk: its articles are read one by one and stored together with what became of them, in one transaction.

So however often a portion is begun, it counts once: an article is stored, its item settled and the count of its chunk
raised, or nothing of it is there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from enum import StrEnum

import orjson
from sqlmodel import Session

from app.catalog import Catalog
from app.domain.jobs import ChunkKey, Item, Outcome, Settled
from app.domain.text import Article
from app.errors import InternalError, Problem
from app.services.ingestion import store_many
from app.services.measuring import timed_extract
from app.services.storing import Read, Stored
from app.services.verification import verify
from app.storage import jobs
from app.storage.database import UNAVAILABLE, Database, begin_writing
from app.storage.room import no_room

log = logging.getLogger("bilateral.jobs")

At = Callable[[int], None]


class Ended(StrEnum):
    """How a portion ended. `gone`: the chunk is cancelled, or somebody else's by now."""

    DONE = "done"
    GONE = "gone"


def work_off(database: Database, catalog: Catalog, key: ChunkKey, items: Sequence[Item], at: At) -> Ended:
    """`at` is told the number of each item before it is read, and −1 before anything is written."""
    read: list[tuple[int, Read]] = []
    failed: list[Settled] = []
    for item in items:
        at(item.number)
        try:
            read.append((item.number, _read(item, catalog)))
        except Exception as error:
            if no_room(error):
                raise
            failed.append(_failure(item.number, error))
    at(-1)
    try:
        return _write(database, key, read, failed)
    except UNAVAILABLE:
        raise
    except Exception:
        if len(items) == 1:
            raise
        log.exception("a portion of %s could not be stored together; its articles are stored one by one", key.name)
    return _write_singly(database, key, read, failed)


def _read(item: Item, catalog: Catalog) -> Read:
    article = Article(**orjson.loads(item.body))
    extraction = timed_extract(article, catalog)
    verify(article, extraction)
    return article, extraction


def _write(database: Database, key: ChunkKey, read: Sequence[tuple[int, Read]], failed: Sequence[Settled]) -> Ended:
    with database.session() as session:
        begin_writing(session)
        if not jobs.held(session, key):
            return Ended.GONE
        stored = store_many(session, [one for _, one in read]) if read else []
        done = [_settled(number, one) for (number, _), one in zip(read, stored, strict=True)]
        jobs.settle(session, key, [*done, *failed])
    return Ended.DONE


def _write_singly(database: Database, key: ChunkKey, read: Sequence[tuple[int, Read]], failed: Sequence[Settled]) -> Ended:
    if failed and _write(database, key, [], failed) is Ended.GONE:
        return Ended.GONE
    for number, one in read:
        try:
            ended = _write(database, key, [(number, one)], [])
        except UNAVAILABLE:
            raise
        except Exception as error:
            ended = _write(database, key, [], [_failure(number, error)])
        if ended is Ended.GONE:
            return ended
    return Ended.DONE


def give_up(session: Session, key: ChunkKey, number: int, reason: str) -> None:
    """Settles an item that cannot be read without harm."""
    begin_writing(session)
    if jobs.held(session, key):
        jobs.settle(session, key, [Settled(number, Outcome.FAILED, reason=reason)])


def _settled(number: int, stored: Stored) -> Settled:
    outcome = Outcome.CREATED if stored.created else Outcome.RENEWED if stored.renewed else Outcome.DUPLICATE
    return Settled(number, outcome, stored.id)


def _failure(number: int, error: Exception) -> Settled:
    """What a client may know of it; the log has the rest."""
    if isinstance(error, Problem) and not isinstance(error, InternalError):
        errors = tuple((fault["pointer"], fault["detail"]) for fault in error.errors)
        return Settled(number, Outcome.FAILED, reason=error.detail, errors=errors)
    log.error("an article could not be read or stored", exc_info=error)
    return Settled(number, Outcome.FAILED, reason="The article could not be read: something went wrong on our side.")
