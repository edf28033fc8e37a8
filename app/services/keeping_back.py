"""Facts that are not sure enough to be shown unasked."""

from __future__ import annotations

from dataclasses import replace

from app.domain.facts import Extraction, Indicator, Notice


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
    told = Notice("kept_back", f"{away} facts are less sure than {least:g}; min_confidence=0 shows them")
    indicators = tuple(_alone(indicator, shown) for indicator in indicators)
    return replace(extraction, statements=statements, indicators=indicators, warnings=(*extraction.warnings, told))


def _alone(indicator: Indicator, shown: frozenset[str]) -> Indicator:
    said = indicator.statement_id in shown
    return replace(
        indicator,
        statement_id=indicator.statement_id if said else None,
        speaker=indicator.speaker if said else None,
        additional_to=indicator.additional_to if indicator.additional_to in shown else None,
        equivalent_of=indicator.equivalent_of if indicator.equivalent_of in shown else None,
    )
