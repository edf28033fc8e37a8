"""Furniture is masked in place, and no sentence of an article with it.

Strategy: invented pages with the exact stretches to mask, one list of sentences that look like furniture and are not,
random text for what must always hold, hostile text for growth.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.languages.registry import pack
from app.pipeline.page.furniture import find_furniture, mask
from tests.growth import assert_linear
from tests.spec_cases import every, every_line

RU = pack("ru")
BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


@pytest.mark.parametrize(("language", "case"), every("furniture"))
def test_furniture_is_masked(language: str, case: dict[str, Any]) -> None:
    text = case["text"]
    assert [span.of(text) for span in find_furniture(text, pack(language))] == case["masked"]


@pytest.mark.parametrize(("language", "line"), every_line("furniture", "kept", "lines"))
def test_a_sentence_is_kept(language: str, line: str) -> None:
    for text in (
        line,
        f"Послы встретились в среду.\n\n{line}\n\nВстреча длилась два часа.",
        f"Послы встретились в среду. {line}",
    ):
        assert mask(text, pack(language)) == text


WORDS = [
    "Фото:",
    "Читайте также",
    "756",
    "SHARES",
    "•",
    "Похожие материалы",
    "Главная",
    ">",
    "18:05",
    "[Твит:",
    "]",
    "©",
    "USD",
    "3,5",
    "сказал",
    "Министр",
    ".",
    "\n",
    "\r\n",
    "\u2028",
    " ",
    "\t",
    "«",
    "»",
    "Ctrl+Enter",
]


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=60).map("".join))
def test_mask_keeps_length_breaks_and_what_it_does_not_blank(text: str) -> None:
    masked = mask(text, RU)
    assert len(masked) == len(text)
    for before, after in zip(text, masked, strict=True):
        assert after == before or (after == " " and before not in BREAKS)


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_stretches_stand_in_order_and_apart(text: str) -> None:
    spans = find_furniture(text, RU)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "unit",
    [
        "Фото: ",
        "Фото:а",
        "Читайте также ",
        "[Твит: ",
        "• 63\n",
        "«",
        '"',
        "сказал.",
        "слово ",
        "А",
        "1",
        "Главная > ",
        "USD 1 ",
        "18:05 • слово\n",
        ". ",
        "Подписывайтесь на наш ",
    ],
)
def test_masking_is_linear(unit: str) -> None:
    assert_linear(lambda text: mask(text, RU), lambda n: unit * (n // len(unit)), 10_000)
