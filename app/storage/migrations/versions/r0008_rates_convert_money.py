"""Rates convert money.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.columns import ExactDecimal

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "currency_pairs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_currency_pairs"),
    )
    op.create_table(
        "exchange_rates",
        sa.Column("pair_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rate", ExactDecimal(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["pair_id"], ["currency_pairs.id"], name="fk_exchange_rates_pair_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pair_id", "day", name="pk_exchange_rates"),
    )
    op.create_index("ix_exchange_rates_day_pair_id", "exchange_rates", ["day", "pair_id"])


def downgrade() -> None:
    op.drop_table("exchange_rates")
    op.drop_table("currency_pairs")
