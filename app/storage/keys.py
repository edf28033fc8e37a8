"""Keys at rest: made, listed, revoked, forgotten, and when each was last used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import RowMapping, bindparam, delete, insert, or_, select, update
from sqlmodel import Session

from app.domain.key import Key, Scope
from app.storage.key_tables import api_keys

_c = api_keys.c


def add(session: Session, key: Key) -> None:
    session.execute(insert(api_keys).values(asdict(key) | {"scopes": ",".join(sorted(key.scopes))}))


def listed(session: Session) -> list[Key]:
    """All of them, those that no longer open anything too, in the order in which they were made."""
    rows = session.execute(select(api_keys).order_by(_c.created_at, _c.id)).mappings()
    return [_key(row) for row in rows]


def revoke(session: Session, name: str, now: datetime) -> int:
    """How many keys of this name were still open."""
    wanted = update(api_keys).where(_c.name == name, _c.revoked_at.is_(None)).values(revoked_at=now)
    return len(session.execute(wanted.returning(_c.id)).all())


def forget(session: Session, now: datetime) -> int:
    """Drops the rows of keys that were revoked or have expired."""
    over = or_(_c.revoked_at.is_not(None), _c.expires_at <= now)
    return len(session.execute(delete(api_keys).where(over).returning(_c.id)).all())


def touch(session: Session, used: Mapping[str, datetime]) -> None:
    """Notes the last use of keys by id; of several processes, the latest stands."""
    later = or_(_c.last_used_at.is_(None), _c.last_used_at < bindparam("at", type_=_c.last_used_at.type))
    noted = update(api_keys).where(_c.id == bindparam("used"), later).values(last_used_at=bindparam("at"))
    session.connection().execute(noted, [{"used": id_, "at": at} for id_, at in sorted(used.items())])


def _key(row: RowMapping) -> Key:
    scopes = frozenset(Scope(scope) for scope in row["scopes"].split(","))
    return Key(**{**row, "scopes": scopes})
