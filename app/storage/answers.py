"""Answers kept for requests that may be sent again: who is working on one, and what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, RowMapping, Text, delete, select, update
from sqlmodel import Field, Session, SQLModel

from app.storage.columns import UtcDateTime
from app.storage.conflicts import insert_missing
from app.storage.declaring import table_of

PASSING = {"passing": True}
"""The `info` of a table that no export takes along: it is over before the other engine would ask for it."""


class KeptAnswerRow(SQLModel, table=True):
    """`id` is the digest of who asked where under which key, `fingerprint` that of what was asked.

    Without a status it is being worked on by the attempt of that name, which is believed until `held_until`.
    """

    __tablename__ = "kept_answers"
    __table_args__ = ({"info": PASSING},)

    id: str = Field(primary_key=True)
    fingerprint: str
    attempt: str
    held_until: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    status: int | None
    headers: str | None = Field(sa_type=Text)
    body: bytes | None = Field(sa_type=LargeBinary)


kept_answers = table_of(KeptAnswerRow)
_C = kept_answers.c
_NO_ANSWER = {"status": None, "headers": None, "body": None}


def begin(session: Session, row: dict[str, Any]) -> bool:
    """Whether this attempt is the first; another transaction that begins the same is waited for."""
    return bool(insert_missing(session, kept_answers, [row | _NO_ANSWER]))


def get(session: Session, id_: str) -> RowMapping | None:
    return session.execute(select(kept_answers).where(_C.id == id_)).mappings().first()


def take_over(session: Session, row: dict[str, Any], before: str) -> bool:
    """Puts this attempt in the place of an earlier one, unless another did so meanwhile."""
    taken = update(kept_answers).where(_C.id == row["id"], _C.attempt == before).values(**row, **_NO_ANSWER).returning(_C.id)
    return session.scalar(taken) is not None


def keep(session: Session, id_: str, attempt: str, answer: dict[str, Any]) -> None:
    """The answer of the attempt, if it is still the one that is believed."""
    session.execute(update(kept_answers).where(_C.id == id_, _C.attempt == attempt).values(**answer))


def forget(session: Session, id_: str, attempt: str) -> None:
    session.execute(delete(kept_answers).where(_C.id == id_, _C.attempt == attempt))


def clear(session: Session, now: datetime) -> int:
    """Removes what has expired, and says how many."""
    return len(session.execute(delete(kept_answers).where(_C.expires_at <= now).returning(_C.id)).all())
