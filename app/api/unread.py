"""What becomes of a body that was refused before it was read: it is read off, within bounds, so that the answer arrives.

A server that closes while its client still writes resets the connection, and the client never sees why.
"""

from __future__ import annotations

from anyio import move_on_after
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 8_000_000
MOST_SECONDS = 2.0


class ReadOff:
    """Answers at once, reads off what still comes, and closes: a client that sends for ever is cut off."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _brings_a_body(headers := Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        body = _Body(receive)

        async def send_and_read_off(message: Message) -> None:
            if message["type"] == "http.response.start" and not body.over:
                MutableHeaders(raw=message["headers"])["connection"] = "close"
            if message["type"] != "http.response.body" or message.get("more_body") or body.over:
                await send(message)
                return
            await send({**message, "more_body": True})
            if headers.get("expect", "").lower() != "100-continue":  # such a client has not sent it yet, and now never will
                await body.read_off()
            await send({"type": "http.response.body", "body": b"", "more_body": False})

        await self._app(scope, body.receive, send_and_read_off)


class _Body:
    """Knows whether the end of the request has been seen."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self.over = False

    async def receive(self) -> Message:
        message = await self._receive()
        self.over = self.over or message["type"] != "http.request" or not message.get("more_body")
        return message

    async def read_off(self) -> None:
        read = 0
        with move_on_after(MOST_SECONDS):
            while not self.over and read <= MOST_BYTES:
                read += len((await self.receive()).get("body", b""))


def _brings_a_body(headers: Headers) -> bool:
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
