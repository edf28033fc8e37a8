"""The data of a language pack is read by some stage: a table that nothing asks for is knowledge lost without a sound.

Strategy: the name of every table, and of every line of the tables of speech and people, stands as a string in the code.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
PACKS = sorted((APP / "languages").glob("*/*.toml"))
CODE = "\n".join(path.read_text(encoding="utf-8") for path in APP.rglob("*.py"))
# Their tables are codes of the vocabulary, which no stage names.
CODED = {"topics.toml"}
LINE_BY_LINE = {"speech.toml", "offices.toml", "names.toml", "pairs.toml", "segment.toml"}
# Lines of these tables are roles of the domain, read all alike.
ROLES = {"roles", "feminine", "by_complement", "compatible", "complements"}


def asked_for(name: str) -> bool:
    return f'"{name}"' in CODE


@pytest.mark.parametrize("path", PACKS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_table_is_read(path: Path) -> None:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    unread = [name for name in tables if path.name not in CODED and not asked_for(name)]
    if path.name in LINE_BY_LINE:
        lines = {(t, line) for t, rows in tables.items() if isinstance(rows, dict) and t not in ROLES for line in rows}
        unread += [f"{t}.{line}" for t, line in sorted(lines) if re.fullmatch("[a-z_]+", line) and not asked_for(line)]
    assert not unread


def test_a_name_that_stands_nowhere_is_noticed() -> None:
    assert not asked_for("a_table_that_nothing_reads")
