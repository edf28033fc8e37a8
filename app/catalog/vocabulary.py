"""The codes that facts are written in: metrics, topics, units, currencies and offices, each with its names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.catalog.tables import DATA, by_language, rows, toml


@dataclass(frozen=True, slots=True)
class Metric:
    """What an indicator measures."""

    code: str
    names: Mapping[str, str] = field(hash=False)
    description: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What a statement is about."""

    code: str
    names: Mapping[str, str] = field(hash=False)
    description: str


@dataclass(frozen=True, slots=True)
class Unit:
    """What a value is counted in; `country` is that of a currency, `kind` is `currency` or what the unit measures."""

    code: str
    names: Mapping[str, str] = field(hash=False)
    kind: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """A code that tells one office of a role from another: the `trade` of a minister, the `president` of a spokesman."""

    code: str
    names: Mapping[str, str] = field(hash=False)


def read_metrics() -> dict[str, Metric]:
    """The metrics of the catalogue, by code and in the order of the data."""
    return {code: Metric(code, by_language(table), table["description"]) for code, table in toml("metrics.toml").items()}


def read_topics() -> dict[str, Topic]:
    """The topics of the catalogue, by code and in the order of the data."""
    return {code: Topic(code, by_language(table), table["description"]) for code, table in toml("topics.toml").items()}


def read_units() -> dict[str, Unit]:
    """Currencies, then the other units, by code."""
    return {
        row["code"]: Unit(row["code"], by_language(row), row["kind"], row["country"] or None) for row in rows(DATA / "units.csv")
    }


def read_offices() -> dict[str, Office]:
    """The offices that ministers, spokesmen and officials are told apart by."""
    return {row["code"]: Office(row["code"], by_language(row)) for row in rows(DATA / "offices.csv")}


def read_currencies() -> frozenset[str]:
    """The codes of ISO 4217 that rates may be told in, those withdrawn among them."""
    return frozenset(code for table in toml("currencies.toml").values() for code in table["codes"].split())
