"""Indicators: how much, listed and one by one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.answers import Answer
from app.api.conversion import open_figures
from app.api.deps import CursorsDep, IdPath, LeastDep, LivingDep, ReaderDep
from app.api.openapi import listed
from app.api.params import ConvertParams, IndicatorListParams
from app.api.problems import described
from app.api.routes import reviewing
from app.api.schemas.indicator import Indicator, IndicatorList
from app.api.schemas.review import IndicatorPatch
from app.services import reading
from app.services.people.profile import with_canonical_speaker
from app.services.reviewing.kinds import INDICATOR

router = APIRouter(prefix="/indicators", tags=["indicators"])


@router.get("", name="listIndicators", response_model=IndicatorList, responses={**listed(sdmx=True), **described(422)})
def list_indicators(
    request: Request,
    reader: ReaderDep,
    living: LivingDep,
    least: LeastDep,
    cursors: CursorsDep,
    params: Annotated[IndicatorListParams, Query()],
) -> Response:
    """List figures by pair, country, metric, period, value, speaker or date, the newest first."""
    query = least.of(params.query())
    with reader() as session:
        query = with_canonical_speaker(session, living, query)
        listing = open_figures(request, cursors, params, query)
        return listing.answer(lambda page: reading.list_indicators(session, query, page, params.convert))


@router.get("/{id}", name="getIndicator", response_model=Indicator, responses=described(404, 422))
def get_indicator(id_: IdPath, reader: ReaderDep, params: Annotated[ConvertParams, Query()]) -> Answer:
    """Read one figure."""
    with reader() as session:
        return Answer(reading.get_indicator(session, id_, params.convert))


reviewing.add_to(router, INDICATOR, Indicator, IndicatorPatch)
