"""What can go wrong, as RFC 9457 tells it: one class a problem, its HTTP status beside its meaning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, TypedDict


class Fault(TypedDict):
    """One thing that is wrong with a request, and where.

    `pointer` is a JSON pointer: `/text` into the submitted article, `/query/pair`, `/path/pair` or
    `/header/content-type` for the rest of the request.
    """

    pointer: str
    detail: str


class Problem(Exception):  # noqa: N818 - the word of RFC 9457
    """A request that cannot be answered. Raised anywhere, turned into `application/problem+json` at the door."""

    status: ClassVar[int]
    type: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, detail: str, *, pointer: str | None = None, errors: Iterable[Fault] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors: list[Fault] = [*errors]
        if pointer is not None:
            self.errors.append({"pointer": pointer, "detail": detail})

    @property
    def headers(self) -> dict[str, str]:
        """HTTP headers that this problem obliges the answer to carry."""
        return {}

    def document(self, instance: str) -> dict[str, Any]:
        """The members of RFC 9457, and `errors` where something can be pointed at."""
        told: dict[str, Any] = {
            "type": self.type, "title": self.title, "status": self.status, "detail": self.detail, "instance": instance,
        }  # fmt: skip
        if self.errors:
            told["errors"] = self.errors
        return told


class BadRequest(Problem):
    status, type, title = 400, "/problems/bad-request", "The request cannot be read"


class Unauthorized(Problem):
    """Nobody knows who asks. `error` is the word of RFC 6750; there is none where no key was sent."""

    status, type, title = 401, "/problems/unauthorized", "A key is needed"

    def __init__(self, detail: str, error: str | None = None) -> None:
        super().__init__(detail, pointer="/header/authorization")
        self.error = error

    @property
    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": 'Bearer realm="bilateral"' + (f', error="{self.error}"' if self.error else "")}


class Forbidden(Problem):
    """The key does not open this; `scope` would."""

    status, type, title = 403, "/problems/forbidden", "The key does not open this"

    def __init__(self, detail: str, scope: str) -> None:
        super().__init__(detail, pointer="/header/authorization")
        self.scope = scope

    @property
    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": f'Bearer realm="bilateral", error="insufficient_scope", scope="{self.scope}"'}


class CrossSite(Problem):
    """A server that is open to its own machine is not open to whatever page a browser on that machine shows."""

    status, type, title = 403, "/problems/cross-site", "A page of another site asks"


class NotFound(Problem):
    status, type, title = 404, "/problems/not-found", "There is nothing here"


class MethodNotAllowed(Problem):
    status, type, title = 405, "/problems/method-not-allowed", "This method is not offered here"


class NotAcceptable(Problem):
    status, type, title = 406, "/problems/not-acceptable", "Nothing here comes in the form asked for"


class TooSlow(Problem):
    status, type, title = 408, "/problems/too-slow", "The request took too long to arrive"


class Conflict(Problem):
    status, type, title = 409, "/problems/conflict", "What is there stands in the way"


class StillRunning(Problem):
    """Of a request that is sent again before the first of its Idempotency-Key was answered."""

    status, type, title = 409, "/problems/still-running", "The first request of this Idempotency-Key is still running"

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": "1"}


class Changed(Problem):
    status, type, title = 412, "/problems/changed", "It is no longer what If-Match says"


class TooLarge(Problem):
    status, type, title = 413, "/problems/too-large", "The request is too large"


class UnsupportedMediaType(Problem):
    status, type, title = 415, "/problems/unsupported-media-type", "This kind of body is not read here"


class InvalidParameter(Problem):
    status, type, title = 422, "/problems/invalid", "Something in the request is not valid"


class KeyReused(Problem):
    status, type, title = 422, "/problems/key-reused", "This Idempotency-Key stands for another request"


class MatchRequired(Problem):
    status, type, title = 428, "/problems/match-required", "If-Match is required here"


class TooManyRequests(Problem):
    """`Retry-After` is put where the limit is known; a second is for limits that know no time."""

    status, type, title = 429, "/problems/too-many-requests", "Too many requests"

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": "1"}


class HeadTooLarge(Problem):
    status, type, title = 431, "/problems/head-too-large", "The head of the request is too large"


class InternalError(Problem):
    status, type, title = 500, "/problems/internal", "Something went wrong on our side"


class NotReady(Problem):
    status, type, title = 503, "/problems/not-ready", "The service is not ready"


class TooLong(Problem):
    status, type, title = 503, "/problems/too-long", "The answer takes too long to find"


class Busy(Problem):
    status, type, title = 503, "/problems/busy", "Too much is going on at once"

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": "1"}


class Full(Problem):
    """Seconds until it is worth trying again: somebody has to make room first."""

    status, type, title = 507, "/problems/full", "There is no room to store it"

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": "60"}


FAMILY: tuple[type[Problem], ...] = (
    BadRequest, Unauthorized, Forbidden, CrossSite, NotFound, MethodNotAllowed, NotAcceptable, TooSlow, Conflict, StillRunning,
    Changed, TooLarge, UnsupportedMediaType, InvalidParameter, KeyReused, MatchRequired, TooManyRequests, HeadTooLarge,
    InternalError, NotReady, Busy, TooLong, Full,
)  # fmt: skip
"""By status; of several of one status the most general comes first."""
