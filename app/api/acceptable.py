"""Whether an answer of ours is one that the client can read: `Accept` held against what a route offers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from starlette.requests import Request

from app.errors import NotAcceptable

JSON = "application/json"

_ANYTHING = ("", "*/*", JSON)
_UNWANTED = re.compile(r"\s*q=0(\.0*)?\s*")
_RANGE = re.compile(r"[\w!#$&^.+*-]+/[\w!#$&^.+*-]+")


async def refuse_unacceptable(request: Request) -> None:
    """Somebody who asks for CSV where there is none would take JSON for it.

    What only says what is unwanted, or is no media range at all, asks for nothing.
    """
    accepted = request.headers.get("accept", "")
    route: Any = request.scope.get("route")
    if accepted in _ANYTHING or getattr(route, "status_code", None) == 204:  # what answers nothing has no form
        return
    wanted, offered = list(_wanted(accepted)), list(kinds_of(route))
    if wanted and not any(_covers(range_, kind) for range_ in wanted for kind in offered):
        told = f"None of these is offered here: {', '.join(wanted)[:200]}. Offered: {', '.join(offered)}."
        raise NotAcceptable(told, pointer="/header/accept")


def kinds_of(route: Any) -> Iterator[str]:
    """The media types of a route's answers, by its description."""
    yield JSON
    for response in getattr(route, "responses", {}).values():
        yield from (kind.partition(";")[0] for kind in response.get("content", ()) if kind != "application/problem+json")


def _wanted(accepted: str) -> Iterator[str]:
    for part in accepted.lower().split(","):
        range_, *parameters = part.split(";")
        if _RANGE.fullmatch(range_.strip()) and not any(map(_UNWANTED.fullmatch, parameters)):
            yield range_.strip()


def _covers(range_: str, kind: str) -> bool:
    """`application/problem+json` alone, as some clients of APIs send it, asks for JSON."""
    main = kind.partition("/")[0]
    return range_ in ("*/*", f"{main}/*", kind) or (kind == JSON and range_.endswith("+json"))
