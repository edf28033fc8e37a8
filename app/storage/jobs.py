"""Jobs at rest: handed in whole, held chunk by chunk, settled item by item, and counted as they are settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, RowMapping, Select, and_, bindparam, func, insert, select, update
from sqlmodel import Session

from app.domain.jobs import COUNTED, ChunkKey, ChunkState, Item, Outcome, Settled
from app.storage.batches import write
from app.storage.job_tables import job_chunks, job_items, jobs
from app.storage.paging import Rows

_OPEN = (ChunkState.WAITING.value, ChunkState.WORKING.value)


def add(session: Session, job_id: str, now: datetime, items: list[dict[str, Any]], chunks: Sequence[tuple[int, int]]) -> None:
    """Everything of a new job; items that bring an outcome along are settled already."""
    refused = sum(item["outcome"] is not None for item in items)
    session.execute(insert(jobs).values(id=job_id, created_at=now, cancelled_at=None, total=len(items), refused=refused))
    blank = {"state": ChunkState.WAITING.value, "attempt": 0, "beats": 0, "worker": None, "started_at": None, "finished_at": None}
    none_yet = dict.fromkeys((outcome.value for outcome in COUNTED), 0)
    rows = [
        {"job_id": job_id, "number": n, "first": first, "end": end} | blank | none_yet for n, (first, end) in enumerate(chunks)
    ]
    for table, written in ((job_chunks, rows), (job_items, [{"job_id": job_id} | item for item in items])):
        if written:
            write(session.connection(), table, written)


def get(session: Session, job_id: str) -> RowMapping | None:
    """The job with the sums of its chunks, None where there is none."""
    sums = [func.coalesce(func.sum(job_chunks.c[outcome.value]), 0).label(outcome.value) for outcome in COUNTED]
    told = [
        func.count().filter(job_chunks.c.state == state.value).label(f"chunks_{state.value}") for state in ChunkState
    ] + [
        func.min(job_chunks.c.started_at).label("started_at"),
        func.max(job_chunks.c.finished_at).label("finished_at"),
    ]  # fmt: skip
    rows = select(jobs, *sums, *told).outerjoin(job_chunks, job_chunks.c.job_id == jobs.c.id).where(jobs.c.id == job_id)
    return session.execute(rows.group_by(*jobs.c)).mappings().first()


def items(session: Session, job_id: str, outcome: Outcome | None, after: int, limit: int) -> Rows:
    """The items behind a number, in their order; those not worked on are `pending`, or `cancelled` with their job."""
    rows = select(*(column for column in job_items.c if column.name != "body")).where(job_items.c.job_id == job_id)
    if outcome in (Outcome.PENDING, Outcome.CANCELLED):
        rows = rows.where(job_items.c.outcome.is_(None))
    elif outcome is not None:
        rows = rows.where(job_items.c.outcome == outcome.value)
    rows = rows.where(job_items.c.number > after).order_by(job_items.c.number).limit(limit)
    return list(session.execute(rows).mappings())


def cancel(session: Session, job_id: str, now: datetime) -> None:
    """What is not stored yet stays undone; nothing happens where the job is over."""
    mine = job_chunks.c.job_id == job_id
    # One after the other with whoever settles a portion: it looks at its chunk before it writes.
    rows = select(job_chunks.c.number).where(mine, job_chunks.c.state.in_(_OPEN)).order_by(job_chunks.c.number)
    waiting = list(session.scalars(rows.with_for_update()))
    if not waiting:
        return
    session.execute(
        update(job_chunks).where(mine, job_chunks.c.state.in_(_OPEN)).values(state=ChunkState.CANCELLED.value, finished_at=now)
    )
    session.execute(update(jobs).where(jobs.c.id == job_id).values(cancelled_at=now))
    session.execute(update(job_items).where(job_items.c.job_id == job_id, job_items.c.outcome.is_(None)).values(body=None))


def claim(session: Session, key: ChunkKey, worker: str, now: datetime) -> bool:
    """Whether the chunk is ours to work on."""
    mine = and_(_is(key), job_chunks.c.state == ChunkState.WAITING.value)
    started = func.coalesce(job_chunks.c.started_at, bindparam("now", now, type_=job_chunks.c.started_at.type))
    values = {"state": ChunkState.WORKING.value, "worker": worker, "started_at": started, "beats": job_chunks.c.beats + 1}
    return session.connection().execute(update(job_chunks).where(mine).values(**values)).rowcount == 1


def held(session: Session, key: ChunkKey) -> bool:
    """Whether the chunk is still being worked on under this attempt; until the transaction ends nobody changes that."""
    rows = select(job_chunks.c.number).where(_is(key), job_chunks.c.state == ChunkState.WORKING.value).with_for_update()
    return session.scalar(rows) is not None


def unsettled(session: Session, key: ChunkKey, limit: int, without: Iterable[int] = ()) -> list[Item]:
    """The next items of a chunk that nothing is known of yet."""
    within = and_(job_items.c.number >= job_chunks.c.first, job_items.c.number < job_chunks.c.end)
    rows = select(job_items.c.number, job_items.c.body).join(job_chunks, and_(job_chunks.c.job_id == job_items.c.job_id, within))
    rows = rows.where(_is(key), job_items.c.outcome.is_(None), job_items.c.number.not_in(list(without)))
    return [Item(number, body) for number, body in session.execute(rows.order_by(job_items.c.number).limit(limit))]


def settle(session: Session, key: ChunkKey, settled: Sequence[Settled]) -> None:
    """Writes what became of items, drops their bodies, and counts them; the caller holds the chunk."""
    rows = [
        {
            "of": key.job_id, "n": one.number, "o": one.outcome.value, "a": one.article_id, "r": one.reason,
            "e": orjson.dumps(one.errors).decode() if one.errors else None,
        }
        for one in settled
    ]  # fmt: skip
    session.connection().execute(_SETTLE, rows)
    counted = Counter(one.outcome.value for one in settled)
    sums = {name: job_chunks.c[name] + number for name, number in counted.items()}
    session.execute(update(job_chunks).where(_is(key)).values(**sums))


def finish(session: Session, key: ChunkKey, now: datetime) -> None:
    mine = and_(_is(key), job_chunks.c.state == ChunkState.WORKING.value)
    session.execute(update(job_chunks).where(mine).values(state=ChunkState.DONE.value, worker=None, finished_at=now))


def hand_back(session: Session, key: ChunkKey) -> ChunkKey | None:
    """The chunk waits again, under another attempt; None where it was no longer open under this one."""
    mine = and_(_is(key), job_chunks.c.state.in_(_OPEN))
    values = {"state": ChunkState.WAITING.value, "worker": None, "attempt": key.attempt + 1}
    if session.connection().execute(update(job_chunks).where(mine).values(**values)).rowcount != 1:
        return None
    return ChunkKey(key.job_id, key.number, key.attempt + 1)


def beat(session: Session, keys: Iterable[ChunkKey]) -> None:
    """Tells that whoever holds these chunks lives."""
    for key in sorted(keys, key=lambda key: key.name):
        session.execute(update(job_chunks).where(_is(key)).values(beats=job_chunks.c.beats + 1))


def working(session: Session) -> Rows:
    """The chunks that somebody holds, with the signs of life of whoever does."""
    return _open(session, select(job_chunks).where(job_chunks.c.state == ChunkState.WORKING.value))


def waiting(session: Session, limit: int) -> Rows:
    """The chunks that nobody holds, the oldest first."""
    rows = select(job_chunks).join(jobs, jobs.c.id == job_chunks.c.job_id)
    rows = rows.where(job_chunks.c.state == ChunkState.WAITING.value)
    return _open(session, rows.order_by(jobs.c.created_at, jobs.c.id, job_chunks.c.number).limit(limit))


def _open(session: Session, rows: Select[Any]) -> Rows:
    return list(session.execute(rows).mappings())


def _is(key: ChunkKey) -> ColumnElement[bool]:
    return and_(job_chunks.c.job_id == key.job_id, job_chunks.c.number == key.number, job_chunks.c.attempt == key.attempt)


_SETTLE = (
    update(job_items)
    .where(job_items.c.job_id == bindparam("of"), job_items.c.number == bindparam("n"))
    .values(outcome=bindparam("o"), article_id=bindparam("a"), reason=bindparam("r"), errors=bindparam("e"), body=None)
)
