"""Speakers: found by name, read one by one, each with what they said."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.answers import Answer
from app.api.conversion import open_figures, open_timeline
from app.api.deps import CursorsDep, IdPath, LeastDep, LivingDep, ReaderDep
from app.api.elsewhere import MOVED, require_canonical
from app.api.openapi import listed
from app.api.over_time import SpeakerTimelineParams
from app.api.paging import open_listing
from app.api.params import (
    NoParams,
    SpeakerIndicatorListParams,
    SpeakerListParams,
    SpeakerStatementListParams,
)
from app.api.problems import described
from app.api.schemas.indicator import IndicatorList
from app.api.schemas.speaker import SpeakerList, SpeakerProfile
from app.api.schemas.statement import StatementList
from app.api.schemas.timeline import Timeline
from app.services import reading, tables
from app.services.people.profile import get_profile
from app.services.people.search import find_speakers
from app.services.timelines import list_timeline

router = APIRouter(prefix="/speakers", tags=["speakers"])


@router.get("", name="listSpeakers", response_model=SpeakerList, responses={**listed(), **described(422)})
def list_speakers(
    request: Request,
    reader: ReaderDep,
    living: LivingDep,
    cursors: CursorsDep,
    params: Annotated[SpeakerListParams, Query()],
) -> Response:
    """Find speakers by any spelling of their name, by country or role.

    With `q` the likeliest come first, people of the catalogue whom no article has quoted yet among them; without
    it, all who were heard, by name.
    """
    query = params.query()
    listing = open_listing(request, cursors, params, query, tables.SPEAKERS)
    with reader() as session:
        if query.q:
            return listing.answer(lambda page: find_speakers(session, living.current(), query, page))
        return listing.answer(lambda page: reading.list_speakers(session, query, page))


@router.get("/{id}", name="getSpeaker", response_model=SpeakerProfile, responses=described(404, 422) | MOVED)
def get_speaker(id_: IdPath, reader: ReaderDep, living: LivingDep, _: Annotated[NoParams, Query()]) -> Answer:
    """Read one speaker with aliases, offices and counts. An alias (`tokayev`) redirects to the canonical id."""
    with reader() as session:
        require_canonical(session, living.current(), id_)
        return Answer(get_profile(session, living.current(), id_))


@router.get(
    "/{id}/statements",
    name="listSpeakerStatements",
    response_model=StatementList,
    responses={**listed(), **described(404, 422), **MOVED},
)
def list_speaker_statements(
    id_: IdPath,
    request: Request,
    reader: ReaderDep,
    living: LivingDep,
    least: LeastDep,
    cursors: CursorsDep,
    params: Annotated[SpeakerStatementListParams, Query()],
) -> Response:
    """List what one speaker said, alone or together with others."""
    with reader() as session:
        require_canonical(session, living.current(), id_)
        query = least.of(params.query(id_))
        listing = open_listing(request, cursors, params, query, tables.STATEMENTS)
        return listing.answer(lambda page: reading.list_statements(session, query, page))


@router.get(
    "/{id}/indicators",
    name="listSpeakerIndicators",
    response_model=IndicatorList,
    responses={**listed(sdmx=True), **described(404, 422), **MOVED},
)
def list_speaker_indicators(
    id_: IdPath,
    request: Request,
    reader: ReaderDep,
    living: LivingDep,
    least: LeastDep,
    cursors: CursorsDep,
    params: Annotated[SpeakerIndicatorListParams, Query()],
) -> Response:
    """List the figures that one speaker gave."""
    with reader() as session:
        require_canonical(session, living.current(), id_)
        query = least.of(params.query(id_))
        listing = open_figures(request, cursors, params, query)
        return listing.answer(lambda page: reading.list_indicators(session, query, page, params.convert))


@router.get(
    "/{id}/timeline", name="listSpeakerTimeline", response_model=Timeline, responses={**listed(), **described(404, 422), **MOVED}
)
def list_speaker_timeline(
    id_: IdPath,
    request: Request,
    reader: ReaderDep,
    living: LivingDep,
    least: LeastDep,
    cursors: CursorsDep,
    params: Annotated[SpeakerTimelineParams, Query()],
) -> Response:
    """See what one speaker said and told in one dated list; with `topic`, only what they said about that."""
    with reader() as session:
        require_canonical(session, living.current(), id_)
        said, told = params.queries(speaker=id_)
        said, figures = least.of(said), least.of(told) if params.topic is None else None
        listing = open_timeline(request, cursors, params, (said, figures))
        return listing.answer(lambda page: list_timeline(session, said, figures, page, params.convert))
