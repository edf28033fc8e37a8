"""Articles, their facts and who said them.

Revision ID: 0001
Revises: nothing
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.columns import ExactDecimal, UtcDateTime

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("publisher_folded", sa.String(), nullable=True),
        sa.Column("publisher_country", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("published_at", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("indicators", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("digest", name=op.f("uq_articles_digest")),
    )
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_articles_created_at_id"), ["created_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_external_id"), ["external_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_published_on_id"), ["published_on", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_articles_publisher_folded_published_on_id"), ["publisher_folded", "published_on", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_articles_url"), ["url"], unique=False)

    op.create_table(
        "pairs",
        sa.Column("pair", sa.String(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("indicators", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("pair", name=op.f("pk_pairs")),
    )
    op.create_table(
        "speakers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("office_on", sa.Date(), nullable=True),
        sa.Column("wikidata", sa.String(), nullable=True),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("indicators", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speakers")),
    )
    with op.batch_alter_table("speakers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speakers_name_folded_id"), ["name_folded", "id"], unique=False)

    op.create_table(
        "article_pairs",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("pair", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_article_pairs_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "pair", name=op.f("pk_article_pairs")),
    )
    with op.batch_alter_table("article_pairs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_article_pairs_pair_created_at_article_id"), ["pair", "created_at", "article_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_article_pairs_pair_published_on_article_id"), ["pair", "published_on", "article_id"], unique=False
        )

    op.create_table(
        "article_texts",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_article_texts_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_texts")),
    )
    op.create_table(
        "indicators",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("value", ExactDecimal(), nullable=False),
        sa.Column("value_end", ExactDecimal(), nullable=False),
        sa.Column("period_first", sa.Date(), nullable=True),
        sa.Column("period_last", sa.Date(), nullable=True),
        sa.Column("pair", sa.String(), nullable=True),
        sa.Column("reporter", sa.String(), nullable=True),
        sa.Column("partner", sa.String(), nullable=True),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_indicators_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicators")),
    )
    with op.batch_alter_table("indicators", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicators_article_id_position"), ["article_id", "position"], unique=False)
        batch_op.create_index(batch_op.f("ix_indicators_created_at_id"), ["created_at", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_indicators_metric_period_last_period_first"), ["metric", "period_last", "period_first"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_indicators_metric_stated_on_id"), ["metric", "stated_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_indicators_metric_value_id"), ["metric", "value", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_indicators_stated_on_id"), ["stated_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_indicators_value_id"), ["value", "id"], unique=False)

    op.create_table(
        "statements",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_statements_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
    )
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statements_article_id_position"), ["article_id", "position"], unique=False)
        batch_op.create_index(batch_op.f("ix_statements_created_at_id"), ["created_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_statements_stated_on_id"), ["stated_on", "id"], unique=False)

    op.create_table(
        "indicator_countries",
        sa.Column("fact_id", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["indicators.id"], name=op.f("fk_indicator_countries_fact_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id", "country", name=op.f("pk_indicator_countries")),
    )
    with op.batch_alter_table("indicator_countries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_indicator_countries_country_stated_on_fact_id"), ["country", "stated_on", "fact_id"], unique=False
        )

    op.create_table(
        "indicator_pairs",
        sa.Column("fact_id", sa.String(), nullable=False),
        sa.Column("pair", sa.String(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("value", ExactDecimal(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["indicators.id"], name=op.f("fk_indicator_pairs_fact_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id", "pair", name=op.f("pk_indicator_pairs")),
    )
    with op.batch_alter_table("indicator_pairs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_indicator_pairs_pair_created_at_fact_id"), ["pair", "created_at", "fact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_indicator_pairs_pair_metric_stated_on_fact_id"),
            ["pair", "metric", "stated_on", "fact_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_indicator_pairs_pair_metric_value_fact_id"), ["pair", "metric", "value", "fact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_indicator_pairs_pair_stated_on_fact_id"), ["pair", "stated_on", "fact_id"], unique=False
        )

    op.create_table(
        "indicator_speakers",
        sa.Column("fact_id", sa.String(), nullable=False),
        sa.Column("speaker_id", sa.String(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["indicators.id"], name=op.f("fk_indicator_speakers_fact_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_indicator_speakers_speaker_id")),
        sa.PrimaryKeyConstraint("fact_id", "speaker_id", name=op.f("pk_indicator_speakers")),
    )
    with op.batch_alter_table("indicator_speakers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_indicator_speakers_speaker_id_created_at_fact_id"),
            ["speaker_id", "created_at", "fact_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_indicator_speakers_speaker_id_stated_on_fact_id"), ["speaker_id", "stated_on", "fact_id"], unique=False
        )

    op.create_table(
        "statement_countries",
        sa.Column("fact_id", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["statements.id"], name=op.f("fk_statement_countries_fact_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id", "country", name=op.f("pk_statement_countries")),
    )
    with op.batch_alter_table("statement_countries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_statement_countries_country_stated_on_fact_id"), ["country", "stated_on", "fact_id"], unique=False
        )

    op.create_table(
        "statement_pairs",
        sa.Column("fact_id", sa.String(), nullable=False),
        sa.Column("pair", sa.String(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["statements.id"], name=op.f("fk_statement_pairs_fact_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id", "pair", name=op.f("pk_statement_pairs")),
    )
    with op.batch_alter_table("statement_pairs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_statement_pairs_pair_created_at_fact_id"), ["pair", "created_at", "fact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_statement_pairs_pair_stated_on_fact_id"), ["pair", "stated_on", "fact_id"], unique=False
        )

    op.create_table(
        "statement_speakers",
        sa.Column("fact_id", sa.String(), nullable=False),
        sa.Column("speaker_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("as_written", sa.String(), nullable=True),
        sa.Column("resolved_by", sa.String(), nullable=True),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["statements.id"], name=op.f("fk_statement_speakers_fact_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_statement_speakers_speaker_id")),
        sa.PrimaryKeyConstraint("fact_id", "speaker_id", name=op.f("pk_statement_speakers")),
    )
    with op.batch_alter_table("statement_speakers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_statement_speakers_speaker_id_created_at_fact_id"),
            ["speaker_id", "created_at", "fact_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_statement_speakers_speaker_id_role_country_stated_on"),
            ["speaker_id", "role", "country", "stated_on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_statement_speakers_speaker_id_stated_on_fact_id"), ["speaker_id", "stated_on", "fact_id"], unique=False
        )

    op.create_table(
        "statement_topics",
        sa.Column("fact_id", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["statements.id"], name=op.f("fk_statement_topics_fact_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id", "topic", name=op.f("pk_statement_topics")),
    )
    with op.batch_alter_table("statement_topics", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_statement_topics_topic_stated_on_fact_id"), ["topic", "stated_on", "fact_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("statement_topics", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_topics_topic_stated_on_fact_id"))

    op.drop_table("statement_topics")
    with op.batch_alter_table("statement_speakers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_speakers_speaker_id_stated_on_fact_id"))
        batch_op.drop_index(batch_op.f("ix_statement_speakers_speaker_id_role_country_stated_on"))
        batch_op.drop_index(batch_op.f("ix_statement_speakers_speaker_id_created_at_fact_id"))

    op.drop_table("statement_speakers")
    with op.batch_alter_table("statement_pairs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_pairs_pair_stated_on_fact_id"))
        batch_op.drop_index(batch_op.f("ix_statement_pairs_pair_created_at_fact_id"))

    op.drop_table("statement_pairs")
    with op.batch_alter_table("statement_countries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_countries_country_stated_on_fact_id"))

    op.drop_table("statement_countries")
    with op.batch_alter_table("indicator_speakers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_speakers_speaker_id_stated_on_fact_id"))
        batch_op.drop_index(batch_op.f("ix_indicator_speakers_speaker_id_created_at_fact_id"))

    op.drop_table("indicator_speakers")
    with op.batch_alter_table("indicator_pairs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_pairs_pair_stated_on_fact_id"))
        batch_op.drop_index(batch_op.f("ix_indicator_pairs_pair_metric_value_fact_id"))
        batch_op.drop_index(batch_op.f("ix_indicator_pairs_pair_metric_stated_on_fact_id"))
        batch_op.drop_index(batch_op.f("ix_indicator_pairs_pair_created_at_fact_id"))

    op.drop_table("indicator_pairs")
    with op.batch_alter_table("indicator_countries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_countries_country_stated_on_fact_id"))

    op.drop_table("indicator_countries")
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statements_stated_on_id"))
        batch_op.drop_index(batch_op.f("ix_statements_created_at_id"))
        batch_op.drop_index(batch_op.f("ix_statements_article_id_position"))

    op.drop_table("statements")
    with op.batch_alter_table("indicators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicators_value_id"))
        batch_op.drop_index(batch_op.f("ix_indicators_stated_on_id"))
        batch_op.drop_index(batch_op.f("ix_indicators_metric_value_id"))
        batch_op.drop_index(batch_op.f("ix_indicators_metric_stated_on_id"))
        batch_op.drop_index(batch_op.f("ix_indicators_metric_period_last_period_first"))
        batch_op.drop_index(batch_op.f("ix_indicators_created_at_id"))
        batch_op.drop_index(batch_op.f("ix_indicators_article_id_position"))

    op.drop_table("indicators")
    op.drop_table("article_texts")
    with op.batch_alter_table("article_pairs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_pairs_pair_published_on_article_id"))
        batch_op.drop_index(batch_op.f("ix_article_pairs_pair_created_at_article_id"))

    op.drop_table("article_pairs")
    with op.batch_alter_table("speakers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_speakers_name_folded_id"))

    op.drop_table("speakers")
    op.drop_table("pairs")
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_articles_url"))
        batch_op.drop_index(batch_op.f("ix_articles_publisher_folded_published_on_id"))
        batch_op.drop_index(batch_op.f("ix_articles_published_on_id"))
        batch_op.drop_index(batch_op.f("ix_articles_external_id"))
        batch_op.drop_index(batch_op.f("ix_articles_created_at_id"))

    op.drop_table("articles")
