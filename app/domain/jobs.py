"""Work that goes on after the answer: many articles taken in at once, in chunks, with an outcome for each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class JobState(StrEnum):
    """`queued` until the first chunk is begun; `cancelled` where what was not begun by then stays undone."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """What became of an item. `renewed` is a newer text of an article, `duplicate` a text that was stored before."""

    PENDING = "pending"
    CREATED = "created"
    RENEWED = "renewed"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    CANCELLED = "cancelled"


COUNTED = (Outcome.CREATED, Outcome.RENEWED, Outcome.DUPLICATE, Outcome.FAILED)
"""The outcomes that somebody has worked for."""


class ChunkState(StrEnum):
    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ChunkKey:
    """One chunk of a job, as it is being tried: what was begun under an earlier attempt no longer counts."""

    job_id: str
    number: int
    attempt: int = 0

    @property
    def name(self) -> str:
        return f"{self.job_id}:{self.number}:{self.attempt}"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a chunk that is to be worked on; `body` is the article as JSON."""

    number: int
    body: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one item; `errors` tell what was wrong with it, a JSON pointer each."""

    number: int
    outcome: Outcome
    article_id: str | None = None
    reason: str | None = None
    errors: tuple[tuple[str, str], ...] = ()
