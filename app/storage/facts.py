"""What statements and indicators have in common at rest: the article beside each fact, and the ties of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, RowMapping, Table, select
from sqlmodel import Session

from app.domain.facts import Review
from app.storage.group_tables import statement_groups
from app.storage.links import Bound, Link
from app.storage.paging import Rows
from app.storage.tables import articles, indicators, statements
from app.storage.walks import Listing

_GROUP = [statement_groups.c[name].label(f"group_{name}") for name in ("sources", "longest")]
_OF_FACTS = ("id", "body", "review", "confidence", "repeats", "article_id")
_ARTICLE = ("title", "url", "publisher", "published_at", "language")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a fact keeps through versions of its article."""

    created_at: datetime
    review: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where facts belong: their article, the moment it was stored, and what those keep that were there before."""

    article_id: str
    now: datetime
    kept: Mapping[str, Kept] = field(default_factory=dict)

    def created_at(self, fact_id: str) -> datetime:
        return self.kept[fact_id].created_at if fact_id in self.kept else self.now

    def review(self, fact_id: str) -> str:
        return self.kept[fact_id].review if fact_id in self.kept else Review.UNREVIEWED.value


def listing_of(facts: Table, words: Table | None = None) -> Listing:
    return Listing(facts, _beside_article(facts), tuple(_shown(facts)), words)


def sure(least: float | None) -> tuple[Bound, ...]:
    """Facts at least so sure; nothing is asked where every fact would answer."""
    return (Bound("confidence", "null or >=", least),) if least else ()


def reviewed(review: Review | None) -> tuple[Bound, ...]:
    """Facts of this review; where none is asked for, all but those that editors rejected."""
    return (Bound("review", "==", str(review)) if review else Bound("review", "!=", Review.REJECTED.value),)


def unrepeated(repeats: bool | None, article: str | None) -> tuple[Bound, ...]:
    """Without those that repeat what an earlier copy of their article told; unless told so, one article shows all of its own."""
    wanted = article is not None if repeats is None else repeats
    return () if wanted else (Bound("repeats", "is null", None),)


def get_fact(session: Session, facts: Table, id_: str) -> RowMapping | None:
    rows = select(*_shown(facts)).select_from(_beside_article(facts)).where(facts.c.id == id_)
    return session.execute(rows).mappings().first()


def facts_of(session: Session, facts: Table, article_id: str) -> Rows:
    """All facts of an article, in the order of its text."""
    rows = select(*_shown(facts)).select_from(_beside_article(facts)).where(facts.c.article_id == article_id)
    return list(session.execute(rows.order_by(facts.c.position)).mappings())


def kept_of(session: Session, facts: Table, article_id: str) -> dict[str, Kept]:
    rows = select(facts.c.id, facts.c.created_at, facts.c.review).where(facts.c.article_id == article_id)
    return {row.id: Kept(row.created_at, row.review) for row in session.execute(rows)}


def standing(session: Session, article_ids: Collection[str]) -> set[str]:
    """The ids of the facts that these articles have now."""
    there = (select(facts.c.id).where(facts.c.article_id.in_(article_ids)) for facts in (statements, indicators))
    return {id_ for rows in there for id_ in session.scalars(rows)}


def rows_by_id(session: Session, facts: Table, ids: list[str]) -> Rows:
    """The facts of these ids, in their order."""
    found = session.execute(select(*_shown(facts)).select_from(_beside_article(facts)).where(facts.c.id.in_(ids))).mappings()
    by_id = {row["id"]: row for row in found}
    return [by_id[id_] for id_ in ids if id_ in by_id]


def keys(link: Link, fact_id: str, values: Iterable[Any], stated_on: date | None, place: Place) -> Iterator[dict[str, Any]]:
    for value in values:
        yield {"fact_id": fact_id, link.key.name: str(value), "stated_on": stated_on, "created_at": place.created_at(fact_id)}


def _shown(facts: Table) -> list[ColumnElement[Any]]:
    article = [articles.c[name].label(f"article_{name}") for name in _ARTICLE]
    known: list[ColumnElement[Any]] = [*(facts.c[name] for name in _OF_FACTS), *article]
    return [*known, facts.c.group_id, *_GROUP] if facts is statements else known


def _beside_article(facts: Table) -> FromClause:
    """Of a statement its group too, where it is in one."""
    beside = facts.join(articles, articles.c.id == facts.c.article_id)
    if facts is not statements:
        return beside
    return beside.outerjoin(statement_groups, statement_groups.c.id == facts.c.group_id)
