"""Amounts come with unit, hedge and span as the guidelines draw them; times, ages and names are no amounts.

Strategy: `quantities.toml` of every language under `specs`: texts with all their amounts, negatives among them; random text too.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.measure import plain
from app.languages.registry import pack
from app.pipeline.figures.quantities import Quantity, find_quantities
from app.pipeline.words.segment import segment
from tests.growth import assert_linear
from tests.spec_cases import every

PIECES = [
    "5 ",
    "млрд ",
    "тысячи ",
    "на ",
    "до ",
    "с ",
    "%",
    "$",
    "долларов ",
    "более ",
    "рейсов ",
    "числа ",
    "в год ",
    ", ",
    ". ",
    "(",
    "почти ",
    "–",
]


def quantities(text: str, language: str = "ru") -> tuple[Quantity, ...]:
    spoken = pack(language)
    return find_quantities(segment(text, spoken), spoken)


def fields(quantity: Quantity) -> dict[str, Any]:
    return {
        "text": quantity.as_written, "value": plain(quantity.value), "unit": quantity.unit, "kind": quantity.kind,
        "comparator": str(quantity.comparator), "counted": quantity.counted, "per": str(quantity.per), "sign": quantity.sign,
    }  # fmt: skip


@pytest.mark.parametrize(("language", "case"), every("quantities"))
def test_amounts_of_a_text(language: str, case: dict[str, Any]) -> None:
    found = quantities(case["text"], language)
    assert len(found) == len(case["expect"]), [quantity.as_written for quantity in found]
    for quantity, asked in zip(found, case["expect"], strict=True):
        read = fields(quantity)
        assert {name: read[name] for name in asked} == asked


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_spans_hold_their_words_in_order(text: str) -> None:
    end = 0
    for quantity in quantities(text):
        assert quantity.span.of(text) == quantity.as_written
        assert quantity.span.start >= end
        end = quantity.span.end


@pytest.mark.parametrize("piece", ["5 млрд долларов, ", "10 млрд ", "с 5 до 10, ", "рейсов ", "более ", "на 5% "])
def test_amount_upon_amount_stays_linear(piece: str) -> None:
    assert_linear(quantities, lambda size: piece * size, 200)
