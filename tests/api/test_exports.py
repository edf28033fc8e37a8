"""Whole lists as files: every row once, in a form that its reader opens as it is, with the digest of what was sent."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from base64 import b64decode
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.api.exports import in_spreadsheet
from app.services import tables

pytestmark = pytest.mark.anyio

Store = Callable[[int], list[dict[str, Any]]]
SDMX = "application/vnd.sdmx.data+csv"
NOUNS = ["articles", "statements", "indicators", "speakers", "pairs"]


async def get(client: httpx.AsyncClient, path: str, kind: str) -> httpx.Response:
    answer = await client.get(path, headers={"Accept": kind})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["vary"] == "Accept"
    assert int(answer.headers["content-length"]) == len(answer.content)
    digest = answer.headers["repr-digest"].removeprefix("sha-256=:").removesuffix(":")
    assert b64decode(digest) == hashlib.sha256(answer.content).digest()
    return answer


def rows(answer: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("noun", NOUNS)
async def test_ndjson_is_the_list_without_pages(
    client: httpx.AsyncClient, stored: Store, noun: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.api.exports._AT_ONCE", 3)
    stored(8)
    answer = await get(client, f"/v1/{noun}", "application/x-ndjson")
    items = (await client.get(f"/v1/{noun}?limit=200")).json()["items"]
    assert [json.loads(line) for line in answer.text.splitlines()] == items


@pytest.mark.parametrize("noun", NOUNS)
async def test_csv_has_a_row_for_each_and_opens_in_a_spreadsheet(
    client: httpx.AsyncClient, stored: Store, noun: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.api.exports._AT_ONCE", 3)
    stored(8)
    answer = await get(client, f"/v1/{noun}", "text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.content.endswith(b"\r\n")
    items = (await client.get(f"/v1/{noun}?limit=200")).json()["items"]
    key = "pair" if noun == "pairs" else "id"
    assert [row[key] for row in rows(answer)] == [item[key] for item in items]


async def test_csv_says_what_the_fact_says(client: httpx.AsyncClient, stored: Store) -> None:
    stored(1)
    (figure,) = rows(await get(client, "/v1/indicators", "text/csv"))
    assert (figure["value"], figure["unit"], figure["pairs"]) == ("1000000000", "USD", "KZ-UZ")
    assert (figure["period_start"], figure["period_end"]) == ("2024-01-01", "2024-12-31")
    assert (figure["speaker_name"], figure["article_publisher"]) == ("Серик Жанатов", "Пример новостей")
    (said,) = rows(await get(client, "/v1/statements", "text/csv"))
    assert (said["text"], said["speaker_id"], said["countries"]) == ("Торговля растёт", "serik-zhanatov", "KZ UZ")


async def test_filters_and_order_hold_in_exports(client: httpx.AsyncClient, stored: Store) -> None:
    stored(5)
    answer = await get(client, "/v1/statements?from=2025-05-02&to=2025-05-04&sort=stated_on", "text/csv")
    assert [row["stated_on"] for row in rows(answer)] == ["2025-05-02", "2025-05-03", "2025-05-04"]
    answer = await get(client, "/v1/speakers/serik-zhanatov/indicators?value_from=4000000000", "text/csv")
    assert [row["value"] for row in rows(answer)] == ["5000000000", "4000000000"]


async def test_indicators_come_as_sdmx(client: httpx.AsyncClient, stored: Store) -> None:
    stored(1)
    (row,) = rows(await get(client, "/v1/indicators", SDMX))
    del row["OBS_ID"]
    assert row == {
        "DATAFLOW": "BILATERAL:INDICATORS(1.0)", "INDICATOR": "trade_turnover", "MEASURE": "level", "REF_AREA": "KZ",
        "COUNTERPART_AREA": "UZ", "TIME_PERIOD": "2024-01-01/P1Y", "OBS_VALUE": "1000000000", "UNIT_MEASURE": "USD",
        "STATUS": "actual", "COMPARATOR": "approx", "OBS_VALUE_MAX": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2023-01-01", "2023-09-30", "2023-01-01/P9M"),
        ("2023-01-01", "2024-12-31", "2023-01-01/P2Y"),
        ("2024-02-01", "2024-02-29", "2024-02-01/P1M"),
        ("2024-02-05", "2024-02-11", "2024-02-05/P7D"),
        ("2024-02-29", "2024-02-29", "2024-02-29/P1D"),
        (None, "2030-12-31", "2030-12-31/P1D"),
        ("2006-01-01", None, "2006-01-01/P20Y"),
    ],
)
async def test_a_time_is_a_beginning_and_a_length(start: str | None, end: str | None, told: str) -> None:
    assert tables.time_period({"period": {"start": start, "end": end}, "stated_on": "2025-12-31"}) == told


@pytest.mark.parametrize("noun", ["statements", "pairs"])
async def test_what_is_not_offered_as_sdmx_is_not_mistaken_for_it(client: httpx.AsyncClient, noun: str) -> None:
    answer = await client.get(f"/v1/{noun}", headers={"Accept": SDMX})
    assert (answer.status_code, answer.headers["content-type"]) == (406, "application/problem+json")
    answer = await client.get(f"/v1/{noun}", headers={"Accept": f"{SDMX}, application/json;q=0.1"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html, */*", "application/json, text/csv", "text/csv;q=0"])
async def test_without_being_asked_for_there_is_no_file(client: httpx.AsyncClient, accept: str) -> None:
    answer = await client.get("/v1/statements", headers={"Accept": accept})
    assert answer.json() == {"items": [], "next_cursor": None}


async def test_an_export_has_no_pages(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/statements?limit=5", headers={"Accept": "text/csv"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/query/limit"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+7 700", "'+7 700"), ("-слово", "'-слово"), ("\tx", "'\tx"),
        ("-5", "-5"), ("-0.5", "-0.5"), ("слово", "слово"), (None, ""), ("", ""), (0.9, "0.9"),
    ],
)  # fmt: skip
async def test_a_cell_is_never_a_formula(value: Any, cell: str) -> None:
    assert in_spreadsheet(value) == cell


async def test_an_empty_list_is_a_heading(client: httpx.AsyncClient) -> None:
    assert (await get(client, "/v1/pairs", "text/csv")).content.decode("utf-8-sig").count("\r\n") == 1
    assert (await get(client, "/v1/pairs", "application/x-ndjson")).content == b""
