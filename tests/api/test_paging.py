"""Lists are walked page by page: whole, without repetition, and steady while articles come in."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.api.paging import Cursors
from app.errors import InvalidParameter
from app.services import ingestion
from tests.api.invented import article, extraction

pytestmark = pytest.mark.anyio

Store = Callable[[int], list[dict[str, Any]]]


async def walk(client: httpx.AsyncClient, address: str) -> list[list[str]]:
    """The ids page by page, along the Link header; the cursor in the body must be the one in the link."""
    pages = []
    next_: str | None = address
    while next_:
        answer = await client.get(next_)
        assert answer.status_code == 200, answer.text
        told = answer.json()
        pages.append([item.get("id", item.get("pair")) for item in told["items"]])
        next_ = answer.links.get("next", {}).get("url")
        assert (next_ is None) == (told["next_cursor"] is None)
        assert next_ is None or httpx.URL(next_).params["cursor"] == told["next_cursor"]
    return pages


@pytest.mark.parametrize("noun", ["articles", "statements", "indicators"])
@pytest.mark.parametrize("sort", ["stated_on", "-stated_on", "created_at", "-created_at"])
async def test_every_item_comes_once_and_in_order(client: httpx.AsyncClient, stored: Store, noun: str, sort: str) -> None:
    articles = stored(7)
    ids = [a["id"] if noun == "articles" else a[noun][0]["id"] for a in articles]
    pages = await walk(client, f"/v1/{noun}?limit=3&sort={sort}")
    assert [len(page) for page in pages] == [3, 3, 1]
    assert list(chain.from_iterable(pages)) == (ids[::-1] if sort.startswith("-") else ids)


@pytest.mark.parametrize("sort", ["value", "-value"])
async def test_figures_are_ordered_by_value_and_not_by_their_digits(client: httpx.AsyncClient, stored: Store, sort: str) -> None:
    ids = [a["indicators"][0]["id"] for a in stored(11)]
    pages = await walk(client, f"/v1/indicators?limit=4&sort={sort}")
    assert list(chain.from_iterable(pages)) == (ids[::-1] if sort.startswith("-") else ids)


async def test_the_link_keeps_the_other_parameters(client: httpx.AsyncClient, stored: Store) -> None:
    stored(3)
    answer = await client.get(
        "/v1/statements", params=[("country", "KZ"), ("country", "RU"), ("limit", "1"), ("from", "2025-05-01")]
    )
    link = httpx.URL(answer.links["next"]["url"])
    assert link.path == "/v1/statements"
    assert link.is_relative_url
    kept = [(name, value) for name, value in link.params.multi_items() if name != "cursor"]
    assert kept == [("country", "KZ"), ("country", "RU"), ("limit", "1"), ("from", "2025-05-01")]
    assert len(await walk(client, "/v1/statements?country=KZ&country=RU&limit=1&from=2025-05-01")) == 3


async def test_the_last_page_has_no_link_even_when_it_is_full(client: httpx.AsyncClient, stored: Store) -> None:
    stored(4)
    assert [len(page) for page in await walk(client, "/v1/statements?limit=2")] == [2, 2]


async def test_an_article_that_comes_in_moves_nothing(client: httpx.AsyncClient, app: FastAPI, stored: Store) -> None:
    before = [a["statements"][0]["id"] for a in stored(4)][::-1]
    first = await client.get("/v1/statements?limit=2")
    with app.state.resources.database.session() as session:
        newer = article(30)
        ingestion.store(session, newer, extraction(newer))
    second = await client.get(first.links["next"]["url"])
    assert [item["id"] for item in [*first.json()["items"], *second.json()["items"]]] == before


async def test_speakers_and_pairs_are_walked_too(client: httpx.AsyncClient, stored: Store) -> None:
    stored(2)
    assert await walk(client, "/v1/speakers?limit=1") == [["serik-zhanatov"]]
    assert await walk(client, "/v1/pairs?limit=1") == [["KZ-UZ"]]


def test_a_cursor_of_another_key_is_refused() -> None:
    cursor = Cursors("one").write(("2024-11-27", "st_1"), "asked")
    assert Cursors("one").read(cursor, "asked") == ("2024-11-27", "st_1")
    with pytest.raises(InvalidParameter):
        Cursors("other").read(cursor, "asked")


def test_a_cursor_keeps_the_place_of_items_without_a_value() -> None:
    cursors = Cursors("one")
    assert cursors.read(cursors.write((None, "st_1"), "asked"), "asked") == (None, "st_1")
