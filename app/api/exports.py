"""Whole lists as files: CSV, NDJSON and SDMX-CSV by `Accept`, in the memory of a page, with the digest of what is sent."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import IO, Any

import orjson
from starlette.requests import Request
from starlette.responses import StreamingResponse

from app.domain.query import Page, PageRequest
from app.services.tables import SDMX, Column, Document

JSON, CSV, NDJSON, SDMX_CSV = "application/json", "text/csv", "application/x-ndjson", "application/vnd.sdmx.data+csv"
Find = Callable[[PageRequest], Page]

_AT_ONCE = 500
_IN_MEMORY = 1_000_000
_BLOCK = 64_000
_FORMULA = "=+-@\t\r"
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_UNWANTED = re.compile(r";\s*q=0(\.0*)?\s*$")


@dataclass(frozen=True, slots=True)
class Form:
    """How a list is written: `columns` of a table, or the documents as they are."""

    media_type: str
    columns: list[Column] | None = None
    for_people: bool = False


def form_of(request: Request, columns: list[Column], sdmx: bool = False) -> Form | None:
    """The first kind of file that is asked for; None where JSON comes before or nothing of ours is named."""
    offered = {CSV: Form(CSV, columns, for_people=True), NDJSON: Form(NDJSON), JSON: None}
    if sdmx:
        offered[SDMX_CSV] = Form(f"{SDMX_CSV};version=1.0.0", SDMX)
    for part in request.headers.get("accept", "").split(","):
        name = part.partition(";")[0].strip().lower()
        if name in offered and not _UNWANTED.search(part):
            return offered[name]
    return None


def exported(form: Form, find: Find, page: PageRequest) -> StreamingResponse:
    """Written to a temporary file first, all from one state of the database, and sent from there.

    A digest in front of the body needs the whole of it; a trailer behind it no common client reads, and our server
    sends none. So the transaction is over before a slow reader has begun, and length and digest stand in the head.
    """
    spool = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - it closes when it is sent
    digest, length = hashlib.sha256(), 0
    for block in _written(form, _walked(find, page)):
        digest.update(block)
        length += spool.write(block)
    headers = {
        "Repr-Digest": f"sha-256=:{b64encode(digest.digest()).decode()}:", "Content-Length": str(length), "Vary": "Accept",
    }  # fmt: skip
    return StreamingResponse(_sent(spool), media_type=form.media_type, headers=headers)


def in_spreadsheet(value: Any) -> str:
    """A cell: text that a spreadsheet would run as a formula gets an apostrophe in front, numbers stay numbers."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] and text[0] in _FORMULA and not _NUMBER.fullmatch(text) else text


def _walked(find: Find, page: PageRequest) -> Iterator[list[Document]]:
    page = replace(page, limit=_AT_ONCE)
    while True:
        found = find(page)
        yield found.items
        if found.next is None:
            return
        page = replace(page, after=found.next)


def _written(form: Form, pages: Iterable[list[Document]]) -> Iterator[bytes]:
    if form.columns is None:
        yield from (b"".join(orjson.dumps(item) + b"\n" for item in items) for items in pages)
        return
    show = in_spreadsheet if form.for_people else _text
    # Without the mark, Excel takes UTF-8 for the code page of the machine.
    yield (b"\xef\xbb\xbf" if form.for_people else b"") + _lines([[name for name, _ in form.columns]])
    for items in pages:
        yield _lines([show(value(item)) for _, value in form.columns] for item in items)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _lines(rows: Iterable[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _sent(spool: IO[bytes]) -> Iterator[bytes]:
    with spool:
        spool.seek(0)
        while block := spool.read(_BLOCK):
            yield block
