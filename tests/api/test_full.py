"""No room to store: a problem that says so, nothing kept of the request; writing goes on when there is room."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import event

pytestmark = pytest.mark.anyio

ARTICLE = {"text": "Товарооборот Казахстана и Узбекистана вырос на 4%, сообщил министр торговли. " * 60}


async def test_a_full_database_says_so(client: httpx.AsyncClient, app: FastAPI) -> None:
    engine = app.state.resources.database.engine
    if engine.dialect.name != "sqlite":
        pytest.skip("a PostgreSQL of one's own cannot be filled; tests/storage/test_room.py has what it says")
    pages = 1

    @event.listens_for(engine, "begin")
    def limit(connection: object) -> None:
        connection.connection.execute(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]

    for path, body in (("/v1/articles", ARTICLE), ("/v1/articles/batch", [ARTICLE] * 9)):
        refused = await client.post(path, json=body, headers={"Idempotency-Key": "once"} if path == "/v1/articles" else {})
        assert (refused.status_code, refused.json()["type"]) == (507, "/problems/full"), refused.text
        assert refused.headers["retry-after"].isdecimal()
    for noun in ("articles", "statements", "indicators", "speakers", "pairs"):
        assert (await client.get(f"/v1/{noun}")).json()["items"] == []
    pages = 1_000_000
    assert (await client.post("/v1/articles", json=ARTICLE)).status_code == 201
    assert (await client.post("/v1/articles/batch", json=[ARTICLE])).status_code == 202
