"""Which pages of other sites may ask from a browser: those that the operator names, and none otherwise."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp

from app.api.answers import ProblemAnswer
from app.errors import BadRequest

_METHODS = ("GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS")
_MAY_BE_SENT = ("Authorization", "Idempotency-Key", "If-Match", "If-None-Match", "X-Request-ID")
_MAY_BE_SEEN = (
    "Allow", "Deprecation", "ETag", "Idempotency-Replayed", "Link", "Location", "RateLimit", "RateLimit-Policy", "Repr-Digest",
    "Retry-After", "Sunset", "WWW-Authenticate", "X-Request-ID",
)  # fmt: skip
_REMEMBERED_SECONDS = 3_600


class Cors(CORSMiddleware):
    """No cookies: whoever asks from a page sends a key, or is anybody."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        super().__init__(
            app, allow_origins=origins, allow_methods=_METHODS, allow_headers=_MAY_BE_SENT, expose_headers=_MAY_BE_SEEN,
            max_age=_REMEMBERED_SECONDS,
        )  # fmt: skip

    def preflight_response(self, request_headers: Headers) -> Response:
        """The framework refuses in plain text; every door of ours answers with a problem."""
        answer = super().preflight_response(request_headers)
        kept = {name: value for name, value in answer.headers.items() if name not in ("content-length", "content-type")}
        if answer.status_code == 200:
            return Response(status_code=204, headers=kept)
        problem = BadRequest(f"{bytes(answer.body).decode()}.")
        return ProblemAnswer(problem.document(""), problem.status, headers=kept)
