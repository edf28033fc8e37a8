"""The routes, one file a noun: parse, ask, wrap, return."""

from fastapi import APIRouter, Depends

from app.api.acceptable import refuse_unacceptable
from app.api.deps import refuse_ambiguous
from app.api.door import authorize
from app.api.routes import articles, compare, extract, health, indicators, jobs, pairs, rates, speakers, statements, vocabularies

v1 = APIRouter(prefix="/v1", dependencies=[Depends(authorize), Depends(refuse_unacceptable), Depends(refuse_ambiguous)])
for noun in (jobs, articles, extract, statements, indicators, pairs, compare, speakers, rates, vocabularies):
    v1.include_router(noun.router)

routers = (v1, health.router)
