"""Editors say who speaks, and speakers are found by how their names sound.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import orjson
import sqlalchemy as sa
from alembic import op

from app.catalog.folding import fold
from app.catalog.sound import sounds
from app.storage.columns import UtcDateTime

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "catalog_people",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "people_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "speaker_rules",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("heard_as", sa.String(), nullable=False),
        sa.Column("speaker_id", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("article_id", sa.String(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("snapshots", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["people_changes.id"],
        ),
        sa.PrimaryKeyConstraint("change_id"),
    )
    with op.batch_alter_table("speaker_rules", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speaker_rules_heard_as"), ["heard_as"], unique=False)
        batch_op.create_index(batch_op.f("ix_speaker_rules_speaker_id"), ["speaker_id"], unique=False)

    op.create_table(
        "speaker_words",
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("speaker_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word", "speaker_id"),
    )
    with op.batch_alter_table("speaker_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speaker_words_speaker_id"), ["speaker_id"], unique=False)

    with op.batch_alter_table("indicator_speakers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("role", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("country", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("heard_as", sa.String(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_indicator_speakers_heard_as"),
            ["heard_as"],
            unique=False,
            sqlite_where=sa.text("heard_as IS NOT NULL"),
            postgresql_where=sa.text("heard_as IS NOT NULL"),
        )

    with op.batch_alter_table("speakers", schema=None) as batch_op:
        batch_op.drop_column("search")

    with op.batch_alter_table("statement_speakers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("heard_as", sa.String(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_statement_speakers_heard_as"),
            ["heard_as"],
            unique=False,
            sqlite_where=sa.text("heard_as IS NOT NULL"),
            postgresql_where=sa.text("heard_as IS NOT NULL"),
        )

    _fill()


def _fill() -> None:
    """Words of the names that are known, and beside each figure the office of whoever told it."""
    connection = op.get_bind()
    names = connection.execute(sa.text("SELECT id, name, names FROM speakers ORDER BY id")).all()
    words = [
        {"word": word, "id": id_}
        for id_, name, others in names
        for word in sorted({w for n in (name, *orjson.loads(others).values()) for w in sounds(n)})
    ]
    if words:
        connection.execute(sa.text("INSERT INTO speaker_words (word, speaker_id) VALUES (:word, :id)"), words)
    told = connection.execute(sa.text("SELECT id, body FROM indicators")).yield_per(1000)
    offices = [
        {"id": id_, "speaker": speaker["id"], "role": speaker["role"], "country": speaker["country"]}
        for id_, body in told
        if (speaker := orjson.loads(body).get("speaker"))
    ]
    if offices:
        put = "UPDATE indicator_speakers SET role = :role, country = :country WHERE fact_id = :id AND speaker_id = :speaker"
        connection.execute(sa.text(put), offices)


def downgrade() -> None:
    with op.batch_alter_table("statement_speakers", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_statement_speakers_heard_as"),
            sqlite_where=sa.text("heard_as IS NOT NULL"),
            postgresql_where=sa.text("heard_as IS NOT NULL"),
        )
        batch_op.drop_column("heard_as")

    with op.batch_alter_table("speakers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("search", sa.Text(), nullable=False, server_default=""))
    _fill_search()

    with op.batch_alter_table("indicator_speakers", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_indicator_speakers_heard_as"),
            sqlite_where=sa.text("heard_as IS NOT NULL"),
            postgresql_where=sa.text("heard_as IS NOT NULL"),
        )
        batch_op.drop_column("heard_as")
        batch_op.drop_column("country")
        batch_op.drop_column("role")

    with op.batch_alter_table("speaker_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_speaker_words_speaker_id"))

    op.drop_table("speaker_words")
    with op.batch_alter_table("speaker_rules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_speaker_rules_speaker_id"))
        batch_op.drop_index(batch_op.f("ix_speaker_rules_heard_as"))

    op.drop_table("speaker_rules")
    op.drop_table("people_changes")
    op.drop_table("catalog_people")


def _fill_search() -> None:
    """Every name folded, one a line, as the first release had it."""
    connection = op.get_bind()
    names = connection.execute(sa.text("SELECT id, name, names FROM speakers")).all()
    rows = [
        {"id": id_, "search": "\n".join(dict.fromkeys(fold(n) for n in (name, *orjson.loads(others).values())))}
        for id_, name, others in names
    ]
    if rows:
        connection.execute(sa.text("UPDATE speakers SET search = :search WHERE id = :id"), rows)
