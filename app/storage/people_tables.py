"""The tables of what editors say about people, and of the words by which speakers are found."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from app.storage.columns import UtcDateTime
from app.storage.declaring import table_of


class SpeakerWordRow(SQLModel, table=True):
    """A word of some name of a speaker, roughly as it sounds (`app.catalog.sound`)."""

    __tablename__ = "speaker_words"

    word: str = Field(primary_key=True)
    speaker_id: str = Field(primary_key=True, foreign_key="speakers.id", ondelete="CASCADE", index=True)


class PeopleChangeRow(SQLModel, table=True):
    """One act of an editor: `import`, `merge` or `split`; `before` is what an import replaced, as JSON."""

    __tablename__ = "people_changes"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    note: str = Field(sa_type=Text)
    before: str = Field(sa_type=Text)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SpeakerRuleRow(SQLModel, table=True):
    """What was heard under one id belongs to another: all of it, or what fulfils the conditions that are given.

    `snapshots` are the rows of `speakers` of both, as JSON, for the day on which one has to be made again.
    """

    __tablename__ = "speaker_rules"
    __table_args__ = (Index(None, "heard_as"), Index(None, "speaker_id"))

    change_id: int = Field(primary_key=True, foreign_key="people_changes.id")
    heard_as: str
    speaker_id: str
    country: str | None
    role: str | None
    article_id: str | None
    from_on: date | None
    to_on: date | None
    snapshots: str = Field(sa_type=Text)
    active: bool


class CatalogPersonRow(SQLModel, table=True):
    """A person whom editors added to the released catalogue or mended in it, as JSON."""

    __tablename__ = "catalog_people"

    id: str = Field(primary_key=True)
    body: str = Field(sa_type=Text)


speaker_words = table_of(SpeakerWordRow)
people_changes = table_of(PeopleChangeRow)
speaker_rules = table_of(SpeakerRuleRow)
catalog_people = table_of(CatalogPersonRow)
