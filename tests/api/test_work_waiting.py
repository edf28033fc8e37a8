"""What waits and is worked on is told to Prometheus, on either engine."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.domain.jobs import ChunkKey
from app.storage import jobs
from app.storage.database import Database, begin_writing

pytestmark = pytest.mark.anyio


async def test_jobs_and_their_chunks_are_counted_until_they_are_over(client: httpx.AsyncClient, database: Database) -> None:
    ids = [(await client.post("/v1/articles/batch", json=[{"text": "Торговля растёт."}] * n)).json()["id"] for n in (11, 2)]
    waiting = await told(client)
    assert (waiting["jobs_open"], waiting["waiting"], waiting["working"]) == (2, 2, 0)
    assert waiting["queue_age"] > 0
    for key in (ChunkKey(id_, 0) for id_ in ids):
        act(database, lambda session, key=key: jobs.claim(session, key, "a worker", datetime.now(UTC)))
    assert await told(client) == {"jobs_open": 2, "waiting": 0, "working": 2, "queue_age": 0}
    act(database, lambda session: jobs.finish(session, ChunkKey(ids[0], 0), datetime.now(UTC)))
    await client.delete(f"/v1/jobs/{ids[1]}")
    assert await told(client) == {"jobs_open": 0, "waiting": 0, "working": 0, "queue_age": 0}


def act(database: Database, do: object) -> None:
    with database.session() as session:
        begin_writing(session)
        do(session)  # type: ignore[operator]


async def told(client: httpx.AsyncClient) -> dict[str, float]:
    families = text_string_to_metric_families((await client.get("/metrics")).text)
    samples = {sample.labels.get("state", sample.name): sample.value for family in families for sample in family.samples}
    names = {"jobs_open": "bilateral_jobs_open", "queue_age": "bilateral_queue_age_seconds"}
    return {name: samples[names.get(name, name)] for name in ("jobs_open", "waiting", "working", "queue_age")}
