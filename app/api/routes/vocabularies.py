"""The vocabularies of the API: countries, metrics and topics, with their names."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.answers import Answer
from app.api.deps import LivingDep
from app.api.paging import envelope
from app.api.params import NoParams
from app.api.problems import described
from app.api.schemas.vocabulary import CountryList, MetricList, TopicList
from app.services import vocabularies

router = APIRouter(tags=["vocabularies"])

Nothing = Annotated[NoParams, Query()]


@router.get("/countries", name="listCountries", response_model=CountryList, responses=described(422))
def list_countries(living: LivingDep, _: Nothing) -> Answer:
    """List every country that a pair can be made of."""
    return Answer(envelope(vocabularies.countries(living.released)))


@router.get("/metrics", name="listMetrics", response_model=MetricList, responses=described(422))
def list_metrics(living: LivingDep, _: Nothing) -> Answer:
    """List what an indicator can measure."""
    return Answer(envelope(vocabularies.metrics(living.released)))


@router.get("/topics", name="listTopics", response_model=TopicList, responses=described(422))
def list_topics(living: LivingDep, _: Nothing) -> Answer:
    """List what a statement can be about."""
    return Answer(envelope(vocabularies.topics(living.released)))
