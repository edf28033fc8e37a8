"""The same saying over HTTP: one group with its sources, listed once where that is asked for, shown once in timelines."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

# Invented words of an invented minister, told by two invented outlets.
LONG = (
    "«Мы договорились открыть новые логистические центры вдоль магистрали и упростить оформление грузов для перевозчиков», – "
    "заявил министр торговли Казахстана Болат Серикпаев."
)
CUT = (
    "Министр торговли Казахстана Болат Серикпаев заявил, что стороны договорились упростить оформление грузов "
    "и открыть логистические центры вдоль магистрали."
)


@pytest.fixture
async def articles(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    sent = [
        {"text": f"{text} Речь о торговле Казахстана и Узбекистана.", "publisher": f"Вестник {n}", "published_at": "2024-05-06"}
        for n, text in enumerate((LONG, CUT))
    ]
    return [(await client.post("/v1/articles", json=one | {"publisher_country": "KZ"})).json() for one in sent]


async def found(client: httpx.AsyncClient, address: str) -> list[dict[str, Any]]:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_a_statement_tells_its_group(client: httpx.AsyncClient, articles: list[dict[str, Any]]) -> None:
    long, cut = (article["statements"][0]["id"] for article in articles)
    group = (await client.get(f"/v1/statements/{cut}")).json()["group"]
    assert group == {"id": group["id"], "sources": 2, "longest": long}
    assert {s["id"] for s in await found(client, f"/v1/statements?group={group['id']}")} == {long, cut}
    assert [s["id"] for s in await found(client, f"/v1/statements?group={group['id']}&once=true")] == [long]
    assert await found(client, "/v1/statements?group=sg_gone") == []


async def test_each_saying_once(client: httpx.AsyncClient, articles: list[dict[str, Any]]) -> None:
    speaker = articles[0]["statements"][0]["speaker"]["id"]
    for address, many in (
        (f"/v1/speakers/{speaker}/statements", 2),
        ("/v1/statements", 2),
        (f"/v1/speakers/{speaker}/timeline", 1),
    ):
        assert len(await found(client, f"{address}?from=2024-05-06")) == many
    for address in (f"/v1/speakers/{speaker}/statements", "/v1/statements"):
        (shown,) = await found(client, f"{address}?once=true")
        assert (shown["group"]["sources"], shown["id"]) == (2, shown["group"]["longest"])
        assert len(await found(client, f"{address}?once=false")) == 2


@pytest.mark.parametrize("once", ["1", "yes", "True", ""])
async def test_yes_is_said_as_true(client: httpx.AsyncClient, once: str) -> None:
    answer = await client.get(f"/v1/statements?once={once}")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/query/once")


@pytest.mark.usefixtures("articles")
async def test_a_table_has_the_group_beside_each_statement(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/statements?once=true", headers={"Accept": "text/csv"})
    head, row = answer.text.strip().splitlines()
    assert head.split(",")[-3:] == ["group_id", "group_sources", "group_longest"]
    assert row.split(",")[-2] == "2"
