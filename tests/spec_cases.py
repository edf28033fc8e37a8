"""Turns the cases of a spec file into test parameters; a case with `gap` is a known fault and has to fail until it is mended."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet

SPECS = Path(__file__).parent / "specs"


def spec(name: str) -> dict[str, Any]:
    """A spec file of `tests/specs`, say `ru/speech`."""
    return tomllib.loads((SPECS / f"{name}.toml").read_text(encoding="utf-8"))


def cases(table: list[dict[str, Any]]) -> list[ParameterSet]:
    """One parameter a case, named by its place in the file and its `why` or first words."""
    return [pytest.param(case, id=_name(at, case), marks=_marks(case)) for at, case in enumerate(table, 1)]


def _name(at: int, case: dict[str, Any]) -> str:
    words = case.get("why") or case.get("text", "")
    return f"{at}: {' '.join(words.split())[:60]}"


def _marks(case: dict[str, Any]) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=case["gap"], strict=True)] if "gap" in case else []
