"""Stored documents as the domain values that they were made of: the way back of `documents`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.country import Pair
from app.domain.facts import Cue, Evidence, Indicator, Statement, StatementKind
from app.domain.measure import Comparator, Measure, Per, Period, Status
from app.domain.speaker import ResolvedBy, Role, Speaker, SpeakerKind
from app.domain.text import Span
from app.services.documents import Document


def statement_of(document: Document) -> Statement:
    return Statement(
        id=document["id"],
        kind=StatementKind(document["kind"]),
        segments=tuple(_span(segment) for segment in document["segments"]),
        text=document["text"],
        speaker=speaker_of(document["speaker"]),
        co_speakers=tuple(speaker_of(speaker) for speaker in document["co_speakers"]),
        evidence=_evidence(document["evidence"]),
        cue=_cue(document["cue"]) if document["cue"] else None,
        topics=tuple(document["topics"]),
        **_of_fact(document),
    )


def indicator_of(document: Document) -> Indicator:
    return Indicator(
        **{name: document[name] for name in ("id", "metric", "unit", "as_written", "reporter", "partner", "group")},
        **{name: document[name] for name in ("additional_to", "equivalent_of", "statement_id")},
        measure=Measure(document["measure"]),
        value=Decimal(document["value"]),
        value_max=Decimal(document["value_max"]) if document["value_max"] is not None else None,
        comparator=Comparator(document["comparator"]),
        status=Status(document["status"]),
        per=Per(document["per"]) if document["per"] else None,
        period=_period(document["period"]) if document["period"] else None,
        span=_span(document["span"]),
        speaker=speaker_of(document["speaker"]) if document["speaker"] else None,
        evidence=_evidence(document["evidence"]),
        **_of_fact(document),
    )


def speaker_of(document: Document) -> Speaker:
    """The speaker as one fact presents them."""
    return Speaker(
        **{name: document[name] for name in ("id", "name", "country", "as_written", "role_as_written", "wikidata")},
        kind=SpeakerKind(document["kind"]),
        names={language: name for language, name in document["names"].items() if name is not None},
        role=Role(document["role"]) if document["role"] else None,
        resolved_by=ResolvedBy(document["resolved_by"]) if document["resolved_by"] else None,
    )


def day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _of_fact(document: Document) -> dict[str, Any]:
    return {
        "stated_on": day(document["stated_on"]),
        "countries": tuple(document["countries"]),
        "pairs": tuple(Pair.parse(pair) for pair in document["pairs"]),
        "confidence": document["confidence"],
    }


def _period(document: Document) -> Period:
    return Period(day(document["start"]), day(document["end"]), document["as_written"])


def _span(document: Document) -> Span:
    return Span(document["start"], document["end"])


def _cue(document: Document) -> Cue:
    return Cue(Span(document["start"], document["end"]), document["text"], document["lemma"])


def _evidence(document: Document) -> Evidence:
    return Evidence(document["rule"], document["cue"], tuple(document["steps"]))
