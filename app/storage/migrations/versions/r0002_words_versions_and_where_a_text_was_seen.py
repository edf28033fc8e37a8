"""Words of statements and articles to be searched, versions of articles, and where a text was seen.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.columns import RowNumber, UtcDateTime

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None

_SIDES = ("reporter", "partner")
_SEARCHED = (("statement_words", "statements"), ("article_words", "articles"))


def upgrade() -> None:
    for table, owner in _SEARCHED:
        _add_words(table, owner)
    for side in _SIDES:
        op.create_index(f"ix_indicators_{side}_stated_on_id", "indicators", [side, "stated_on", "id"])
    op.create_table(
        "article_versions",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("stored_at", UtcDateTime(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        _part_of("article_versions", "article_id", "articles"),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_article_versions"),
    )
    op.create_index("ix_article_versions_digest", "article_versions", ["digest"])
    op.create_index("ix_article_versions_replaced_at", "article_versions", ["replaced_at"])
    op.create_table(
        "article_sources",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("published_at", sa.String(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        _part_of("article_sources", "article_id", "articles"),
        sa.PrimaryKeyConstraint("id", name="pk_article_sources"),
    )
    op.create_index("ix_article_sources_article_id_seen_at", "article_sources", ["article_id", "seen_at"])
    op.execute(
        "INSERT INTO article_sources (id, article_id, url, publisher, published_at, external_id, seen_at) "
        "SELECT id || '-first', id, url, publisher, published_at, external_id, created_at FROM articles "
        "WHERE url IS NOT NULL OR publisher IS NOT NULL"
    )
    op.create_table(
        "notes",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_notes"),
    )


def downgrade() -> None:
    for table in ("notes", "article_sources", "article_versions"):
        op.drop_table(table)
    for side in _SIDES:
        op.drop_index(f"ix_indicators_{side}_stated_on_id", "indicators")
    for table, _ in _SEARCHED:
        if _engine() == "sqlite":
            op.execute(f"DROP TABLE {table}_fts")
        op.drop_table(table)


def _add_words(table: str, owner: str) -> None:
    op.create_table(
        table,
        sa.Column("place", RowNumber(), autoincrement=False, nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        # Said here, because a column that another is made of cannot be given its order of bytes afterwards.
        sa.Column("lemmas", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        _part_of(table, "owner_id", owner),
        sa.PrimaryKeyConstraint("place", name=f"pk_{table}"),
        sa.UniqueConstraint("owner_id", name=f"uq_{table}_owner_id"),
    )
    for statement in _index_of_words(table):
        op.execute(statement)


def _index_of_words(table: str) -> list[str]:
    """Kept by the database itself, so that no way of writing or removing can forget it.

    The words are in dictionary form and of plain letters already: both engines only part them at spaces.
    """
    if _engine() == "postgresql":
        made = "tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, lemmas)) STORED"
        return [f"ALTER TABLE {table} ADD COLUMN vector {made}", f"CREATE INDEX ix_{table}_fts ON {table} USING gin (vector)"]
    index = f"{table}_fts"
    learn = f"INSERT INTO {index} (rowid, lemmas) VALUES (new.place, new.lemmas)"  # noqa: S608 - a name of ours
    forget = f"INSERT INTO {index} ({index}, rowid, lemmas) VALUES ('delete', old.place, old.lemmas)"  # noqa: S608
    shape = f"lemmas, content='{table}', content_rowid='place', tokenize='unicode61 remove_diacritics 0'"
    return [
        f"CREATE VIRTUAL TABLE {index} USING fts5({shape})",
        f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {learn}; END",
        f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {forget}; END",
        f"CREATE TRIGGER {index}_update AFTER UPDATE ON {table} BEGIN {forget}; {learn}; END",
    ]


def _part_of(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")


def _engine() -> str:
    return op.get_bind().dialect.name
