"""Requests that come together: none fails, none is lost, and the same text stays one article."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from anyio import to_thread

from app.main import create_app
from app.settings import Settings

pytestmark = pytest.mark.anyio


async def test_articles_that_come_together_are_all_stored_and_once(client: httpx.AsyncClient) -> None:
    texts = [f"Министр заявил, что торговля растёт. Номер {number}." for number in range(10)] * 3
    answers = await asyncio.gather(*(client.post("/v1/articles", json={"text": text}) for text in texts))
    assert sorted(answer.status_code for answer in answers) == [200] * 20 + [201] * 10
    assert len({answer.json()["id"] for answer in answers}) == 10
    assert len((await client.get("/v1/articles")).json()["items"]) == 10


async def test_reading_goes_on_while_articles_come_in(client: httpx.AsyncClient) -> None:
    writing = [client.post("/v1/articles", json={"text": f"Торговля растёт, {number}."}) for number in range(10)]
    reading = [client.get("/v1/articles?limit=5") for _ in range(10)]
    answers = await asyncio.gather(*(request for both in zip(writing, reading, strict=True) for request in both))
    assert {answer.status_code for answer in answers} == {200, 201}


async def test_no_more_threads_work_than_the_settings_say(settings: Settings) -> None:
    started = create_app(settings)
    async with started.router.lifespan_context(started):
        assert to_thread.current_default_thread_limiter().total_tokens == settings.worker_threads
