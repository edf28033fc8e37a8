"""Column types that keep what SQLite would lose: time zones, and every digit of a decimal."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator, TypeEngine

_BIAS = 500_000
"""Added to exponents so that none is negative: wider than any number that fits into a text."""
_DIGITS = str.maketrans("0123456789", "9876543210")
_END = "A"
"""Closes a negative key. A letter sorts after every digit in all collations; punctuation does not."""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware times, kept as UTC; a naive one is refused, because nobody knows what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class RowNumber(TypeDecorator[int]):
    """A number of 64 bits that names a row; SQLite makes it the row's own number only where it is called INTEGER."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[int]:
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())


class ExactDecimal(TypeDecorator[Decimal]):
    """Decimals of any size, exact, in a text whose alphabetical order is the order of the numbers.

    So comparing and sorting are numeric on every engine, by an ordinary index, and no digit is ever lost
    (SQLite keeps a NUMERIC as a float; an integer column ends at 19 digits). See `sortable` for the form.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else sortable(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else decimal_of(value)


def sortable(value: Decimal) -> str:
    """`1`, the biased exponent, the digits: 18.3 is `1500001183`. Zero is `1` alone, before all positives.

    Of a negative the sign is `0`, and exponent and digits are complemented to nine, so that larger amounts
    come first; the closing letter puts −1.2 after −1.23, whose digits it begins.
    """
    if not value.is_finite():
        raise ValueError(f"not a number that can be stored: {value}")
    if not value:
        return "1"
    digits = "".join(map(str, value.as_tuple().digits)).lstrip("0")
    exponent = value.adjusted() + _BIAS
    if not 0 <= exponent < 2 * _BIAS:
        raise ValueError(f"not a number that can be stored: an exponent of {value.adjusted()}")
    key = f"{exponent:06d}{digits.rstrip('0')}"
    return f"0{key.translate(_DIGITS)}{_END}" if value.is_signed() else f"1{key}"


def decimal_of(key: str) -> Decimal:
    """The number that `sortable` wrote."""
    if key == "1":
        return Decimal(0)
    negative = key.startswith("0")
    body = key[1:].removesuffix(_END).translate(_DIGITS) if negative else key[1:]
    exponent, digits = int(body[:6]) - _BIAS, body[6:]
    return Decimal((int(negative), tuple(map(int, digits)), exponent - len(digits) + 1))
