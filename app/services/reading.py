"""Reading facts back: lists by filter and page, single things by id."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping
from sqlmodel import Session

from app.domain.country import Pair
from app.domain.query import ArticleQuery, IndicatorQuery, Page, PageRequest, SpeakerQuery, StatementQuery
from app.errors import InvalidParameter, NotFound
from app.services.documents import span_document
from app.services.exchange.converting import convert
from app.services.groups.keeping import Leaving
from app.services.reprints.families import family_of, regather
from app.services.stored import (
    article_document,
    fact_documents,
    living_speaker,
    pair_document,
    source_document,
    speaker_document,
)
from app.services.wording import highlights
from app.storage import articles, indicators, pairs, speakers, statements, versions
from app.storage.database import begin_writing
from app.storage.tallies import Removal

_LATEST, _HEADLINES, _TOP_SPEAKERS, _TOP_TOPICS = 5, 10, 10, 10


def list_articles(session: Session, query: ArticleQuery, page: PageRequest) -> Page:
    """Articles without their text and facts."""
    rows, next_ = articles.find(session, query, page)
    return Page([article_document(row) for row in rows], next_)


def list_statements(session: Session, query: StatementQuery, page: PageRequest) -> Page:
    """Statements with their article; a co-speaker's are found too. Where words were searched for, they are pointed at."""
    _refuse_unknown(session, query)
    rows, next_ = statements.find(session, query, page)
    documents = fact_documents(session, rows)
    if query.words is not None:
        for row, document in zip(rows, documents, strict=True):
            found = highlights(document["text"], row["article_language"], query.words)
            document["highlights"] = [span_document(span) for span in found]
    return Page(documents, next_)


def list_indicators(session: Session, query: IndicatorQuery, page: PageRequest, to: str | None = None) -> Page:
    """Figures with their article; money converted to the currency `to`, if one is named."""
    _refuse_unknown(session, query)
    rows, next_ = indicators.find(session, query, page)
    documents = fact_documents(session, rows)
    convert(session, documents, to)
    return Page(documents, next_)


def list_speakers(session: Session, query: SpeakerQuery, page: PageRequest) -> Page:
    """All who were heard, by name, with counts; `page.sort` is `BY_NAME`."""
    rows, next_ = speakers.find(session, query, page)
    return Page([speaker_document(row) for row in rows], next_)


def list_pairs(session: Session, page: PageRequest) -> Page:
    """Pairs that anything is known about, with counts; `page.sort` is `BY_PAIR`."""
    rows, next_ = pairs.find(session, page)
    return Page([pair_document(Pair.parse(row["pair"]), row) for row in rows], next_)


def get_article(session: Session, article_id: str) -> dict[str, Any]:
    """An article with its text and facts, in the order of the text."""
    return article_with_facts(session, _found(articles.get(session, article_id), "article", article_id))


def article_with_facts(session: Session, row: RowMapping) -> dict[str, Any]:
    """Which version it is, and where it was seen, belong to it; its text is None where it is no longer kept."""
    return article_document(row) | {
        "version": versions.count(session, row["id"]) + 1,
        "sources_seen": [source_document(source) for source in versions.sources_of(session, row["id"])],
        "text": row["text"],
        "statements": fact_documents(session, statements.of_article(session, row["id"])),
        "indicators": fact_documents(session, indicators.of_article(session, row["id"])),
    }


def require_article(session: Session, article_id: str) -> None:
    """NotFound where there is no such article."""
    if not articles.known(session, article_id):
        raise _not_found("article", article_id)


def get_statement(session: Session, statement_id: str) -> dict[str, Any]:
    return fact_documents(session, [_found(statements.get(session, statement_id), "statement", statement_id)])[0]


def get_indicator(session: Session, indicator_id: str, to: str | None = None) -> dict[str, Any]:
    documents = fact_documents(session, [_found(indicators.get(session, indicator_id), "indicator", indicator_id)])
    convert(session, documents, to)
    return documents[0]


def get_pair(session: Session, pair: Pair, min_confidence: float = 0.0) -> dict[str, Any]:
    """One pair at a glance; a pair without facts has empty lists and zero counts.

    Headline figures are the latest actual level of each metric; speakers and topics are those of its latest
    five hundred statements.
    """
    latest, _ = statements.find(
        session, StatementQuery(pair=pair, min_confidence=min_confidence, once=True), PageRequest(limit=_LATEST)
    )
    heard = pairs.speakers(session, pair, _TOP_SPEAKERS)
    names = speakers.names_of(session, [id_ for id_, _ in heard])
    return pair_document(pair, pairs.get(session, pair)) | {
        "statements": fact_documents(session, latest),
        "indicators": fact_documents(session, pairs.headlines(session, pair, _HEADLINES, min_confidence)),
        "speakers": [living_speaker(names[id_]._mapping) | {"statements": count} for id_, count in heard],
        "topics": [{"topic": topic, "statements": count} for topic, count in pairs.topics(session, pair, _TOP_TOPICS)],
    }


def hold_article(session: Session, article_id: str) -> dict[str, Any]:
    """The article as `get_article` answers it; until the transaction ends, nobody else changes it."""
    begin_writing(session)
    if not articles.hold(session, article_id):
        raise _not_found("article", article_id)
    return get_article(session, article_id)


def delete_article(session: Session, article_id: str) -> None:
    """Removes an article, its facts, and the speakers that no fact refers to any more; its oldest copy takes its place."""
    begin_writing(session)
    family = family_of(session, article_id)
    removal, leaving = Removal(session, article_id), Leaving(session, article_id)
    if not articles.remove(session, article_id):
        raise _not_found("article", article_id)
    removal.settle()
    leaving.settle()
    speakers.step_back(session, removal.speakers)
    regather(session, family)


def _refuse_unknown(session: Session, query: StatementQuery | IndicatorQuery) -> None:
    """An unknown article is a mistake to be told of, not an empty list."""
    if query.article is not None and not articles.known(session, query.article):
        raise InvalidParameter(f"there is no article {query.article!r}", pointer="/query/article")


def _found(row: RowMapping | None, noun: str, id_: str) -> RowMapping:
    if row is None:
        raise _not_found(noun, id_)
    return row


def _not_found(noun: str, id_: str) -> NotFound:
    return NotFound(f"there is no {noun} {id_!r}")
