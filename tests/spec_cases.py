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


def languages(stage: str) -> list[str]:
    """The languages whose folder holds a spec file for the stage."""
    return sorted(path.parent.name for path in SPECS.glob(f"*/{stage}.toml"))


def every(stage: str, name: str = "case") -> list[ParameterSet]:
    """The cases of a stage in every language, each as (language, case)."""
    return [
        pytest.param(code, case.values[0], id=f"{code} {case.id}", marks=case.marks)
        for code in languages(stage)
        for case in cases(spec(f"{code}/{stage}").get(name, []))
    ]


def every_line(stage: str, name: str, key: str) -> list[ParameterSet]:
    """The lines that a table of a stage lists, in every language, each as (language, line)."""
    listed = ((code, line) for code in languages(stage) for line in spec(f"{code}/{stage}").get(name, {}).get(key, []))
    return [pytest.param(code, line, id=f"{code} {line[:60]}") for code, line in listed]


def cases(table: list[dict[str, Any]]) -> list[ParameterSet]:
    """One parameter a case, named by its place in the file and its `why` or first words."""
    return [pytest.param(case, id=_name(at, case), marks=_marks(case)) for at, case in enumerate(table, 1)]


def _name(at: int, case: dict[str, Any]) -> str:
    words = case.get("why") or case.get("name") or case.get("text", "")
    return f"{at}: {' '.join(words.split())[:60]}"


def _marks(case: dict[str, Any]) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=case["gap"], strict=True)] if "gap" in case else []
