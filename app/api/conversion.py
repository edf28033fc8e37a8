"""Lists of figures that may be asked for in a currency: which columns they have as a table."""

from __future__ import annotations

from typing import Protocol

from starlette.requests import Request

from app.api.paging import Cursors, Listing, ListParams, open_listing
from app.errors import InvalidParameter
from app.services import tables


class ConvertingParams(ListParams, Protocol):
    convert: str | None


def open_figures(request: Request, cursors: Cursors, params: ConvertingParams, query: object) -> Listing:
    """As `open_listing`. SDMX tells what was said, and has no place for what it is worth elsewhere."""
    columns = tables.INDICATORS if params.convert is None else tables.CONVERTED
    listing = open_listing(request, cursors, params, query, columns, sdmx=True)
    if params.convert is not None and listing.form is not None and listing.form.columns is tables.SDMX:
        raise InvalidParameter("SDMX-CSV has no column for converted amounts; text/csv has.", pointer="/query/convert")
    return listing


def open_timeline(request: Request, cursors: Cursors, params: ConvertingParams, query: object) -> Listing:
    columns = tables.TIMELINE if params.convert is None else tables.CONVERTED_TIMELINE
    return open_listing(request, cursors, params, query, columns)
