"""What a key must open for each operation: one table, enforced at the door and told in the OpenAPI document."""

from __future__ import annotations

from typing import Any

from app.domain.key import Scope
from app.errors import Forbidden, Unauthorized

GUARDED = ("/v1", "/metrics")
"""Where a key is needed once one exists: these, and what lies under them. The rest holds no data: health, the pages of the
documents."""

NEEDED = {
    "createArticle": Scope.INGEST,
    "extractFacts": Scope.INGEST,  # it stores nothing, but it is the most expensive thing that can be asked
    "deleteArticle": Scope.ADMIN,
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


def is_guarded(path: str) -> bool:
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in GUARDED)


def needed(operation: str, method: str) -> Scope:
    return NEEDED.get(operation, Scope.READ if method in ("GET", "HEAD") else Scope.ADMIN)


def describe(document: dict[str, Any]) -> None:
    """Writes into an OpenAPI document what each guarded operation needs, and how it refuses."""
    document["components"]["securitySchemes"] = {"key": _SCHEME}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if is_guarded(path):
                operation["security"] = [{"key": [needed(operation["operationId"], method.upper()).value]}]
                operation["responses"] = dict(sorted({**operation["responses"], **_refusals()}.items()))


def _refusals() -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        str(kind.status): {"description": kind.title, "headers": _CHALLENGE, "content": content}
        for kind in (Unauthorized, Forbidden)
    }
