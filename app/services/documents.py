"""The JSON documents of the API: the one place that turns domain values into them.

What an article or a fact says is fixed when it is read; how stored rows complete it is in `stored`.
"""

from __future__ import annotations

from typing import Any

from app import __version__
from app.domain.facts import Cue, Evidence, Extraction, Indicator, Mention, Mentions, Notice, Review, Statement
from app.domain.measure import Period, plain
from app.domain.speaker import Speaker
from app.domain.text import Article, Span

Document = dict[str, Any]

EXTRACTOR = {"name": "bilateral", "version": __version__}
READ_OR_GIVEN = ("language", "title", "published_at", "publisher", "publisher_country")
NAME_LANGUAGES = ("ru", "kk", "en")


def extraction_document(article: Article, extraction: Extraction, mentions: bool = False) -> Document:
    """What `POST /extract` answers: the metadata as read and all facts, in the order of the text."""
    document = metadata_document(article, extraction) | {
        "statements": [statement_document(s) for s in extraction.statements],
        "indicators": [indicator_document(i) for i in extraction.indicators],
    }
    return document | {"mentions": mentions_document(extraction.mentions)} if mentions else document


def metadata_document(article: Article, extraction: Extraction) -> Document:
    """What is known of the article besides its text: what the client gave, else what was read."""
    return {
        **{name: given if (given := getattr(article, name)) is not None else getattr(extraction, name) for name in READ_OR_GIVEN},
        "url": article.url,
        "external_id": article.external_id,
        "sources": list(extraction.sources),
        "pairs": [str(pair) for pair in extraction.pairs],
        "blocs": list(extraction.blocs),
        "given": list(article.given),
        "warnings": [notice_document(notice) for notice in extraction.warnings],
    }


def statement_document(statement: Statement) -> Document:
    """A statement that is not stored yet: `article` is null and nobody has reviewed it."""
    return {
        "id": statement.id,
        "kind": statement.kind.value,
        "text": statement.text,
        "segments": [span_document(span) for span in statement.segments],
        "speaker": speaker_document(statement.speaker),
        "co_speakers": [speaker_document(speaker) for speaker in statement.co_speakers],
        "cue": cue_document(statement.cue) if statement.cue else None,
        "stated_on": statement.stated_on.isoformat() if statement.stated_on else None,
        "countries": list(statement.countries),
        "pairs": [str(pair) for pair in statement.pairs],
        "topics": list(statement.topics),
        "confidence": statement.confidence,
        "evidence": evidence_document(statement.evidence),
        "extractor": dict(EXTRACTOR),
        "review": Review.UNREVIEWED.value,
        "repeats": None,
        "further_sources": [],
        "article": None,
        "group": None,
    }


def indicator_document(indicator: Indicator) -> Document:
    """An indicator that is not stored yet: `article` is null and nobody has reviewed it."""
    return {
        "id": indicator.id,
        "metric": indicator.metric,
        "measure": indicator.measure.value,
        "value": plain(indicator.value),
        "value_max": plain(indicator.value_max) if indicator.value_max is not None else None,
        "unit": indicator.unit,
        "per": indicator.per.value if indicator.per else None,
        "comparator": indicator.comparator.value,
        "status": indicator.status.value,
        "period": period_document(indicator.period) if indicator.period else None,
        "countries": list(indicator.countries),
        "pairs": [str(pair) for pair in indicator.pairs],
        "pair": str(indicator.pair) if indicator.pair else None,
        "reporter": indicator.reporter,
        "partner": indicator.partner,
        "stated_on": indicator.stated_on.isoformat() if indicator.stated_on else None,
        "group": indicator.group,
        "additional_to": indicator.additional_to,
        "equivalent_of": indicator.equivalent_of,
        "span": span_document(indicator.span),
        "as_written": indicator.as_written,
        "statement_id": indicator.statement_id,
        "speaker": speaker_document(indicator.speaker) if indicator.speaker else None,
        "confidence": indicator.confidence,
        "evidence": evidence_document(indicator.evidence),
        "extractor": dict(EXTRACTOR),
        "review": Review.UNREVIEWED.value,
        "repeats": None,
        "further_sources": [],
        "article": None,
    }


def speaker_document(speaker: Speaker) -> Document:
    """A speaker as one fact presents them: office and wording belong to that fact, names to the person."""
    return {
        "id": speaker.id,
        "kind": speaker.kind.value,
        "name": speaker.name,
        "names": names_document(speaker.names),
        "role": speaker.role.value if speaker.role else None,
        "country": speaker.country,
        "as_written": speaker.as_written,
        "role_as_written": speaker.role_as_written,
        "resolved_by": speaker.resolved_by.value if speaker.resolved_by else None,
        "wikidata": speaker.wikidata,
    }


def names_document(names: dict[str, str]) -> Document:
    """Every language is always there, null where the name is not known, so that clients can rely on the keys."""
    return {language: names.get(language) for language in NAME_LANGUAGES}


def mentions_document(mentions: Mentions) -> Document:
    """All that was recognised on the way, each kind with the fields that it has."""
    return {
        "people": [mention_document(m) | {"id": m.id, "name": m.name} for m in mentions.people],
        "organizations": [mention_document(m) | {"id": m.id, "name": m.name} for m in mentions.organizations],
        "countries": [mention_document(m) | {"code": m.code} for m in mentions.countries],
        "quantities": [mention_document(m) | quantity_document(m) for m in mentions.quantities],
        "dates": [mention_document(m) | dates_document(m) for m in mentions.dates],
    }


def mention_document(mention: Mention) -> Document:
    return {"span": span_document(mention.span), "text": mention.text}


def quantity_document(mention: Mention) -> Document:
    return {
        "value": plain(mention.value) if mention.value is not None else None,
        "value_max": plain(mention.value_max) if mention.value_max is not None else None,
        "unit": mention.unit,
        "comparator": mention.comparator.value if mention.comparator else None,
    }


def dates_document(mention: Mention) -> Document:
    return {
        "start": mention.start.isoformat() if mention.start else None,
        "end": mention.end.isoformat() if mention.end else None,
    }


def span_document(span: Span) -> Document:
    return {"start": span.start, "end": span.end}


def cue_document(cue: Cue) -> Document:
    return {"text": cue.text, "lemma": cue.lemma, "start": cue.span.start, "end": cue.span.end}


def evidence_document(evidence: Evidence) -> Document:
    return {"rule": evidence.rule, "cue": evidence.cue, "steps": list(evidence.steps)}


def period_document(period: Period) -> Document:
    return {
        "start": period.start.isoformat() if period.start else None,
        "end": period.end.isoformat() if period.end else None,
        "as_written": period.as_written,
    }


def notice_document(notice: Notice) -> Document:
    return {"code": notice.code, "detail": notice.detail}
