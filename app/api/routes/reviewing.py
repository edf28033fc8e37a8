"""What editors do to a fact: the same three routes for statements and for figures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.answers import Answer
from app.api.deps import EditorDep, IdPath, LivingDep, ReaderDep, ReceivedDep, SessionDep, UnchangedDep
from app.api.openapi import patch_body
from app.api.paging import envelope
from app.api.params import NoParams
from app.api.problems import described
from app.api.schemas.fact import Fact
from app.api.schemas.review import ChangeList, FactPatch
from app.api.submissions import validated
from app.services.reviewing.acts import history, review, undo
from app.services.reviewing.kinds import Kind


def add_to(router: APIRouter, kind: Kind, fact: type[Fact], patch: type[FactPatch]) -> None:
    """`fact` is what is answered, `patch` what is sent; the operations carry the name of the fact."""
    name = fact.__name__

    @router.patch(
        "/{id}", name=f"update{name}", response_model=fact, openapi_extra=patch_body(patch.__name__),
        responses=described(400, 404, 409, 412, 413, 415, 422, 428),
    )  # fmt: skip
    def update(
        id_: IdPath,
        session: SessionDep,
        living: LivingDep,
        editor: EditorDep,
        unchanged: UnchangedDep,
        received: ReceivedDep,
        _: Annotated[NoParams, Query()],
    ) -> Answer:
        """Confirm, reject or correct the fact; `If-Match` says which one was seen. What was done stands in its history."""
        act = validated(patch, received.json()).act(editor)
        return Answer(review(session, living.current(), kind, id_, act, lambda now: unchanged.require(lambda: now)))

    @router.post("/{id}/undo", name=f"undo{name}", response_model=fact, responses=described(404, 409, 412, 422))
    def take_back(
        id_: IdPath, session: SessionDep, editor: EditorDep, unchanged: UnchangedDep, _: Annotated[NoParams, Query()]
    ) -> Answer:
        """Take back the latest of what editors did to the fact."""
        return Answer(undo(session, kind, id_, editor, lambda now: unchanged.check(lambda: now)))

    @router.get("/{id}/history", name=f"get{name}History", response_model=ChangeList, responses=described(404, 422))
    def get_history(id_: IdPath, reader: ReaderDep, _: Annotated[NoParams, Query()]) -> Answer:
        """Read what editors did to the fact, the latest first: who, when, before and after."""
        with reader() as session:
            return Answer(envelope(history(session, kind, id_)))
