"""What is told of a job: how far it is, how fast it goes, and what became of each item."""

from __future__ import annotations

from datetime import UTC, datetime
from math import ceil
from typing import Any

import orjson
from sqlalchemy import RowMapping
from sqlmodel import Session

from app.domain.jobs import COUNTED, JobState, Outcome
from app.domain.query import Page, PageRequest
from app.errors import InvalidParameter, NotFound
from app.services.stored import instant
from app.storage import jobs
from app.storage.database import begin_writing

Document = dict[str, Any]
_OVER = (JobState.DONE, JobState.CANCELLED)


def job_document(session: Session, job_id: str) -> Document:
    """A job with its counts; NotFound where there is none."""
    row = _found(jobs.get(session, job_id), job_id)
    state, counts = _state(row), _counts(row)
    worked, rate = sum(row[outcome.value] for outcome in COUNTED), None
    if row["started_at"] is not None and worked:
        until = row["finished_at"] if state in _OVER else datetime.now(UTC)
        rate = round(worked / max((until - row["started_at"]).total_seconds(), 0.001), 2)
    left = counts["pending"]
    return {
        "id": row["id"],
        "state": state.value,
        "created_at": instant(row["created_at"]),
        "started_at": _instant(row["started_at"]),
        "finished_at": _instant(_finished(row, state)),
        "counts": counts,
        "rate": rate,
        "remaining_seconds": ceil(left / rate) if rate and state is JobState.RUNNING else None,
    }


def list_items(session: Session, job_id: str, outcome: Outcome | None, page: PageRequest) -> Page:
    """The items of a job in the order in which they were handed in, all or those with one outcome."""
    row = _found(jobs.get(session, job_id), job_id)
    unsettled = Outcome.CANCELLED if row["cancelled_at"] else Outcome.PENDING
    if outcome in (Outcome.PENDING, Outcome.CANCELLED) and outcome is not unsettled:
        return Page([], None)
    found = jobs.items(session, job_id, outcome, _after(page), page.limit + 1)
    documents = [_item_document(item, unsettled) for item in found[: page.limit]]
    more = len(found) > page.limit
    return Page(documents, (str(documents[-1]["index"]), job_id) if more else None)


def cancel(session: Session, job_id: str) -> Document:
    """What is stored by then stays, and a job that is over stays what it is."""
    begin_writing(session)
    _found(jobs.get(session, job_id), job_id)
    jobs.cancel(session, job_id, datetime.now(UTC))
    return job_document(session, job_id)


def is_over(document: Document) -> bool:
    return JobState(document["state"]) in _OVER


def _found(row: RowMapping | None, job_id: str) -> RowMapping:
    if row is None:
        raise NotFound(f"there is no job {job_id!r}", pointer="/path/id")
    return row


def _state(row: RowMapping) -> JobState:
    if row["cancelled_at"] is not None:
        return JobState.CANCELLED
    if not row["chunks_waiting"] and not row["chunks_working"]:
        return JobState.DONE
    return JobState.RUNNING if row["started_at"] is not None else JobState.QUEUED


def _finished(row: RowMapping, state: JobState) -> datetime | None:
    if state not in _OVER:
        return None
    ended: datetime = row["cancelled_at"] or row["finished_at"] or row["created_at"]
    return ended


def _counts(row: RowMapping) -> dict[str, int]:
    """Every item is in one of them, `total` and `done` aside: `done` is all that no work is left on."""
    counts = {outcome.value: int(row[outcome.value]) for outcome in COUNTED}
    counts["failed"] += row["refused"]
    done = sum(counts.values())
    left, cancelled = row["total"] - done, row["cancelled_at"] is not None
    return (
        {"total": row["total"], "done": done}
        | counts
        | {"pending": 0 if cancelled else left, "cancelled": left if cancelled else 0}
    )


def _item_document(row: RowMapping, unsettled: Outcome) -> Document:
    errors = orjson.loads(row["errors"] or "[]")
    return {
        "index": row["number"],
        "outcome": row["outcome"] or unsettled.value,
        "article": row["article_id"],
        "external_id": row["external_id"],
        "url": row["url"],
        "reason": row["reason"],
        "errors": [{"pointer": pointer, "detail": detail} for pointer, detail in errors],
    }


def _after(page: PageRequest) -> int:
    if page.after is None:
        return -1
    try:
        return int(page.after[0] or "")
    except ValueError as error:
        raise InvalidParameter("this cursor does not belong to this list", pointer="/query/cursor") from error


def _instant(moment: datetime | None) -> str | None:
    return instant(moment) if moment is not None else None
