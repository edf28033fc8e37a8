"""Speakers: found by name, read one by one, each with what they said."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from app.api.answers import Answer
from app.api.deps import CursorsDep, IdPath, ReaderDep
from app.api.paging import open_listing
from app.api.params import NoParams, SpeakerIndicatorListParams, SpeakerListParams, SpeakerStatementListParams
from app.api.problems import described
from app.api.schemas.indicator import IndicatorList
from app.api.schemas.speaker import SpeakerList, SpeakerProfile
from app.api.schemas.statement import StatementList
from app.services import reading

router = APIRouter(prefix="/speakers", tags=["speakers"])


@router.get("", name="listSpeakers", response_model=SpeakerList, responses=described(422))
def list_speakers(
    request: Request, reader: ReaderDep, cursors: CursorsDep, params: Annotated[SpeakerListParams, Query()]
) -> Answer:
    """Find speakers by name in any script, country or role."""
    query = params.query()
    listing = open_listing(request, cursors, params, query)
    with reader() as session:
        return listing.answer(reading.list_speakers(session, query, listing.page))


@router.get("/{id}", name="getSpeaker", response_model=SpeakerProfile, responses=described(404, 422))
def get_speaker(id_: IdPath, reader: ReaderDep, _: Annotated[NoParams, Query()]) -> Answer:
    """Read one speaker with aliases, offices and counts."""
    with reader() as session:
        return Answer(reading.get_speaker(session, id_))


@router.get("/{id}/statements", name="listSpeakerStatements", response_model=StatementList, responses=described(404, 422))
def list_speaker_statements(
    id_: IdPath,
    request: Request,
    reader: ReaderDep,
    cursors: CursorsDep,
    params: Annotated[SpeakerStatementListParams, Query()],
) -> Answer:
    """List what one speaker said, alone or together with others."""
    with reader() as session:
        reading.require_speaker(session, id_)
        query = params.query(id_)
        listing = open_listing(request, cursors, params, query)
        return listing.answer(reading.list_statements(session, query, listing.page))


@router.get("/{id}/indicators", name="listSpeakerIndicators", response_model=IndicatorList, responses=described(404, 422))
def list_speaker_indicators(
    id_: IdPath,
    request: Request,
    reader: ReaderDep,
    cursors: CursorsDep,
    params: Annotated[SpeakerIndicatorListParams, Query()],
) -> Answer:
    """List the figures that one speaker gave."""
    with reader() as session:
        reading.require_speaker(session, id_)
        query = params.query(id_)
        listing = open_listing(request, cursors, params, query)
        return listing.answer(reading.list_indicators(session, query, listing.page))
