"""A newer text of an article: what was read before goes into its history, and facts that did not change keep their ids."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any

import orjson
from sqlalchemy import RowMapping
from sqlmodel import Session

from app.domain.facts import Extraction, Indicator, Statement
from app.domain.text import fact_id
from app.services.reading import article_with_facts
from app.services.reviewing.again import without_edits
from app.services.stored import instant
from app.storage import articles, versions
from app.storage.facts import Kept, kept_of
from app.storage.tables import indicators, statements
from app.storage.versions import Version

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Before:
    """The article as it was answered, what its facts have of their own, and their words as they were read."""

    document: Document
    facts: Mapping[str, Kept]
    as_read: Document


def before_renewal(session: Session, row: RowMapping) -> Before:
    """The present version of an article, by its row."""
    document, id_ = article_with_facts(session, row), row["id"]
    facts = kept_of(session, statements, id_) | kept_of(session, indicators, id_)
    return Before(document, facts, without_edits(session, document))


def put_aside(session: Session, article_id: str, now: datetime) -> Before:
    """Writes the present version into the history."""
    row = articles.get(session, article_id)
    assert row is not None
    before = before_renewal(session, row)
    version = Version(
        article_id=article_id,
        digest=row["digest"],
        stored_at=versions.since(session, article_id) or row["created_at"],
        replaced_at=now,
        text=row["text"],
        body=orjson.dumps({name: value for name, value in before.document.items() if name != "text"}).decode(),
    )
    versions.add_version(session, version)
    return before


def history(session: Session, article_id: str) -> list[Document]:
    """The versions before the present one, the newest first."""
    return [
        _as_today(orjson.loads(row["body"])) | {"text": row["text"], "replaced_at": instant(row["replaced_at"])}
        for row in versions.of_article(session, article_id)
    ]


def _as_today(document: Document) -> Document:
    """Versions put aside by an earlier release say nothing of copies."""
    no_copy: Document = {"repeats": None, "further_sources": []}
    facts = {noun: [no_copy | fact for fact in document[noun]] for noun in ("statements", "indicators")}
    return {"reprint_of": None} | document | facts


def keep_ids(extraction: Extraction, before: Document) -> Extraction:
    """The same words of the same kind are the same fact; what refers to it follows."""
    said = _same(extraction.statements, _words_of_statement, before["statements"], _words_of_said)
    told = _same(extraction.indicators, _words_of_indicator, before["indicators"], _words_of_told)
    return _renamed(extraction, said | told)


def with_other_ids(extraction: Extraction) -> Extraction:
    """For a text that was there before: its facts may live on, under the ids that it gives them, in the version that followed."""
    salt = secrets.token_hex(10)
    facts = chain((("st", s.id) for s in extraction.statements), (("in", i.id) for i in extraction.indicators))
    groups = (("gr", group) for group in {i.group for i in extraction.indicators if i.group})
    return _renamed(extraction, {id_: fact_id(prefix, salt, id_) for prefix, id_ in chain(facts, groups)})


def _renamed(extraction: Extraction, ids: Mapping[str, str]) -> Extraction:
    def now(id_: str | None) -> str | None:
        return ids.get(id_, id_) if id_ else id_

    return replace(
        extraction,
        statements=tuple(replace(s, id=ids.get(s.id, s.id)) for s in extraction.statements),
        indicators=tuple(
            replace(
                i,
                id=ids.get(i.id, i.id),
                statement_id=now(i.statement_id),
                additional_to=now(i.additional_to),
                equivalent_of=now(i.equivalent_of),
                group=now(i.group),
            )
            for i in extraction.indicators
        ),
    )


def _same(new: Iterable[Any], words_of: Any, old: Iterable[Document], words_of_old: Any) -> dict[str, str]:
    """By the new id the old one; of facts with the same words the first is the first."""
    waiting: dict[Hashable, list[str]] = defaultdict(list)
    for document in old:
        waiting[words_of_old(document)].append(document["id"])
    return {fact.id: ids.pop(0) for fact in new if (ids := waiting[words_of(fact)])}


def _words_of_statement(statement: Statement) -> Hashable:
    return statement.kind.value, statement.text


def _words_of_said(document: Document) -> Hashable:
    return document["kind"], document["text"]


def _words_of_indicator(indicator: Indicator) -> Hashable:
    return indicator.metric, indicator.measure.value, indicator.as_written


def _words_of_told(document: Document) -> Hashable:
    return document["metric"], document["measure"], document["as_written"]
