"""Languages are named as what they are.

Strategy: sentences of our own in many languages, each alone; nothing to name where there are no letters; and every
longer text sure of itself.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pipeline.page.detect import Detected, detect
from tests.growth import assert_linear

SPEC = tomllib.loads((Path(__file__).parents[1] / "specs/detect.toml").read_text(encoding="utf-8"))
SENTENCES = [(case, text) for case in SPEC["case"] for text in case["texts"]]


@pytest.mark.parametrize(("case", "text"), SENTENCES, ids=lambda value: value if isinstance(value, str) else value["code"])
def test_a_sentence_is_in_its_language(case: dict[str, Any], text: str) -> None:
    found = detect(text)
    assert found.code == case["code"]
    if "script" in case:
        assert found.script == case["script"]
    if "sure" in case:
        assert found.sure is case["sure"]


@pytest.mark.parametrize("code", ["ru", "kk", "en"])
def test_a_longer_text_is_beyond_doubt(code: str) -> None:
    sentences = [text for case, text in SENTENCES if case["code"] == code and case.get("script") != "Latn"]
    assert detect(" ".join(sentences)).code == code
    assert detect(" ".join(sentences)).sure


@pytest.mark.parametrize("text", ["", " \n", "12 345,6 %", "• 63\n!!!", "🙂🙂"])
def test_without_letters_there_is_no_language(text: str) -> None:
    assert detect(text) == Detected(None, False)


def test_a_quotation_does_not_change_the_language_of_its_article() -> None:
    russian = "Министр заявил, что торговля растёт, и назвал это успехом обеих стран. "
    assert detect(russian * 3 + "«Бұл біз үшін өте маңызды», – деді ол. " + russian * 3).code == "ru"
    assert detect(russian * 5 + "The New York Times said so.").code == "ru"


@given(st.text(max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    assert (detect(text).code is None) == (not any(map(str.isalpha, text)))


@pytest.mark.parametrize("unit", ["слово ", "ә", "a'", "-", "漢"])
def test_detection_is_linear(unit: str) -> None:
    assert_linear(detect, lambda n: unit * (n // len(unit)), 20_000)
