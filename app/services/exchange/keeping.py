"""The table of rates as its operator and its readers meet it: filled, looked through, emptied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.domain.exchange import Rate, RateQuery
from app.domain.measure import plain
from app.domain.query import Page, PageRequest
from app.services.documents import Document
from app.storage import exchange
from app.storage.database import begin_writing

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Imported:
    """`changed` were there and said something else, `same` were there."""

    new: int
    changed: int
    same: int


def import_rates(session: Session, rates: Sequence[Rate], tell: Callable[[int], None] = lambda _: None) -> Imported:
    """Puts rates in the place of those of the same two currencies and day; `tell` hears how many were written."""
    begin_writing(session)
    before, touched = exchange.count(session), 0
    for start in range(0, len(rates), _AT_ONCE):
        portion = rates[start : start + _AT_ONCE]
        touched += exchange.put(session, portion)
        tell(len(portion))
    new = exchange.count(session) - before
    return Imported(new, touched - new, len(rates) - touched)


def list_rates(session: Session, query: RateQuery, page: PageRequest) -> Page:
    rows, next_ = exchange.find(session, query, page)
    return Page([rate_document(Rate(row["day"], row["base"], row["quote"], row["rate"], row["source"])) for row in rows], next_)


def rate_document(rate: Rate) -> Document:
    return {
        "date": rate.day.isoformat(),
        "base": rate.base,
        "quote": rate.quote,
        "rate": plain(rate.rate),
        "source": rate.source,
    }


def summarized(session: Session) -> list[Document]:
    """By two currencies and source: how many rates there are, the first and the last day."""
    return [dict(row) for row in exchange.summary(session)]


def delete_rates(session: Session, query: RateQuery) -> int:
    """How many rates were taken out."""
    begin_writing(session)
    return exchange.remove(session, query)
