"""The same saying is one group of statements.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None

_COLUMNS = (("figures", sa.Text()), ("length", sa.Integer()), ("group_id", sa.String()))


def upgrade() -> None:
    for name, kind in _COLUMNS:
        op.add_column("statements", sa.Column(name, kind, nullable=True))
    wanted = sa.text("group_id IS NOT NULL")
    op.create_index("ix_statements_group_id", "statements", ["group_id"], sqlite_where=wanted, postgresql_where=wanted)
    op.create_table(
        "statement_likenesses",
        sa.Column("fact_id", sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["statements.id"], name="fk_statement_likenesses_fact_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["statements.id"], name="fk_statement_likenesses_other_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id", "other_id", name="pk_statement_likenesses"),
    )
    op.create_index("ix_statement_likenesses_other_id", "statement_likenesses", ["other_id"])
    op.create_table(
        "statement_groups",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("longest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_statement_groups"),
    )


def downgrade() -> None:
    op.drop_table("statement_groups")
    op.drop_table("statement_likenesses")
    op.drop_index("ix_statements_group_id", "statements")
    for name, _ in reversed(_COLUMNS):
        op.drop_column("statements", name)
