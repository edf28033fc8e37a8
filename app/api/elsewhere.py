"""Ids that lead to another: the same request, at the canonical address."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.catalog import Catalog
from app.services.people.profile import canonical_id

MOVED: dict[int | str, dict[str, Any]] = {
    307: {
        "description": "The id is an alias; `Location` is the same resource under its canonical id.",
        "headers": {"Location": {"schema": {"type": "string"}, "description": "Relative to this server."}},
    }
}
"""The `responses` of a route that may answer so."""


class Elsewhere(Exception):  # noqa: N818 - no error
    """The thing of this id is kept under another. Temporary, because editors may take an alias back."""

    def __init__(self, asked: str, canonical: str) -> None:
        super().__init__(canonical)
        self.asked, self.canonical = asked, canonical


def require_canonical(session: Session, catalog: Catalog, id_: str) -> None:
    """The id of a path is the speaker's own. NotFound where there is nobody, Elsewhere where it is an alias."""
    canonical = canonical_id(session, catalog, id_)
    if canonical != id_:
        raise Elsewhere(id_, canonical)


def install(app: FastAPI) -> None:
    app.add_exception_handler(Elsewhere, _answer)


def _answer(request: Request, moved: Exception) -> Response:
    """The address as it was, with the one segment changed; relative, since what a proxy calls us is none of our business."""
    assert isinstance(moved, Elsewhere)
    parts = [moved.canonical if part == moved.asked else part for part in request.url.path.split("/")]
    query = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=307, headers={"Location": quote("/".join(parts)) + query})
