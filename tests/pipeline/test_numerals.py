"""Numbers are read as news writes them, and codes, dates and names are not.

Strategy: `numerals.toml` of every language under `specs`: texts with all their numbers; random numbers are read back.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.measure import plain
from app.languages.registry import pack
from app.pipeline.figures.numerals import Numeral, grammar, read_numeral
from app.pipeline.words.phrasebook import Words
from app.pipeline.words.segment import segment
from tests.growth import assert_linear
from tests.spec_cases import every


def numbers(text: str, language: str = "ru") -> list[tuple[str, Numeral]]:
    spoken = pack(language)
    layout = segment(text, spoken)
    words, rules = Words.of(layout, spoken), grammar(spoken)
    found, at = [], 0
    while at < len(words.tokens):
        number = read_numeral(words, at, len(words.tokens), rules)
        if number is not None:
            found.append((text[words.tokens[number.first].start : words.tokens[number.last - 1].end], number))
        at = number.last if number else at + 1
    return found


@pytest.mark.parametrize(("language", "case"), every("numerals"))
def test_numbers_of_a_text(language: str, case: dict[str, Any]) -> None:
    read = [
        [written, plain(number.value), *([] if number.value_max is None else [plain(number.value_max)])]
        for written, number in numbers(case["text"], language)
    ]
    assert read == case["expect"]


def test_a_magnitude_alone_may_be_a_plural() -> None:
    assert [number.bare for _, number in numbers("тысячи фирм")] == [True]
    assert [number.bare for _, number in numbers("миллиард долларов")] == [False]


@given(st.integers(min_value=0, max_value=999_999_999), st.sampled_from(" \u00a0\u2009\u202f"))
def test_grouped_digits_read_back(value: int, space: str) -> None:
    ((_, number),) = numbers(f"{value:,}".replace(",", space) + " тонн")
    assert number.value == value


@given(st.decimals(min_value=0, max_value=99_999, places=2))
def test_decimal_commas_read_back(value: Decimal) -> None:
    ((_, number),) = numbers(f"{value} млн".replace(".", ","))
    assert number.value == value * 10**6


@pytest.mark.parametrize("piece", ["5 ", "сто ", "10 млрд ", "1 234 ", "тысяча двести ", "5–", "млрд "])
def test_number_upon_number_stays_linear(piece: str) -> None:
    assert_linear(numbers, lambda size: piece * size, 400)
