"""Figures in another currency: the rate of which day, by which way, and how exactly. All rates and figures are invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from sqlmodel import Session

from app.domain.exchange import Rate, RateQuery
from app.domain.measure import Measure, Period, Status
from app.domain.query import BY_DAY, IndicatorQuery, PageRequest
from app.services.exchange.converting import day_of, rounded
from app.services.exchange.keeping import Imported, delete_rates, import_rates, list_rates, summarized
from app.services.reading import list_indicators
from app.services.series.reading import get_series
from app.storage import exchange
from app.storage.database import Database
from tests.services.making import KZ_RU, Draft
from tests.storage.test_cost import by_hand, explained, queries

YEAR = Period(date(2023, 1, 1), date(2023, 12, 31), "в 2023 году")


def rate(day: str, base: str, quote: str, value: str, source: str = "Invented Bank") -> Rate:
    return Rate(date.fromisoformat(day), base, quote, Decimal(value), source)


def put(session: Session, *rates: Rate) -> Imported:
    return import_rates(session, rates)


def figure(session: Session, to: str, **fields: Any) -> dict[str, Any]:
    """The one figure of an article, as a list shows it."""
    Draft().tells(**fields).stored(session)
    (found,) = list_indicators(session, IndicatorQuery(), PageRequest(), to).items
    return found


def test_money_has_its_worth_beside_it(database: Database) -> None:
    with database.session() as session:
        put(session, rate("2023-12-29", "USD", "KZT", "450.5"))
        found = figure(session, "KZT", period=YEAR)
    assert (found["value"], found["unit"], found["not_converted"]) == ("5000000000", "USD", None)
    leg = {"date": "2023-12-29", "base": "USD", "quote": "KZT", "rate": "450.5", "source": "Invented Bank", "inverse": False}
    assert found["converted"] == {
        "value": "2252500000000", "value_max": None, "unit": "KZT", "as_of": "2023-12-31", "rate": "450.5",
        "rate_date": "2023-12-29", "source": "Invented Bank", "legs": [leg],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "period", "stated", "day"),
    [
        ("actual", ("2023-01-01", "2023-12-31"), "2024-05-06", "2023-12-31"),
        ("actual", (None, "2023-06-30"), "2024-05-06", "2023-06-30"),
        ("actual", ("2024-01-01", "2024-12-31"), "2024-05-06", "2024-05-06"),
        ("actual", ("2006-01-01", None), "2024-05-06", "2024-05-06"),
        ("actual", ("2023-01-01", "2023-12-31"), None, "2023-12-31"),
        ("actual", None, "2024-05-06", "2024-05-06"),
        ("target", (None, "2030-12-31"), "2024-05-06", "2024-05-06"),
        ("planned", ("2023-01-01", "2023-12-31"), "2024-05-06", "2024-05-06"),
        ("target", (None, "2030-12-31"), None, None),
        ("actual", None, None, None),
    ],
)
def test_the_day_of_the_rate(status: str, period: tuple[str, str] | None, stated: str | None, day: str | None) -> None:
    told = period and {"start": period[0], "end": period[1]}
    found = day_of({"status": status, "period": told, "stated_on": stated})
    assert (found and found.isoformat()) == day


def test_the_nearest_earlier_rate_of_ten_days(database: Database) -> None:
    days = ("2024-05-06", "2024-05-16", "2024-05-17", "2024-05-05")
    with database.session() as session:
        put(session, rate("2024-05-06", "USD", "KZT", "450"))
        draft = Draft()
        for day in days:
            draft.tells(stated_on=date.fromisoformat(day))
        draft.stored(session)
        found = {item["stated_on"]: item for item in list_indicators(session, IndicatorQuery(), PageRequest(), "KZT").items}
    assert [found[day]["converted"] is not None for day in days] == [True, True, False, False]
    assert [found[day]["not_converted"] for day in days] == [None, None, "no_rate", "no_rate"]


def test_the_latest_of_several(database: Database) -> None:
    with database.session() as session:
        put(session, *(rate(f"2024-05-0{day}", "USD", "KZT", f"45{day}") for day in (2, 4, 7)))
        assert figure(session, "KZT")["converted"]["rate"] == "454"


def test_a_rate_told_the_other_way_round_is_divided_by(database: Database) -> None:
    with database.session() as session:
        put(session, rate("2024-05-06", "USD", "KZT", "450"))
        found = figure(session, "USD", unit="KZT", value="1000000", value_max=Decimal(2000000))["converted"]
    assert (found["value"], found["value_max"], found["rate"]) == ("2222.22", "4444.44", "0.002222222222")
    assert [leg["inverse"] for leg in found["legs"]] == [True]


def test_through_a_third_currency_both_rates_are_shown(database: Database) -> None:
    with database.session() as session:
        put(session, rate("2024-05-03", "EUR", "USD", "1.1", "ECB"), rate("2024-05-06", "EUR", "GBP", "0.88", "ECB"))
        found = figure(session, "GBP", value="1100000000")["converted"]
    assert (found["value"], found["rate"], found["rate_date"], found["source"]) == ("880000000", "0.8", "2024-05-03", "ECB")
    assert [(leg["base"], leg["quote"], leg["rate"], leg["inverse"]) for leg in found["legs"]] == [
        ("EUR", "USD", "1.1", True), ("EUR", "GBP", "0.88", False)
    ]  # fmt: skip


def test_through_a_currency_that_one_rate_quotes_and_the_other_has_as_base(database: Database) -> None:
    with database.session() as session:
        put(session, rate("2024-05-06", "EUR", "USD", "1.25", "ECB"), rate("2024-05-06", "USD", "KZT", "400"))
        found = figure(session, "EUR", unit="KZT", value="500000")["converted"]
    assert (found["value"], found["source"]) == ("1000", "Invented Bank, ECB")


def test_one_of_two_rates_is_none(database: Database) -> None:
    with database.session() as session:
        put(session, rate("2024-05-06", "EUR", "USD", "1.1"), rate("2020-05-06", "EUR", "GBP", "0.88"))
        found = figure(session, "GBP")
    assert (found["converted"], found["not_converted"]) == (None, "no_rate")


def test_a_rate_between_the_two_comes_before_a_way_through_a_third(database: Database) -> None:
    with database.session() as session:
        put(
            session, rate("2024-05-01", "KZT", "USD", "0.002"), *(rate("2024-05-06", "EUR", code, "2") for code in ("USD", "KZT"))
        )
        assert len(figure(session, "KZT")["converted"]["legs"]) == 1


def test_what_is_not_converted_says_why(database: Database) -> None:
    told: list[tuple[dict[str, Any], str]] = [
        ({"unit": "count"}, "not_money"),
        ({"unit": "percent", "measure": Measure.CHANGE_PCT}, "not_money"),
        ({"stated_on": None}, "no_date"),
        ({"stated_on": None, "period": YEAR, "status": Status.TARGET}, "no_date"),
        ({"unit": "TJS"}, "no_rate"),
    ]
    with database.session() as session:
        put(session, rate("2024-05-06", "USD", "KZT", "450"))
        draft = Draft()
        for number, (fields, _) in enumerate(told):
            draft.tells(f"{number} единиц", str(number), **fields)
        draft.stored(session)
        found = {item["value"]: item for item in list_indicators(session, IndicatorQuery(), PageRequest(), "KZT").items}
    assert [found[str(number)]["not_converted"] for number in range(len(told))] == [reason for _, reason in told]
    assert all(item["converted"] is None for item in found.values())


def test_what_is_in_that_currency_stays_as_it_is(database: Database) -> None:
    with database.session() as session:
        found = figure(session, "USD", value="-12.345", stated_on=None)["converted"]
    assert (found["value"], found["rate"], found["rate_date"], found["legs"]) == ("-12.345", "1", None, [])


def test_who_asks_for_no_currency_sees_no_difference(database: Database) -> None:
    with database.session() as session:
        Draft().tells().stored(session)
        (found,) = list_indicators(session, IndicatorQuery(), PageRequest()).items
    assert not {"converted", "not_converted"} & found.keys()


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Fraction("1234567.125"), "1234567.13"),
        (Fraction("-1234567.125"), "-1234567.13"),
        (Fraction("1234567.12499999999999999999999999999999"), "1234567.12"),
        (Fraction(1, 3), "0.333333"),
        (Fraction(2, 300), "0.00666667"),
        (Fraction(1, 100), "0.0100000"),
        (Fraction(999999999999999999999999999999, 7), "142857142857142857142857142857.00"),
        (Fraction(0), "0.00"),
        (Fraction(9999999, 10), "999999.90"),
    ],
)
def test_rounding(amount: Fraction, shown: str) -> None:
    assert rounded(amount).compare_total(Decimal(shown)) == 0


def test_a_series_converts_values_sources_and_targets(database: Database) -> None:
    target: dict[str, Any] = {
        "period": Period(None, date(2030, 12, 31), "к 2030 году"),
        "status": Status.TARGET,
        "value": "10000000000",
    }
    with database.session() as session:
        put(session, rate("2023-12-29", "USD", "KZT", "450"), rate("2024-05-06", "USD", "KZT", "440"))
        Draft().tells(period=YEAR).tells(**target).tells("49 проектов", "49", unit="count").stored(session)
        found = get_series(session, KZ_RU, IndicatorQuery(metric="trade_turnover"), "KZT")
    values = {(line["status"], line["unit"]): line["observations"][0]["values"][0] for line in found["lines"]}
    assert values["actual", "USD"]["converted"]["value"] == "2250000000000"
    assert values["actual", "USD"]["sources"][0]["converted"]["rate_date"] == "2023-12-29"
    assert values["actual", "count"]["not_converted"] == "not_money"
    assert found["targets"][0]["converted"]["value"] == "4400000000000"


def test_an_import_says_what_is_new_and_repeats_nothing(database: Database) -> None:
    told = [
        rate("2024-05-06", "USD", "KZT", "450"),
        rate("2024-05-06", "EUR", "KZT", "480"),
        rate("2024-05-07", "USD", "KZT", "451"),
    ]
    with database.session() as session:
        assert put(session, *told) == Imported(3, 0, 0)
    with database.session() as session:
        assert put(session, *told) == Imported(0, 0, 3)
        other = [rate("2024-05-06", "USD", "KZT", "449"), rate("2024-05-07", "USD", "KZT", "451", "Another"), told[1]]
        assert put(session, *other, rate("2024-05-08", "USD", "KZT", "452")) == Imported(1, 2, 1)
    with database.session() as session:
        assert [(row["base"], row["source"], row["rates"]) for row in summarized(session)] == [
            ("EUR", "Invented Bank", 1), ("USD", "Another", 1), ("USD", "Invented Bank", 2)
        ]  # fmt: skip


def test_rates_are_listed_in_pages_and_deleted(database: Database) -> None:
    with database.session() as session:
        put(session, *(rate(f"2024-05-{day:02}", base, "KZT", f"{day}") for day in range(1, 8) for base in ("USD", "EUR")))
    with database.session() as session:
        found, page = [], PageRequest(4, BY_DAY)
        while True:
            answer = list_rates(session, RateQuery(), page)
            found += [(item["date"], item["base"]) for item in answer.items]
            if answer.next is None:
                break
            page = PageRequest(4, BY_DAY, answer.next)
        assert found == sorted(found, reverse=True)
        assert len(found) == 14
        some = RateQuery(base="USD", quote="KZT", from_=date(2024, 5, 3), to=date(2024, 5, 5))
        assert [item["rate"] for item in list_rates(session, some, PageRequest(9, BY_DAY)).items] == ["5", "4", "3"]
        assert {item["base"] for item in list_rates(session, RateQuery(base="EUR"), PageRequest(50, BY_DAY)).items} == {"EUR"}
    with database.session() as session:
        assert delete_rates(session, some) == 3
        assert delete_rates(session, RateQuery(base="EUR")) == 7
        assert exchange.pairs(session) == {("USD", "KZT")}
        assert delete_rates(session, RateQuery(source="Nobody")) == 0
        assert delete_rates(session, RateQuery()) == 4
        assert not exchange.pairs(session)


LISTED = {
    "rates": RateQuery(),
    "of some days": RateQuery(from_=date(2024, 5, 1), to=date(2024, 5, 9)),
    "of two currencies": RateQuery(base="USD", quote="KZT", from_=date(2024, 5, 1)),
    "of a base": RateQuery(base="USD"),
}


def test_a_list_of_rates_is_a_walk_along_an_index(database: Database) -> None:
    with database.session() as session:
        put(session, rate("2024-05-06", "USD", "KZT", "450"))
    for asked in LISTED.values():
        with database.session() as session, queries(database) as made:
            list_rates(session, asked, PageRequest(20, BY_DAY, ("2024-05-06", "USD-KZT")))
            for statement, parameters in list(made):
                plan = explained(session, statement, parameters)
                assert not [step for step in plan if by_hand(step)], "\n".join([statement, *plan])


def test_the_rates_of_a_page_are_two_questions_and_found_by_key(database: Database) -> None:
    with database.session() as session:
        put(
            session,
            *(rate("2024-05-06", "EUR", code, "2") for code in ("USD", "KZT", "GBP")),
            rate("2024-05-06", "RUB", "KZT", "5"),
        )
        draft = Draft()
        for number, unit in enumerate(("USD", "GBP", "RUB", "EUR", "KZT", "count")):
            draft.tells(str(number + 1), str(number + 1), unit=unit, stated_on=date(2024, 5, 6 + number % 3))
        draft.stored(session)
    with database.session() as session, queries(database) as made:
        found = list_indicators(session, IndicatorQuery(), PageRequest(), "KZT").items
        assert sum(item["converted"] is not None for item in found) == 5
        of_rates = [
            (statement, values) for statement, values in made if "exchange_rates" in statement or "currency_pairs" in statement
        ]
        assert len(of_rates) == 2
        statement, parameters = next(asked for asked in of_rates if "exchange_rates" in asked[0])
        plan = explained(session, statement, parameters)
        assert not [step for step in plan if by_hand(step)], "\n".join(plan)
