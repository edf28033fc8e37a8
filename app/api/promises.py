"""What the layers promise of every route, as the OpenAPI document tells it: no route has to say it itself."""

from __future__ import annotations

from typing import Any

from app.api.problems import described
from app.api.repeating import HEADER, PATTERN, REPLAYED

Document = dict[str, Any]

_IDEMPOTENCY_KEY: Document = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "pattern": PATTERN, "minLength": 1, "maxLength": 255},
    "description": "One word of your choice, such as a UUID, that stands for this request: sent again within 24 hours, it is "
    "answered as the first time and not worked on again.",
}
_REPLAYED: Document = {
    "description": "`true` where this is the answer of an earlier request under the same `Idempotency-Key`.",
    "schema": {"type": "string", "examples": ["true"]},
}
_WRITING = ("post", "put", "patch", "delete")
_ETAG: Document = {"description": "Names what was answered, strongly.", "schema": {"type": "string"}}


def promise(paths: Document) -> None:
    """Adds to the operations what holds for all of their method."""
    for path, methods in paths.items():
        for method, operation in methods.items():
            if method == "post":
                _promise_repeatable(operation)
            if method == "get":
                _promise_tagged(operation)
            if method in _WRITING:
                _may_answer(operation, 507)
            if path.startswith("/v1/") and "204" not in operation["responses"]:
                _may_answer(operation, 406)


def _promise_tagged(operation: Document) -> None:
    operation["responses"]["200"].setdefault("headers", {})["ETag"] = dict(_ETAG)
    operation["responses"]["304"] = {
        "description": "What `If-None-Match` names is what there is.",
        "headers": {"ETag": dict(_ETAG)},
    }
    _may_answer(operation)


def _promise_repeatable(operation: Document) -> None:
    operation.setdefault("parameters", []).append(dict(_IDEMPOTENCY_KEY))
    for status, response in operation["responses"].items():
        if status < "300":
            response.setdefault("headers", {})[REPLAYED.title()] = dict(_REPLAYED)
    _may_answer(operation, 409, 422)


def _may_answer(operation: Document, *statuses: int) -> None:
    """Problems that a route does not name itself; in the order of their numbers."""
    for status in statuses:
        operation["responses"].setdefault(str(status), described(status)[status])
    operation["responses"] = dict(sorted(operation["responses"].items()))
