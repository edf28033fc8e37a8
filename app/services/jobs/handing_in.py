"""Handing in: many articles become one job, stored and enqueued in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from app.domain.jobs import ChunkKey, Outcome
from app.domain.text import Article
from app.errors import Fault, Problem
from app.services.ingestion import refuse_unstorable
from app.services.jobs import durable
from app.services.jobs.telling import job_document
from app.storage import jobs
from app.storage.database import Database, begin_writing

CHUNK = 100
"""Articles of a chunk: the work of a second or two, beside which the ten milliseconds that the queue takes are little."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An item that is not valid, with what can be told of it all the same."""

    reason: str
    errors: Sequence[Fault] = ()
    external_id: str | None = None
    url: str | None = None


def hand_in(database: Database, submitted: Sequence[Article | Refused], name: str | None = None) -> dict[str, Any]:
    """The document of the new job. Its chunks hold the items that are valid; the others are settled here.

    With a name, what was handed in under it before is the same job.
    """
    durable.prepare(database)
    job_id, now = f"jb_{name or secrets.token_hex(10)}", datetime.now(UTC)
    rows = [_row(number, _checked(one)) for number, one in enumerate(submitted)]
    chunks = [(first, min(first + CHUNK, len(rows))) for first in range(0, len(rows), CHUNK)]
    chunks = [(first, end) for first, end in chunks if any(row["outcome"] is None for row in rows[first:end])]
    with database.session() as session:
        begin_writing(session)
        if name is not None and jobs.get(session, job_id) is not None:
            return job_document(session, job_id)
        jobs.add(session, job_id, now, rows, chunks)
        durable.enqueue(session, (ChunkKey(job_id, number) for number in range(len(chunks))))
        return job_document(session, job_id)


def _checked(one: Article | Refused) -> Article | Refused:
    if isinstance(one, Article):
        try:
            refuse_unstorable(one)
        except Problem as problem:
            return Refused(problem.detail, problem.errors)
    return one


def _row(number: int, one: Article | Refused) -> dict[str, Any]:
    row: dict[str, Any] = {
        "number": number, "external_id": one.external_id, "url": one.url, "body": None, "outcome": None, "article_id": None,
        "reason": None, "errors": None,
    }  # fmt: skip
    if isinstance(one, Article):
        fields = {name: getattr(one, name) for name in ("text", *one.given)}
        return row | {"body": orjson.dumps(fields).decode()}
    errors = [(error["pointer"], error["detail"]) for error in one.errors]
    return row | {"outcome": Outcome.FAILED.value, "reason": one.reason, "errors": orjson.dumps(errors).decode()}
