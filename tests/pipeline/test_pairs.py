"""Which relations an article and each of its statements are about.

Strategy: `specs/<language>/pairs.toml` holds invented articles with their pairs, and those of each statement.
"""

from __future__ import annotations

from typing import Any

import pytest

from app.catalog import load_catalog
from app.domain.facts import Extraction
from app.domain.text import Article
from app.pipeline import extract
from tests.spec_cases import every


def read(case: dict[str, Any], language: str) -> Extraction:
    article = Article(
        text=case["text"],
        language=language,
        published_at=case.get("day", "2024-11-27"),
        publisher_country=case.get("outlet"),
    )
    return extract(article, load_catalog())


@pytest.mark.parametrize(("language", "case"), every("pairs", "article"))
def test_pairs_of_an_article(language: str, case: dict[str, Any]) -> None:
    found = read(case, language)
    assert {str(p) for p in found.pairs} == set(case["expect"])
    if "strongest" in case:
        assert str(found.pairs[0]) == case["strongest"]


@pytest.mark.parametrize(("language", "case"), every("pairs", "statement"))
def test_pairs_of_statements(language: str, case: dict[str, Any]) -> None:
    assert [sorted(map(str, s.pairs)) for s in read(case, language).statements] == case["expect"]
