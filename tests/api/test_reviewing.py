"""An editor at work over HTTP: what was seen is confirmed, rejected, corrected, taken back, and stands in the history."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

# Invented words of an invented minister.
TEXT = (
    "Товарооборот Казахстана и Узбекистана в 2025 году составил 5,3 млрд долларов, сообщил министр торговли Казахстана "
    "Нурлан Айтбеков."
)


@pytest.fixture
async def article(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.post("/v1/articles", json={"text": TEXT, "published_at": "2026-01-15"})
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def address(article: dict[str, Any], noun: str) -> str:
    return f"/v1/{noun}/{article[noun][0]['id']}"


async def seen(client: httpx.AsyncClient, where: str) -> dict[str, str]:
    return {"If-Match": (await client.get(where)).headers["ETag"]}


@pytest.mark.parametrize("noun", ["statements", "indicators"])
async def test_a_fact_is_rejected_and_taken_back(client: httpx.AsyncClient, article: dict[str, Any], noun: str) -> None:
    where = address(article, noun)
    answer = await client.patch(where, json={"review": "rejected", "note": "ошибка"}, headers=await seen(client, where))
    assert (answer.status_code, answer.json()["review"]) == (200, "rejected")
    assert (await client.get(where)).json() == answer.json()
    assert (await client.get(f"/v1/{noun}?pair=KZ-UZ")).json()["items"] == []
    assert len((await client.get(f"/v1/{noun}?pair=KZ-UZ&review=rejected")).json()["items"]) == 1
    (change,) = (await client.get(f"{where}/history")).json()["items"]
    assert (change["note"], change["before"]["review"], change["after"]["review"]) == ("ошибка", "unreviewed", "rejected")
    assert (await client.post(f"{where}/undo")).json() == article[noun][0]
    assert (await client.post(f"{where}/undo")).status_code == 409


async def test_a_figure_is_corrected(client: httpx.AsyncClient, article: dict[str, Any]) -> None:
    where = address(article, "indicators")
    correction = {"value": "5400000000.50", "comparator": "approx", "period": {"start": "2024-01-01", "end": None}, "per": "year"}
    answer = await client.patch(where, json=correction, headers=await seen(client, where))
    told = answer.json()
    assert answer.status_code == 200, answer.text
    assert (told["value"], told["comparator"], told["per"], told["review"]) == ("5400000000.5", "approx", "year", "corrected")
    assert told["period"] == {"start": "2024-01-01", "end": None, "as_written": "в 2025 году"}
    found = (await client.get("/v1/indicators?value_from=5400000000&value_to=5500000000")).json()["items"]
    assert [figure["id"] for figure in found] == [told["id"]]


async def test_a_statement_gets_another_speaker_of_the_catalogue(client: httpx.AsyncClient, article: dict[str, Any]) -> None:
    where = address(article, "statements")
    correction = {"speaker": {"id": "kassym-jomart-tokayev"}, "topics": ["trade", "diplomacy"]}
    answer = await client.patch(where, json=correction, headers=await seen(client, where))
    assert answer.json()["speaker"]["names"]["en"] == "Kassym-Jomart Tokayev"
    found = (await client.get("/v1/speakers/kassym-jomart-tokayev/statements")).json()["items"]
    assert [statement["id"] for statement in found] == [answer.json()["id"]]


async def test_who_has_not_seen_it_changes_nothing(client: httpx.AsyncClient, article: dict[str, Any]) -> None:
    where = address(article, "statements")
    before = await seen(client, where)
    assert (await client.patch(where, json={"review": "rejected"})).status_code == 428
    assert (await client.patch(where, json={"review": "confirmed"}, headers=before)).status_code == 200
    assert (await client.patch(where, json={"review": "rejected"}, headers=before)).status_code == 412
    assert (await client.post(f"{where}/undo", headers=before)).status_code == 412
    assert (await client.get(where)).json()["review"] == "confirmed"


@pytest.mark.parametrize(
    ("noun", "sent", "pointer"),
    [
        ("statements", {"text": "другое"}, "/text"),
        ("statements", {"review": "perhaps"}, "/review"),
        ("statements", {"review": None}, "/review"),
        ("statements", {"kind": None}, "/kind"),
        ("statements", {"segments": []}, "/segments"),
        ("statements", {"segments": [{"start": 0, "end": 99_999}]}, "/segments"),
        ("statements", {"speaker": {"id": "nobody-at-all"}}, "/speaker/id"),
        ("statements", {"pairs": ["KZ-KZ"]}, "/pairs/0"),
        ("statements", {"stated_on": "yesterday"}, "/stated_on"),
        ("indicators", {"metric": "happiness"}, "/metric"),
        ("indicators", {"value": "много"}, "/value"),
        ("indicators", {"period": {"start": None, "end": None}}, "/period"),
        ("indicators", {"reporter": "KZ", "partner": "KZ"}, "/partner"),
    ],
)
async def test_what_cannot_be_is_told(
    client: httpx.AsyncClient, article: dict[str, Any], noun: str, sent: dict[str, Any], pointer: str
) -> None:
    where = address(article, noun)
    answer = await client.patch(where, json=sent, headers=await seen(client, where))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    assert (await client.get(where)).json() == article[noun][0]


async def test_another_pair_takes_its_countries_along(client: httpx.AsyncClient, article: dict[str, Any]) -> None:
    for noun in ("statements", "indicators"):
        where = address(article, noun)
        answer = await client.patch(where, json={"pairs": ["KZ-RU"]}, headers=await seen(client, where))
        assert (answer.json()["pairs"], answer.json()["countries"]) == (["KZ-RU"], ["KZ", "RU"])
    where = address(article, "indicators")
    answer = await client.patch(where, json={"metric": "exports", "reporter": "UZ"}, headers=await seen(client, where))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/reporter")


@pytest.mark.parametrize("method", ["PATCH", "POST", "GET"])
async def test_what_is_not_there(client: httpx.AsyncClient, method: str) -> None:
    for noun, id_ in (("statements", "st_none"), ("indicators", "in_none")):
        where = f"/v1/{noun}/{id_}" + {"PATCH": "", "POST": "/undo", "GET": "/history"}[method]
        answer = await client.request(method, where, json={"review": "confirmed"} if method == "PATCH" else None,
                                      headers={"If-Match": '"x"'})  # fmt: skip
        assert answer.status_code == 404


@pytest.mark.parametrize(("noun", "pointed", "words"), [("indicators", "span", "as_written"), ("statements", "segments", "text")])
async def test_what_was_pointed_at_in_an_earlier_version_does_not_come_back(
    client: httpx.AsyncClient, noun: str, pointed: str, words: str
) -> None:
    sent = {"published_at": "2026-01-15", "url": "https://example.org/news"}
    article = (await client.post("/v1/articles", json={"text": TEXT, **sent})).json()
    where, fact = address(article, noun), article[noun][0]
    span = fact["span"] if noun == "indicators" else fact["segments"][0]
    other = {"start": span["start"], "end": span["end"] - 9}
    await client.patch(where, json={pointed: other if noun == "indicators" else [other]}, headers=await seen(client, where))
    newer = (await client.post("/v1/articles", json={"text": f"Обновлено. {TEXT}", **sent})).json()
    assert newer["version"] == 2
    undone = (await client.post(f"{where}/undo")).json()
    spans = [undone["span"]] if noun == "indicators" else undone["segments"]
    assert (undone["review"], undone[words]) == ("unreviewed", fact[words])
    assert " ".join(newer["text"][at["start"] : at["end"]] for at in spans) == fact[words]


async def test_an_article_is_read_again(client: httpx.AsyncClient, article: dict[str, Any]) -> None:
    where = address(article, "indicators")
    await client.patch(where, json={"metric": "exports"}, headers=await seen(client, where))
    told = (await client.post(f"/v1/articles/{article['id']}/reextract")).json()
    assert (told["added"], told["removed"], told["changed"]) == ([], [], [])
    assert told["article"]["indicators"][0]["metric"] == "exports"
    assert (await client.post("/v1/articles/ar_none/reextract")).status_code == 404
