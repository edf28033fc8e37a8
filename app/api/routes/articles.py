"""Articles: taken in with their facts, listed, read again, removed."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response

from app.api.answers import Answer
from app.api.deps import CursorsDep, IdPath, LeastDep, LivingDep, ReaderDep, ReceivedDep, SessionDep, UnchangedDep
from app.api.openapi import listed, submission_body
from app.api.paging import envelope, open_listing
from app.api.params import ArticleListParams, ArticleParams, NoParams
from app.api.problems import described
from app.api.schemas.article import Article, ArticleList, ArticleVersionList, Reextraction
from app.api.schemas.submission import SubmissionParams
from app.services import ingestion, reading, tables, versions
from app.services.keeping_back import sure_enough_of
from app.services.reextraction import reextract

router = APIRouter(prefix="/articles", tags=["articles"])

_LOCATION = {"Location": {"description": "Where the article can be read.", "schema": {"type": "string"}}}
_KNOWN = {
    "model": Article,
    "description": "The text was stored before; this is its article, unchanged. Where the request gives something else than is "
    "stored, an `already_stored` entry of `warnings` names it; that entry belongs to this answer and is not kept.",
    "headers": _LOCATION,
}
_NEW = {"description": "The article is stored with its facts.", "headers": _LOCATION}


@router.post(
    "",
    name="createArticle",
    status_code=201,
    response_model=Article,
    responses={201: _NEW, 200: _KNOWN, **described(400, 413, 415, 422)},
    openapi_extra=submission_body(),
)
def create_article(
    request: Request,
    received: ReceivedDep,
    params: Annotated[SubmissionParams, Query()],
    session: SessionDep,
    living: LivingDep,
    least: LeastDep,
) -> Answer:
    """Take in a raw article: read its facts, store both, answer with them.

    The same text is the same article: sent again, it answers 200 with what is stored, and nothing is rewritten; from another
    outlet, the place is added to `sources_seen`. Another text under the same `external_id` or `url` is a new version: it
    answers 200, its facts take the place of those before, and what was read before stays in the history.

    `published_at` is what «вчера», «за девять месяцев» and dated offices are resolved by, `publisher_country` decides whom
    «глава государства» means: give both where you know them.
    """
    ingested = ingestion.ingest(session, received.article(params), living.current())
    location = f"{quote(request.url.path)}/{ingested.article['id']}"
    shown = sure_enough_of(ingested.article, least.confidence)
    return Answer(shown, 201 if ingested.created else 200, headers={"Location": location})


@router.get("", name="listArticles", response_model=ArticleList, responses={**listed(), **described(422)})
def list_articles(
    request: Request, reader: ReaderDep, cursors: CursorsDep, params: Annotated[ArticleListParams, Query()]
) -> Response:
    """List articles without their text and facts, by date, pair, publisher, language, url or external id."""
    query = params.query()
    listing = open_listing(request, cursors, params, query, tables.ARTICLES)
    with reader() as session:
        return listing.answer(lambda page: reading.list_articles(session, query, page))


@router.get("/{id}", name="getArticle", response_model=Article, responses=described(404, 422))
def get_article(id_: IdPath, reader: ReaderDep, least: LeastDep, params: Annotated[ArticleParams, Query()]) -> Answer:
    """Read one article with its text and its facts, in the order of the text."""
    with reader() as session:
        return Answer(sure_enough_of(reading.get_article(session, id_), least.chosen(params.min_confidence)))


@router.get("/{id}/history", name="getArticleHistory", response_model=ArticleVersionList, responses=described(404, 422))
def get_article_history(id_: IdPath, reader: ReaderDep, _: Annotated[NoParams, Query()]) -> Answer:
    """Read the versions of an article before the present one, the newest first."""
    with reader() as session:
        reading.require_article(session, id_)
        return Answer(envelope(versions.history(session, id_)))


@router.delete("/{id}", name="deleteArticle", status_code=204, response_class=Response, responses=described(404, 412, 422))
def delete_article(
    id_: IdPath, session: SessionDep, unchanged: UnchangedDep, least: LeastDep, _: Annotated[NoParams, Query()]
) -> Response:
    """Remove an article and its facts; with `If-Match`, only as it was read."""
    unchanged.check(lambda: sure_enough_of(reading.hold_article(session, id_), least.confidence))
    reading.delete_article(session, id_)
    return Response(status_code=204)


@router.post("/{id}/reextract", name="reextractArticle", response_model=Reextraction, responses=described(404, 409, 422))
def reextract_article(id_: IdPath, session: SessionDep, living: LivingDep, _: Annotated[NoParams, Query()]) -> Answer:
    """Read the stored text again with the extractor of today. What editors did to its facts stays."""
    found = reextract(session, living.current(), id_)
    return Answer({"article": found.article, "added": found.added, "removed": found.removed, "changed": found.changed})
