"""Series read from the store, as documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlmodel import Session

from app.domain.country import Pair
from app.domain.query import IndicatorQuery, PageRequest
from app.services.documents import Document
from app.services.exchange.converting import convert
from app.services.series.agreement import Value
from app.services.series.lines import KEY, Line, Observation, lines_of
from app.services.series.sayings import Saying
from app.services.series.targets import Target, targets_of
from app.services.stored import fact_documents
from app.storage import indicators

FIGURES, MOST_FIGURES = 200, 1000
"""A series looks at so many of the latest figures, and at no more if asked, and says when there are more: what it costs does not
grow with the archive."""
MOST_SOURCES = 20
"""Sources shown of one value; all are counted."""

_OF_SOURCE = ("as_written", "value", "value_max", "comparator", "stated_on", "span", "group", "equivalent_of", "statement_id")


def get_series(session: Session, pair: Pair, query: IndicatorQuery, to: str | None = None, most: int = FIGURES) -> Document:
    """The series of one metric of one pair; figures that editors rejected, and those of several pairs, have no part in it.

    Money is converted to the currency `to`, if one is named; lines stay parted by what was said.
    """
    rows, more = indicators.find(session, replace(query, pair=pair), PageRequest(most))
    figures = [figure for figure in fact_documents(session, rows) if figure["pair"] == str(pair)]
    convert(session, figures, to)
    lines = lines_of(figures)
    return {
        "pair": str(pair),
        "metric": query.metric,
        "lines": [_line_document(line) for line in lines],
        "targets": [_target_document(target) for target in targets_of(lines)],
        "complete": more is None,
    }


def _line_document(line: Line) -> Document:
    return dict(zip(KEY, line.key, strict=True)) | {
        "observations": [_observation_document(observation) for observation in line.observations],
        "additions": [_source_document(saying) for saying in line.additions],
    }


def _observation_document(observation: Observation) -> Document:
    standing = {id(value) for value in observation.standing}
    return {
        "period": _stretch_document(observation.period),
        "agreement": observation.agreement.value,
        "values": [_value_document(value) | {"replaced": id(value) not in standing} for value in observation.values],
    }


def _target_document(target: Target) -> Document:
    of_line = {name: target.line.of(name) for name in ("unit", "per", "reporter", "partner")}
    reached_in = target.reached_in
    return (
        of_line
        | {"period": _stretch_document(target.period), "reached": target.reached}
        | {"reached_in": _observation_document(reached_in) if reached_in else None}
        | _value_document(target.value)
    )


def _value_document(value: Value) -> Document:
    """The most exact wording stands for all."""
    told, in_order = value.told.document, value.in_order
    return {
        **{name: told[name] for name in ("value", "value_max", "comparator")},
        **_conversion(told),
        "first_stated_on": in_order[0].document["stated_on"],
        "last_stated_on": in_order[-1].document["stated_on"],
        "articles": len({saying.document["article"]["id"] for saying in in_order}),
        "sources": [_source_document(saying) for saying in in_order[:MOST_SOURCES]],
    }


def _source_document(saying: Saying) -> Document:
    figure: dict[str, Any] = saying.document
    return {
        "indicator_id": figure["id"],
        **{name: figure[name] for name in _OF_SOURCE},
        "period_as_written": figure["period"]["as_written"] if figure["period"] else None,
        "additional_to": figure["additional_to"],
        "speaker": figure["speaker"],
        "article": figure["article"],
        "confidence": figure["confidence"],
        "review": figure["review"],
        "further_sources": figure["further_sources"],
        **_conversion(figure),
    }


def _conversion(figure: Document) -> Document:
    """There only where it was asked for."""
    return {name: figure[name] for name in ("converted", "not_converted") if name in figure}


def _stretch_document(period: tuple[str | None, str | None] | None) -> Document | None:
    return {"start": period[0], "end": period[1]} if period else None
