"""`Idempotency-Key` on every POST: sent again, a request is not worked on again, and its answer is the first one's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from anyio import CancelScope, to_thread
from sqlmodel import Session
from starlette.datastructures import Headers
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.door import Caller
from app.errors import InvalidParameter
from app.services import repeating
from app.services.repeating import Attempt, KeptAnswer
from app.storage.database import Database

HEADER, REPLAYED = "Idempotency-Key", "idempotency-replayed"
PATTERN = "^[!-~]{1,255}$"

_KEY = re.compile(PATTERN)
# Refused for what may be otherwise in a moment, or before anybody looked at the request: nothing was done that could be repeated.
_PASSING = frozenset({401, 403, 404, 405, 406, 408, 409, 412, 413, 425, 428, 429})
_OF_THIS_CONNECTION = frozenset({b"connection", b"keep-alive", b"transfer-encoding", b"date", b"server", b"content-length"})

Result = TypeVar("Result")
Work = Callable[[Session], Result]


class Repeatable:
    """Keeps the answers in the database, so that any process knows them, also after a restart.

    The answer goes out when it is kept: who has seen it will see it again. A failure on our side is not kept; a process that
    dies at work blocks the key for two minutes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or not (keys := Headers(scope=scope).getlist(HEADER)):
            await self._app(scope, receive, send)
            return
        key = _sane(keys)
        resources: Any = scope["app"].state.resources
        body, receive_again = await _read(receive, _longest(scope, resources.settings))
        if body is None:  # too large for any route, whose refusal needs no keeping
            await self._app(scope, receive_again, send)
            return
        database: Database = resources.database
        wanted = repeating.attempt(_whose(scope, key), _asked(scope, body))
        kept = await _in_thread(database, lambda session: repeating.begin(session, wanted))
        if kept is not None:
            _note_route(scope)
            await _send(send, kept, [(REPLAYED.encode(), b"true")])
            return
        await self._work(database, wanted, scope, receive_again, send)

    async def _work(self, database: Database, wanted: Attempt, scope: Scope, receive: Receive, send: Send) -> None:
        answer = _Answer()
        try:
            await self._app(scope, receive, answer.take)
        except BaseException:
            with CancelScope(shield=True):
                await _in_thread(database, lambda session: repeating.abandon(session, wanted))
            raise
        kept = answer.kept()
        await _in_thread(database, lambda session: _settle(session, wanted, kept))
        await _send(send, kept)


def _note_route(scope: Scope) -> None:
    """Which route would have answered: the layers outside tell of it, and whether it is deprecated."""
    for route in (route for included in scope["app"].routes for route in _routes(included)):
        if route.matches(scope)[0] is Match.FULL:
            scope["route"] = getattr(route, "original_route", route)
            return


def _routes(included: Any) -> Iterable[Any]:
    """The framework keeps those of a router together, which alone are none."""
    contexts = getattr(included, "effective_route_contexts", None)
    return contexts() if contexts else (included,)


def _longest(scope: Scope, settings: Any) -> int:
    of_batches = scope["path"].endswith("/articles/batch")
    longest: int = settings.max_batch_bytes if of_batches else settings.max_body_bytes
    return longest


class _Answer:
    """An answer as it comes out of the routes, whole."""

    def __init__(self) -> None:
        self._status = 0
        self._headers: list[tuple[bytes, bytes]] = []
        self._body = bytearray()

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status, self._headers = message["status"], message["headers"]
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")

    def kept(self) -> KeptAnswer:
        headers = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in self._headers if n.lower() not in _OF_THIS_CONNECTION]
        return KeptAnswer(self._status, headers, bytes(self._body))


def _settle(session: Session, worked: Attempt, answer: KeptAnswer) -> None:
    if answer.status >= 500 or answer.status in _PASSING:
        repeating.abandon(session, worked)
    else:
        repeating.finish(session, worked, answer)


async def _in_thread(database: Database, work: Work[Result]) -> Result:
    def in_one_transaction() -> Result:
        with database.session() as session:
            return work(session)

    return await to_thread.run_sync(in_one_transaction)


async def _send(send: Send, answer: KeptAnswer, more: list[tuple[bytes, bytes]] | None = None) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
    headers += [(b"content-length", str(len(answer.body)).encode()), *(more or ())]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


def _sane(keys: list[str]) -> str:
    """A structured string (`"…"`, as the draft standard writes it) and the bare word are the same key."""
    key = keys[0].strip()
    if len(key) >= 2 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if len(keys) > 1 or not _KEY.fullmatch(key):
        told = "An Idempotency-Key is one word of 1 to 255 visible ASCII characters, such as a UUID, and is sent once."
        raise InvalidParameter(told, pointer="/header/idempotency-key")
    return key


def _whose(scope: Scope, key: str) -> list[str]:
    """A key is its sender's, whom the door has let in, and of one place."""
    caller: Caller = scope["state"]["caller"]
    who = f"key {caller.key.id}" if caller.key else f"address {caller.address}"
    return [who, scope["method"], scope["path"], key]


def _asked(scope: Scope, body: bytes) -> list[bytes]:
    headers = Headers(scope=scope)
    return [scope["query_string"], *(headers.get(name, "").encode() for name in ("content-type", "content-encoding")), body]


async def _read(receive: Receive, most: int) -> tuple[bytes | None, Receive]:
    """The whole body, None where it is larger than that, and a way to receive it again from its beginning."""
    messages: list[Message] = []
    size, more = 0, True
    while more and size <= most:
        messages.append(message := await receive())
        size += len(message.get("body", b""))
        more = message["type"] == "http.request" and message.get("more_body", False)
    waiting = iter(messages)

    async def again() -> Any:
        return next(waiting, None) or await receive()

    whole = size <= most and messages[-1]["type"] == "http.request"
    return (b"".join(message.get("body", b"") for message in messages) if whole else None), again
