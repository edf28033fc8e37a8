"""Exchange rates: which the operator imported."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.deps import CursorsDep, ReaderDep
from app.api.openapi import listed
from app.api.paging import open_listing
from app.api.params import RateListParams
from app.api.problems import described
from app.api.schemas.rate import RateList
from app.services import tables
from app.services.exchange.keeping import list_rates as find_rates

router = APIRouter(prefix="/rates", tags=["rates"])


@router.get("", name="listRates", response_model=RateList, responses={**listed(), **described(422)})
def list_rates(request: Request, reader: ReaderDep, cursors: CursorsDep, params: Annotated[RateListParams, Query()]) -> Response:
    """List the exchange rates that `convert=` uses, the latest first. As CSV, `bilateral rates import` takes them."""
    query = params.query()
    listing = open_listing(request, cursors, params, query, tables.RATES)
    with reader() as session:
        return listing.answer(lambda page: find_rates(session, query, page))
