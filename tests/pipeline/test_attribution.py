"""Whose words they are: names, offices on their date, pronouns and turns lead to the right speaker, or stay unresolved.

Strategy: `specs/<language>/attribution.toml` holds invented passages with the speakers of their statements in order.
"""

from __future__ import annotations

from typing import Any

import pytest

from app.catalog import load_catalog
from app.domain.facts import Statement
from app.domain.text import Article
from app.pipeline import extract
from tests.spec_cases import every

DEFAULT_DAY = "2024-11-27"


def read(case: dict[str, Any], language: str) -> tuple[Statement, ...]:
    article = Article(
        text=case["text"],
        language=language,
        published_at=case.get("day", DEFAULT_DAY),
        publisher_country=case.get("outlet"),
    )
    return extract(article, load_catalog()).statements


def facts(statement: Statement, asked: dict[str, Any]) -> dict[str, Any]:
    speaker = statement.speaker
    every = {
        "name": speaker.name,
        "id": speaker.id,
        "kind": str(speaker.kind),
        "country": speaker.country,
        "role": str(speaker.role),
        "by": str(speaker.resolved_by),
        "on": str(statement.stated_on),
        "steps": list(statement.evidence.steps),
        "also": sorted(s.name for s in statement.co_speakers),
    }
    return {field: every[field] for field in asked}


@pytest.mark.parametrize(("language", "case"), every("attribution"))
def test_speakers_of_a_passage(language: str, case: dict[str, Any]) -> None:
    found = read(case, language)
    assert len(found) == len(case["expect"]), [s.text for s in found]
    assert [facts(s, asked) for s, asked in zip(found, case["expect"], strict=True)] == case["expect"]


@pytest.mark.parametrize(("language", "case"), every("attribution", "open"))
def test_an_open_question_stays_open(language: str, case: dict[str, Any]) -> None:
    found = read(case, language)
    assert len(found) >= 1
    assert not {s.speaker.id for s in found} & set(case["never"])
