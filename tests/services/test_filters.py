"""Each filter finds what it names and nothing else: tables of questions over one small archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session

from app.catalog import load_catalog
from app.domain.country import Pair
from app.domain.facts import Review, StatementKind
from app.domain.measure import Measure, Period, Status
from app.domain.query import ArticleQuery, IndicatorQuery, PageRequest, Sort, StatementQuery
from app.errors import InvalidParameter, NotFound
from app.services import reading
from app.services.people.profile import get_profile
from app.storage.database import Database
from tests.services.making import CN_KZ, KZ_RU, KZ_UZ, PETROVA, SERIKOV, SOURCE, Draft
from tests.storage.databases import NewDatabase

CATALOG = load_catalog()


def of_speaker(session: Session, id_: str) -> object:
    return get_profile(session, CATALOG, id_)


RU: dict[str, Any] = {"countries": ("KZ", "RU"), "pairs": (KZ_RU,)}
UZ: dict[str, Any] = {"countries": ("KZ", "UZ"), "pairs": (KZ_UZ,)}
THREE: dict[str, Any] = {"countries": ("CN", "KZ", "RU"), "pairs": (CN_KZ, KZ_RU, Pair("CN", "RU"))}


@pytest.fixture(scope="module")
def archive(new_database: NewDatabase) -> Iterator[Database]:
    """Statements а–д, figures 1–7; what each is about stands beside it."""
    early = Draft("Первая.", published_at="2024-01-10", publisher="Вестник", url="https://example.org/1", external_id="x-1")
    early.says("а", stated_on=date(2024, 1, 9), topics=("trade", "water"), **RU)
    early.says("б", PETROVA, stated_on=None, kind=StatementKind.INDIRECT, topics=(), **RU)
    early.tells("1 млрд", "1000000000", within=0, speaker=SERIKOV, stated_on=date(2024, 1, 9), **RU)
    early.tells("2 т", "2", metric="cargo", unit="t", status=Status.PLANNED, stated_on=None, period=_period(None, 2030), **RU)
    late = Draft("Вторая.", pairs=(KZ_UZ, KZ_RU), published_at="2024-03-01T01:00:00+05:00", publisher="ВЕСТНИК ё", language="kk")
    late.says("в", SOURCE, stated_on=date(2024, 3, 1), topics=("energy",), **UZ)
    late.says(
        "г", SERIKOV, co_speakers=(PETROVA,), stated_on=date(2024, 2, 29), kind=StatementKind.MIXED, topics=("water",), **THREE
    )
    late.tells(
        "3 %", "3", measure=Measure.CHANGE_PCT, unit="percent", period=_period(2023, 2023), stated_on=date(2024, 3, 1), **UZ
    )
    late.tells("4–6 т", "4", value_max=Decimal(6), metric="cargo", unit="t", reporter="KZ", partner="UZ", within=1,
               stated_on=date(2024, 2, 29), period=_period(2006, None), **THREE)  # fmt: skip
    late.tells("−5", "-5", metric="trade_balance", reporter="KZ", partner="RU", stated_on=date(2024, 3, 2), **RU)
    undated = Draft("Третья.", pairs=(), published_at=None, language="en")
    undated.says("д", PETROVA, stated_on=None, topics=("water",), countries=("KZ",), pairs=())
    undated.tells("0,5 %", "0.5", measure=Measure.SHARE_PCT, unit="percent", metric="local_currency_share", stated_on=None, **RU)
    with new_database() as database:
        with database.session() as session:
            for draft in (early, late, undated):
                draft.stored(session)
        yield database


def _period(start: int | None, end: int | None) -> Period:
    return Period(date(start, 1, 1) if start else None, date(end, 12, 31) if end else None, "выдуманный срок")


STATEMENTS: list[tuple[dict[str, Any], str]] = [
    ({}, "абвгд"),
    ({"pair": KZ_RU}, "абг"),
    ({"pair": KZ_UZ}, "в"),
    ({"pair": Pair("CN", "RU")}, "г"),
    ({"pair": Pair("FR", "US")}, ""),
    ({"country": ("KZ",)}, "абвгд"),
    ({"country": ("UZ",)}, "в"),
    ({"country": ("UZ", "CN")}, "вг"),
    ({"country": ("UZ", "UZ")}, "в"),
    ({"country": ("FR",)}, ""),
    ({"speaker": "askar-serikov"}, "аг"),
    ({"speaker": "yelena-petrova"}, "бгд"),
    ({"speaker": "yelena-petrova", "pair": KZ_RU}, "бг"),
    ({"speaker": "yelena-petrova", "country": ("CN", "UZ")}, "г"),
    ({"topic": "water"}, "агд"),
    ({"topic": "water", "pair": KZ_RU}, "аг"),
    ({"topic": "space"}, ""),
    ({"kind": StatementKind.MIXED}, "г"),
    ({"kind": StatementKind.INDIRECT, "topic": "water"}, ""),
    ({"from_": date(2024, 2, 29)}, "вг"),
    ({"to": date(2024, 1, 9)}, "а"),
    ({"from_": date(2024, 1, 10), "to": date(2024, 2, 29)}, "г"),
    ({"pair": KZ_RU, "from_": date(2024, 1, 9), "to": date(2024, 1, 9)}, "а"),
    ({"pair": KZ_RU, "to": date(2024, 1, 8)}, ""),
    ({"review": Review.UNREVIEWED}, "абвгд"),
    ({"review": Review.CONFIRMED}, ""),
]


@pytest.mark.parametrize(("asked", "expected"), STATEMENTS)
@pytest.mark.parametrize("sort", ["stated_on", "-stated_on", "created_at", "-created_at"])
def test_statements(archive: Database, asked: dict[str, Any], expected: str, sort: str) -> None:
    request = PageRequest(sort=Sort.parse(sort, ("stated_on", "created_at")))
    with archive.session() as session:
        page = reading.list_statements(session, StatementQuery(**asked), request)
    assert "".join(sorted(s["text"] for s in page.items)) == expected
    assert page.next is None


INDICATORS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["1 млрд", "2 т", "3 %", "4–6 т", "−5", "0,5 %"]),
    ({"pair": KZ_RU}, ["1 млрд", "2 т", "4–6 т", "−5", "0,5 %"]),
    ({"pair": KZ_RU, "metric": "cargo"}, ["2 т", "4–6 т"]),
    ({"pair": KZ_UZ, "metric": "cargo"}, []),
    ({"country": ("CN",)}, ["4–6 т"]),
    ({"country": ("CN", "UZ")}, ["3 %", "4–6 т"]),
    ({"metric": "trade_turnover"}, ["1 млрд", "3 %"]),
    ({"measure": Measure.CHANGE_PCT}, ["3 %"]),
    ({"status": Status.PLANNED}, ["2 т"]),
    ({"unit": "percent"}, ["3 %", "0,5 %"]),
    ({"reporter": "KZ"}, ["4–6 т", "−5"]),
    ({"reporter": "KZ", "partner": "RU"}, ["−5"]),
    ({"partner": "KZ"}, []),
    ({"speaker": "askar-serikov"}, ["1 млрд", "4–6 т"]),
    ({"speaker": "yelena-petrova"}, ["4–6 т"]),
    ({"from_": date(2024, 3, 1)}, ["3 %", "−5"]),
    ({"pair": KZ_RU, "to": date(2024, 2, 29)}, ["1 млрд", "4–6 т"]),
    # A period with an end only is that day, one with a start only runs until it was stated (2024-02-29).
    ({"period_from": date(2030, 1, 1)}, ["2 т"]),
    ({"period_to": date(2029, 12, 31)}, ["3 %", "4–6 т"]),
    ({"period_from": date(2023, 6, 1), "period_to": date(2023, 6, 30)}, ["3 %", "4–6 т"]),
    ({"period_from": date(2024, 2, 29), "period_to": date(2025, 1, 1)}, ["4–6 т"]),
    ({"period_from": date(2024, 3, 1), "period_to": date(2025, 1, 1)}, []),
    # A range answers where it overlaps; the order is that of numbers, not of text.
    ({"value_from": Decimal(5), "value_to": Decimal(100)}, ["4–6 т"]),
    ({"value_from": Decimal("6.000000001"), "value_to": Decimal(100)}, []),
    ({"value_from": Decimal(3)}, ["1 млрд", "3 %", "4–6 т"]),
    ({"value_to": Decimal("0.5")}, ["−5", "0,5 %"]),
    ({"value_to": Decimal("-5.1")}, []),
    ({"value_from": Decimal("-1e24"), "value_to": Decimal("1e24"), "unit": "t"}, ["2 т", "4–6 т"]),
    ({"review": Review.REJECTED}, []),
]


@pytest.mark.parametrize(("asked", "expected"), INDICATORS)
@pytest.mark.parametrize("sort", ["stated_on", "-created_at", "value", "-value"])
def test_indicators(archive: Database, asked: dict[str, Any], expected: list[str], sort: str) -> None:
    request = PageRequest(sort=Sort.parse(sort, ("stated_on", "created_at", "value")))
    with archive.session() as session:
        page = reading.list_indicators(session, IndicatorQuery(**asked), request)
    assert sorted(i["as_written"] for i in page.items) == sorted(expected)


ARTICLES: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["Вторая.", "Первая.", "Третья."]),
    ({"pair": KZ_RU}, ["Вторая.", "Первая."]),
    ({"pair": KZ_UZ}, ["Вторая."]),
    ({"publisher": "ВЕСТНИК"}, ["Первая."]),
    ({"publisher": "вестник е"}, ["Вторая."]),
    ({"publisher": "вест"}, []),
    ({"language": "kk"}, ["Вторая."]),
    ({"url": "https://example.org/1"}, ["Первая."]),
    ({"external_id": "x-1"}, ["Первая."]),
    ({"external_id": "x-1", "pair": KZ_UZ}, []),
    # The article's date is the calendar date in its own offset.
    ({"from_": date(2024, 3, 1)}, ["Вторая."]),
    ({"to": date(2024, 2, 29)}, ["Первая."]),
    ({"pair": KZ_RU, "to": date(2024, 2, 29)}, ["Первая."]),
]


@pytest.mark.parametrize(("asked", "expected"), ARTICLES)
def test_articles(archive: Database, asked: dict[str, Any], expected: list[str]) -> None:
    with archive.session() as session:
        items = reading.list_articles(session, ArticleQuery(**asked), PageRequest()).items
        found = [reading.get_article(session, article["id"])["text"].partition("\n")[0] for article in items]
    assert found == expected


def test_lists_of_articles_hold_neither_text_nor_facts(archive: Database) -> None:
    with archive.session() as session:
        articles = reading.list_articles(session, ArticleQuery(), PageRequest()).items
        assert articles
        for article in articles:
            whole = reading.get_article(session, article["id"])
            single = ("text", "statements", "indicators", "version", "sources_seen")
            assert whole == article | {name: whole[name] for name in single}


def test_facts_of_one_article(archive: Database) -> None:
    with archive.session() as session:
        (article,) = reading.list_articles(session, ArticleQuery(external_id="x-1"), PageRequest()).items
        of_it = StatementQuery(article=article["id"])
        said = reading.list_statements(session, of_it, PageRequest()).items
        by_petrova = reading.list_statements(session, replace(of_it, speaker="yelena-petrova"), PageRequest()).items
        told = reading.list_indicators(session, IndicatorQuery(article=article["id"], metric="cargo"), PageRequest()).items
    assert [s["text"] for s in said] == ["а", "б"]
    assert [s["text"] for s in by_petrova] == ["б"]
    assert [i["as_written"] for i in told] == ["2 т"]


def test_a_listed_fact_is_the_single_fact(archive: Database) -> None:
    with archive.session() as session:
        statements = reading.list_statements(session, StatementQuery(), PageRequest()).items
        indicators = reading.list_indicators(session, IndicatorQuery(), PageRequest()).items
        assert statements
        assert indicators
        for statement in statements:
            assert reading.get_statement(session, statement["id"]) == statement
        for indicator in indicators:
            assert reading.get_indicator(session, indicator["id"]) == indicator


@pytest.mark.parametrize("name", ["article"])
def test_a_filter_by_something_unknown_is_told(archive: Database, name: str) -> None:
    asked: dict[str, Any] = {name: "nobody"}
    with archive.session() as session:
        with pytest.raises(InvalidParameter) as by_statement:
            reading.list_statements(session, StatementQuery(**asked), PageRequest())
        with pytest.raises(InvalidParameter) as by_indicator:
            reading.list_indicators(session, IndicatorQuery(**asked), PageRequest())
    for told in (by_statement, by_indicator):
        assert [error["pointer"] for error in told.value.errors] == [f"/query/{name}"]


@pytest.mark.parametrize("get", [reading.get_article, reading.get_statement, reading.get_indicator, of_speaker])
def test_what_is_not_there_is_not_found(archive: Database, get: Any) -> None:
    with archive.session() as session, pytest.raises(NotFound):
        get(session, "nothing")
