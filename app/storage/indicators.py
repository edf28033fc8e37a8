"""Indicators at rest: how much, found by pair, metric, period and value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import RowMapping
from sqlmodel import Session

from app.domain.facts import Indicator
from app.domain.query import IndicatorQuery, PageRequest, Position
from app.domain.speaker import Speaker
from app.storage import walks
from app.storage.batches import Batch
from app.storage.facts import Place, facts_of, get_fact, keys, listing_of, reviewed, sure, unrepeated
from app.storage.links import INDICATOR_COUNTRY, INDICATOR_PAIR, INDICATOR_SPEAKER, Bound, Filters, Link, ties
from app.storage.paging import Rows
from app.storage.tables import indicators

_LISTING = listing_of(indicators)
Told = tuple[Indicator, str, tuple[Speaker, ...]]
"""An indicator, its JSON body, and those who said it."""


def add(batch: Batch, place: Place, told: Iterable[Told]) -> None:
    """An article's indicators in the order of the text; before they are written the speakers are."""
    for position, (indicator, body, by) in enumerate(told):
        batch.add(indicators, _row(place, position, indicator, body))
        more = {"metric": indicator.metric, "value": indicator.value}
        batch.tie(INDICATOR_PAIR, (row | more for row in _keys(INDICATOR_PAIR, indicator, indicator.pairs, place)))
        batch.tie(INDICATOR_COUNTRY, _keys(INDICATOR_COUNTRY, indicator, indicator.countries, place))
        batch.tie(INDICATOR_SPEAKER, _tellers(indicator, by, place))


def find(session: Session, query: IndicatorQuery, request: PageRequest) -> tuple[Rows, Position | None]:
    exact = ("reporter", "partner", "metric", "measure", "status", "unit")
    filters = Filters(
        ties=ties((INDICATOR_SPEAKER, query.speaker), (INDICATOR_PAIR, query.pair), (INDICATOR_COUNTRY, query.country)),
        equal={name: getattr(query, name) for name in exact} | {"article_id": query.article},
        from_=query.from_,
        to=query.to,
        bounds=(*_within(query), *reviewed(query.review), *sure(query.min_confidence), *unrepeated(query.repeats, query.article)),
        own_index=query.article is not None,
    )
    return walks.find(session, _LISTING, filters, request)


def get(session: Session, id_: str) -> RowMapping | None:
    return get_fact(session, indicators, id_)


def of_article(session: Session, article_id: str) -> Rows:
    return facts_of(session, indicators, article_id)


def _keys(link: Link, indicator: Indicator, values: Iterable[Any], place: Place) -> Iterator[dict[str, Any]]:
    return keys(link, indicator.id, values, indicator.stated_on, place)


def _tellers(indicator: Indicator, by: Iterable[Speaker], place: Place) -> Iterator[dict[str, Any]]:
    for speaker in by:
        (row,) = _keys(INDICATOR_SPEAKER, indicator, (speaker.id,), place)
        yield row | {"role": speaker.role.value if speaker.role else None, "country": speaker.country, "heard_as": None}


def _within(query: IndicatorQuery) -> Iterator[Bound]:
    """Ranges and periods answer where they overlap what is asked."""
    asked = (
        ("period_last", ">=", query.period_from), ("period_first", "<=", query.period_to),
        ("value_end", ">=", query.value_from), ("value", "<=", query.value_to),
    )  # fmt: skip
    return (Bound(column, compare, value) for column, compare, value in asked if value is not None)


def _row(place: Place, position: int, indicator: Indicator, body: str) -> dict[str, Any]:
    first, last = _closed_period(indicator)
    return {
        "id": indicator.id,
        "article_id": place.article_id,
        "position": position,
        "metric": indicator.metric,
        "measure": indicator.measure.value,
        "status": indicator.status.value,
        "unit": indicator.unit,
        "value": indicator.value,
        "value_end": indicator.value if indicator.value_max is None else indicator.value_max,
        "period_first": first,
        "period_last": last,
        "pair": str(indicator.pair) if indicator.pair else None,
        "reporter": indicator.reporter,
        "partner": indicator.partner,
        "stated_on": indicator.stated_on,
        "created_at": place.created_at(indicator.id),
        "confidence": indicator.confidence,
        "review": place.review(indicator.id),
        "body": body,
    }


def _closed_period(indicator: Indicator) -> tuple[date | None, date | None]:
    """ "к 2030 году" is that day; "с 2006 года" runs until the day it was stated."""
    period = indicator.period
    if period is None:
        return None, None
    if period.start is None or period.end is not None:
        return period.start or period.end, period.end
    return period.start, max(period.start, indicator.stated_on or period.start)
