"""Types that lose nothing: tables of hard values, and order checked against Python's own for any."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, insert, select
from sqlalchemy.dialects import sqlite

from app.storage.columns import ExactDecimal, UtcDateTime, decimal_of, sortable
from app.storage.database import Database

ASCENDING = [
    "-1e24", "-999999999999999999999999.999999999", "-18300000000", "-123", "-12.3", "-12", "-1.23", "-1.2", "-1",
    "-0.99", "-0.1", "-1e-9", "0", "1e-9", "0.000000001234", "0.1", "0.99", "1", "1.2", "1.23", "2", "9.99", "10", "12",
    "12.3", "100", "123", "999.9999999999999999999999999999", "1000", "18300000000", "29500000000", "29500000000.01",
    "9223372036854775807", "9223372036854775808", "1e24", "1000000000000000000000000.000000001", "1e30", "1e100",
]  # fmt: skip

decimals = st.decimals(allow_nan=False, allow_infinity=False) | st.decimals(min_value=-1000, max_value=1000, places=3)


def test_the_table_is_ascending() -> None:
    numbers = [Decimal(text) for text in ASCENDING]
    assert numbers == sorted(numbers)
    assert sorted(map(sortable, numbers)) == [sortable(number) for number in numbers]


@pytest.mark.parametrize("text", ASCENDING)
def test_no_digit_is_lost(text: str) -> None:
    assert decimal_of(sortable(Decimal(text))) == Decimal(text)


@pytest.mark.parametrize(("one", "other"), [("1", "1.00"), ("0", "-0"), ("0", "0E+7"), ("1E+2", "100"), ("-5.50", "-5.5")])
def test_equal_numbers_have_one_key(one: str, other: str) -> None:
    assert sortable(Decimal(one)) == sortable(Decimal(other))


@given(decimals, decimals)
def test_keys_are_in_the_order_of_the_numbers(one: Decimal, other: Decimal) -> None:
    assert (sortable(one) < sortable(other)) == (one < other)
    assert (sortable(one) == sortable(other)) == (one == other)


@given(decimals)
def test_every_number_comes_back(number: Decimal) -> None:
    assert decimal_of(sortable(number)) == number


@given(decimals)
def test_keys_hold_digits_and_one_letter_only(number: Decimal) -> None:
    """Other collations than byte order pass over punctuation."""
    assert set(sortable(number)) <= set("0123456789A")


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity", "1e500000", "1e-500001"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        sortable(Decimal(text))


def test_the_database_compares_and_sorts_by_value(database: Database) -> None:
    numbers = Table("numbers", MetaData(), Column("value", ExactDecimal))
    with database.session() as session:
        numbers.create(session.connection())
        session.execute(insert(numbers), [{"value": Decimal(text)} for text in sorted(ASCENDING)])
        assert list(session.scalars(select(numbers.c.value).order_by(numbers.c.value))) == [Decimal(text) for text in ASCENDING]
        between = select(numbers.c.value).where(numbers.c.value >= Decimal("-1.21"), numbers.c.value < Decimal("0.1"))
        found = set(session.scalars(between))
    assert found == {Decimal(text) for text in ("-1.2", "-1", "-0.99", "-0.1", "-1e-9", "0", "1e-9", "0.000000001234")}


ALMATY = timezone(timedelta(hours=5))


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2024, 11, 27, 23, 30, 0, 123456, tzinfo=UTC),
        datetime(2024, 11, 28, 2, 30, tzinfo=ALMATY),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2024, 12, 31, 22, 0, tzinfo=timezone(timedelta(hours=-9, minutes=-30))),
    ],
)
def test_times_come_back_aware_and_equal(database: Database, moment: datetime) -> None:
    moments = Table("moments", MetaData(), Column("at", UtcDateTime))
    with database.session() as session:
        moments.create(session.connection())
        session.execute(insert(moments), {"at": moment})
        found = session.scalar(select(moments.c.at).where(moments.c.at == moment))
    assert found == moment
    assert found is not None
    assert found.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused() -> None:
    dialect = sqlite.dialect()
    with pytest.raises(ValueError, match="without a zone"):
        UtcDateTime().process_bind_param(datetime(2024, 1, 1), dialect)
