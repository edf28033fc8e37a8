"""Every request seen from outside: an id that comes back, a line in the log, and numbers for Prometheus."""

from __future__ import annotations

import logging
import re
from time import perf_counter
from uuid import uuid4

from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.logs import REQUEST_ID
from app.services.measuring import REGISTRY

HEADER = "X-Request-ID"

log = logging.getLogger("bilateral.requests")

REQUESTS = Counter("bilateral_http_requests", "Requests answered.", ["method", "route", "status"], registry=REGISTRY)
SECONDS = Histogram(
    "bilateral_http_request_seconds", "From the request to the end of its answer.", ["method", "route"], registry=REGISTRY,
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)  # fmt: skip

_SANE = re.compile(r"[A-Za-z0-9._:/+=-]{1,128}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Seen:
    """The outermost layer: nothing is answered that it does not see.

    The path is logged and the query is not: a request says there what it looks for, and an article's title.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, method, started, status = _request_id(scope), scope["method"], perf_counter(), 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(raw=message["headers"])[HEADER] = request_id
            await send(message)

        token = REQUEST_ID.set(request_id)
        try:
            await self._app(scope, receive, send_with_id)
        finally:
            _tell(scope, method, status, perf_counter() - started)
            REQUEST_ID.reset(token)


def route_of(scope: Scope) -> str:
    """The route as it is documented: `/v1/statements/{id}`. Few words, whatever clients ask for.

    The framework notes the route as its router knows it, without the prefix that it was included under, which holds no
    parameters: that many segments are taken from the path.
    """
    route = scope.get("route")
    if route is None:
        return "(none)" if "endpoint" not in scope else "(pages)"
    own = route.path.strip("/").split("/") if route.path.strip("/") else []
    asked = scope["path"].strip("/").split("/")
    return "/" + "/".join([*asked[: len(asked) - len(own)], *own])


def _tell(scope: Scope, method: str, status: int, seconds: float) -> None:
    route, method = route_of(scope), method if method in _METHODS else "other"
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(method, route).observe(seconds)
    if log.isEnabledFor(logging.INFO):
        told = {"method": method, "route": route, "status": status, "milliseconds": round(seconds * 1000, 1)}
        log.info("%s %s %d %.1f ms", method, route, status, seconds * 1000, extra={"told": told})


def _request_id(scope: Scope) -> str:
    """The client's own, so that it finds its request in our log, unless it is none that a log should hold."""
    given = Headers(scope=scope).get(HEADER, "")
    return given if _SANE.fullmatch(given) else uuid4().hex
