"""The doors by which a request fails, each answering with `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.answers import ProblemAnswer
from app.api.faults import faults_of, invalid, parameters_of, printable
from app.errors import FAMILY, BadRequest, Full, InternalError, MethodNotAllowed, NotFound, NotReady, Problem
from app.storage.database import UNAVAILABLE
from app.storage.room import no_room

log = logging.getLogger("bilateral.api")

_BY_STATUS = {kind.status: kind for kind in reversed(FAMILY)}
_AGAIN_SECONDS = "5"
_NO_ROOM = "A disk of the server is full; nothing of the request was kept. What is stored can be read."
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


class LastDoor:
    """Answers whatever the layers and routes behind it raise: a Problem as itself, anything else as a 500 that tells nothing.

    The framework's own last door stands before all layers: what it answers would carry no request id, be allowed to no other
    origin and be counted by nobody, and it raises the error again for the server to log a second time.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def send_noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        except Exception as error:
            if scope["type"] != "http" or begun:  # the server then breaks the connection off, which tells the client
                raise
            request = Request(scope)
            await _answer_any(request, error)(scope, receive, send)


def install(app: FastAPI) -> None:
    """Our own errors, FastAPI's validation, Starlette's 404 and 405, and whatever nobody expected."""
    app.add_exception_handler(Problem, _answer_problem)
    app.add_exception_handler(RequestValidationError, _answer_validation)
    app.add_exception_handler(HTTPException, _answer_http)
    for kind in UNAVAILABLE:
        app.add_exception_handler(kind, _answer_unavailable)
    app.add_exception_handler(Exception, _answer_unexpected)


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route: these problems, and the one that any route may meet."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": _BY_STATUS[status].title, "content": content} for status in sorted({*statuses, 500, 503})}


def _answer_any(request: Request, error: Exception) -> ProblemAnswer:
    if isinstance(error, Problem):
        return _answer_problem(request, error)
    return _answer_unavailable(request, error) if isinstance(error, UNAVAILABLE) else _answer_unexpected(request, error)


def _answer_unavailable(request: Request, error: Exception) -> ProblemAnswer:
    """Full, away or overrun: nothing of the request was kept, and it may be sent again. The log says which."""
    log.error("%s %s: the database cannot be used: %s", request.method, printable(request.url.path), error)
    if no_room(error):
        return answer(request, Full(_NO_ROOM))
    detail = "The database cannot be used just now; nothing of the request was kept. Try again in a moment."
    return answer(request, NotReady(detail), {"Retry-After": _AGAIN_SECONDS})


def _answer_problem(request: Request, problem: Exception) -> ProblemAnswer:
    assert isinstance(problem, Problem)
    if isinstance(problem, InternalError):
        return _answer_unexpected(request, problem)
    return answer(request, problem)


def _answer_validation(request: Request, error: Exception) -> ProblemAnswer:
    assert isinstance(error, RequestValidationError)
    return answer(request, invalid(faults_of(error.errors(), parameters_of(request), "parameter")))


def _answer_http(request: Request, error: Exception) -> Response:
    """What Starlette and FastAPI raise on their own: no such path, no such method, a body that cannot be decoded.

    OPTIONS is no route's method and everywhere answered.
    """
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return answer(request, NotFound(f"There is no {printable(request.url.path)} here."))
    if error.status_code == 405:
        allowed = _methods_at(request)
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": allowed})
        detail = f"{printable(request.method)} is not offered here; these are: {allowed}."
        return answer(request, MethodNotAllowed(detail), {"Allow": allowed})
    kind = _BY_STATUS.get(error.status_code, BadRequest if error.status_code < 500 else InternalError)
    return answer(request, kind(kind.title + "."), dict(error.headers or {}))


def _answer_unexpected(request: Request, error: Exception) -> ProblemAnswer:
    """Tells nothing of the inside but an id, under which the log tells everything."""
    if no_room(error):
        return _answer_unavailable(request, error)
    instance = f"urn:uuid:{uuid4()}"
    log.error("%s %s failed, %s", request.method, printable(request.url.path), instance, exc_info=error)
    problem = InternalError("The request could not be answered. The instance is its name in our log.")
    return ProblemAnswer(problem.document(instance), problem.status)


def answer(request: Request, problem: Problem, headers: Mapping[str, str] | None = None) -> ProblemAnswer:
    instance = printable(request.url.path)
    return ProblemAnswer(problem.document(instance), problem.status, headers={**problem.headers, **(headers or {})})


def _methods_at(request: Request) -> str:
    """All methods of the path, of whichever routes: the framework names those of one route only. HEAD comes with GET.

    A path that the document names in full is that route's, even if it also looks like the id of something.
    """
    named = request.app.openapi()["paths"].get(request.url.path)
    if named is not None:
        told = {method.upper() for method in named}
        return ", ".join([*(m for m in _METHODS if ("GET" if m == "HEAD" else m) in told), "OPTIONS"])
    return ", ".join([*(m for m in _METHODS if _is_offered(request, "GET" if m == "HEAD" else m)), "OPTIONS"])


def _is_offered(request: Request, method: str) -> bool:
    scope = {**request.scope, "method": method}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)
