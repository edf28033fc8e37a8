"""Extraction without storage: the facts of a text as JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.answers import Answer
from app.api.deps import LeastDep, LivingDep, ReceivedDep
from app.api.openapi import submission_body
from app.api.problems import described
from app.api.schemas.article import Extraction
from app.api.schemas.submission import ExtractParams, Include
from app.services import ingestion

router = APIRouter(tags=["articles"])


@router.post(
    "/extract",
    name="extractFacts",
    response_model=Extraction,
    responses=described(400, 413, 415, 422),
    openapi_extra=submission_body(),
)
def extract_facts(received: ReceivedDep, params: Annotated[ExtractParams, Query()], living: LivingDep, least: LeastDep) -> Answer:
    """Read the facts out of a text and store nothing."""
    mentions, surest = Include.MENTIONS in params.include, least.chosen(params.min_confidence)
    return Answer(ingestion.extract(received.article(params), living.current(), mentions=mentions, min_confidence=surest))
