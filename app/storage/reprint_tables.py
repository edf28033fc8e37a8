"""The tables of what articles are known by to their copies."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from app.storage.columns import RowNumber
from app.storage.declaring import part_of, table_of


class ArticleSketchRow(SQLModel, table=True):
    """`day` is the article's date, else that of its storing; `services.reprints` writes and reads `sketch` and `pairs`."""

    __tablename__ = "article_sketches"

    article_id: str = Field(primary_key=True, sa_column_args=part_of("articles"))
    language: str | None
    day: date
    sketch: str = Field(sa_type=Text)
    pairs: str = Field(sa_type=Text)


class ArticleBandRow(SQLModel, table=True):
    """By what an article is found that is no copy itself: whoever shares a band may be a copy of it."""

    __tablename__ = "article_bands"
    __table_args__ = (Index(None, "band", "day", "article_id"),)

    article_id: str = Field(primary_key=True, sa_column_args=part_of("articles"))
    band: int = Field(sa_type=RowNumber, primary_key=True)
    day: date


article_sketches = table_of(ArticleSketchRow)
article_bands = table_of(ArticleBandRow)
