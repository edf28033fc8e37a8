"""Requests that may be sent again: the same key stands for the same request, which is answered once and the same for a day."""

from __future__ import annotations

import hashlib
import logging
import secrets
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import NamedTuple

import orjson
from sqlmodel import Session

from app.errors import KeyReused, StillRunning
from app.storage import answers
from app.storage.database import Database, begin_writing

log = logging.getLogger("bilateral.repeating")

KEPT_FOR = timedelta(hours=24)
HELD_FOR = timedelta(minutes=2)
"""How long an attempt is believed to be at work. Longer than any request takes: one whose process died blocks no longer."""
MOST_BYTES = 8_000_000
"""Of a compressed answer that is kept; a larger one is given and forgotten, and the request runs again if it is sent again."""

_POINTER = "/header/idempotency-key"
_EVERY_SECONDS = 3_600


class KeptAnswer(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at one request."""

    id: str
    fingerprint: str
    name: str

    def row(self, now: datetime) -> dict[str, object]:
        return {
            "id": self.id, "fingerprint": self.fingerprint, "attempt": self.name, "held_until": now + HELD_FOR,
            "expires_at": now + KEPT_FOR,
        }  # fmt: skip


def attempt(whose: Iterable[str], asked: Iterable[bytes]) -> Attempt:
    """`whose` names the caller, the place and the key; `asked` is all that makes this request another than the next."""
    return Attempt(_digest(part.encode() for part in whose), _digest(asked), secrets.token_hex(16))


def begin(session: Session, wanted: Attempt, now: datetime | None = None) -> KeptAnswer | None:
    """None where the request is to be worked on now, by this attempt; else what was answered before.

    StillRunning while another attempt is at work; KeyReused where the key stands for another request. What has expired,
    and an attempt that is not believed any more, are as if they had never been.
    """
    now = now or datetime.now(UTC)
    begin_writing(session)
    if answers.begin(session, wanted.row(now)):
        return None
    before = answers.get(session, wanted.id)
    if before is None:  # forgotten this moment
        raise _running()
    over = before["expires_at"] <= now
    if not over and before["fingerprint"] != wanted.fingerprint:
        told = "Another request came under this Idempotency-Key within 24 hours: other parameters, kind of body or body."
        raise KeyReused(told, pointer=_POINTER)
    if not over and before["status"] is not None:
        headers = [(name, value) for name, value in orjson.loads(before["headers"])]
        return KeptAnswer(before["status"], headers, zlib.decompress(before["body"]))
    if not over and before["held_until"] > now:
        raise _running()
    if not answers.take_over(session, wanted.row(now), before["attempt"]):
        raise _running()
    return None


def finish(session: Session, worked: Attempt, answer: KeptAnswer) -> None:
    """Keeps the answer for whoever asks again."""
    body = zlib.compress(answer.body)
    begin_writing(session)
    if len(body) > MOST_BYTES:
        answers.forget(session, worked.id, worked.name)
        return
    told = {"status": answer.status, "headers": orjson.dumps(answer.headers).decode(), "body": body}
    answers.keep(session, worked.id, worked.name, told)


def abandon(session: Session, worked: Attempt) -> None:
    """Nothing came of it, and it may be tried again at once."""
    begin_writing(session)
    answers.forget(session, worked.id, worked.name)


def clear(database: Database, now: datetime | None = None) -> int:
    with database.session() as session:
        begin_writing(session)
        return answers.clear(session, now or datetime.now(UTC))


def keep_clearing(database: Database, ended: Event) -> None:
    """At once and then every hour, until it has ended: a server that is often started anew clears too. Several processes may."""
    while True:
        try:
            clear(database)
        except Exception:
            log.exception("answers that have expired could not be cleared; trying again in an hour")
        if ended.wait(_EVERY_SECONDS):
            return


def _running() -> StillRunning:
    return StillRunning("The first request under this Idempotency-Key is still being answered. Ask again.", pointer=_POINTER)


def _digest(parts: Iterable[bytes]) -> str:
    """Each part with its length in front: no two lists of parts look alike."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
