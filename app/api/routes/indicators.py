"""Indicators: how much, listed and one by one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.answers import Answer
from app.api.deps import CursorsDep, EditorDep, IdPath, LeastDep, LivingDep, ReaderDep, ReceivedDep, SessionDep, UnchangedDep
from app.api.openapi import listed, patch_body
from app.api.paging import envelope, open_listing
from app.api.params import IndicatorListParams, NoParams
from app.api.problems import described
from app.api.schemas.indicator import Indicator, IndicatorList
from app.api.schemas.review import ChangeList, IndicatorPatch
from app.api.submissions import validated
from app.services import reading, tables
from app.services.people.profile import with_canonical_speaker
from app.services.reviewing.acts import history, review, undo
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
        listing = open_listing(request, cursors, params, query, tables.INDICATORS, sdmx=True)
        return listing.answer(lambda page: reading.list_indicators(session, query, page))


@router.get("/{id}", name="getIndicator", response_model=Indicator, responses=described(404, 422))
def get_indicator(id_: IdPath, reader: ReaderDep, _: Annotated[NoParams, Query()]) -> Answer:
    """Read one figure."""
    with reader() as session:
        return Answer(reading.get_indicator(session, id_))


@router.patch(
    "/{id}", name="updateIndicator", response_model=Indicator, openapi_extra=patch_body("IndicatorPatch"),
    responses=described(400, 404, 409, 412, 413, 415, 422, 428),
)  # fmt: skip
def update_indicator(
    id_: IdPath,
    session: SessionDep,
    living: LivingDep,
    editor: EditorDep,
    unchanged: UnchangedDep,
    received: ReceivedDep,
    _: Annotated[NoParams, Query()],
) -> Answer:
    """Confirm, reject or correct a figure; `If-Match` says which one was seen. What was done stands in its history."""
    act = validated(IndicatorPatch, received.json()).act(editor)
    done = review(session, living.current(), INDICATOR, id_, act, lambda now: unchanged.require(lambda: now))
    return Answer(done)


@router.post("/{id}/undo", name="undoIndicator", response_model=Indicator, responses=described(404, 409, 412, 422))
def undo_indicator(
    id_: IdPath, session: SessionDep, editor: EditorDep, unchanged: UnchangedDep, _: Annotated[NoParams, Query()]
) -> Answer:
    """Take back the latest of what editors did to a figure."""
    return Answer(undo(session, INDICATOR, id_, editor, lambda now: unchanged.check(lambda: now)))


@router.get("/{id}/history", name="getIndicatorHistory", response_model=ChangeList, responses=described(404, 422))
def get_indicator_history(id_: IdPath, reader: ReaderDep, _: Annotated[NoParams, Query()]) -> Answer:
    """Read what editors did to a figure, the latest first: who, when, before and after."""
    with reader() as session:
        return Answer(envelope(history(session, INDICATOR, id_)))
