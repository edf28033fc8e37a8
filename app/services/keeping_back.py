"""Facts that are not sure enough to be shown unasked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from app.domain.facts import Extraction, Indicator, Notice
from app.services.documents import Document, notice_document


def sure_enough(extraction: Extraction, least: float) -> Extraction:
    """The extraction without its facts under a confidence; one whose confidence is not known stays.

    What referred to a fact that is kept back says null instead: who said a figure is as unsure as the statement was.
    """
    statements = tuple(s for s in extraction.statements if s.confidence is None or s.confidence >= least)
    indicators = tuple(i for i in extraction.indicators if i.confidence is None or i.confidence >= least)
    away = len(extraction.statements) - len(statements) + len(extraction.indicators) - len(indicators)
    if not away:
        return extraction
    shown = frozenset((*(s.id for s in statements), *(i.id for i in indicators)))
    indicators = tuple(_alone(indicator, shown) for indicator in indicators)
    return replace(
        extraction, statements=statements, indicators=indicators, warnings=(*extraction.warnings, _notice(away, least))
    )


def _alone(indicator: Indicator, shown: frozenset[str]) -> Indicator:
    said = indicator.statement_id in shown
    return replace(
        indicator,
        statement_id=indicator.statement_id if said else None,
        speaker=indicator.speaker if said else None,
        additional_to=indicator.additional_to if indicator.additional_to in shown else None,
        equivalent_of=indicator.equivalent_of if indicator.equivalent_of in shown else None,
    )


def sure_enough_of(article: Document, least: float) -> Document:
    """The document of a stored article without its facts under a confidence."""
    statements = [fact for fact in article["statements"] if _sure(fact, least)]
    indicators = [fact for fact in article["indicators"] if _sure(fact, least)]
    away = len(article["statements"]) - len(statements) + len(article["indicators"]) - len(indicators)
    if not away:
        return article
    shown = {fact["id"] for fact in (*statements, *indicators)}
    told = [*article["warnings"], notice_document(_notice(away, least))]
    return article | {"statements": statements, "indicators": [_apart(fact, shown) for fact in indicators], "warnings": told}


def _sure(fact: Document, least: float) -> bool:
    return fact["confidence"] is None or bool(fact["confidence"] >= least)


def _apart(indicator: Document, shown: Collection[str]) -> Document:
    alone: Document = {} if indicator["statement_id"] in shown else {"statement_id": None, "speaker": None}
    links = {name: indicator[name] if indicator[name] in shown else None for name in ("additional_to", "equivalent_of")}
    return indicator | alone | links


def _notice(away: int, least: float) -> Notice:
    return Notice("kept_back", f"{away} facts are less sure than {least:g}; min_confidence=0 shows them")
