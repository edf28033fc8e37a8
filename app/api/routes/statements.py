"""Statements: who said what, listed and one by one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.answers import Answer
from app.api.deps import CursorsDep, EditorDep, IdPath, LeastDep, LivingDep, ReaderDep, ReceivedDep, SessionDep, UnchangedDep
from app.api.openapi import listed, patch_body
from app.api.paging import envelope, open_listing
from app.api.params import NoParams, StatementListParams
from app.api.problems import described
from app.api.schemas.review import ChangeList, StatementPatch
from app.api.schemas.statement import Statement, StatementList
from app.api.submissions import validated
from app.services import reading, tables
from app.services.people.profile import with_canonical_speaker
from app.services.reviewing.acts import history, review, undo
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


@router.patch(
    "/{id}", name="updateStatement", response_model=Statement, openapi_extra=patch_body("StatementPatch"),
    responses=described(400, 404, 409, 412, 413, 415, 422, 428),
)  # fmt: skip
def update_statement(
    id_: IdPath,
    session: SessionDep,
    living: LivingDep,
    editor: EditorDep,
    unchanged: UnchangedDep,
    received: ReceivedDep,
    _: Annotated[NoParams, Query()],
) -> Answer:
    """Confirm, reject or correct a statement; `If-Match` says which one was seen. What was done stands in its history."""
    act = validated(StatementPatch, received.json()).act(editor)
    done = review(session, living.current(), STATEMENT, id_, act, lambda now: unchanged.require(lambda: now))
    return Answer(done)


@router.post("/{id}/undo", name="undoStatement", response_model=Statement, responses=described(404, 409, 412, 422))
def undo_statement(
    id_: IdPath, session: SessionDep, editor: EditorDep, unchanged: UnchangedDep, _: Annotated[NoParams, Query()]
) -> Answer:
    """Take back the latest of what editors did to a statement."""
    return Answer(undo(session, STATEMENT, id_, editor, lambda now: unchanged.check(lambda: now)))


@router.get("/{id}/history", name="getStatementHistory", response_model=ChangeList, responses=described(404, 422))
def get_statement_history(id_: IdPath, reader: ReaderDep, _: Annotated[NoParams, Query()]) -> Answer:
    """Read what editors did to a statement, the latest first: who, when, before and after."""
    with reader() as session:
        return Answer(envelope(history(session, STATEMENT, id_)))
