"""What a request may hold and how long its body may take, whatever route it is for."""

from __future__ import annotations

import time
from typing import Any

from anyio import fail_after
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import scopes
from app.errors import Busy, HeadTooLarge, InvalidParameter, TooSlow

MOST_HEADERS = 100
MOST_PARAMETERS = 200
BYTES_PER_SECOND = 10_000
"""A body that comes faster may take as long as it needs: a large one does."""


class Intake:
    """Refuses heads that are no heads, bodies that trickle, and more bodies at once than there is room for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._held = 0
        """Bytes of bodies whose requests are being worked on."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        _require_a_head(scope)
        body = _Body(self, receive, scope["app"].state.resources.settings)
        scope["state"]["hold"] = body.hold
        try:
            await self._app(scope, body.receive, send)
        finally:
            self._held -= body.bytes

    def take(self, more: int, most: int) -> None:
        """Room for so many bytes more, until the request is over."""
        if self._held + more > most:
            raise Busy("Too many bodies are being read; try again in a moment.")
        self._held += more


class _Body:
    """A body as it comes. Only waiting for the client counts as its time, not what we do in between."""

    def __init__(self, intake: Intake, receive: Receive, settings: Any) -> None:
        self._intake, self._receive, self._settings = intake, receive, settings
        self._waited = 0.0
        self._over = False
        self._received = 0
        self.bytes = 0
        """That came, and into which it was unfolded."""

    def hold(self, more: int) -> None:
        """So many bytes more take room until the request is over; Busy where there is none."""
        self._intake.take(more, self._settings.max_bytes_at_once)
        self.bytes += more

    async def receive(self) -> Message:
        if self._over:  # what comes now is the end of the connection, for which an answer may wait long
            return await self._receive()
        message = await self._in_time()
        more = len(message.get("body", b""))
        self.hold(more)
        self._received += more
        self._over = message["type"] != "http.request" or not message.get("more_body")
        return message

    async def _in_time(self) -> Message:
        allowed = self._settings.body_seconds + self._received / BYTES_PER_SECOND
        began = time.monotonic()
        try:
            with fail_after(max(0.0, allowed - self._waited)):
                return await self._receive()
        except TimeoutError:
            raise TooSlow(f"The body did not arrive within {allowed:.0f} seconds.", pointer="") from None
        finally:
            self._waited += time.monotonic() - began


def _require_a_head(scope: Scope) -> None:
    if len(scope["headers"]) > MOST_HEADERS:
        raise HeadTooLarge(f"There are more than {MOST_HEADERS} headers.")
    if scopes.is_guarded(scope["path"]) and scope["query_string"].count(b"&") >= MOST_PARAMETERS:
        raise InvalidParameter(f"There are more than {MOST_PARAMETERS} query parameters.", pointer="/query")
