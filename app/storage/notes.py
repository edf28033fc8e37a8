"""What the store knows of itself, by name."""

from __future__ import annotations

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from app.storage.tables import notes


def read(session: Session, name: str) -> str | None:
    return session.scalar(select(notes.c.value).where(notes.c.name == name))


def write(session: Session, name: str, value: str) -> None:
    session.execute(delete(notes).where(notes.c.name == name))
    session.execute(insert(notes).values(name=name, value=value))
