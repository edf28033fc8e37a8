"""Paragraphs, sentences and tokens begin and end where a reader of the language says so.

Strategy: short invented texts with the exact sentences, paragraphs or tokens; `specs/<language>/segment.toml` holds them.
"""

from __future__ import annotations

from typing import Any

import pytest

from app.languages.registry import pack
from app.pipeline.words.segment import segment
from tests.spec_cases import every


@pytest.mark.parametrize(("language", "case"), every("segment", "sentences"))
def test_sentences(language: str, case: dict[str, Any]) -> None:
    layout = segment(case["text"], pack(language))
    assert [s.span.of(layout.text) for s in layout.sentences] == case["expect"]


@pytest.mark.parametrize(("language", "case"), every("segment", "paragraphs"))
def test_paragraphs(language: str, case: dict[str, Any]) -> None:
    layout = segment(case["text"], pack(language))
    assert [p.span.of(layout.text) for p in layout.paragraphs] == case["expect"]


@pytest.mark.parametrize(("language", "case"), every("segment", "tokens"))
def test_tokens(language: str, case: dict[str, Any]) -> None:
    layout = segment(case["text"], pack(language))
    assert [t.text for t in layout.tokens] == case["expect"]
    assert [layout.text[t.start : t.end] for t in layout.tokens] == case["expect"]
