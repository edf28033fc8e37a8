"""How much work waits: the portions of batches by state, and since when."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import distinct, func, select
from sqlmodel import Session

from app.domain.jobs import ChunkState
from app.storage.job_tables import job_chunks, jobs


class Waiting(NamedTuple):
    """`chunks` by state, the finished ones left out: they grow for ever. `oldest` is when the oldest that waits was handed in."""

    chunks: dict[str, int]
    jobs: int
    oldest: datetime | None


def count(session: Session) -> Waiting:
    """By the index on state: what is done is not looked at."""
    state, open_states = job_chunks.c.state, [ChunkState.WAITING.value, ChunkState.WORKING.value]
    found = select(state, func.count()).where(state.in_(open_states)).group_by(state)
    chunks = dict.fromkeys(open_states, 0) | {row[0]: row[1] for row in session.execute(found)}
    jobs_open = session.scalar(select(func.count(distinct(job_chunks.c.job_id))).where(state.in_(open_states)))
    oldest = select(func.min(jobs.c.created_at)).join(job_chunks, job_chunks.c.job_id == jobs.c.id)
    return Waiting(chunks, jobs_open or 0, session.scalar(oldest.where(state == ChunkState.WAITING.value)))
