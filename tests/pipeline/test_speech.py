"""Statements of every form of the press are found with exact bounds and kind, and nothing else is one.

Strategy: `specs/<language>/speech.toml` holds invented passages, each with all its statements, and passages without any.
"""

from __future__ import annotations

from typing import Any

import pytest

from app.catalog import load_catalog
from app.domain.text import Article
from app.pipeline import extract
from tests.spec_cases import every, spec


def read(passage: str, language: str) -> list[dict[str, Any]]:
    text = spec(f"{language}/speech")["opening"] + passage
    found = extract(Article(text=text, language=language), load_catalog()).statements
    return [{"kind": str(s.kind), "words": [x.of(text).rstrip(".") for x in s.segments], "by": s.speaker.name} for s in found]


def expected(case: dict[str, Any], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the case asks; where it leaves the speaker open, any speaker will do. A last full stop may stay or go."""
    wanted = [{"kind": "direct", **x, "words": [w.rstrip(".") for w in x["words"]]} for x in case["expect"]]
    return [{"by": f["by"], **w} for f, w in zip(found, wanted, strict=False)] + wanted[len(found) :]


@pytest.mark.parametrize(("language", "case"), every("speech"))
def test_statements_of_a_passage(language: str, case: dict[str, Any]) -> None:
    found = read(case["text"], language)
    assert found == expected(case, found)


@pytest.mark.parametrize(("language", "case"), every("speech", "nothing"))
def test_not_a_statement(language: str, case: dict[str, Any]) -> None:
    assert read(case["text"], language) == []
