"""Entity tags: what a client has already is not sent again (304), and what it has not seen is not changed (412, 428)."""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import orjson
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import Changed, MatchRequired

ANY = "*"

_TAG = re.compile(r'(?:W/)?"[^"]*"')
_POINTER = "/header/if-match"
# Of what a 304 says nothing: the client has it from the answer that it kept.
_OF_THE_BODY = ("content-length", "content-type", "repr-digest", "content-disposition")


def etag_of(body: bytes) -> str:
    """A strong tag: the same bytes, the same tag, from any process."""
    return f'"{urlsafe_b64encode(hashlib.blake2b(body, digest_size=15).digest()).decode()}"'


class Precondition(NamedTuple):
    """The tags of `If-Match`; None where it was not sent."""

    tags: frozenset[str] | None

    def require(self, current: Callable[[], Any]) -> None:
        """For a change that must know what it changes: MatchRequired where nothing was sent, then as `check`."""
        if self.tags is None:
            told = "What is changed here may have been changed by another meanwhile: send the ETag that GET answers as If-Match."
            raise MatchRequired(told, pointer=_POINTER)
        self.check(current)

    def check(self, current: Callable[[], Any]) -> None:
        """Changed where the client has seen something else than `current`, the document that GET answers.

        Ask in the transaction that makes the change, after it has begun writing. A weak tag never matches.
        """
        if self.tags is None or ANY in self.tags:
            if self.tags is not None:
                current()  # NotFound where there is nothing at all
            return
        if etag_of(orjson.dumps(current())) not in self.tags:
            raise Changed("This was changed since it was read. Read it again, and decide anew.", pointer=_POINTER)


def precondition(headers: Headers) -> Precondition:
    sent = headers.getlist("if-match")
    return Precondition(frozenset(_tags(sent)) if sent else None)


class Conditional:
    """Tags each complete answer to GET, and answers 304 to a client that has it.

    The tag is made of the answer itself, so no route can forget to change it; it saves the way and not the work. `no-cache`
    lets a client keep an answer and has it ask each time whether it still holds.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        seen = {_weak(tag) for tag in _tags(Headers(scope=scope).getlist("if-none-match"))}
        await self._app(scope, receive, _Tagging(send, seen).send)


class _Tagging:
    """Holds the head of an answer back until the tag is known."""

    def __init__(self, send: Send, seen: set[str]) -> None:
        self._send, self._seen = send, seen
        self._head: Message | None = None
        self._over = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._head = message
            return
        if self._head is not None:
            head, self._head = self._head, None
            if head["status"] == 200 and self._has_it(MutableHeaders(raw=head["headers"]), message):
                self._over = True
                await self._send({**head, "status": 304})
                await self._send({"type": "http.response.body", "body": b""})
                return
            await self._send(head)
        if not self._over:
            await self._send(message)

    def _has_it(self, headers: MutableHeaders, first: Message) -> bool:
        """Writes the tag into the head; what is sent in pieces has one if its digest is known beforehand."""
        tag = headers.get("etag")
        if tag is None and not first.get("more_body") and "body" in first:
            tag = etag_of(first["body"])
        elif tag is None and (digest := headers.get("repr-digest")):
            tag = etag_of(digest.encode())
        if tag is None:
            return False
        headers["etag"] = tag
        headers.setdefault("cache-control", "no-cache")
        if _weak(tag) not in self._seen and ANY not in self._seen:
            return False
        for name in _OF_THE_BODY:
            del headers[name]
        return True


def _tags(values: Iterable[str]) -> list[str]:
    return [ANY if value.strip() == ANY else tag for value in values for tag in (_TAG.findall(value) or [value.strip()])]


def _weak(tag: str) -> str:
    """Whether a client may use what it has is asked without regard to W/ (RFC 9110, 13.1.2)."""
    return tag.removeprefix("W/")
