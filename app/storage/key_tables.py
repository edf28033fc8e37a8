"""The table of keys: digests of tokens, never a token."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.storage.columns import UtcDateTime
from app.storage.declaring import table_of


class ApiKeyRow(SQLModel, table=True):
    """`scopes` are parted by commas, in the order of the alphabet."""

    __tablename__ = "api_keys"
    __table_args__ = (Index(None, "digest", unique=True), Index(None, "name"))

    id: str = Field(primary_key=True)
    name: str
    digest: str
    hint: str
    scopes: str
    per_minute: int | None
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(sa_type=UtcDateTime)
    last_used_at: datetime | None = Field(sa_type=UtcDateTime)


api_keys = table_of(ApiKeyRow)
