"""Times are resolved against the article's date, and what cannot be known stays unknown.

Strategy: `periods.toml` of every language under `specs`: texts with all the times they name; weekdays and days are asked here.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.languages.registry import pack
from app.pipeline.figures.dates import find_dates
from app.pipeline.figures.periods import find_periods
from app.pipeline.words.segment import segment
from tests.growth import assert_linear
from tests.spec_cases import every

RU = pack("ru")
TODAY = date(2025, 9, 10)


@pytest.mark.parametrize(("language", "case"), every("periods"))
def test_times_of_a_text(language: str, case: dict[str, Any]) -> None:
    spoken = pack(language)
    today = date.fromisoformat(case.get("today", TODAY.isoformat())) if case.get("today", "-") else None
    found = find_periods(segment(case["text"], spoken), spoken, today)
    read = [[m.as_written, m.kind, m.start.isoformat() if m.start else "", m.end.isoformat() if m.end else ""] for m in found]
    assert read == case["expect"]


def test_days_are_counted_from_the_article() -> None:
    layout = segment("Накануне, во вторник и 11 ноября 2024 года стороны встретились.", RU)
    assert [m.day for m in find_dates(layout, RU, TODAY)] == [date(2025, 9, 9), date(2025, 9, 9), date(2024, 11, 11)]


@given(
    st.dates(date(1950, 1, 1), date(2150, 1, 1)),
    st.sampled_from(["в прошлом году", "в январе", "за девять месяцев", "в прошлом месяце"]),
)
def test_the_past_is_past(today: date, phrase: str) -> None:
    (mention,) = find_periods(segment(phrase, RU), RU, today)
    assert mention.start is not None
    assert mention.start <= today < mention.start + timedelta(days=800)


@pytest.mark.parametrize("piece", ["в 2024 году ", "с января ", "2024–", "первый ", "за пять ", "с 2020 по "])
def test_time_upon_time_stays_linear(piece: str) -> None:
    assert_linear(lambda text: find_periods(segment(text, RU), RU, TODAY), lambda size: piece * size, 200)
