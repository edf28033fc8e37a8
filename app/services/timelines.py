"""Statements and figures in one dated list, walked side by side."""

from __future__ import annotations

from itertools import islice

from sqlmodel import Session

from app.domain.query import IndicatorQuery, Page, PageRequest, Position, StatementQuery
from app.services.documents import Document
from app.services.reading import list_indicators, list_statements


def list_timeline(
    session: Session, said: StatementQuery, told: IndicatorQuery | None, page: PageRequest, to: str | None = None
) -> Page:
    """One page of both, sorted by `stated_on`; `told` is None where figures are not asked for."""
    statements = list_statements(session, said, page)
    indicators = list_indicators(session, told, page, to) if told is not None else Page([])
    # Each is sorted in itself. A page of each holds more than a page of both.
    entries = [
        *(_entry("statement", fact) for fact in statements.items),
        *(_entry("indicator", fact) for fact in indicators.items),
    ]
    entries.sort(key=_place, reverse=page.sort.descending)
    entries.sort(key=lambda entry: entry["stated_on"] is None)
    shown = list(islice(entries, page.limit))
    more = len(entries) > page.limit or statements.next is not None or indicators.next is not None
    return Page(shown, _position(shown[-1]) if more and shown else None)


def _entry(kind: str, fact: Document) -> Document:
    return {"kind": kind, "stated_on": fact["stated_on"], "statement": None, "indicator": None} | {kind: fact}


def _place(entry: Document) -> tuple[str, str]:
    return entry["stated_on"] or "", entry[entry["kind"]]["id"]


def _position(entry: Document) -> Position:
    return entry["stated_on"], entry[entry["kind"]]["id"]
