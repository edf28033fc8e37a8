"""Pages of a list: opaque signed cursors, the envelope, and the Link to the next page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import Answer
from app.api.exports import Find, Form, exported, form_of
from app.domain.query import PageRequest, Position, Sort
from app.errors import InvalidParameter
from app.services.tables import Column

POINTER = "/query/cursor"


class Cursors:
    """Signs where a page ended, together with what was asked: a cursor continues its own list and no other."""

    def __init__(self, key: str) -> None:
        self._serializer = URLSafeSerializer(key, salt="bilateral.cursor", signer_kwargs={"digest_method": hashlib.sha256})

    def write(self, position: Position, asked: str) -> str:
        text = self._serializer.dumps([_mark(asked), *position])
        return text if isinstance(text, str) else text.decode()

    def read(self, cursor: str, asked: str) -> Position:
        """InvalidParameter where the cursor was altered, or was given for other filters or another order."""
        try:
            mark, value, id_ = self._serializer.loads(cursor)
        except (BadSignature, ValueError):
            raise InvalidParameter("This is not a cursor that was given out here.", pointer=POINTER) from None
        if mark != _mark(asked):
            raise InvalidParameter("This cursor belongs to a list with other filters or another order.", pointer=POINTER)
        return value, id_


class ListParams(Protocol):
    """What every list is asked with, besides its filters."""

    limit: int
    cursor: str | None

    @property
    def model_fields_set(self) -> set[str]: ...

    @property
    def order(self) -> Sort: ...


@dataclass(frozen=True, slots=True)
class Listing:
    """One list as it was asked for: `page` goes to the service, `answer` takes what comes back."""

    request: Request
    cursors: Cursors
    asked: str
    page: PageRequest
    form: Form | None

    def answer(self, find: Find) -> Response:
        """One page in the envelope, its cursor both in the body and as `Link: rel="next"`; or the whole list as a file."""
        if self.form is not None:
            return exported(self.form, find, self.page)
        found = find(self.page)
        following = self.cursors.write(found.next, self.asked) if found.next else None
        links = [f'<{_same_with(self.request)}>; rel="first"'] if self.page.after else []
        links += [f'<{_same_with(self.request, following)}>; rel="next"'] if following else []
        headers = {"Vary": "Accept"} | ({"Link": ", ".join(links)} if links else {})
        return Answer(envelope(found.items, following), headers=headers)


def open_listing(
    request: Request, cursors: Cursors, params: ListParams, query: object, columns: list[Column], sdmx: bool = False
) -> Listing:
    """The list that these filters ask for, from where the cursor left it; an export is always the whole of it."""
    asked, form = f"{query!r} {params.order}", form_of(request, columns, sdmx)
    if form is not None:
        for name in ("cursor", "limit"):
            if name in params.model_fields_set:
                raise InvalidParameter("An export is the whole list; it is not asked for in pages.", pointer=f"/query/{name}")
    after = cursors.read(params.cursor, asked) if params.cursor is not None else None
    return Listing(request, cursors, asked, PageRequest(params.limit, params.order, after), form)


def envelope(items: list[dict[str, Any]], next_cursor: str | None = None) -> dict[str, Any]:
    return {"items": items, "next_cursor": next_cursor}


def _same_with(request: Request, cursor: str | None = None) -> str:
    """The request's own address with another cursor or none. Relative: what a proxy calls us is none of our business."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    asked = urlencode([*kept, ("cursor", cursor)] if cursor else kept)
    return f"{quote(request.url.path)}?{asked}".removesuffix("?")


def _mark(asked: str) -> str:
    return hashlib.sha256(asked.encode()).hexdigest()[:16]
