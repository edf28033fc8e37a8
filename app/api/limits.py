"""How much of a request is taken in: the body is measured while it is read, never after."""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request

from app.errors import BadRequest, TooLarge


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body, or TooLarge as soon as it is known to pass the limit.

    Content-Length is believed only when it is too large already: it may be absent (chunked) or wrong.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > limit:
        raise _too_large(limit)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise _too_large(limit)
    except ClientDisconnect:
        raise BadRequest("The connection was closed before the body was complete.") from None
    return bytes(body)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The body is larger than {limit:,} bytes.", pointer="")
