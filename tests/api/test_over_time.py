"""Timelines, series and comparisons over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

Store = Callable[[int], list[dict[str, Any]]]

# Invented words of invented ministers.
ARTICLES = [
    ("2023-03-01", "Товарооборот Казахстана и Узбекистана в 2022 году составил 5 млрд долларов, сообщил министр торговли "
     "Казахстана Болат Серикпаев. «К 2030 году мы намерены довести его до 10 млрд долларов», – сказал он."),
    ("2024-03-01", "Товарооборот Казахстана и Узбекистана в 2022 году составил 4,2 млрд долларов, сообщил министр торговли "
     "Узбекистана Шавкат Каримжанов."),
]  # fmt: skip


@pytest.fixture
async def told(client: httpx.AsyncClient) -> None:
    for published_at, text in ARTICLES:
        sent = {"text": text, "published_at": published_at, "publisher_country": "KZ"}
        answer = await client.post("/v1/articles", json=sent)
        assert answer.status_code == 201, answer.text


async def pages(client: httpx.AsyncClient, address: str) -> list[list[dict[str, Any]]]:
    found, next_ = [], address
    while next_:
        answer = await client.get(next_)
        assert answer.status_code == 200, answer.text
        found.append(answer.json()["items"])
        next_ = answer.links.get("next", {}).get("url")
    return found


@pytest.mark.parametrize("sort", ["stated_on", "-stated_on"])
async def test_a_timeline_has_all_facts_of_a_pair_once_and_in_order(client: httpx.AsyncClient, stored: Store, sort: str) -> None:
    stored(7)
    for pair in [item["pair"] for item in (await client.get("/v1/pairs")).json()["items"]]:
        entries = [entry for page in await pages(client, f"/v1/pairs/{pair}/timeline?limit=3&sort={sort}") for entry in page]
        ids = [entry[entry["kind"]]["id"] for entry in entries]
        wanted = [
            (await client.get(f"/v1/{noun}?pair={pair}&limit=200")).json()["items"] for noun in ("statements", "indicators")
        ]
        assert sorted(ids) == sorted(fact["id"] for facts in wanted for fact in facts)
        dates = [entry["stated_on"] for entry in entries if entry["stated_on"] is not None]
        assert dates == sorted(dates, reverse=sort.startswith("-"))
        assert all(entry["stated_on"] is None for entry in entries[len(dates) :])
        assert all(entry["indicator" if entry["kind"] == "statement" else "statement"] is None for entry in entries)


@pytest.mark.usefixtures("told")
async def test_a_timeline_comes_as_a_table(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/pairs/KZ-UZ/timeline", headers={"Accept": "text/csv"})
    head, *rows = answer.text.strip().splitlines()
    assert head.lstrip("\ufeff").split(",")[:3] == ["kind", "id", "stated_on"]
    assert {row.split(",")[0] for row in rows} == {"statement", "indicator"}


@pytest.mark.usefixtures("told")
async def test_a_speakers_timeline_may_be_about_one_topic(client: httpx.AsyncClient) -> None:
    whole = (await client.get("/v1/speakers/bolat-serikpaev-kz/timeline")).json()["items"]
    assert {entry["kind"] for entry in whole} == {"statement", "indicator"}
    about = (await client.get("/v1/speakers/bolat-serikpaev-kz/timeline?topic=trade")).json()["items"]
    assert about
    assert all("trade" in entry["statement"]["topics"] for entry in about)
    assert (await client.get("/v1/speakers/nobody-at-all/timeline")).status_code == 404


@pytest.mark.usefixtures("told")
async def test_a_series_shows_dispute_and_target(client: httpx.AsyncClient) -> None:
    found = (await client.get("/v1/pairs/UZ-KZ/series/trade_turnover")).json()
    actual = next(line for line in found["lines"] if (line["measure"], line["status"]) == ("level", "actual"))
    (observation,) = actual["observations"]
    assert observation["period"] == {"start": "2022-01-01", "end": "2022-12-31"}
    assert observation["agreement"] == "disputed"
    assert [value["value"] for value in observation["values"]] == ["5000000000", "4200000000"]
    (target,) = found["targets"]
    assert (target["value"], target["reached"]) == ("10000000000", None)
    assert target["sources"][0]["speaker"]["id"] == "bolat-serikpaev-kz"
    assert (found["pair"], found["complete"]) == ("KZ-UZ", True)


@pytest.mark.usefixtures("told")
async def test_pairs_are_compared_in_the_order_of_the_question(client: httpx.AsyncClient) -> None:
    found = (await client.get("/v1/compare?pairs=RU-KZ,KZ-UZ,kz-uz&metric=trade_turnover")).json()
    assert [item["pair"] for item in found["items"]] == ["KZ-RU", "KZ-UZ"]
    assert [bool(item["lines"]) for item in found["items"]] == [False, True]


@pytest.mark.parametrize(
    ("address", "status", "pointer"),
    [
        ("/v1/pairs/KZ-UZ/series/happiness", 404, None),
        ("/v1/pairs/KZ-XX/series/exports", 404, None),
        ("/v1/pairs/KZ-UZ/series/exports?from=2024-02-01&to=2024-01-01", 422, "/query/from"),
        ("/v1/pairs/KZ-UZ/series/exports?period_from=2024-02-01&period_to=2024-01-01", 422, "/query/period_from"),
        ("/v1/pairs/KZ-UZ/timeline?sort=value", 422, "/query/sort"),
        ("/v1/pairs/KZ-UZ/timeline?cursor=made-up", 422, "/query/cursor"),
        ("/v1/compare?metric=exports", 422, "/query/pairs"),
        ("/v1/compare?metric=exports&pairs=KZ-KZ", 422, "/query/pairs"),
        ("/v1/compare?metric=exports&pairs=" + ",".join(["KZ-RU"] * 11), 422, "/query/pairs"),
        ("/v1/compare?pairs=KZ-RU", 422, "/query/metric"),
    ],
)
async def test_what_is_asked_wrongly_is_told(client: httpx.AsyncClient, address: str, status: int, pointer: str | None) -> None:
    answer = await client.get(address)
    assert answer.status_code == status
    assert pointer is None or answer.json()["errors"][0]["pointer"] == pointer
