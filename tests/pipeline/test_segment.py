"""Paragraphs, sentences and tokens begin and end where a reader of the language says so.

Strategy: short invented texts with the exact sentences, paragraphs or tokens; `specs/<language>/segment.toml` holds them.
"""

from __future__ import annotations

from typing import Any

import pytest

from app.languages.registry import pack
from app.pipeline.words.segment import segment
from app.pipeline.words.tokens import cut_tokens, parting_of
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


def test_what_stood_between_two_blanks_is_remembered_but_for_what_is_long() -> None:
    parting = parting_of(pack("ru"))
    long = "«" + "экспорт-импорт," * 40
    text = f"«экспорт», {long} «экспорт»,"
    for _ in range(2):
        tokens = cut_tokens(text, 0, len(text), parting)
        assert [text[t.start : t.end] for t in tokens] == [t.text for t in tokens]
        assert [t.start for t in tokens if t.text == "экспорт"] == [1, text.rindex("экспорт")]
    assert "«экспорт»," in parting.whole
    assert long not in parting.whole
