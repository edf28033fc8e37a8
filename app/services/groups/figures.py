"""Figures inside a statement, as far as they tell whether another statement is the same saying."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import orjson

from app.domain.facts import Review
from app.domain.measure import plain
from app.services.documents import Document
from app.services.series.sayings import Saying

_RARE = 3
"""So many digits are seldom the same by chance: "18,3 млрд" and not "30 млрд"."""


class Figure(NamedTuple):
    """`low` and `high` are the amounts that its words leave room for."""

    metric: str
    measure: str
    unit: str
    per: str | None
    value: Decimal
    low: Decimal
    high: Decimal
    status: str
    start: str | None
    end: str | None
    reporter: str | None
    partner: str | None
    pairs: tuple[str, ...]


class Comparison(NamedTuple):
    """Figures that both tell, how many of them are rare; `against` where they tell different ones of the same thing."""

    equal: int
    rare: int
    against: bool


def figures_text(indicators: Iterable[Document]) -> str | None:
    """What is stored beside a statement of the figures inside it; one in another currency is the same figure again."""
    told = [
        _row(document)
        for document in indicators
        if document["equivalent_of"] is None and document.get("review") != Review.REJECTED.value
    ]
    return orjson.dumps(told).decode() if told else None


def figures_of(text: str | None) -> tuple[Figure, ...]:
    return tuple(_figure(row) for row in orjson.loads(text)) if text else ()


def compare(one: Sequence[Figure], other: Sequence[Figure]) -> Comparison:
    """The fewer figures are looked for among the others: a report that is cut has fewer."""
    fewer, more = sorted((one, other), key=len)
    equal: set[tuple[str, str, Decimal]] = set()
    against = False
    for figure in fewer:
        near = [each for each in more if _about_the_same(figure, each)]
        if any(figure.value == each.value and _agree(figure, each) for each in near):
            equal.add((figure.metric, figure.measure, figure.value))
        elif near and not any(_agree(figure, each) for each in near):
            against = True
    return Comparison(len(equal), sum(_digits(value) >= _RARE for _, _, value in equal), against)


def _row(document: Document) -> list[Any]:
    saying, period = Saying.of(document), document["period"] or {}
    return [
        *(document[name] for name in ("metric", "measure", "unit", "per")),
        *(plain(amount) for amount in (saying.value, saying.low, saying.high)),
        *(document["status"], period.get("start"), period.get("end")),
        *(document[name] for name in ("reporter", "partner", "pairs")),
    ]


def _figure(row: list[Any]) -> Figure:
    """The order of `_row` is that of the fields."""
    metric, measure, unit, per, value, low, high, *_ = row
    status, start, end, reporter, partner, pairs = row[7:]
    amounts = Decimal(value), Decimal(low), Decimal(high)
    return Figure(metric, measure, unit, per, *amounts, status, start, end, reporter, partner, tuple(pairs))


def _about_the_same(one: Figure, other: Figure) -> bool:
    """The same thing is measured, as far as both say; whether it is so or only wanted is part of what is told of it."""
    return (
        (one.metric, one.measure, one.unit, one.per) == (other.metric, other.measure, other.unit, other.per)
        and _fit(one.reporter, other.reporter)
        and _fit(one.partner, other.partner)
        and (not one.pairs or not other.pairs or bool(set(one.pairs) & set(other.pairs)))
    )


def _agree(one: Figure, other: Figure) -> bool:
    periods = _fit(one.start, other.start) and _fit(one.end, other.end)
    return one.status == other.status and periods and one.low <= other.high and other.low <= one.high


def _fit(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)
