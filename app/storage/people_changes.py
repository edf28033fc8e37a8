"""What editors did about people: recorded, newest first, each able to be taken back; and the people they added."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import RowMapping, delete, func, insert, select, update
from sqlmodel import Session

from app.storage.paging import Rows
from app.storage.people_tables import catalog_people, people_changes, speaker_rules


def record(session: Session, kind: str, note: str, before: str = "") -> int:
    """The number under which the change can be undone."""
    made = {"kind": kind, "made_at": datetime.now(UTC), "note": note, "before": before, "undone_at": None}
    (number,) = session.execute(insert(people_changes).values(**made).returning(people_changes.c.id)).one()
    assert isinstance(number, int)
    return number


def listed(session: Session) -> Rows:
    return list(session.execute(select(people_changes).order_by(people_changes.c.id.desc())).mappings())


def get(session: Session, number: int) -> RowMapping | None:
    return session.execute(select(people_changes).where(people_changes.c.id == number)).mappings().first()


def mark_undone(session: Session, number: int) -> None:
    session.execute(update(people_changes).where(people_changes.c.id == number).values(undone_at=datetime.now(UTC)))


def later_imports(session: Session, number: int) -> list[int]:
    """The imports made after this one that still stand."""
    c = people_changes.c
    wanted = select(c.id).where(c.id > number, c.kind == "import", c.undone_at.is_(None)).order_by(c.id)
    return list(session.scalars(wanted))


def stamp(session: Session) -> tuple[int, Any]:
    """Another whenever anything was changed or undone."""
    c = people_changes.c
    row = session.execute(select(func.max(c.id), func.count(c.undone_at))).one()
    return row[0] or 0, row[1]


def add_rule(session: Session, change: int, **rule: Any) -> None:
    session.execute(insert(speaker_rules).values(change_id=change, active=True, **rule))


def rule_of(session: Session, change: int) -> RowMapping | None:
    return session.execute(select(speaker_rules).where(speaker_rules.c.change_id == change)).mappings().first()


def end_rule(session: Session, change: int) -> None:
    session.execute(update(speaker_rules).where(speaker_rules.c.change_id == change).values(active=False))


def added_people(session: Session) -> dict[str, str]:
    """The people whom editors added or mended, as JSON by id."""
    rows = session.execute(select(catalog_people.c.id, catalog_people.c.body).order_by(catalog_people.c.id))
    return {row.id: row.body for row in rows}


def keep_people(session: Session, bodies: Iterable[tuple[str, str | None]]) -> None:
    """Puts each person in the place of what was kept of them; None takes them away."""
    for id_, body in bodies:
        session.execute(delete(catalog_people).where(catalog_people.c.id == id_))
        if body is not None:
            session.execute(insert(catalog_people).values(id=id_, body=body))
