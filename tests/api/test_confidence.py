"""`min_confidence`: every fact says how sure it is, and unsure ones are shown to those who ask."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

pytestmark = pytest.mark.anyio

# Invented words of an invented minister.
TEXT = "Министр торговли Казахстана Болат Серикпаев заявил, что товарооборот с Узбекистаном достиг 5 млрд долларов."


async def extract(client: httpx.AsyncClient, **params: str) -> dict[str, Any]:
    answer = await client.post("/v1/extract", params=params, json={"text": TEXT})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_every_fact_says_how_sure_it_is(client: httpx.AsyncClient) -> None:
    told = await extract(client, min_confidence="0")
    sure = [fact["confidence"] for kind in ("statements", "indicators") for fact in told[kind]]
    assert len(sure) == 2
    assert all(0 < confidence < 1 for confidence in sure)


async def test_facts_less_sure_than_asked_are_kept_back_with_a_warning(client: httpx.AsyncClient) -> None:
    told = await extract(client, min_confidence="1")
    assert (told["statements"], told["indicators"]) == ([], [])
    assert [w["code"] for w in told["warnings"] if w["code"] == "kept_back"] == ["kept_back"]


@pytest.mark.parametrize("wrong", ["2", "-0.1", "sure", ""])
async def test_a_confidence_that_is_none_is_refused(client: httpx.AsyncClient, wrong: str) -> None:
    answer = await client.post("/v1/extract", params={"min_confidence": wrong}, json={"text": TEXT})
    assert answer.status_code == 422


async def test_lists_and_articles_keep_back_what_is_less_sure(client: httpx.AsyncClient) -> None:
    article = (await client.post("/v1/articles", json={"text": TEXT})).json()
    assert (len(article["statements"]), len(article["indicators"])) == (1, 1)
    for noun in ("statements", "indicators"):
        least = article[noun][0]["confidence"]
        for asked, expected in ((0, 1), (least, 1), (min(1, least + 0.01), 0)):
            found = await client.get(f"/v1/{noun}", params={"min_confidence": asked})
            assert len(found.json()["items"]) == expected
    again = (await client.get(f"/v1/articles/{article['id']}", params={"min_confidence": 1})).json()
    assert (again["statements"], again["indicators"]) == ([], [])
    assert [w["code"] for w in again["warnings"] if w["code"] == "kept_back"] == ["kept_back"]


async def test_the_operators_threshold_counts_where_a_request_says_nothing(app: FastAPI, client: httpx.AsyncClient) -> None:
    await client.post("/v1/articles", json={"text": TEXT})
    kept = app.state.resources
    app.state.resources = kept._replace(settings=kept.settings.model_copy(update={"min_confidence": 1.0}))
    for noun in ("statements", "indicators"):
        assert (await client.get(f"/v1/{noun}")).json()["items"] == []
        assert len((await client.get(f"/v1/{noun}?min_confidence=0")).json()["items"]) == 1
    glance = (await client.get("/v1/pairs/KZ-UZ")).json()
    assert (glance["statements"], glance["indicators"]) == ([], [])
