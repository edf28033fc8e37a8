"""`convert=` and the rates behind it over HTTP. All articles and rates are invented."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import httpx
import pytest
from fastapi import FastAPI

from app.domain.exchange import Rate
from app.services.exchange.keeping import import_rates

pytestmark = pytest.mark.anyio

TEXT = (
    "Товарооборот Казахстана и Узбекистана в 2025 году вырос на 9% и составил от 5 до 6 млрд долларов, сообщил министр торговли "
    "Казахстана Нурлан Айтбеков. «К 2030 году мы намерены довести его до 10 млрд долларов», – сказал он."
)


@pytest.fixture
async def told(app: FastAPI, client: httpx.AsyncClient) -> None:
    days = (date(2025, 12, 31), date(2026, 1, 14))
    with app.state.resources.database.session() as session:
        import_rates(session, [Rate(day, "USD", "KZT", Decimal(500 + day.day), "Invented Bank") for day in days])
    answer = await client.post("/v1/articles", json={"text": TEXT, "published_at": "2026-01-15"})
    assert answer.status_code == 201, answer.text


PLACES = ["/v1/indicators?", "/v1/speakers/nurlan-aytbekov-kz/indicators?", "/v1/pairs/KZ-UZ/timeline?"]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("place", PLACES)
async def test_lists_convert(client: httpx.AsyncClient, place: str) -> None:
    items = (await client.get(f"{place}convert=kzt")).json()["items"]
    figures = [figure for item in items if (figure := item.get("indicator", item))]
    shown = {figure["status"] if figure["converted"] else figure["not_converted"]: figure["converted"] for figure in figures}
    assert shown["not_money"] is None
    assert (shown["actual"]["value"], shown["actual"]["value_max"]) == ("2655000000000", "3186000000000")
    assert (shown["actual"]["rate"], shown["actual"]["rate_date"], shown["actual"]["source"]) == (
        "531",
        "2025-12-31",
        "Invented Bank",
    )
    assert (shown["target"]["value"], shown["target"]["as_of"]) == ("5140000000000", "2026-01-15")


@pytest.mark.usefixtures("told")
async def test_one_figure_a_series_and_a_comparison_convert(client: httpx.AsyncClient) -> None:
    target = (await client.get("/v1/indicators?status=target")).json()["items"][0]
    one = (await client.get(f"/v1/indicators/{target['id']}?convert=KZT")).json()
    assert one["converted"]["value"] == "5140000000000"
    assert {name: value for name, value in one.items() if "converted" not in name} == target
    series = (await client.get("/v1/pairs/KZ-UZ/series/trade_turnover?convert=KZT")).json()
    assert series["targets"][0]["converted"] == one["converted"]
    compared = (await client.get("/v1/compare?pairs=KZ-UZ&metric=trade_turnover&convert=KZT")).json()
    assert compared["items"] == [series]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("place", PLACES)
async def test_tables_have_columns_for_it_only_where_it_is_asked_for(client: httpx.AsyncClient, place: str) -> None:
    plain, converted = [
        list(csv.DictReader(io.StringIO((await client.get(f"{place}{asked}", headers={"Accept": "text/csv"})).text)))
        for asked in ("", "convert=KZT")
    ]
    assert not [name for name in plain[0] if "converted" in name]
    assert "5140000000000" in {row["converted_value"] for row in converted}
    assert {row["converted_source"] for row in converted if row["converted_value"]} == {"Invented Bank"}


async def test_what_is_no_currency_is_refused(client: httpx.AsyncClient) -> None:
    series = ("/v1/pairs/KZ-UZ/series/trade_turnover?", "/v1/compare?pairs=KZ-UZ&metric=trade_turnover&")
    for place in (PLACES[0], PLACES[2], *series, "/v1/indicators/x?"):
        for code in ("count", "XXX", "XAU", "US", "", "тенге"):
            answer = await client.get(f"{place}convert={code}")
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/query/convert")


@pytest.mark.usefixtures("told")
async def test_sdmx_has_no_place_for_it(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/indicators?convert=KZT", headers={"Accept": "application/vnd.sdmx.data+csv"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/query/convert")


@pytest.mark.usefixtures("told")
async def test_without_a_rate_nothing_is_guessed(client: httpx.AsyncClient) -> None:
    for figure in (await client.get("/v1/indicators?unit=USD&convert=UZS")).json()["items"]:
        assert (figure["converted"], figure["not_converted"]) == (None, "no_rate")


@pytest.mark.usefixtures("told")
async def test_rates_are_listed(client: httpx.AsyncClient) -> None:
    first = await client.get("/v1/rates?limit=1")
    assert first.json()["items"] == [
        {"date": "2026-01-14", "base": "USD", "quote": "KZT", "rate": "514", "source": "Invented Bank"}
    ]
    second = (await client.get(first.links["next"]["url"])).json()
    assert ([item["date"] for item in second["items"]], second["next_cursor"]) == (["2025-12-31"], None)
    assert len((await client.get("/v1/rates?base=usd&quote=KZT&to=2025-12-31")).json()["items"]) == 1
    assert (await client.get("/v1/rates?base=EUR")).json()["items"] == []
    table = await client.get("/v1/rates", headers={"Accept": "text/csv"})
    assert table.text.lstrip("\ufeff").splitlines()[0] == "date,base,quote,rate,source"


@pytest.mark.parametrize(("asked", "pointer"), [("base=dollar", "/query/base"), ("from=2026-01-02&to=2026-01-01", "/query/from")])
async def test_what_is_asked_wrongly_of_rates(client: httpx.AsyncClient, asked: str, pointer: str) -> None:
    answer = await client.get(f"/v1/rates?{asked}")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
