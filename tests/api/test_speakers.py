"""Speakers over HTTP: found by any spelling, heard or not; aliases lead to the canonical id."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.catalog import load_catalog
from app.services.people import changes

pytestmark = pytest.mark.anyio

TOKAYEV = "kassym-jomart-tokayev"


async def found(client: httpx.AsyncClient, **params: Any) -> list[str]:
    answer = await client.get("/v1/speakers", params=params)
    assert answer.status_code == 200, answer.text
    return [speaker["id"] for speaker in answer.json()["items"]]


@pytest.mark.parametrize(
    "q",
    [
        "Токаев",
        "Тоқаевтың",
        "Tokayev",
        "Toqaev",
        "Токаевым",
        "Касым-Жомарт Кемелевич Токаев",
        "К. Токаев",
        "ТОКАЕВУ",
        "Tokaev K.",
    ],
)
async def test_a_person_of_the_catalogue_is_found_before_anything_was_read(client: httpx.AsyncClient, q: str) -> None:
    assert (await found(client, q=q))[0] == TOKAYEV


async def test_the_search_is_walked_to_its_end(client: httpx.AsyncClient) -> None:
    everybody = await found(client, q="а", limit=200)
    walked, cursor = [], None
    while True:
        page = (await client.get("/v1/speakers", params={"q": "а", "limit": 7} | ({"cursor": cursor} if cursor else {}))).json()
        walked += [speaker["id"] for speaker in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None or len(walked) >= 200:
            break
    assert walked[: len(everybody)] == everybody[: len(walked)]
    assert len(set(walked)) == len(walked)


async def test_country_and_role_narrow_a_search(client: httpx.AsyncClient) -> None:
    assert set(await found(client, q="Алиев", country="AZ")) <= set(await found(client, q="Алиев"))
    assert "ilham-aliyev" in await found(client, q="Алиев", country="AZ", role="head_of_state")
    assert "ilham-aliyev" not in await found(client, q="Алиев", country="KZ")


async def test_a_profile_shows_dated_offices(client: httpx.AsyncClient) -> None:
    profile = (await client.get(f"/v1/speakers/{TOKAYEV}")).json()
    assert profile["counts"] == {"statements": 0, "indicators": 0}
    office = next(term for term in profile["terms"] if term["role"] == "head_of_state")
    assert (office["country"], office["start"], office["end"], office["certain"]) == ("KZ", "2019-03-20", None, True)
    assert (profile["first_statement"], profile["last_statement"], profile["pairs"]) == (None, None, [])


async def test_an_alias_redirects_with_its_parameters(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/speakers/tokayev")
    assert (answer.status_code, answer.headers["location"]) == (307, f"/v1/speakers/{TOKAYEV}")
    answer = await client.get("/v1/speakers/tokayev/statements?limit=3&pair=KZ-RU")
    assert (answer.status_code, answer.headers["location"]) == (307, f"/v1/speakers/{TOKAYEV}/statements?limit=3&pair=KZ-RU")
    followed = await client.get("/v1/speakers/tokayev/statements?limit=3", follow_redirects=True)
    assert followed.json() == {"items": [], "next_cursor": None}


async def test_a_name_of_several_is_no_alias(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/speakers/berdimuhamedow")
    assert answer.status_code == 404
    assert "serdar-berdimuhamedow" in answer.json()["detail"]


@pytest.mark.parametrize("noun", ["statements", "indicators"])
async def test_a_filter_takes_an_alias_and_refuses_nobody(client: httpx.AsyncClient, stored: Any, noun: str) -> None:
    stored(2)
    assert (await client.get(f"/v1/{noun}?speaker=tokayev")).json()["items"] == []
    refused = await client.get(f"/v1/{noun}?speaker=nobody-at-all")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/query/speaker")


async def test_a_merged_speaker_is_found_under_the_new_id(app: FastAPI, client: httpx.AsyncClient, stored: Any) -> None:
    stored(2)
    with app.state.resources.database.session() as session:
        changes.merge(session, load_catalog(), "serik-zhanatov", TOKAYEV)
    answer = await client.get("/v1/speakers/serik-zhanatov")
    assert (answer.status_code, answer.headers["location"]) == (307, f"/v1/speakers/{TOKAYEV}")
    listed = (await client.get("/v1/statements?speaker=serik-zhanatov")).json()["items"]
    assert {statement["speaker"]["id"] for statement in listed} == {TOKAYEV}
    assert len(listed) == 2
