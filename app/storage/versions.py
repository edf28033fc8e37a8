"""What an article was before, and the places where its text was seen."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, tuple_, update
from sqlmodel import Session

from app.storage.batches import row_of
from app.storage.conflicts import insert_missing
from app.storage.paging import Rows
from app.storage.tables import article_sources, article_versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """`body` is the document that was answered then, without the text."""

    article_id: str
    digest: str
    stored_at: datetime
    replaced_at: datetime
    text: str | None
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a text was seen, as the client told it."""

    article_id: str
    url: str | None
    publisher: str | None
    published_at: str | None
    external_id: str | None
    seen_at: datetime

    @property
    def place(self) -> tuple[str | None, str | None]:
        return self.url, self.publisher

    @property
    def id(self) -> str:
        key = "\x1f".join(part or "" for part in self.place)
        return f"{self.article_id}:{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def add_version(session: Session, version: Version) -> None:
    number = count(session, version.article_id) + 1
    session.execute(insert(article_versions).values(**row_of(version), number=number))


def count(session: Session, article_id: str) -> int:
    """How many versions came before the present one."""
    return session.scalar(select(func.count()).where(article_versions.c.article_id == article_id)) or 0


def since(session: Session, article_id: str) -> datetime | None:
    """When the present version came, None where it is the first."""
    latest = select(func.max(article_versions.c.replaced_at)).where(article_versions.c.article_id == article_id)
    found: datetime | None = session.scalar(latest)
    return found


def replaced(session: Session, digests: Collection[str]) -> set[str]:
    """Those of the texts in whose place there is a newer one somewhere."""
    rows = select(article_versions.c.digest).where(article_versions.c.digest.in_(digests)).distinct()
    return set(session.scalars(rows)) if digests else set()


def of_article(session: Session, article_id: str) -> Rows:
    """The newest first."""
    rows = select(article_versions).where(article_versions.c.article_id == article_id)
    return list(session.execute(rows.order_by(article_versions.c.number.desc())).mappings())


def stored_before(session: Session, moment: datetime, after: tuple[str, int], limit: int) -> Rows:
    """Article, number and body of versions, in the order of these two, from behind a place on."""
    key = (article_versions.c.article_id, article_versions.c.number)
    rows = select(*key, article_versions.c.body).where(article_versions.c.stored_at < moment, tuple_(*key) > tuple_(*after))
    return list(session.execute(rows.order_by(*key).limit(limit)).mappings())


def rewrite(session: Session, article_id: str, number: int, body: str) -> None:
    here = (article_versions.c.article_id == article_id, article_versions.c.number == number)
    session.execute(update(article_versions).where(*here).values(body=body))


def add_sources(session: Session, seen: Iterable[Source]) -> None:
    """Places that are known already stay as they were first told; one without address and outlet is none."""
    told = {source.id: source for source in seen if any(source.place)}
    rows = select(article_sources.c.article_id, article_sources.c.url, article_sources.c.publisher)
    rows = rows.where(article_sources.c.article_id.in_({source.article_id for source in told.values()}))
    known = {tuple(row) for row in session.execute(rows)}
    new = [source for source in told.values() if (source.article_id, *source.place) not in known]
    insert_missing(session, article_sources, [row_of(source) | {"id": source.id} for source in new])


def sources_of(session: Session, article_id: str) -> Rows:
    """The first place first."""
    rows = select(article_sources).where(article_sources.c.article_id == article_id)
    return list(session.execute(rows.order_by(article_sources.c.seen_at, article_sources.c.id)).mappings())
