"""The tables of jobs: what was handed in, in which chunks it is worked on, and what became of each item."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlmodel import Field, SQLModel

from app.storage.columns import UtcDateTime
from app.storage.declaring import table_of


def _of_job() -> list[ForeignKey]:
    return [ForeignKey("jobs.id", ondelete="CASCADE")]


class JobRow(SQLModel, table=True):
    """`refused` counts the items that were not valid when they were handed in; the rest is divided into chunks."""

    __tablename__ = "jobs"
    __table_args__ = (Index(None, "created_at", "id"),)

    id: str = Field(primary_key=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(sa_type=UtcDateTime)
    total: int
    refused: int


class JobChunkRow(SQLModel, table=True):
    """The items from `first` to before `end`. `beats` grows while its `worker` lives; `attempt` when another takes it over."""

    __tablename__ = "job_chunks"
    __table_args__ = (Index(None, "state", "worker"),)

    job_id: str = Field(primary_key=True, sa_column_args=_of_job())
    number: int = Field(primary_key=True)
    first: int
    end: int
    state: str
    attempt: int
    beats: int
    worker: str | None
    started_at: datetime | None = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(sa_type=UtcDateTime)
    created: int
    renewed: int
    duplicate: int
    failed: int


class JobItemRow(SQLModel, table=True):
    """`body` is the submitted article, dropped once its `outcome` is known; `errors` is JSON."""

    __tablename__ = "job_items"
    __table_args__ = (Index(None, "job_id", "outcome", "number"),)

    job_id: str = Field(primary_key=True, sa_column_args=_of_job())
    number: int = Field(primary_key=True)
    external_id: str | None
    url: str | None = Field(sa_type=Text)
    body: str | None = Field(sa_type=Text)
    outcome: str | None
    article_id: str | None
    reason: str | None = Field(sa_type=Text)
    errors: str | None = Field(sa_type=Text)


jobs = table_of(JobRow)
job_chunks = table_of(JobChunkRow)
job_items = table_of(JobItemRow)
