"""What is on its way out: one table, told in the headers of every answer and in the OpenAPI document."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Any, NamedTuple

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Deprecation(NamedTuple):
    """Since when nobody should build on an operation, from when it may be gone, and the path of what to use instead."""

    since: date
    sunset: date | None = None
    successor: str | None = None


DEPRECATED: dict[str, Deprecation] = {}
"""By operationId; docs/changes.md says what is promised. An entry stays until its operation is removed."""

_HEADERS = {
    "Deprecation": "Since when this operation is deprecated (RFC 9745).",
    "Sunset": "From when this operation may be gone (RFC 8594).",
}


class Deprecating:
    """Answers of deprecated operations, problems among them, say so."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_told(message: Message) -> None:
            if message["type"] == "http.response.start":
                _tell(getattr(scope.get("route"), "name", None), MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, send_told if DEPRECATED and scope["type"] == "http" else send)


def describe(document: dict[str, Any]) -> None:
    """Marks the operations in an OpenAPI document; generated clients then warn of them."""
    for operation in (o for path in document["paths"].values() for o in path.values()):
        if deprecation := DEPRECATED.get(operation["operationId"]):
            operation["deprecated"] = True
            operation["description"] = "\n\n".join(filter(None, (operation.get("description"), _sentence(deprecation))))
            for status, response in operation["responses"].items():
                if status < "300":
                    response.setdefault("headers", {}).update(_documented(deprecation))


def _tell(operation: str | None, headers: MutableHeaders) -> None:
    deprecation = DEPRECATED.get(operation or "")
    if deprecation is None:
        return
    headers["Deprecation"] = f"@{int(_midnight(deprecation.since).timestamp())}"
    if deprecation.sunset is not None:
        headers["Sunset"] = format_datetime(_midnight(deprecation.sunset), usegmt=True)
    if deprecation.successor is not None:
        headers.append("Link", f'<{deprecation.successor}>; rel="successor-version"')


def _sentence(deprecation: Deprecation) -> str:
    gone = f"; it may be gone from {deprecation.sunset}" if deprecation.sunset else ""
    instead = f". Use `{deprecation.successor}` instead" if deprecation.successor else ""
    return f"Deprecated since {deprecation.since}{gone}{instead}."


def _documented(deprecation: Deprecation) -> dict[str, Any]:
    told = ("Deprecation", "Sunset") if deprecation.sunset else ("Deprecation",)
    return {name: {"description": _HEADERS[name], "schema": {"type": "string"}} for name in told}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
