"""Country pairs: which there are, and one at a glance."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.answers import Answer
from app.api.conversion import open_timeline
from app.api.deps import CursorsDep, LeastDep, MetricPath, PairPath, ReaderDep
from app.api.openapi import listed
from app.api.over_time import SeriesParams, TimelineParams
from app.api.paging import open_listing
from app.api.params import NoParams, PairListParams
from app.api.problems import described
from app.api.schemas.pair import Pair, PairList
from app.api.schemas.series import Series
from app.api.schemas.timeline import Timeline
from app.services import reading, tables
from app.services.series import reading as series
from app.services.timelines import list_timeline

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


@router.get("/{pair}/timeline", name="listPairTimeline", response_model=Timeline, responses={**listed(), **described(404, 422)})
def list_pair_timeline(
    pair: PairPath,
    request: Request,
    reader: ReaderDep,
    least: LeastDep,
    cursors: CursorsDep,
    params: Annotated[TimelineParams, Query()],
) -> Response:
    """See what was said and told about a pair in one dated list."""
    said, told = params.queries(pair=pair)
    said, told = least.of(said), least.of(told)
    listing = open_timeline(request, cursors, params, (said, told))
    with reader() as session:
        return listing.answer(lambda page: list_timeline(session, said, told, page, params.convert))


@router.get("/{pair}/series/{metric}", name="getSeries", response_model=Series, responses=described(404, 422))
def get_series(
    pair: PairPath, metric: MetricPath, reader: ReaderDep, least: LeastDep, params: Annotated[SeriesParams, Query()]
) -> Answer:
    """See one metric of a pair over time: who told which value of which period, who agrees, and what became of targets."""
    query = least.of(params.query(metric))
    with reader() as session:
        return Answer(series.get_series(session, pair, query, params.convert, params.limit))
