"""The tables: what is stored of articles, facts and speakers, and the indexes for what is asked.

A fact is a JSON `body`, written once, beside the columns that filters and orders need. Links (`statement_pairs` …)
repeat the dates of their fact, so that "the latest of this pair" is one walk along one index.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Table, Text, inspect
from sqlmodel import Field, SQLModel

from app.storage.columns import ExactDecimal, UtcDateTime

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def _part_of(owner: str) -> list[ForeignKey]:
    return [ForeignKey(f"{owner}.id", ondelete="CASCADE")]


class ArticleRow(SQLModel, table=True):
    """`published_on` is the calendar date of `published_at`; `body` holds sources, pairs, blocs, given, warnings."""

    __tablename__ = "articles"
    __table_args__ = (
        Index(None, "published_on", "id"),
        Index(None, "created_at", "id"),
        Index(None, "publisher_folded", "published_on", "id"),
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


class ArticleTextRow(SQLModel, table=True):
    """Apart from its article, because lists read many articles and no text."""

    __tablename__ = "article_texts"

    article_id: str = Field(primary_key=True, sa_column_args=_part_of("articles"))
    text: str = Field(sa_type=Text)


class ArticlePairRow(SQLModel, table=True):
    """`position` is the rank of the pair in the article, strongest first."""

    __tablename__ = "article_pairs"
    __table_args__ = (Index(None, "pair", "published_on", "article_id"), Index(None, "pair", "created_at", "article_id"))

    article_id: str = Field(primary_key=True, sa_column_args=_part_of("articles"))
    pair: str = Field(primary_key=True)
    position: int
    published_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)


class StatementRow(SQLModel, table=True):
    """`position` is the place in the order of the text."""

    __tablename__ = "statements"
    __table_args__ = (Index(None, "stated_on", "id"), Index(None, "created_at", "id"), Index(None, "article_id", "position"))

    id: str = Field(primary_key=True)
    article_id: str = Field(sa_column_args=_part_of("articles"))
    position: int
    kind: str
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)
    confidence: float | None
    review: str
    body: str = Field(sa_type=Text)


class IndicatorRow(SQLModel, table=True):
    """`value_end` is the upper end of a range, else the value.

    `period_first` and `period_last` are the period, its open end closed as `IndicatorQuery` says.
    """

    __tablename__ = "indicators"
    __table_args__ = (
        Index(None, "stated_on", "id"),
        Index(None, "created_at", "id"),
        Index(None, "article_id", "position"),
        Index(None, "metric", "stated_on", "id"),
        Index(None, "metric", "period_last", "period_first"),
        Index(None, "metric", "value", "id"),
        Index(None, "value", "id"),
    )

    id: str = Field(primary_key=True)
    article_id: str = Field(sa_column_args=_part_of("articles"))
    position: int
    metric: str
    measure: str
    status: str
    unit: str
    value: Decimal = Field(sa_type=ExactDecimal)
    value_end: Decimal = Field(sa_type=ExactDecimal)
    period_first: date | None
    period_last: date | None
    pair: str | None
    reporter: str | None
    partner: str | None
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)
    confidence: float | None
    review: str
    body: str = Field(sa_type=Text)


class SpeakerRow(SQLModel, table=True):
    """`names` is JSON by language; `search` holds every name folded, one a line; `role` and `country` are of `office_on`."""

    __tablename__ = "speakers"
    __table_args__ = (Index(None, "name_folded", "id"),)

    id: str = Field(primary_key=True)
    kind: str
    name: str = Field(sa_type=Text)
    name_folded: str = Field(sa_type=Text)
    names: str = Field(sa_type=Text)
    search: str = Field(sa_type=Text)
    role: str | None
    country: str | None
    office_on: date | None
    wikidata: str | None
    statements: int
    indicators: int
    last_on: date | None


class PairRow(SQLModel, table=True):
    """What is known of a pair in numbers; kept as facts come and go."""

    __tablename__ = "pairs"

    pair: str = Field(primary_key=True)
    articles: int
    statements: int
    indicators: int
    last_on: date | None


class StatementPairRow(SQLModel, table=True):
    __tablename__ = "statement_pairs"
    __table_args__ = (Index(None, "pair", "stated_on", "fact_id"), Index(None, "pair", "created_at", "fact_id"))

    fact_id: str = Field(primary_key=True, sa_column_args=_part_of("statements"))
    pair: str = Field(primary_key=True)
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)


class StatementCountryRow(SQLModel, table=True):
    __tablename__ = "statement_countries"
    __table_args__ = (Index(None, "country", "stated_on", "fact_id"),)

    fact_id: str = Field(primary_key=True, sa_column_args=_part_of("statements"))
    country: str = Field(primary_key=True)
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)


class StatementTopicRow(SQLModel, table=True):
    __tablename__ = "statement_topics"
    __table_args__ = (Index(None, "topic", "stated_on", "fact_id"),)

    fact_id: str = Field(primary_key=True, sa_column_args=_part_of("statements"))
    topic: str = Field(primary_key=True)
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)


class StatementSpeakerRow(SQLModel, table=True):
    """The speaker (`position` 0) and the co-speakers, each with the office held and the words used there."""

    __tablename__ = "statement_speakers"
    __table_args__ = (
        Index(None, "speaker_id", "stated_on", "fact_id"),
        Index(None, "speaker_id", "created_at", "fact_id"),
        Index(None, "speaker_id", "role", "country", "stated_on"),
    )

    fact_id: str = Field(primary_key=True, sa_column_args=_part_of("statements"))
    speaker_id: str = Field(primary_key=True, foreign_key="speakers.id")
    position: int
    role: str | None
    country: str | None
    as_written: str | None
    resolved_by: str | None
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)


class IndicatorPairRow(SQLModel, table=True):
    """With metric and value, because the figures of a pair are mostly asked for by metric, and the largest of one."""

    __tablename__ = "indicator_pairs"
    __table_args__ = (
        Index(None, "pair", "stated_on", "fact_id"),
        Index(None, "pair", "created_at", "fact_id"),
        Index(None, "pair", "metric", "stated_on", "fact_id"),
        Index(None, "pair", "metric", "value", "fact_id"),
    )

    fact_id: str = Field(primary_key=True, sa_column_args=_part_of("indicators"))
    pair: str = Field(primary_key=True)
    metric: str
    value: Decimal = Field(sa_type=ExactDecimal)
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)


class IndicatorCountryRow(SQLModel, table=True):
    __tablename__ = "indicator_countries"
    __table_args__ = (Index(None, "country", "stated_on", "fact_id"),)

    fact_id: str = Field(primary_key=True, sa_column_args=_part_of("indicators"))
    country: str = Field(primary_key=True)
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)


class IndicatorSpeakerRow(SQLModel, table=True):
    """The speaker of the indicator and the co-speakers of the statement that contains it."""

    __tablename__ = "indicator_speakers"
    __table_args__ = (Index(None, "speaker_id", "stated_on", "fact_id"), Index(None, "speaker_id", "created_at", "fact_id"))

    fact_id: str = Field(primary_key=True, sa_column_args=_part_of("indicators"))
    speaker_id: str = Field(primary_key=True, foreign_key="speakers.id")
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)


def _table(model: type[SQLModel]) -> Table:
    """The Core table behind a class: lists are read as plain rows, which costs an eighth of ORM objects."""
    table = inspect(model).local_table
    assert isinstance(table, Table)
    return table


articles = _table(ArticleRow)
article_texts = _table(ArticleTextRow)
article_pairs = _table(ArticlePairRow)
statements = _table(StatementRow)
statement_pairs = _table(StatementPairRow)
statement_countries = _table(StatementCountryRow)
statement_topics = _table(StatementTopicRow)
statement_speakers = _table(StatementSpeakerRow)
indicators = _table(IndicatorRow)
indicator_pairs = _table(IndicatorPairRow)
indicator_countries = _table(IndicatorCountryRow)
indicator_speakers = _table(IndicatorSpeakerRow)
speakers = _table(SpeakerRow)
pairs = _table(PairRow)
