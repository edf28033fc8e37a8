"""Keys: made and shown once, revoked, listed, and known to a running server within a second."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import string
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from threading import Event, Lock, Thread

from sqlmodel import Session

from app.domain.key import Key, Scope
from app.errors import Conflict, InvalidParameter, NotFound
from app.storage import keys
from app.storage.database import Database, begin_writing, take_turns

log = logging.getLogger("bilateral.keys")

PREFIX = "bil_"
"""By which secret scanners and people recognise a token that has strayed into a repository or a log."""
_ALPHABET = string.ascii_letters + string.digits
_LETTERS = 43  # of 62: 256 bits
_SHOWN = len(PREFIX) + 4
_LOOK_SECONDS, _NOTE_SECONDS = 1.0, 5.0
_USE_IS_NEWS_AFTER = timedelta(minutes=1)
_SHORT = 16


def create(
    session: Session, name: str, scopes: Iterable[Scope], expires_at: datetime | None = None, per_minute: int | None = None
) -> tuple[str, Key]:
    """A new key and its token, which is told here and never again. Conflict where a valid key has the name."""
    now, name = datetime.now(UTC), name.strip()
    _require(name, expires_at, now)
    begin_writing(session)
    take_turns(session, "api_keys")
    if any(key.name == name and key.is_valid(now) for key in keys.listed(session)):
        raise Conflict(f"A key named {name} is there already; revoke it first, or choose another name.")
    token = PREFIX + "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS))
    key = Key(
        id=secrets.token_hex(8), name=name, digest=digest(token), hint=token[:_SHOWN], scopes=frozenset(scopes),
        created_at=now, expires_at=expires_at, per_minute=per_minute,
    )  # fmt: skip
    keys.add(session, key)
    return token, key


def revoke(session: Session, name: str) -> None:
    begin_writing(session)
    if not keys.revoke(session, name, datetime.now(UTC)):
        raise NotFound(f"There is no key named {name} that could be revoked.")


def forget(session: Session) -> int:
    """Drops what was revoked or has expired. A store without any key left is an open one again."""
    begin_writing(session)
    return keys.forget(session, datetime.now(UTC))


def listed(session: Session) -> list[Key]:
    return keys.listed(session)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class KeyRing:
    """The keys of a running server, read anew every second; uses are gathered and written once a minute and key."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._by_digest: dict[str, Key] | None = None
        self._used: dict[str, datetime] = {}
        self._written: dict[str, datetime] = {}
        self._lock = Lock()

    @property
    def is_empty(self) -> bool:
        """No key was made here, or all were forgotten; a revoked one still keeps the door shut."""
        return not self._keys()

    def find(self, token: str) -> Key | None:
        """The valid key of a token, and a note that it was used.

        The digest is compared in constant time. What the look-up by its beginning may tell is of no use: nobody can choose a
        token by the beginning of its digest.
        """
        told, now = digest(token), datetime.now(UTC)
        key = self._keys().get(told[:_SHORT])
        if key is None or not hmac.compare_digest(key.digest, told) or not key.is_valid(now):
            return None
        self._used[key.id] = now
        return key

    def look(self) -> None:
        with self._lock, self._database.session() as session:
            self._by_digest = {key.digest[:_SHORT]: key for key in keys.listed(session)}

    def note(self) -> None:
        """Writes which keys were used, where that is news: a write a minute and key, however many requests."""
        used = dict(self._used)
        news = {id_: at for id_, at in used.items() if self._is_news(id_, at)}
        if news:
            with self._database.session() as session:
                begin_writing(session)
                keys.touch(session, news)
            self._written |= news

    def _is_news(self, id_: str, at: datetime) -> bool:
        return id_ not in self._written or at - self._written[id_] >= _USE_IS_NEWS_AFTER

    def _keys(self) -> dict[str, Key]:
        if self._by_digest is None:
            self.look()
        assert self._by_digest is not None
        return self._by_digest


def keep_up_to_date(ring: KeyRing, ended: Event) -> None:
    """Looks every second until it has ended. In a thread beside it uses are noted: a write may have to wait for others."""
    Thread(target=_repeat, args=(ring.note, _NOTE_SECONDS, ended), name="key uses", daemon=True).start()
    _repeat(ring.look, _LOOK_SECONDS, ended)


def _repeat(act: Callable[[], None], seconds: float, ended: Event) -> None:
    """Where the database does not answer, what was known last goes on to count; said once, not every second."""
    failing = False
    while not ended.wait(seconds):
        try:
            act()
            failing = False
        except Exception:
            if not failing:
                log.exception("the database of keys does not answer; what was known last goes on to count")
            failing = True


def _require(name: str, expires_at: datetime | None, now: datetime) -> None:
    if not name or len(name) > 100 or not name.isprintable():
        raise InvalidParameter("A key needs a name, of 100 printable characters at most.")
    if expires_at is not None and expires_at <= now:
        raise InvalidParameter("The key would have expired already.")
