"""Country pairs: which there are, and one at a glance."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.answers import Answer
from app.api.deps import CursorsDep, LeastDep, PairPath, ReaderDep
from app.api.openapi import listed
from app.api.paging import open_listing
from app.api.params import NoParams, PairListParams
from app.api.problems import described
from app.api.schemas.pair import Pair, PairList
from app.services import reading, tables

router = APIRouter(prefix="/pairs", tags=["pairs"])


@router.get("", name="listPairs", response_model=PairList, responses={**listed(), **described(422)})
def list_pairs(request: Request, reader: ReaderDep, cursors: CursorsDep, params: Annotated[PairListParams, Query()]) -> Response:
    """List the pairs that anything is known about, with counts."""
    listing = open_listing(request, cursors, params, "pairs", tables.PAIRS)
    with reader() as session:
        return listing.answer(lambda page: reading.list_pairs(session, page))


@router.get("/{pair}", name="getPair", response_model=Pair, responses=described(404, 422))
def get_pair(pair: PairPath, reader: ReaderDep, least: LeastDep, _: Annotated[NoParams, Query()]) -> Answer:
    """See one pair at a glance; a pair that nothing is known about has zero counts."""
    with reader() as session:
        return Answer(reading.get_pair(session, pair, least.confidence))
