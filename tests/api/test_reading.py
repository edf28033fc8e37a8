"""What was taken in is read back: one by one, in lists, by filter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

Store = Callable[[int], list[dict[str, Any]]]


async def ids(client: httpx.AsyncClient, address: str) -> list[str]:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


async def test_an_article_is_read_with_its_text_and_facts(client: httpx.AsyncClient, stored: Store) -> None:
    (article,) = stored(1)
    answer = (await client.get(f"/v1/articles/{article['id']}")).json()
    assert answer == article
    span = answer["indicators"][0]["span"]
    assert answer["text"][span["start"] : span["end"]] == answer["indicators"][0]["as_written"] == "1 млрд долларов"
    assert answer["statements"][0]["article"]["id"] == article["id"]


async def test_a_statement_and_an_indicator_are_read_alone(client: httpx.AsyncClient, stored: Store) -> None:
    (article,) = stored(1)
    for noun in ("statements", "indicators"):
        (fact,) = article[noun]
        assert (await client.get(f"/v1/{noun}/{fact['id']}")).json() == fact


async def test_a_removed_article_takes_its_facts_along(client: httpx.AsyncClient, stored: Store) -> None:
    first, second = stored(2)
    answer = await client.delete(f"/v1/articles/{first['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert (await client.get(f"/v1/articles/{first['id']}")).status_code == 404
    assert (await client.get(f"/v1/statements/{first['statements'][0]['id']}")).status_code == 404
    assert await ids(client, "/v1/indicators") == [second["indicators"][0]["id"]]
    assert (await client.delete(f"/v1/articles/{first['id']}")).status_code == 404


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("", [2, 1, 0]),
        ("sort=stated_on", [0, 1, 2]),
        ("pair=UZ-KZ", [2, 1, 0]),
        ("pair=kz-ru", []),
        ("country=RU", []),
        ("country=RU&country=UZ", [2, 1, 0]),
        ("from=2025-05-02", [2, 1]),
        ("to=2025-05-02", [1, 0]),
        ("from=2025-05-02&to=2025-05-02", [1]),
        ("speaker=serik-zhanatov", [2, 1, 0]),
        ("review=confirmed", []),
    ],
)
async def test_facts_are_found_by_pair_country_date_and_speaker(
    client: httpx.AsyncClient, stored: Store, query: str, days: list[int]
) -> None:
    articles = stored(3)
    for noun in ("statements", "indicators"):
        assert await ids(client, f"/v1/{noun}?{query}") == [articles[day][noun][0]["id"] for day in days]


@pytest.mark.parametrize(
    ("query", "days"),
    [("topic=trade", [2, 1, 0]), ("topic=energy", []), ("kind=direct", [2, 1, 0]), ("kind=mixed", [])],
)
async def test_statements_are_found_by_topic_and_kind(
    client: httpx.AsyncClient, stored: Store, query: str, days: list[int]
) -> None:
    articles = stored(3)
    assert await ids(client, f"/v1/statements?{query}") == [articles[day]["statements"][0]["id"] for day in days]


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("metric=trade_turnover", [2, 1, 0]),
        ("metric=gdp", []),
        ("measure=level&status=actual&unit=USD", [2, 1, 0]),
        ("unit=KZT", []),
        ("status=target", []),
        ("reporter=KZ", []),
        ("partner=UZ", []),
        ("period_from=2024-12-31&period_to=2025-01-01", [2, 1, 0]),
        ("period_from=2025-01-01", []),
        ("value_from=2000000000", [2, 1]),
        ("value_to=2000000000", [1, 0]),
        ("value_from=1500000000.5&value_to=2000000000&sort=value", [1]),
        ("sort=value", [0, 1, 2]),
        ("sort=-value", [2, 1, 0]),
        ("sort=-created_at", [2, 1, 0]),
    ],
)
async def test_indicators_are_found_by_what_they_measure(
    client: httpx.AsyncClient, stored: Store, query: str, days: list[int]
) -> None:
    articles = stored(3)
    assert await ids(client, f"/v1/indicators?{query}") == [articles[day]["indicators"][0]["id"] for day in days]


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("", [1, 0]),
        ("sort=created_at", [0, 1]),
        ("pair=KZ-UZ", [1, 0]),
        ("publisher=пример НОВОСТЕЙ", [1, 0]),
        ("publisher=Другие", []),
        ("language=ru", [1, 0]),
        ("language=en", []),
        ("to=2025-05-01", [0]),
        ("url=https://news.example/1", []),
        ("external_id=1", []),
    ],
)
async def test_articles_are_found_by_their_metadata(
    client: httpx.AsyncClient, stored: Store, query: str, days: list[int]
) -> None:
    articles = stored(2)
    assert await ids(client, f"/v1/articles?{query}") == [articles[day]["id"] for day in days]


async def test_facts_are_found_by_their_article(client: httpx.AsyncClient, stored: Store) -> None:
    _, second = stored(2)
    assert await ids(client, f"/v1/statements?article={second['id']}") == [second["statements"][0]["id"]]


async def test_a_speaker_is_found_by_any_spelling_of_a_name(client: httpx.AsyncClient, stored: Store) -> None:
    stored(2)
    for q in ("жанат", "ZHANATOV", "Серик Жанатов", "Жанатовым", "Janatov Serik", "Жанатоф"):
        assert (await ids(client, f"/v1/speakers?q={q}"))[0] == "serik-zhanatov"
    assert await ids(client, "/v1/speakers?q=Йцукенгш") == []
    assert await ids(client, "/v1/speakers?country=KZ&role=minister") == ["serik-zhanatov"]
    assert await ids(client, "/v1/speakers?role=expert") == []


async def test_a_speaker_has_counts_offices_statements_and_indicators(client: httpx.AsyncClient, stored: Store) -> None:
    articles = stored(2)
    speaker = (await client.get("/v1/speakers/serik-zhanatov")).json()
    assert speaker["counts"] == {"statements": 2, "indicators": 2}
    assert speaker["offices"][0]["role"] == "minister"
    for noun in ("statements", "indicators"):
        found = await ids(client, f"/v1/speakers/serik-zhanatov/{noun}?pair=KZ-UZ&limit=1")
        assert found == [articles[1][noun][0]["id"]]
        assert (await client.get(f"/v1/speakers/nobody/{noun}")).status_code == 404


async def test_pairs_are_listed_and_one_is_seen_at_a_glance(client: httpx.AsyncClient, stored: Store) -> None:
    stored(2)
    listed = (await client.get("/v1/pairs")).json()["items"]
    assert [(item["pair"], item["counts"]) for item in listed] == [("KZ-UZ", {"articles": 2, "statements": 2, "indicators": 2})]
    glance = (await client.get("/v1/pairs/uz-kz")).json()
    assert glance["pair"] == "KZ-UZ"
    assert [speaker["id"] for speaker in glance["speakers"]] == ["serik-zhanatov"]
    assert glance["topics"] == [{"topic": "trade", "statements": 2}]


async def test_a_pair_that_nothing_is_known_of_is_empty_and_not_missing(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/pairs/MN-KZ")
    assert answer.status_code == 200
    assert answer.json()["counts"] == {"articles": 0, "statements": 0, "indicators": 0}


@pytest.mark.parametrize(
    "path",
    [
        "/v1/articles/nothing",
        "/v1/statements/nothing",
        "/v1/indicators/nothing",
        "/v1/speakers/nothing",
        "/v1/statements/%00",
        "/v1/statements/" + "x" * 500,
        "/v1/statements/%D0%B0",
        "/v1/pairs/KZ-XX",
        "/v1/pairs/KZ-KZ",
        "/v1/pairs/KZ",
    ],
)
async def test_a_single_thing_that_is_not_there_is_404(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/not-found"
