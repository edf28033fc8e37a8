"""Files of exchange rates: what is read, and what is told of each wrong line. All rates here are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.catalog import load_catalog
from app.domain.exchange import Rate
from app.errors import InvalidParameter
from app.services.exchange.files import MOST_FAULTS, read_rates

HEAD = "date,base,quote,rate,source"


def read(*lines: str, source: str | None = None) -> list[Rate]:
    return read_rates((f"{line}\n" for line in lines), load_catalog().currencies, source)


def short(rates: list[Rate]) -> list[tuple[str, str, str, str]]:
    return [(rate.day.isoformat(), f"{rate.base}-{rate.quote}", str(rate.rate), rate.source) for rate in rates]


def test_one_rate_a_line() -> None:
    found = read(
        "\ufeff" + HEAD, "2025-03-31,USD,KZT,500.25,Invented Bank", "", " 2025-03-31 , rub , kzt , 5.900 , Invented Bank "
    )
    assert short(found) == [
        ("2025-03-31", "USD-KZT", "500.25", "Invented Bank"),
        ("2025-03-31", "RUB-KZT", "5.900", "Invented Bank"),
    ]


def test_columns_stand_in_any_order_and_the_source_may_be_named_once() -> None:
    assert short(read("rate,quote,base,date", "2,USD,EUR,2025-03-31", source="Invented")) == [
        ("2025-03-31", "EUR-USD", "2", "Invented")
    ]


def test_a_source_in_a_line_comes_before_the_one_named_once() -> None:
    found = read(HEAD, "2025-03-31,EUR,USD,2,Here", "2025-03-30,EUR,USD,2,", source="Elsewhere")
    assert [rate.source for rate in found] == ["Here", "Elsewhere"]


@pytest.mark.parametrize("comma", [",", ""])
def test_the_table_of_the_ecb(comma: str) -> None:
    found = read(f"Date,USD,JPY,CYP{comma}", f"2025-03-31,1.10,160,N/A{comma}", f"2025-03-28,1.09,N/A,{comma}")
    assert short(found) == [
        ("2025-03-31", "EUR-USD", "1.10", "ECB"),
        ("2025-03-31", "EUR-JPY", "160", "ECB"),
        ("2025-03-28", "EUR-USD", "1.09", "ECB"),
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2025-03-31,USD,KZT,500", "line 2: 4 cells for 5 columns"),
        ("31.03.2025,USD,KZT,500,Invented", "line 2: '31.03.2025' is not a date"),
        ("2025-02-30,USD,KZT,500,Invented", "line 2: '2025-02-30' is not a date"),
        ("2025-03-31,USD,TENGE,500,Invented", "line 2: 'TENGE' is no currency of ISO 4217"),
        ("2025-03-31,XXX,KZT,500,Invented", "line 2: 'XXX' is no currency of ISO 4217"),
        ("2025-03-31,USD,USD,1,Invented", "line 2: USD in itself"),
        ("2025-03-31,USD,KZT,0.00,Invented", "line 2: '0.00' is not a positive decimal"),
        ("2025-03-31,USD,KZT,-5,Invented", "line 2: '-5' is not a positive decimal"),
        ("2025-03-31,USD,KZT,NaN,Invented", "line 2: 'NaN' is not a positive decimal"),
        ("2025-03-31,USD,KZT,5e2,Invented", "line 2: '5e2' is not a positive decimal"),
        ('2025-03-31,USD,KZT,"500,25",Invented', "line 2: '500,25' is not a positive decimal"),
        ("2025-03-31,USD,KZT,500,", "line 2: a rate needs a source"),
    ],
)
def test_a_wrong_line_is_told(line: str, told: str) -> None:
    with pytest.raises(InvalidParameter) as caught:
        read(HEAD, line, "2025-03-31,EUR,USD,2,Invented")
    assert caught.value.detail.startswith(told)
    assert caught.value.errors[0]["pointer"] == "/line/2"


@pytest.mark.parametrize(
    "head", ["", "date,base,quote,rate", f"{HEAD},mood", "date,base,base,quote,rate,source", "Date,USD,MARS", "Date,USD,USD"]
)
def test_a_head_that_says_something_else(head: str) -> None:
    with pytest.raises(InvalidParameter, match="the first line names the columns"):
        read(head, "2025-03-31,USD,KZT,500,Invented")


def test_all_wrong_lines_are_counted_and_some_told() -> None:
    with pytest.raises(InvalidParameter) as caught:
        read(HEAD, *(f"2025-03-31,USD,KZT,{-number},Invented" for number in range(1, MOST_FAULTS + 6)))
    assert len(caught.value.errors) == MOST_FAULTS
    assert caught.value.detail.endswith("and 5 more lines")


def test_a_rate_told_twice() -> None:
    twice = "2025-03-31,USD,KZT,500,Invented"
    assert len(read(HEAD, twice, twice)) == 1
    with pytest.raises(InvalidParameter, match="line 3: USD in KZT of 2025-03-31 stands in line 2 otherwise"):
        read(HEAD, twice, "2025-03-31,USD,KZT,501,Invented")


def test_digits_are_kept() -> None:
    (rate,) = read(HEAD, "2025-03-31,VND,USD,0.00003941560123456789,Invented")
    assert rate.rate == Decimal("0.00003941560123456789")
