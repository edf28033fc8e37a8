"""Paragraphs, sentences and tokens begin and end where a reader of Russian says so.

Strategy: short invented texts with the exact sentences, paragraphs or tokens; `specs/ru/segment.toml` holds them.
"""

from __future__ import annotations

from typing import Any

import pytest

from app.languages.registry import pack
from app.pipeline.words.segment import segment
from tests.spec_cases import cases, spec

SPEC = spec("ru/segment")
RU = pack("ru")


@pytest.mark.parametrize("case", cases(SPEC["sentences"]))
def test_sentences(case: dict[str, Any]) -> None:
    layout = segment(case["text"], RU)
    assert [s.span.of(layout.text) for s in layout.sentences] == case["expect"]


@pytest.mark.parametrize("case", cases(SPEC["paragraphs"]))
def test_paragraphs(case: dict[str, Any]) -> None:
    layout = segment(case["text"], RU)
    assert [p.span.of(layout.text) for p in layout.paragraphs] == case["expect"]


@pytest.mark.parametrize("case", cases(SPEC["tokens"]))
def test_tokens(case: dict[str, Any]) -> None:
    layout = segment(case["text"], RU)
    assert [t.text for t in layout.tokens] == case["expect"]
    assert [layout.text[t.start : t.end] for t in layout.tokens] == case["expect"]
