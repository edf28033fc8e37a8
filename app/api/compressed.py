"""Compressed bodies: gzip is undone while it is read, and never past the limit, whatever a small body unfolds to."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Callable

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request

from app.errors import BadRequest, TooLarge, UnsupportedMediaType

_GZIP = 16 + zlib.MAX_WBITS
_BROKEN = "The body is not gzip, as its Content-Encoding says, or breaks off."


async def read_unfolded(request: Request, limit: int) -> bytes:
    """The whole body, decompressed where it is compressed; TooLarge as soon as it is known to pass the limit.

    Content-Length is believed only when it is too large already: it may be absent (chunked) or wrong.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > limit:
        raise _too_large(limit)
    try:
        if is_gzip(request.headers):
            return await _unfold(request.stream(), limit, request.scope.get("state", {}).get("hold"))
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > limit:
                raise _too_large(limit)
        return bytes(body)
    except ClientDisconnect:
        raise BadRequest("The connection was closed before the body was complete.") from None


def is_gzip(headers: Headers) -> bool:
    """UnsupportedMediaType where it is any other encoding."""
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise UnsupportedMediaType("Of compressed bodies, gzip is read.", pointer="/header/content-encoding")
    return encoding.endswith("gzip")


async def _unfold(pieces: AsyncIterator[bytes], limit: int, hold: Callable[[int], None] | None) -> bytes:
    """Several members one behind another are one body (RFC 1952, 2.2). What they unfold to takes room like any body."""
    body, member = bytearray(), zlib.decompressobj(_GZIP)
    begun = False
    async for piece in pieces:
        while piece:
            begun = True
            try:
                unfolded = member.decompress(piece, limit + 1 - len(body))
            except zlib.error:
                raise BadRequest(_BROKEN, pointer="") from None
            if hold is not None:
                hold(len(unfolded))
            body += unfolded
            if len(body) > limit:
                raise _too_large(limit)
            piece = member.unused_data if member.eof else member.unconsumed_tail
            if member.eof and piece:
                member = zlib.decompressobj(_GZIP)
    if begun and not member.eof:
        raise BadRequest(_BROKEN, pointer="")
    return bytes(body)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The body is larger than {limit:,} bytes (of a compressed one, what it unfolds to).", pointer="")
