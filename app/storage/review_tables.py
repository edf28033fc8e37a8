"""The table of what editors did to facts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from app.storage.columns import UtcDateTime
from app.storage.declaring import part_of, table_of


class FactChangeRow(SQLModel, table=True):
    """One act of an editor on one fact; `before` and `after` are the fields that it changed, as JSON.

    Facts are written anew when their article is, and keep their ids: a change belongs to the article.
    """

    __tablename__ = "fact_changes"
    __table_args__ = (Index(None, "fact_id", "id"), Index(None, "article_id"))

    id: int | None = Field(default=None, primary_key=True)
    fact_id: str
    article_id: str = Field(sa_column_args=part_of("articles"))
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by: str | None
    note: str | None = Field(sa_type=Text)
    before: str = Field(sa_type=Text)
    after: str = Field(sa_type=Text)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by: str | None


fact_changes = table_of(FactChangeRow)
