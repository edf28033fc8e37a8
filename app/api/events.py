"""Server-sent events: a job told again each time that something of it has changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import orjson
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import StreamingResponse

Document = dict[str, Any]

EVENTS = "text/event-stream"
# The media type says its charset itself: it has no other (HTML standard, 9.2.5).
_HEADERS = {"Content-Type": EVENTS, "Cache-Control": "no-store", "X-Accel-Buffering": "no", "Vary": "Accept"}
_EVERY_SECONDS = 1.0


def wanted(request: Request) -> bool:
    """Browsers ask for nothing else when they open a stream of events."""
    return request.headers.get("accept", "").partition(",")[0].partition(";")[0].strip().lower() == EVENTS


def stream(ask: Callable[[], Document], is_over: Callable[[Document], bool]) -> StreamingResponse:
    """Each document is an event called `job`; the last is the job that is over.

    No thread waits along: on SQLite there are two of them.
    """
    return StreamingResponse(_events(ask, is_over), headers=_HEADERS)


async def _events(ask: Callable[[], Document], is_over: Callable[[Document], bool]) -> AsyncIterator[bytes]:
    told: Document = {}
    while True:
        document = await run_sync(ask)
        if any(document[name] != told.get(name) for name in ("counts", "state")):
            yield b"event: job\ndata: " + orjson.dumps(document) + b"\n\n"
        if is_over(document):
            return
        told = document
        await asyncio.sleep(_EVERY_SECONDS)
