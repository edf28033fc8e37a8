"""`min_confidence`: every fact says how sure it is, and unsure ones are shown to those who ask."""

from __future__ import annotations

import httpx
import pytest

pytestmark = pytest.mark.anyio

# Invented words of an invented minister.
TEXT = "Министр торговли Казахстана Болат Серикпаев заявил, что товарооборот с Узбекистаном достиг 5 млрд долларов."


async def extract(client: httpx.AsyncClient, **params: str) -> dict[str, object]:
    answer = await client.post("/v1/extract", params=params, json={"text": TEXT})
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = answer.json()
    return told


async def test_every_fact_says_how_sure_it_is(client: httpx.AsyncClient) -> None:
    told = await extract(client, min_confidence="0")
    sure = [fact["confidence"] for kind in ("statements", "indicators") for fact in told[kind]]  # type: ignore[attr-defined]
    assert len(sure) == 2
    assert all(0 < confidence < 1 for confidence in sure)


async def test_facts_less_sure_than_asked_are_kept_back_with_a_warning(client: httpx.AsyncClient) -> None:
    told = await extract(client, min_confidence="1")
    assert (told["statements"], told["indicators"]) == ([], [])
    assert [w["code"] for w in told["warnings"] if w["code"] == "kept_back"] == ["kept_back"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("wrong", ["2", "-0.1", "sure", ""])
async def test_a_confidence_that_is_none_is_refused(client: httpx.AsyncClient, wrong: str) -> None:
    answer = await client.post("/v1/extract", params={"min_confidence": wrong}, json={"text": TEXT})
    assert answer.status_code == 422
