"""Jobs: many articles handed in at once, how far they are, and what became of each."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response

from app.api import batches
from app.api.answers import Answer
from app.api.batches import Batch
from app.api.deps import CursorsDep, IdPath, ReaderDep, ResourcesDep, SessionDep
from app.api.events import EVENTS, stream, wanted
from app.api.openapi import batch_body, listed
from app.api.paging import open_listing
from app.api.params import JobItemListParams, NoParams
from app.api.problems import described
from app.api.schemas.job import Job, JobItemList
from app.services import tables
from app.services.jobs import handing_in, telling

router = APIRouter(tags=["jobs"])

_PATH = "/articles/batch"
_TAKEN = {
    "description": "The batch is taken in.",
    "headers": {"Location": {"description": "The job.", "schema": {"type": "string"}}},
}
_FOLLOWED = {
    "description": "The job; or with `Accept: text/event-stream`, the job each time that it changes, as events called `job`, "
    "until it is over.",
    "content": {EVENTS: {"schema": {"type": "string"}}},
}


async def received(request: Request, kept: ResourcesDep) -> Batch:
    it = kept.settings
    return await batches.receive(request, it.max_batch_bytes, it.max_batch_items, it.max_text_chars)


@router.post(
    _PATH,
    name="createArticleBatch",
    status_code=202,
    response_model=Job,
    responses={202: _TAKEN, **described(400, 413, 415, 422)},
    openapi_extra=batch_body(),
)
def create_article_batch(
    request: Request, batch: Annotated[Batch, Depends(received)], kept: ResourcesDep, _: Annotated[NoParams, Query()]
) -> Answer:
    """Hand in many articles at once: a JSON array, or NDJSON, one article a line; gzip is read.

    The answer is a job at once; the articles are read behind it. Each is valid or refused for itself: one bad item never fails
    the rest. The same text is the same article here too, so a batch may be handed in again.
    """
    job = handing_in.hand_in(kept.database, batch.items())
    kept.begin_work()
    return Answer(job, 202, headers={"Location": f"{quote(request.url.path).removesuffix(_PATH)}/jobs/{job['id']}"})


@router.get("/jobs/{id}", name="getJob", response_model=Job, responses={200: _FOLLOWED, **described(404, 422)})
def get_job(request: Request, id_: IdPath, reader: ReaderDep, _: Annotated[NoParams, Query()]) -> Response:
    """See how far a job is, how fast it goes, and how long it will take."""

    def ask() -> dict[str, Any]:
        with reader() as session:
            return telling.job_document(session, id_)

    job = ask()
    return stream(ask, telling.is_over) if wanted(request) else Answer(job, headers={"Vary": "Accept"})


@router.get("/jobs/{id}/items", name="listJobItems", response_model=JobItemList, responses={**listed(), **described(404, 422)})
def list_job_items(
    id_: IdPath,
    request: Request,
    reader: ReaderDep,
    cursors: CursorsDep,
    params: Annotated[JobItemListParams, Query()],
) -> Response:
    """List what became of each article of a job, in the order in which they were handed in."""
    listing = open_listing(request, cursors, params, f"items {id_} {params.outcome}", tables.ITEMS)
    with reader() as session:
        return listing.answer(lambda page: telling.list_items(session, id_, params.outcome, page))


@router.delete("/jobs/{id}", name="cancelJob", response_model=Job, responses=described(404, 422))
def cancel_job(id_: IdPath, session: SessionDep, _: Annotated[NoParams, Query()]) -> Answer:
    """Cancel a job: what is stored by then stays, the rest is not worked on.

    The job can still be read; one that is over stays as it is.
    """
    return Answer(telling.cancel(session, id_))
