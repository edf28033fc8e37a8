"""The tables of statement groups: which two statements are the same saying, and what is known of each group."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.storage.declaring import part_of, table_of


class StatementLikenessRow(SQLModel, table=True):
    """Two statements that tell the same saying; each pair stands here in both directions, so that one index finds all."""

    __tablename__ = "statement_likenesses"
    __table_args__ = (Index(None, "other_id"),)

    fact_id: str = Field(primary_key=True, sa_column_args=part_of("statements"))
    other_id: str = Field(primary_key=True, sa_column_args=part_of("statements"))


class StatementGroupRow(SQLModel, table=True):
    """One saying told several times. `sources` counts articles, `longest` is the statement with the longest wording."""

    __tablename__ = "statement_groups"

    id: str = Field(primary_key=True)
    sources: int
    longest: str


statement_likenesses = table_of(StatementLikenessRow)
statement_groups = table_of(StatementGroupRow)
