"""Articles: one for each text, with its place and time, and the text itself apart."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping, delete, insert, select
from sqlmodel import Session

from app.catalog.folding import fold
from app.domain.country import Pair
from app.domain.query import ArticleQuery, PageRequest, Position
from app.storage.conflicts import insert_missing
from app.storage.links import ARTICLE_PAIR, Filters, ties, walk
from app.storage.paging import Rows, read_page
from app.storage.tables import article_pairs, article_texts, articles

_ORDERED_BY = {"stated_on": "published_on", "created_at": "created_at"}
_SHOWN = [c for c in articles.c if c.name not in ("digest", "publisher_folded", "published_on")]


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


def add(session: Session, article: ArticleFacts, text: str, pairs: tuple[Pair, ...]) -> bool:
    """False, and nothing written, where the same text is stored already, even by a writer of this moment."""
    row = asdict(article) | {"publisher_folded": fold(article.publisher) if article.publisher is not None else None}
    if not insert_missing(session, articles, [row]):
        return False
    session.execute(insert(article_texts).values(article_id=article.id, text=text))
    dates = {"published_on": article.published_on, "created_at": article.created_at}
    linked = [{"article_id": article.id, "pair": str(p), "position": n} | dates for n, p in enumerate(dict.fromkeys(pairs))]
    if linked:
        session.execute(insert(article_pairs), linked)
    return True


def id_of(session: Session, digest: str) -> str | None:
    """The article of a text, by its digest."""
    return session.scalar(select(articles.c.id).where(articles.c.digest == digest))


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
    )
    way = walk(articles, articles, _SHOWN, _ORDERED_BY[request.sort.field], filters)
    return read_page(session, way.rows, way.order, request)


def get(session: Session, id_: str) -> RowMapping | None:
    """With the text."""
    rows = select(*_SHOWN, article_texts.c.text).join(article_texts, article_texts.c.article_id == articles.c.id)
    return session.execute(rows.where(articles.c.id == id_)).mappings().first()


def remove(session: Session, id_: str) -> bool:
    """Its facts and links go with it; False where there is no such article."""
    return session.connection().execute(delete(articles).where(articles.c.id == id_)).rowcount > 0
