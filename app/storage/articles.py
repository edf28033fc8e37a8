"""Articles: one for each text, with its place and time, and the text itself apart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, delete, exists, func, outerjoin, select, update
from sqlmodel import Session

from app.catalog.folding import fold
from app.domain.country import Pair
from app.domain.query import ArticleQuery, PageRequest, Position
from app.storage import walks
from app.storage.batches import Batch, row_of
from app.storage.conflicts import insert_missing
from app.storage.links import ARTICLE_PAIR, Filters, ties
from app.storage.paging import Rows
from app.storage.reprint_tables import article_bands, article_sketches
from app.storage.tables import (
    article_pairs,
    article_texts,
    article_versions,
    article_words,
    articles,
    indicators,
    statements,
)
from app.storage.walks import Listing

_SHOWN = [c for c in articles.c if c.name not in ("digest", "publisher_folded", "published_on")]
_LISTING = Listing(articles, articles, tuple(_SHOWN), article_words, order=(("stated_on", "published_on"),))


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFacts:
    """What is stored of an article beside its text; `body` is JSON, `statements` and `indicators` are counts."""

    id: str
    digest: str
    title: str | None
    url: str | None
    external_id: str | None
    publisher: str | None
    publisher_country: str | None
    language: str | None
    published_at: str | None
    published_on: date | None
    created_at: datetime
    statements: int
    indicators: int
    body: str


def add_missing(session: Session, given: Collection[ArticleFacts]) -> set[str]:
    """The ids of those that are new: the same text is the same article, even if a writer of this moment stores it."""
    return insert_missing(session, articles, [_row(article) for article in given])


def earlier(session: Session, url: str | None, external_id: str | None) -> str | None:
    """The article that the client means, if it is stored: by its own id for it, else by its address."""
    for column, value in ((articles.c.external_id, external_id), (articles.c.url, url)):
        if value is not None:
            rows = select(articles.c.id).where(column == value).order_by(articles.c.created_at.desc(), articles.c.id).limit(1)
            found: str | None = session.scalar(rows)
            if found is not None:
                return found
    return None


def renew(session: Session, article: ArticleFacts) -> None:
    """Puts a newer version in the place of what was read before, all of which goes; the article stays since when it is there."""
    for part in (statements, indicators, article_pairs, article_texts, article_sketches, article_bands):
        session.execute(delete(part).where(part.c.article_id == article.id))
    session.execute(delete(article_words).where(article_words.c.owner_id == article.id))
    values = {name: value for name, value in _row(article).items() if name not in ("id", "created_at")}
    session.execute(update(articles).where(articles.c.id == article.id).values(**values))


def drop_texts(session: Session, before: datetime) -> int:
    """Removes the texts that came before a moment, those of earlier versions too, and the index of their words.

    The text of an article that was renewed is as old as its present version.
    """
    came = exists().where(article_versions.c.article_id == articles.c.id, article_versions.c.replaced_at >= before)
    old = select(articles.c.id).where(articles.c.created_at < before, ~came)
    aged = select(article_texts.c.article_id).where(article_texts.c.article_id.in_(old))
    session.execute(delete(article_words).where(article_words.c.owner_id.in_(aged)))
    session.execute(
        update(article_versions)
        .where(article_versions.c.stored_at < before, article_versions.c.text.is_not(None))
        .values(text=None)
    )
    return session.connection().execute(delete(article_texts).where(article_texts.c.article_id.in_(old))).rowcount


def add_text(batch: Batch, article: ArticleFacts, text: str, pairs: tuple[Pair, ...]) -> None:
    """What belongs to a new article beside its facts."""
    batch.add(article_texts, {"article_id": article.id, "text": text})
    dates = {"published_on": article.published_on, "created_at": article.created_at}
    batch.tie(ARTICLE_PAIR, ({"article_id": article.id, "pair": str(p), "position": n} | dates for n, p in enumerate(pairs)))


def ids_of(session: Session, digests: Collection[str]) -> dict[str, str]:
    """The articles of texts, by their digests."""
    rows = session.execute(select(articles.c.digest, articles.c.id).where(articles.c.digest.in_(digests)))
    return {row.digest: row.id for row in rows}


def known(session: Session, id_: str) -> bool:
    return session.execute(select(articles.c.id).where(articles.c.id == id_)).first() is not None


def hold(session: Session, id_: str) -> bool:
    """Another that would change the article waits until the transaction ends; on SQLite every writer waits anyway."""
    return session.execute(select(articles.c.id).where(articles.c.id == id_).with_for_update()).first() is not None


def find(session: Session, query: ArticleQuery, request: PageRequest) -> tuple[Rows, Position | None]:
    filters = Filters(
        ties=ties((ARTICLE_PAIR, query.pair)),
        equal={
            "publisher_folded": fold(query.publisher) if query.publisher is not None else None,
            "language": query.language,
            "url": query.url,
            "external_id": query.external_id,
            "reprint_of": query.reprint_of,
        },
        dated="published_on",
        from_=query.from_,
        to=query.to,
        own_index=any(value is not None for value in (query.url, query.external_id, query.reprint_of)),
        words=query.words,
    )
    return walks.find(session, _LISTING, filters, request)


def get(session: Session, id_: str) -> RowMapping | None:
    """With the text, None where it is no longer kept."""
    text = outerjoin(articles, article_texts, article_texts.c.article_id == articles.c.id)
    rows = select(*_SHOWN, articles.c.digest, article_texts.c.text).select_from(text)
    return session.execute(rows.where(articles.c.id == id_)).mappings().first()


def ids_after(session: Session, id_: str, limit: int) -> list[str]:
    """The articles that follow in the order of ids: for going through all of them."""
    return list(session.scalars(select(articles.c.id).where(articles.c.id > id_).order_by(articles.c.id).limit(limit)))


def texts_after(session: Session, id_: str, limit: int) -> Rows:
    """The articles that follow in the order of ids, those with a text: for going through all of them."""
    shown = (articles.c.id, articles.c.published_on, articles.c.title, articles.c.language, article_texts.c.text)
    rows = select(*shown).join(article_texts, article_texts.c.article_id == articles.c.id).where(articles.c.id > id_)
    return list(session.execute(rows.order_by(articles.c.id).limit(limit)).mappings())


def count_texts_after(session: Session, id_: str) -> int:
    return session.scalar(select(func.count()).where(article_texts.c.article_id > id_)) or 0


def remove(session: Session, id_: str) -> bool:
    """Its facts and links go with it; False where there is no such article."""
    return session.connection().execute(delete(articles).where(articles.c.id == id_)).rowcount > 0


def _row(article: ArticleFacts) -> dict[str, Any]:
    return row_of(article) | {"publisher_folded": fold(article.publisher) if article.publisher is not None else None}
