"""`Idempotency-Key` as a client meets it: the answer of the first request, over processes and restarts."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.domain.key import Scope
from app.main import create_app
from app.services import ingestion, keys
from app.settings import Settings

pytestmark = pytest.mark.anyio

TEXT = "Товарооборот Казахстана и Узбекистана вырос на 9%, сообщил министр торговли Казахстана Нурлан Айтбеков."
KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}


async def post(client: httpx.AsyncClient, headers: dict[str, str] = KEY, **more: Any) -> httpx.Response:
    return await client.post("/v1/articles", json={"text": TEXT} | more, headers=headers)


async def test_the_answer_is_the_first_one(client: httpx.AsyncClient) -> None:
    first, again = await post(client), await post(client)
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["content-type"] == "application/json"
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (None, "true")
    without = await post(client, headers={})
    assert without.status_code == 200


async def test_the_structured_form_of_a_key_is_the_same_key(client: httpx.AsyncClient) -> None:
    first, again = await post(client), await post(client, {"Idempotency-Key": f'"{KEY["Idempotency-Key"]}"'})
    assert again.content == first.content
    assert again.status_code == 201


async def test_another_body_or_question_under_the_same_key_is_refused(client: httpx.AsyncClient) -> None:
    await post(client)
    other = await post(client, publisher="Выдуманный вестник")
    assert (other.status_code, other.json()["type"]) == (422, "/problems/key-reused")
    assert other.json()["errors"][0]["pointer"] == "/header/idempotency-key"
    asked = await client.post("/v1/articles?language=ru", json={"text": TEXT}, headers=KEY)
    assert asked.json()["type"] == "/problems/key-reused"
    kind = await client.post("/v1/articles", content=TEXT.encode(), headers=KEY | {"Content-Type": "text/plain"})
    assert kind.json()["type"] == "/problems/key-reused"


async def test_a_key_is_of_one_place(client: httpx.AsyncClient) -> None:
    await post(client)
    extracted = await client.post("/v1/extract", json={"text": "Другой текст."}, headers=KEY)
    assert (extracted.status_code, extracted.headers.get("idempotency-replayed")) == (200, None)


async def test_a_key_is_its_senders_and_no_way_past_the_door(app: FastAPI, client: httpx.AsyncClient) -> None:
    resources = app.state.resources
    with resources.database.session() as session:
        tokens = [keys.create(session, name, [Scope.INGEST])[0] for name in ("wire", "desk")]
    resources.keys.look()
    wire, desk = ({"Authorization": f"Bearer {token}"} | KEY for token in tokens)
    assert (await post(client, wire)).status_code == 201
    assert (await post(client, desk, text="Другой текст.")).status_code == 201
    assert (await post(client, wire)).headers["idempotency-replayed"] == "true"
    with resources.database.session() as session:
        keys.revoke(session, "wire")
    resources.keys.look()
    assert (await post(client, wire)).status_code == 401
    assert (await post(client)).status_code == 401


@pytest.mark.parametrize("key", ["", " ", "two words", "x" * 256, "ключ".encode().decode("latin-1"), '""'])
async def test_a_key_that_is_none_is_refused(client: httpx.AsyncClient, key: str) -> None:
    answer = await client.post("/v1/articles", json={"text": TEXT}, headers=[("Idempotency-Key", key.encode("latin-1"))])
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/header/idempotency-key")
    twice = await client.post("/v1/articles", json={"text": TEXT}, headers=[("Idempotency-Key", "a"), ("Idempotency-Key", "b")])
    assert twice.status_code == 422
    assert (await client.get("/v1/articles")).json()["items"] == []


async def test_a_refusal_for_what_was_sent_is_repeated(client: httpx.AsyncClient) -> None:
    for replayed in (None, "true"):
        answer = await client.post("/v1/articles", json={"text": TEXT, "url": "nowhere"}, headers=KEY)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid")
        assert answer.headers.get("idempotency-replayed") == replayed


async def test_what_may_be_otherwise_in_a_moment_is_not_kept(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("for once")

    with monkeypatch.context() as patched:
        patched.setattr(ingestion, "ingest", fail)
        assert (await post(client)).status_code == 500
    assert (await post(client)).status_code == 201
    for _ in range(2):
        assert "idempotency-replayed" not in (await client.post("/v1/nothing", headers=KEY)).headers


async def test_a_body_past_the_limit_is_refused_as_ever(client: httpx.AsyncClient) -> None:
    for _ in range(2):
        answer = await client.post("/v1/articles", json={"text": "я" * 60_000}, headers=KEY)
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


async def test_while_the_first_runs_the_second_is_told_so(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on, real = threading.Event(), threading.Event(), ingestion.ingest

    def slowly(*arguments: Any) -> ingestion.Ingested:
        begun.set()
        assert go_on.wait(30)
        return real(*arguments)

    monkeypatch.setattr(ingestion, "ingest", slowly)
    running = asyncio.create_task(post(client))
    while not begun.is_set():
        await asyncio.sleep(0.01)
    second = await post(client)
    assert (second.status_code, second.json()["type"], second.headers["retry-after"]) == (409, "/problems/still-running", "1")
    go_on.set()
    assert (await running).status_code == 201
    assert (await post(client)).headers["idempotency-replayed"] == "true"


async def test_it_holds_in_another_process_and_after_a_restart(client: httpx.AsyncClient, settings: Settings) -> None:
    """Two applications share nothing but the database."""
    first = await post(client)
    other = create_app(settings)
    async with (
        other.router.lifespan_context(other),
        httpx.AsyncClient(transport=httpx.ASGITransport(other), base_url="http://test") as elsewhere,
    ):
        again = await post(elsewhere)
    assert (again.status_code, again.content, again.headers["idempotency-replayed"]) == (201, first.content, "true")


async def test_reading_asks_for_no_key(client: httpx.AsyncClient, app: FastAPI) -> None:
    for _ in range(2):
        answer = await client.get("/v1/articles", headers=KEY)
        assert "idempotency-replayed" not in answer.headers
