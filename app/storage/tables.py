"""The tables: what is stored of articles, facts and speakers, and the indexes for what is asked.

A fact is a JSON `body`, written once, beside the columns that filters and orders need. Links (`statement_pairs` …)
repeat the dates of their fact, so that "the latest of this pair" is one walk along one index.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from app.storage.article_tables import (
    article_pairs,
    article_sources,
    article_texts,
    article_versions,
    article_words,
    articles,
)
from app.storage.columns import ExactDecimal, RowNumber, UtcDateTime
from app.storage.declaring import few, part_of, table_of

__all__ = ["article_pairs", "article_sources", "article_texts", "article_versions", "article_words", "articles"]


class StatementRow(SQLModel, table=True):
    """`position` is the place in the order of the text.

    `figures` are those inside it, as JSON, and `length` its characters: by these and its words it is known elsewhere.
    `group_id` is null where nobody else tells the same saying. `repeats` is the fact of an earlier copy of its article that
    says the same.
    """

    __tablename__ = "statements"
    __table_args__ = (
        Index(None, "stated_on", "id"),
        Index(None, "created_at", "id"),
        Index(None, "article_id", "position"),
        few("group_id"),
        few("repeats"),
    )

    id: str = Field(primary_key=True)
    article_id: str = Field(sa_column_args=part_of("articles"))
    position: int
    kind: str
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)
    confidence: float | None
    review: str
    body: str = Field(sa_type=Text)
    figures: str | None = Field(default=None, sa_type=Text)
    length: int | None = None
    group_id: str | None = None
    repeats: str | None = None


class IndicatorRow(SQLModel, table=True):
    """`value_end` is the upper end of a range, else the value.

    `period_first` and `period_last` are the period, its open end closed as `IndicatorQuery` says; `repeats` as in `StatementRow`.
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
        Index(None, "reporter", "stated_on", "id"),
        Index(None, "partner", "stated_on", "id"),
        few("repeats"),
    )

    id: str = Field(primary_key=True)
    article_id: str = Field(sa_column_args=part_of("articles"))
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
    repeats: str | None = None


class SpeakerRow(SQLModel, table=True):
    """`names` is JSON by language; `role` and `country` are of `office_on`."""

    __tablename__ = "speakers"
    __table_args__ = (Index(None, "name_folded", "id"),)

    id: str = Field(primary_key=True)
    kind: str
    name: str = Field(sa_type=Text)
    name_folded: str = Field(sa_type=Text)
    names: str = Field(sa_type=Text)
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

    fact_id: str = Field(primary_key=True, sa_column_args=part_of("statements"))
    pair: str = Field(primary_key=True)
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)


class StatementCountryRow(SQLModel, table=True):
    __tablename__ = "statement_countries"
    __table_args__ = (Index(None, "country", "stated_on", "fact_id"),)

    fact_id: str = Field(primary_key=True, sa_column_args=part_of("statements"))
    country: str = Field(primary_key=True)
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)


class StatementTopicRow(SQLModel, table=True):
    __tablename__ = "statement_topics"
    __table_args__ = (Index(None, "topic", "stated_on", "fact_id"),)

    fact_id: str = Field(primary_key=True, sa_column_args=part_of("statements"))
    topic: str = Field(primary_key=True)
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)


class StatementWordsRow(SQLModel, table=True):
    """The words of a statement in dictionary form. `place` is the date and a number within it (see `words`).

    Beside it stands the engine's own index of words, which the migration makes and each engine keeps.
    """

    __tablename__ = "statement_words"

    place: int = Field(sa_type=RowNumber, primary_key=True, sa_column_kwargs={"autoincrement": False})
    owner_id: str = Field(unique=True, sa_column_args=part_of("statements"))
    lemmas: str = Field(sa_type=Text)


class StatementSpeakerRow(SQLModel, table=True):
    """The speaker (`position` 0) and the co-speakers, each with the office held and the words used there.

    `heard_as` is the id under which the fact was read, where an editor has since said whose words they are.
    """

    __tablename__ = "statement_speakers"
    __table_args__ = (
        Index(None, "speaker_id", "stated_on", "fact_id"),
        Index(None, "speaker_id", "created_at", "fact_id"),
        Index(None, "speaker_id", "role", "country", "stated_on"),
        few("heard_as"),
    )

    fact_id: str = Field(primary_key=True, sa_column_args=part_of("statements"))
    speaker_id: str = Field(primary_key=True, foreign_key="speakers.id")
    position: int
    role: str | None
    country: str | None
    as_written: str | None
    resolved_by: str | None
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)
    heard_as: str | None = None


class IndicatorPairRow(SQLModel, table=True):
    """With metric and value, because the figures of a pair are mostly asked for by metric, and the largest of one."""

    __tablename__ = "indicator_pairs"
    __table_args__ = (
        Index(None, "pair", "stated_on", "fact_id"),
        Index(None, "pair", "created_at", "fact_id"),
        Index(None, "pair", "metric", "stated_on", "fact_id"),
        Index(None, "pair", "metric", "value", "fact_id"),
    )

    fact_id: str = Field(primary_key=True, sa_column_args=part_of("indicators"))
    pair: str = Field(primary_key=True)
    metric: str
    value: Decimal = Field(sa_type=ExactDecimal)
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)


class IndicatorCountryRow(SQLModel, table=True):
    __tablename__ = "indicator_countries"
    __table_args__ = (Index(None, "country", "stated_on", "fact_id"),)

    fact_id: str = Field(primary_key=True, sa_column_args=part_of("indicators"))
    country: str = Field(primary_key=True)
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)


class IndicatorSpeakerRow(SQLModel, table=True):
    """The speaker of the indicator and the co-speakers of the statement that contains it."""

    __tablename__ = "indicator_speakers"
    __table_args__ = (
        Index(None, "speaker_id", "stated_on", "fact_id"),
        Index(None, "speaker_id", "created_at", "fact_id"),
        few("heard_as"),
    )

    fact_id: str = Field(primary_key=True, sa_column_args=part_of("indicators"))
    speaker_id: str = Field(primary_key=True, foreign_key="speakers.id")
    role: str | None = None
    country: str | None = None
    stated_on: date | None
    created_at: datetime = Field(sa_type=UtcDateTime)
    heard_as: str | None = None


class NoteRow(SQLModel, table=True):
    """What the store knows of itself, by name."""

    __tablename__ = "notes"

    name: str = Field(primary_key=True)
    value: str = Field(sa_type=Text)


statements = table_of(StatementRow)
statement_pairs = table_of(StatementPairRow)
statement_countries = table_of(StatementCountryRow)
statement_topics = table_of(StatementTopicRow)
statement_speakers = table_of(StatementSpeakerRow)
statement_words = table_of(StatementWordsRow)
indicators = table_of(IndicatorRow)
indicator_pairs = table_of(IndicatorPairRow)
indicator_countries = table_of(IndicatorCountryRow)
indicator_speakers = table_of(IndicatorSpeakerRow)
speakers = table_of(SpeakerRow)
pairs = table_of(PairRow)
notes = table_of(NoteRow)
