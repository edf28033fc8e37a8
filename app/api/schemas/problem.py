"""Errors as RFC 9457 tells them."""

from __future__ import annotations

from app.api.schemas.shape import Shape


class Fault(Shape):
    """One thing that is wrong, and where."""

    pointer: str
    """A JSON pointer: `/text` into the submitted article; `/query/pair`, `/path/pair` or `/header/content-type` elsewhere."""
    detail: str


class Problem(Shape):
    """Why a request was not answered, as `application/problem+json`."""

    type: str
    """Names the kind of problem; stable, to be compared. Opened, it is a page that says what to do."""
    title: str
    status: int
    detail: str
    instance: str
    """The path asked for, or of an internal error the id that our log knows it by."""
    errors: list[Fault] = []
    """Absent where nothing can be pointed at."""
