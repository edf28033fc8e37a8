"""Countries by their ISO 3166-1 alpha-2 code, and the blocs that they form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.catalog.tables import DATA, by_language, rows, several, toml


@dataclass(frozen=True, slots=True)
class Country:
    """A country with the name that the press gives it in each language."""

    code: str
    names: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Bloc:
    """A group of countries, or an organisation of them; `members` is empty where they are too many to matter."""

    code: str
    names: Mapping[str, str] = field(hash=False)
    members: tuple[str, ...] = ()


def read_countries() -> dict[str, Country]:
    """Every country of ISO 3166-1, by code."""
    return {row["code"]: Country(row["code"], by_language(row)) for row in rows(DATA / "countries.csv")}


def read_blocs() -> dict[str, Bloc]:
    """Every bloc, by code."""
    return {
        code: Bloc(code, by_language(table), several(table.get("members", "").replace(" ", ";")))
        for code, table in toml("blocs.toml").items()
    }
