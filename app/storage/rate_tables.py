"""The tables of exchange rates: which two currencies, and what one was worth in the other, day by day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.storage.columns import ExactDecimal
from app.storage.declaring import part_of, table_of


class CurrencyPairRow(SQLModel, table=True):
    """`USD-KZT`: tenge for a dollar. There are few of them, so that all are looked at to find a way between two currencies."""

    __tablename__ = "currency_pairs"

    id: str = Field(primary_key=True)
    base: str
    quote: str


class ExchangeRateRow(SQLModel, table=True):
    """One rate for a pair and a day: what was imported last. The key finds the latest before a day, the index lists them."""

    __tablename__ = "exchange_rates"
    __table_args__ = (Index(None, "day", "pair_id"),)

    pair_id: str = Field(primary_key=True, sa_column_args=part_of("currency_pairs"))
    day: date = Field(primary_key=True)
    rate: Decimal = Field(sa_type=ExactDecimal)
    source: str


currency_pairs = table_of(CurrencyPairRow)
exchange_rates = table_of(ExchangeRateRow)
