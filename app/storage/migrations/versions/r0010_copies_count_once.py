"""Copies count once.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.columns import RowNumber

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | None = None
depends_on: str | None = None

_MARKS = (
    ("articles", "reprint_of", ("published_on", "id")),
    ("statements", "repeats", ()),
    ("indicators", "repeats", ()),
)


def upgrade() -> None:
    op.create_table(
        "article_sketches",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sketch", sa.Text(), nullable=False),
        sa.Column("pairs", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_sketches_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_sketches"),
    )
    op.create_table(
        "article_bands",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("band", RowNumber(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_bands_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "band", name="pk_article_bands"),
    )
    op.create_index("ix_article_bands_band_day_article_id", "article_bands", ["band", "day", "article_id"])
    for table, mark, others in _MARKS:
        op.add_column(table, sa.Column(mark, sa.String(), nullable=True))
        wanted = sa.text(f"{mark} IS NOT NULL")
        name = "_".join(("ix", table, mark, *others))
        op.create_index(name, table, [mark, *others], sqlite_where=wanted, postgresql_where=wanted)


def downgrade() -> None:
    for table, mark, others in _MARKS:
        op.drop_index("_".join(("ix", table, mark, *others)), table_name=table)
        op.drop_column(table, mark)
    op.drop_table("article_bands")
    op.drop_table("article_sketches")
