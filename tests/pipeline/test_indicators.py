"""What figures measure: metric, measure, sign, status, period and pair come out of the words around them, or nothing does.

Strategy: `specs/ru/indicators.toml` holds made-up sentences with the fields of their figures in order, negatives among them;
what ties figures to statements and to each other is asked of made-up passages here; hostile text must stay linear.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.domain.country import Pair
from app.domain.facts import Indicator, Statement
from app.domain.measure import plain
from app.languages.registry import pack
from app.pipeline.countries import find_places
from app.pipeline.indicators import Context, find_indicators
from app.pipeline.periods import find_periods
from app.pipeline.quantities import find_quantities
from app.pipeline.segment import segment
from tests.spec_cases import cases, spec

RU = pack("ru")
TODAY = "2025-09-10"


def read(
    text: str, pairs: tuple[str, ...] = (), today: str | None = TODAY, statements: tuple[Statement, ...] = ()
) -> tuple[Indicator, ...]:
    layout, day = segment(text, RU), date.fromisoformat(today) if today else None
    context = Context(day, tuple(Pair.parse(pair) for pair in pairs))
    quantities, periods = find_quantities(layout, RU), find_periods(layout, RU, day)
    return find_indicators(layout, quantities, periods, find_places(layout, RU).countries, statements, context, RU, "digest")


def fields(fact: Indicator, opened: str | None) -> dict[str, Any]:
    period = fact.period
    return {
        "text": fact.as_written,
        "metric": fact.metric,
        "measure": str(fact.measure),
        "value": plain(fact.value),
        "value_max": None if fact.value_max is None else plain(fact.value_max),
        "unit": fact.unit,
        "comparator": str(fact.comparator),
        "status": str(fact.status),
        "per": str(fact.per),
        "pair": str(fact.pair or ""),
        "start": period and period.start and period.start.isoformat(),
        "end": period and period.end and period.end.isoformat(),
        "reporter": fact.reporter,
        "partner": fact.partner,
        "same_group": fact.group is not None and fact.group == opened,
        "equivalent": fact.equivalent_of is not None,
    }


@pytest.mark.parametrize("case", cases(spec("ru/indicators")["case"]))
def test_figures_of_a_sentence(case: dict[str, Any]) -> None:
    found = read(case["text"], tuple(case["pairs"]), case.get("today", TODAY))
    assert [fact.as_written for fact in found] == [asked["text"] for asked in case["expect"]]
    for fact, asked in zip(found, case["expect"], strict=True):
        every = fields(fact, found[0].group)
        assert {name: every[name] for name in asked} == asked
