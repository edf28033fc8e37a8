"""From the bytes of a batch to its items, each valid or refused for itself: one bad item never fails the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from starlette.requests import Request

from app.api.compressed import is_gzip, read_unfolded
from app.api.negotiation import JSON, named
from app.api.schemas.submission import ArticleSubmission
from app.api.submissions import refuse_long, validated
from app.domain.text import Article
from app.errors import BadRequest, InvalidParameter, Problem, TooLarge
from app.services.jobs.handing_in import Refused

NDJSON = ("application/x-ndjson", "application/jsonl")
_LONGEST = {"external_id": 200, "url": 2_048}


class Batch(NamedTuple):
    """A body as it came, and the limits that its items have to keep."""

    body: bytes
    by_line: bool
    most: int
    max_text_chars: int

    def items(self) -> list[Article | Refused]:
        """In their order. The body as a whole is refused only where its items cannot be told apart, or are none or too many."""
        items = list(_lines(self.body, self.most) if self.by_line else _array(self.body))
        if not items:
            raise InvalidParameter("There is no article in the body.", pointer="")
        if len(items) > self.most:
            raise TooLarge(
                f"There are more than {self.most:,} articles in the body: hand them in as several batches.", pointer=""
            )
        return [checked(item, self.max_text_chars) for item in items]


def checked(item: object, max_text_chars: int) -> Article | Refused:
    """One item, valid or refused for itself."""
    try:
        if isinstance(item, Problem):
            raise item
        if not isinstance(item, dict):
            raise InvalidParameter("The item is not a JSON object.", pointer="")
        if isinstance(item, _Twice):
            raise InvalidParameter("The item has the same member twice.", pointer="")
        refuse_long(item.get("text"), max_text_chars)
        return Article(**validated(ArticleSubmission, item).model_dump(exclude_none=True))
    except Problem as problem:
        known = {name: _told(item, name) for name in _LONGEST}
        return Refused(problem.detail, problem.errors, **known)


async def receive(request: Request, max_bytes: int, most: int, max_text_chars: int) -> Batch:
    """Reads the body, once its kind is known to be one of ours."""
    is_gzip(request.headers)
    name = named(request.headers, (JSON, *NDJSON))
    return Batch(await read_unfolded(request, max_bytes), name in NDJSON, most, max_text_chars)


class _Twice(dict[str, Any]):
    """An object that says a member twice."""


class _NoNumber:
    """NaN and the infinities, which JSON does not know; no field takes one."""


def _array(body: bytes) -> list[Any]:
    try:
        value = _loads(_decoded(body))
    except ValueError as error:
        raise BadRequest(f"The body is not JSON: {_said(error)}.", pointer="") from None
    if not isinstance(value, list):
        raise InvalidParameter("The body is not a JSON array; one article is for POST /v1/articles.", pointer="")
    return value


def _lines(body: bytes, most: int) -> Iterator[Any]:
    """Lines with nothing on them do not count; one that cannot be read is an item that is refused."""
    found = 0
    for line in body.splitlines():
        if line.strip() and found <= most:
            found += 1
            try:
                yield _loads(_decoded(line))
            except ValueError as error:
                yield BadRequest(f"The line is not JSON: {_said(error)}.", pointer="")
            except BadRequest as problem:
                yield problem


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRequest(f"This is not UTF-8: the byte at {error.start} cannot be decoded.", pointer="") from None


def _loads(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=lambda _: _NoNumber())
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    return members if len(members) == len(pairs) else _Twice(pairs)


def _said(error: ValueError) -> str:
    """The interpreter's words on integers that are too long are for programmers."""
    return str(error) if isinstance(error, json.JSONDecodeError) or "nested" in str(error) else "a number is too long"


def _told(item: object, name: str) -> str | None:
    """By what a refused item can be found again, where it is fit to be stored."""
    value = item.get(name) if isinstance(item, dict) else None
    fit = isinstance(value, str) and len(value) <= _LONGEST[name] and value.isprintable()
    return value if fit else None
