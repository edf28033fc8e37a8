"""A job and its items."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.schemas.problem import Fault
from app.api.schemas.shape import Instant, Shape
from app.domain.jobs import JobState, Outcome

Count = Annotated[int, Field(ge=0)]


class JobCounts(Shape):
    """Every item is in one of `created`, `renewed`, `duplicate`, `failed`, `pending`, `cancelled`."""

    total: Count
    done: Count
    """Nothing is left to do about these: `created`, `renewed`, `duplicate` and `failed` together."""
    created: Count
    renewed: Count
    """Newer texts of articles that were there."""
    duplicate: Count
    """Texts that were stored before."""
    failed: Count
    pending: Count
    cancelled: Count
    """Not worked on, because the job was cancelled."""


class Job(Shape):
    """Many articles that were handed in together."""

    id: str
    state: JobState
    created_at: Instant
    started_at: Instant | None
    finished_at: Instant | None
    counts: JobCounts
    rate: float | None
    """Articles a second since it was begun."""
    remaining_seconds: Count | None
    """At this rate; null where nothing can be said yet, or nothing is left."""


class JobItem(Shape):
    """What became of one article of a batch."""

    index: Count
    """Its place in the batch, from 0; of NDJSON, lines with nothing on them do not count."""
    outcome: Outcome
    article: str | None
    """The id of the article, for `GET /v1/articles/{id}`."""
    external_id: str | None
    url: str | None
    reason: str | None
    """Why it failed."""
    errors: list[Fault]
    """What was wrong, with JSON pointers into the item."""


class JobItemList(Shape):
    items: list[JobItem]
    next_cursor: str | None
