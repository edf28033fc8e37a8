"""Statements: who said what, listed and one by one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.answers import Answer
from app.api.deps import CursorsDep, IdPath, LeastDep, LivingDep, ReaderDep
from app.api.openapi import listed
from app.api.paging import open_listing
from app.api.params import NoParams, StatementListParams
from app.api.problems import described
from app.api.routes import reviewing
from app.api.schemas.review import StatementPatch
from app.api.schemas.statement import Statement, StatementList
from app.services import reading, tables
from app.services.people.profile import with_canonical_speaker
from app.services.reviewing.kinds import STATEMENT

router = APIRouter(prefix="/statements", tags=["statements"])


@router.get("", name="listStatements", response_model=StatementList, responses={**listed(), **described(422)})
def list_statements(
    request: Request,
    reader: ReaderDep,
    living: LivingDep,
    least: LeastDep,
    cursors: CursorsDep,
    params: Annotated[StatementListParams, Query()],
) -> Response:
    """List statements by pair, country, speaker, date, topic or kind, the newest first."""
    query = least.of(params.query())
    with reader() as session:
        query = with_canonical_speaker(session, living, query)
        listing = open_listing(request, cursors, params, query, tables.STATEMENTS)
        return listing.answer(lambda page: reading.list_statements(session, query, page))


@router.get("/{id}", name="getStatement", response_model=Statement, responses=described(404, 422))
def get_statement(id_: IdPath, reader: ReaderDep, _: Annotated[NoParams, Query()]) -> Answer:
    """Read one statement."""
    with reader() as session:
        return Answer(reading.get_statement(session, id_))


reviewing.add_to(router, STATEMENT, Statement, StatementPatch)
