"""What a key must open for each operation: one table, enforced at the door and told in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.key import Scope
from app.errors import Busy, Forbidden, Problem, TooManyRequests, Unauthorized

GUARDED = ("/v1", "/metrics")
"""Where a key is needed once one exists: these, and what lies under them. The rest holds no data: health, the pages of the
documents."""

NEEDED = {
    "createArticle": Scope.INGEST,
    "createArticleBatch": Scope.INGEST,
    "getJob": Scope.INGEST,  # a job belongs to those who hand in
    "listJobItems": Scope.INGEST,
    "cancelJob": Scope.INGEST,
    "extractFacts": Scope.INGEST,  # it stores nothing, but it is the most expensive thing that can be asked
    "deleteArticle": Scope.ADMIN,
    "reextractArticle": Scope.REVIEW,
    "undoIndicator": Scope.REVIEW,
    "undoStatement": Scope.REVIEW,
    "updateIndicator": Scope.REVIEW,
    "updateStatement": Scope.REVIEW,
}
"""By operationId. Whatever is not named needs `read` to GET, and `admin` otherwise: a forgotten line shuts a door."""

_SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "bil_…",
    "description": "A key made by `bilateral keys create`. A server without any key answers its own machine without one. "
    "The scopes beside each operation say what the key must open: `admin` opens everything, `review` also what `read` does.",
}
_CHALLENGE = {"WWW-Authenticate": {"description": "As RFC 6750 writes it.", "schema": {"type": "string"}}}
_RETRY = {"Retry-After": {"description": "In how many seconds to try again.", "schema": {"type": "integer", "minimum": 0}}}
_REFUSALS: Mapping[type[Problem], dict[str, Any]] = {
    Unauthorized: _CHALLENGE, Forbidden: _CHALLENGE, TooManyRequests: _RETRY, Busy: _RETRY
}  # fmt: skip
_LEFT = {
    name: {"description": f"{told} Absent where nothing limits the caller.", "schema": {"type": "string"}}
    for name, told in (
        ("RateLimit-Policy", "How many requests (`q`) in how many seconds (`w`)."),
        ("RateLimit", "How many requests are left (`r`), and when the quota is whole again (`t`, seconds)."),
    )
}
UNCOUNTED = "/healthz"
"""Asks nothing of anybody, and those who watch over the service ask it often."""


def is_guarded(path: str) -> bool:
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in GUARDED)


def needed(operation: str, method: str) -> Scope:
    return NEEDED.get(operation, Scope.READ if method in ("GET", "HEAD") else Scope.ADMIN)


def describe(document: dict[str, Any]) -> None:
    """Writes into an OpenAPI document what each guarded operation needs, and how the layers before it refuse."""
    document["components"]["securitySchemes"] = {"key": _SCHEME}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if is_guarded(path):
                operation["security"] = [{"key": [needed(operation["operationId"], method.upper()).value]}]
                _tell(operation, _REFUSALS)
            elif path != UNCOUNTED:
                _tell(operation, {TooManyRequests: _RETRY, Busy: _RETRY})


def _tell(operation: dict[str, Any], refusals: Mapping[type[Problem], dict[str, Any]]) -> None:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    responses = operation["responses"]
    for kind, headers in refusals.items():
        told = responses.setdefault(str(kind.status), {"description": kind.title, "content": content})
        told["headers"] = {**told.get("headers", {}), **headers}
    for status, told in responses.items():
        if status < "300" or status == str(TooManyRequests.status):
            told["headers"] = {**told.get("headers", {}), **_LEFT}
    operation["responses"] = dict(sorted(responses.items()))
