"""How the data files of the catalogue are read: CSV with comment lines, and TOML."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
LANGUAGES = ("ru", "kk", "en")


class CatalogError(ValueError):
    """A line of the data that cannot be read; says which file and which line."""


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of one CSV file. Lines that open with `#` are comments; the first other line names the columns."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(line for line in file if line.strip() and not line.startswith("#"))
        columns = next(lines, [])
        for cells in lines:
            if len(cells) != len(columns):
                raise CatalogError(f"{path.name}: {len(cells)} cells for {len(columns)} columns: {cells}")
            yield dict(zip(columns, map(str.strip, cells), strict=True))


def files(folder: str) -> list[Path]:
    """The CSV files of one folder of the data, in a fixed order."""
    return sorted((DATA / folder).glob("*.csv"))


def toml(name: str) -> Mapping[str, Mapping[str, Any]]:
    """The tables of one TOML file, by their name."""
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)


def several(cell: str) -> tuple[str, ...]:
    """A cell that holds a list: its parts stand between semicolons."""
    return () if not cell else tuple(part for piece in cell.split(";") if (part := piece.strip()))


def by_language(row: Mapping[str, Any]) -> dict[str, str]:
    """The names of a row in the languages that it has."""
    return {language: row[language] for language in LANGUAGES if row.get(language)}
