"""Articles: one for each text, with its place and time, and the text itself apart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, delete, select
from sqlmodel import Session

from app.catalog.folding import fold
from app.domain.country import Pair
from app.domain.query import ArticleQuery, PageRequest, Position
from app.storage import walks
from app.storage.batches import Batch
from app.storage.conflicts import insert_missing
from app.storage.links import ARTICLE_PAIR, Filters, ties
from app.storage.paging import Rows
from app.storage.tables import article_texts, article_words, articles
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


def find(session: Session, query: ArticleQuery, request: PageRequest) -> tuple[Rows, Position | None]:
    filters = Filters(
        ties=ties((ARTICLE_PAIR, query.pair)),
        equal={
            "publisher_folded": fold(query.publisher) if query.publisher is not None else None,
            "language": query.language,
            "url": query.url,
            "external_id": query.external_id,
        },
        dated="published_on",
        from_=query.from_,
        to=query.to,
        own_index=query.url is not None or query.external_id is not None,
        words=query.words,
    )
    return walks.find(session, _LISTING, filters, request)


def get(session: Session, id_: str) -> RowMapping | None:
    """With the text."""
    rows = select(*_SHOWN, article_texts.c.text).join(article_texts, article_texts.c.article_id == articles.c.id)
    return session.execute(rows.where(articles.c.id == id_)).mappings().first()


def texts_after(session: Session, id_: str, limit: int) -> Rows:
    """The articles that follow in the order of ids, those with a text: for going through all of them."""
    shown = (articles.c.id, articles.c.published_on, articles.c.title, articles.c.language, article_texts.c.text)
    rows = select(*shown).join(article_texts, article_texts.c.article_id == articles.c.id).where(articles.c.id > id_)
    return list(session.execute(rows.order_by(articles.c.id).limit(limit)).mappings())


def remove(session: Session, id_: str) -> bool:
    """Its facts and links go with it; False where there is no such article."""
    return session.connection().execute(delete(articles).where(articles.c.id == id_)).rowcount > 0


def _row(article: ArticleFacts) -> dict[str, Any]:
    return asdict(article) | {"publisher_folded": fold(article.publisher) if article.publisher is not None else None}
