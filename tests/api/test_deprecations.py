"""An operation on its way out says so: in each of its answers, and in the document that clients are made from."""

from __future__ import annotations

from datetime import date

import httpx
import pytest
from fastapi import FastAPI

from app.api import openapi
from app.api.deprecations import DEPRECATED, Deprecation

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def _marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DEPRECATED, "listPairs", Deprecation(date(2026, 10, 1), date(2027, 4, 1), "/v1/countries"))
    monkeypatch.setitem(DEPRECATED, "getPair", Deprecation(date(2026, 10, 1)))


@pytest.mark.parametrize("query", ["", "?unknown=1"])
async def test_its_answers_and_its_problems_say_so(client: httpx.AsyncClient, query: str) -> None:
    answer = await client.get(f"/v1/pairs{query}")
    assert answer.headers["deprecation"] == "@1790812800"
    assert answer.headers["sunset"] == "Thu, 01 Apr 2027 00:00:00 GMT"
    assert '</v1/countries>; rel="successor-version"' in answer.headers.get_list("link")


async def test_a_sunset_is_told_when_it_is_known(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/pairs/KZ-RU")
    assert answer.headers["deprecation"] == "@1790812800"
    assert not {"sunset", "link"} & set(answer.headers)


async def test_an_answer_that_is_given_again_says_what_the_first_said(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(DEPRECATED, "extractFacts", Deprecation(date(2026, 10, 1), date(2027, 4, 1), "/v1/articles"))
    sent = {"json": {"text": "Торговля растёт."}, "headers": {"Idempotency-Key": "one"}}
    first, again = [await client.post("/v1/extract", **sent) for _ in range(2)]
    assert again.headers["idempotency-replayed"] == "true"
    for name in ("deprecation", "sunset", "link"):
        assert again.headers.get_list(name) == first.headers.get_list(name) != []


async def test_others_say_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/topics")
    assert not {"deprecation", "sunset"} & set(answer.headers)


async def test_the_document_says_so(app: FastAPI) -> None:
    paths = openapi.build(app)["paths"]
    marked = paths["/v1/pairs"]["get"]
    assert marked["deprecated"] is True
    assert marked["description"].endswith("it may be gone from 2027-04-01. Use `/v1/countries` instead.")
    assert {"Deprecation", "Sunset"} <= set(marked["responses"]["200"]["headers"])
    assert "deprecated" not in paths["/v1/topics"]["get"]
