"""The tables of articles: their metadata, texts, words, earlier versions, and where they were seen."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from app.storage.columns import RowNumber, UtcDateTime
from app.storage.declaring import few, part_of, table_of


class ArticleRow(SQLModel, table=True):
    """`published_on` is the calendar date of `published_at`; `body` holds sources, pairs, blocs, given, warnings.

    `reprint_of` is the first of its copies that was stored, which is no copy itself.
    """

    __tablename__ = "articles"
    __table_args__ = (
        Index(None, "published_on", "id"),
        Index(None, "created_at", "id"),
        Index(None, "publisher_folded", "published_on", "id"),
        few("reprint_of", "published_on", "id"),
    )

    id: str = Field(primary_key=True)
    digest: str = Field(unique=True)
    title: str | None = Field(sa_type=Text)
    url: str | None = Field(sa_type=Text, index=True)
    external_id: str | None = Field(index=True)
    publisher: str | None
    publisher_folded: str | None
    publisher_country: str | None
    language: str | None
    published_at: str | None
    published_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)
    statements: int
    indicators: int
    body: str = Field(sa_type=Text)
    reprint_of: str | None = None


class ArticleTextRow(SQLModel, table=True):
    """Apart from its article, because lists read many articles and no text."""

    __tablename__ = "article_texts"

    article_id: str = Field(primary_key=True, sa_column_args=part_of("articles"))
    text: str = Field(sa_type=Text)


class ArticleVersionRow(SQLModel, table=True):
    """What an article was before a newer text came: `body` is the whole document that was answered then, its text apart."""

    __tablename__ = "article_versions"
    __table_args__ = (Index(None, "digest"), Index(None, "replaced_at"))

    article_id: str = Field(primary_key=True, sa_column_args=part_of("articles"))
    number: int = Field(primary_key=True)
    digest: str
    stored_at: datetime = Field(sa_type=UtcDateTime)
    replaced_at: datetime = Field(sa_type=UtcDateTime)
    text: str | None = Field(sa_type=Text)
    body: str = Field(sa_type=Text)


class ArticleSourceRow(SQLModel, table=True):
    """A place where the text of an article was seen; `id` is made of the others, so that the same place is one."""

    __tablename__ = "article_sources"
    __table_args__ = (Index(None, "article_id", "seen_at"),)

    id: str = Field(primary_key=True)
    article_id: str = Field(sa_column_args=part_of("articles"))
    url: str | None = Field(sa_type=Text)
    publisher: str | None
    published_at: str | None
    external_id: str | None
    seen_at: datetime = Field(sa_type=UtcDateTime)


class ArticleWordsRow(SQLModel, table=True):
    """See `StatementWordsRow`."""

    __tablename__ = "article_words"

    place: int = Field(sa_type=RowNumber, primary_key=True, sa_column_kwargs={"autoincrement": False})
    owner_id: str = Field(unique=True, sa_column_args=part_of("articles"))
    lemmas: str = Field(sa_type=Text)


class ArticlePairRow(SQLModel, table=True):
    """`position` is the rank of the pair in the article, strongest first."""

    __tablename__ = "article_pairs"
    __table_args__ = (Index(None, "pair", "published_on", "article_id"), Index(None, "pair", "created_at", "article_id"))

    article_id: str = Field(primary_key=True, sa_column_args=part_of("articles"))
    pair: str = Field(primary_key=True)
    position: int
    published_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)


articles = table_of(ArticleRow)
article_texts = table_of(ArticleTextRow)
article_versions = table_of(ArticleVersionRow)
article_sources = table_of(ArticleSourceRow)
article_words = table_of(ArticleWordsRow)
article_pairs = table_of(ArticlePairRow)
