"""How stored rows become documents: the body written once, completed by what may have changed since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

import orjson
from sqlalchemy import RowMapping
from sqlmodel import Session

from app.domain.country import Pair
from app.services.documents import Document, names_document
from app.storage import reprints, rerouting, speakers

LIVE_IN_FACTS = ("article", "review", "confidence", "repeats", "further_sources")
"""Fields of a fact that are not kept in its body: columns, and what other rows tell."""
LIVE_IN_STATEMENTS = (*LIVE_IN_FACTS, "group")
MOST_SOURCES = 20
"""Further sources shown of one fact, the oldest copies first."""
LIVE_IN_ARTICLES = ("title", "published_at", "publisher", "publisher_country", "url", "language", "external_id")
_OF_ARTICLE = ("id", "title", "url", "publisher", "published_at")
_ARTICLE = tuple((name, f"article_{name}") for name in _OF_ARTICLE)


def body_of(document: Document, live: Iterable[str]) -> str:
    """The part of a document that is written once."""
    kept = document.copy()
    for name in live:
        kept.pop(name, None)
    return orjson.dumps(kept).decode()


def article_document(row: RowMapping) -> Document:
    """An article of a list; `text`, `statements` and `indicators` belong to single ones."""
    return {
        "id": row["id"],
        **{name: row[name] for name in LIVE_IN_ARTICLES},
        **orjson.loads(row["body"]),
        "created_at": instant(row["created_at"]),
        "reprint_of": row["reprint_of"],
        "counts": {"statements": row["statements"], "indicators": row["indicators"]},
    }


def source_document(row: RowMapping) -> Document:
    seen = {name: row[name] for name in ("url", "publisher", "published_at", "external_id")}
    return seen | {"seen_at": instant(row["seen_at"])}


def instant(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def fact_documents(session: Session, rows: Iterable[RowMapping]) -> list[Document]:
    """Facts with their article, and with the speakers as they are known now: few queries for a whole page."""
    documents = [fact_document(row) for row in rows]
    mentioned = [(document["id"], speaker) for document in documents for speaker in _speakers_of(document)]
    heard = {speaker["id"] for _, speaker in mentioned}
    elsewhere = rerouting.heard_elsewhere(session, [document["id"] for document in documents], heard)
    known = speakers.names_of(session, heard | set(elsewhere.values()))
    living = {id_: _living(*row) for id_, row in known.items()}
    for fact, speaker in mentioned:
        now = elsewhere.get((fact, speaker["id"])) or speaker["id"]
        speaker.update(living.get(now, {}))
    _add_sources(session, documents)
    return documents


def fact_document(row: RowMapping) -> Document:
    """Speakers are named as they were when it was read."""
    document: Document = orjson.loads(row["body"])
    document["confidence"], document["review"] = row["confidence"], row["review"]
    document["repeats"], document["further_sources"] = row["repeats"], []
    document["article"] = {name: row[column] for name, column in _ARTICLE}
    if "group_id" in row:
        group = {"id": row["group_id"], "sources": row["group_sources"], "longest": row["group_longest"]}
        document["group"] = group if row["group_id"] is not None else None
    return document


def living_speaker(row: RowMapping) -> Document:
    """What belongs to the speaker and not to one fact."""
    return dict(_living(*(row[name] for name in ("id", "kind", "name", "names", "wikidata"))))


def speaker_document(row: RowMapping) -> Document:
    """A speaker of a list; `aliases` and `offices` belong to single ones."""
    return living_speaker(row) | {
        "role": row["role"],
        "country": row["country"],
        "counts": {"statements": row["statements"], "indicators": row["indicators"]},
        "last_on": row["last_on"].isoformat() if row["last_on"] else None,
    }


def heard_office_document(row: RowMapping) -> Document:
    return {
        "role": row["role"],
        "country": row["country"],
        "first_on": row["first_on"].isoformat() if row["first_on"] else None,
        "last_on": row["last_on"].isoformat() if row["last_on"] else None,
        "statements": row["statements"],
    }


def pair_document(pair: Pair, row: RowMapping | None) -> Document:
    """Zero counts where nothing is known of the pair."""
    return {
        "pair": str(pair),
        "countries": [pair.first, pair.second],
        "counts": {noun: row[noun] if row else 0 for noun in ("articles", "statements", "indicators")},
        "last_on": row["last_on"].isoformat() if row and row["last_on"] else None,
    }


def _add_sources(session: Session, documents: list[Document]) -> None:
    """Where else a fact is told: in copies of its article."""
    told = {document["id"]: document for document in documents}
    for noun in {"statements" if "segments" in document else "indicators" for document in documents}:
        for first, fact, article in reprints.further_sources(session, noun, told):
            sources = told[first]["further_sources"]
            if len(sources) < MOST_SOURCES:
                sources.append({"id": fact, "article": dict(zip(_OF_ARTICLE, article, strict=True))})


@lru_cache(maxsize=10_000)
def _living(id_: str, kind: str, name: str, names: str, wikidata: str | None) -> Document:
    """Made once for each speaker as long as nothing of them changes: few people speak on most pages."""
    return {"id": id_, "kind": kind, "name": name, "names": names_document(orjson.loads(names)), "wikidata": wikidata}


def _speakers_of(document: Document) -> list[Document]:
    speaker = document["speaker"]
    return [*([speaker] if speaker else []), *document.get("co_speakers", [])]
