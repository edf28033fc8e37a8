"""Answers compressed for those who can read them: gzip, by `Accept-Encoding`, with a tag of their own."""

from __future__ import annotations

import re
import zlib
from typing import Any, Protocol, cast

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_quickest: tuple[Any, int] = (zlib, 1)
try:
    from isal import isal_zlib

    # Our JSON becomes within a seventh as small as by zlib's quickest, at a fifth of the work.
    _quickest = (isal_zlib, 0)
except ImportError:  # no wheel for this machine
    pass

LEAST_BYTES = 1_000
"""Below, what is saved is less than a packet."""

_GZIP = 31  # zlib's number for a window of 32 kB in the format of gzip
_SUFFIX = '.gzip"'
_TEXTS = re.compile(r"text/|application/(?:[a-z.+-]*json|javascript|xml|vnd\.sdmx\.)|image/svg")
_WITH_TAGS = (b"if-none-match", b"if-match")


class Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


class Compressed:
    """A strong tag names bytes, so the compressed form has one of its own: `"…"` becomes `"….gzip"`.

    A tag that comes back loses the ending here: to all layers and routes behind there is one form, and what a client has seen
    compressed it may change. An export keeps its `Repr-Digest`, which is of the bytes as they are, and so is not compressed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        seen_compressed = _SUFFIX in headers.get("if-none-match", "")
        if seen_compressed or _SUFFIX in headers.get("if-match", ""):
            scope["headers"] = [_without_suffix(name, value) for name, value in scope["headers"]]
        packing = _Packing(send, accepts_gzip(headers.get("accept-encoding", "")), seen_compressed)
        await self._app(scope, receive, packing.send)


def accepts_gzip(accepted: str) -> bool:
    """RFC 9110, 12.5.3: by its name before `*`, and `q=0` is a no."""
    said: dict[str, bool] = {}
    for part in accepted.lower().split(","):
        name, _, parameters = part.partition(";")
        said[name.strip()] = not re.fullmatch(r"q=0(\.0*)?", parameters.replace(" ", ""))
    return said.get("gzip", said.get("x-gzip", said.get("*", False)))


class _Packing:
    """One answer, on its way out."""

    def __init__(self, send: Send, wanted: bool, seen_compressed: bool) -> None:
        self._send, self._wanted, self._seen_compressed = send, wanted, seen_compressed
        self._head: Message | None = None
        self._compressor: Compressor | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._head = message
            return
        if self._head is None:
            await self._send(self._packed(message))
            return
        head, self._head = self._head, None
        headers = MutableHeaders(raw=head["headers"])
        self._decide(head["status"], headers, message)
        message = self._packed(message)
        if self._compressor is not None and not message.get("more_body"):
            headers["content-length"] = str(len(message["body"]))
        await self._send(head)
        await self._send(message)

    def _packed(self, message: Message) -> Message:
        if self._compressor is None or message["type"] != "http.response.body":
            return message
        packed = self._compressor.compress(message.get("body", b""))
        return {**message, "body": packed if message.get("more_body") else packed + self._compressor.flush()}

    def _decide(self, status: int, headers: MutableHeaders, first: Message) -> None:
        """Whether the answer is compressed, and what its head says then."""
        if status == 304:
            headers.add_vary_header("Accept-Encoding")
            if self._seen_compressed:
                _add_suffix(headers)
        elif _may_be_compressed(status, headers) and (first.get("more_body") or len(first.get("body", b"")) >= LEAST_BYTES):
            headers.add_vary_header("Accept-Encoding")
            if self._wanted:
                self._compressor = compressor()
                headers["content-encoding"] = "gzip"
                _add_suffix(headers)
                # Parts of what is compressed on its way cannot be asked for.
                for name in ("content-length", "accept-ranges"):
                    del headers[name]


def compressor() -> Compressor:
    module, level = _quickest
    return cast(Compressor, module.compressobj(level, zlib.DEFLATED, _GZIP))


def _may_be_compressed(status: int, headers: Headers) -> bool:
    if status == 206 or "content-encoding" in headers or "repr-digest" in headers:
        return False
    return _TEXTS.match(headers.get("content-type", "")) is not None


def _add_suffix(headers: MutableHeaders) -> None:
    tag = headers.get("etag", "")
    if tag.startswith('"'):
        headers["etag"] = tag[:-1] + _SUFFIX


def _without_suffix(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    return (name, value.replace(_SUFFIX.encode(), b'"')) if name in _WITH_TAGS else (name, value)
