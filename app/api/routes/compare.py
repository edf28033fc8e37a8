"""One metric of several pairs side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.answers import Answer
from app.api.deps import LeastDep, ReaderDep
from app.api.over_time import ComparisonParams
from app.api.problems import described
from app.api.schemas.series import Comparison
from app.services.series.reading import get_series

router = APIRouter(prefix="/compare", tags=["pairs"])


@router.get("", name="getComparison", response_model=Comparison, responses=described(422))
def get_comparison(reader: ReaderDep, least: LeastDep, params: Annotated[ComparisonParams, Query()]) -> Answer:
    """Compare one metric between pairs."""
    query = least.of(params.query())
    with reader() as session:
        found = [get_series(session, pair, query, params.convert, params.limit) for pair in params.each()]
    return Answer({"metric": query.metric, "items": found})
