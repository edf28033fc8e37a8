"""Statements of every form of the Russian press are found with exact bounds and kind, and nothing else is one.

Strategy: `specs/ru/speech.toml` holds invented passages, each with all its statements, and passages without any.
"""

from __future__ import annotations

from typing import Any

import pytest

from app.catalog import load_catalog
from app.domain.text import Article
from app.pipeline import extract
from tests.spec_cases import cases, spec

SPEC = spec("ru/speech")
# A passage is read inside an article: the first line of a text may be taken for its headline.
OPENING = "Переговоры завершены\n\nВстреча длилась два часа.\n\n"


def read(passage: str) -> list[dict[str, Any]]:
    text = OPENING + passage
    found = extract(Article(text=text, language="ru"), load_catalog()).statements
    return [{"kind": str(s.kind), "words": [x.of(text).rstrip(".") for x in s.segments], "by": s.speaker.name} for s in found]


def expected(case: dict[str, Any], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the case asks; where it leaves the speaker open, any speaker will do. A last full stop may stay or go."""
    wanted = [{"kind": "direct", **x, "words": [w.rstrip(".") for w in x["words"]]} for x in case["expect"]]
    return [{"by": f["by"], **w} for f, w in zip(found, wanted, strict=False)] + wanted[len(found) :]


@pytest.mark.parametrize("case", cases(SPEC["case"]))
def test_statements_of_a_passage(case: dict[str, Any]) -> None:
    found = read(case["text"])
    assert found == expected(case, found)


@pytest.mark.parametrize("case", cases(SPEC["nothing"]))
def test_not_a_statement(case: dict[str, Any]) -> None:
    assert read(case["text"]) == []
