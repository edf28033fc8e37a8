"""What a route asks for: one unit of work, the catalogue, the cursors, a body within its limits.

Only what touches the database runs in a worker thread; the rest is `async` because a hop to a thread costs more than it does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from threading import Event
from typing import Annotated, Any, NamedTuple, TypeVar
from urllib.parse import unquote, unquote_to_bytes

from fastapi import Depends, Header, Path
from pydantic import AfterValidator
from sqlmodel import Session
from starlette.requests import Request

from app.api.conditions import Precondition, precondition
from app.api.door import Caller
from app.api.faults import listed, parameters_of, pointer_to
from app.api.paging import Cursors
from app.api.rates import Rates
from app.api.recent import RecentAnswers
from app.api.schemas.vocabulary import Metric
from app.api.submissions import Received
from app.api.submissions import receive as receive_within
from app.api.values import pair_of_countries
from app.domain.country import Pair
from app.domain.query import IndicatorQuery, StatementQuery
from app.errors import InvalidParameter, NotFound
from app.services.keys import KeyRing
from app.services.people.living import LivingCatalog
from app.settings import Settings
from app.storage.database import Database

Reader = Callable[[], AbstractContextManager[Session]]


Facts = TypeVar("Facts", StatementQuery, IndicatorQuery)


class Resources(NamedTuple):
    """What lives as long as the application."""

    settings: Settings
    database: Database
    living: LivingCatalog
    cursors: Cursors
    warm: Event
    """Set when everything that extraction loads on first use is loaded."""
    keys: KeyRing
    rates: Rates
    begin_work: Callable[[], None] = lambda: None
    """Sees to it that this process works on jobs, if it is to."""
    recent: RecentAnswers | None = None
    """None where none are kept."""


async def resources(request: Request) -> Resources:
    kept: Any = request.app.state.resources
    assert isinstance(kept, Resources)
    return kept


ResourcesDep = Annotated[Resources, Depends(resources)]


def unit_of_work(kept: ResourcesDep) -> Iterator[Session]:
    """One request, one transaction. It ends before the answer is sent, or a write that was rolled back would be told as done."""
    with kept.database.session() as session:
        yield session


async def reader(kept: ResourcesDep) -> Reader:
    """For routes that only read: the transaction begins and ends in the thread that asks, where a hop costs more than a query."""
    return kept.database.session


async def living(kept: ResourcesDep) -> LivingCatalog:
    """Ask it for its `current()` catalogue in a worker thread: now and then it looks into the database."""
    return kept.living


class Least(NamedTuple):
    """How sure facts must be where a request does not say."""

    confidence: float

    def of(self, query: Facts) -> Facts:
        return replace(query, min_confidence=self.confidence) if query.min_confidence is None else query

    def chosen(self, asked: float | None) -> float:
        return self.confidence if asked is None else asked


async def least(kept: ResourcesDep) -> Least:
    return Least(kept.settings.min_confidence)


async def cursors(kept: ResourcesDep) -> Cursors:
    return kept.cursors


async def received(request: Request, kept: ResourcesDep) -> Received:
    return await receive_within(request, kept.settings.max_body_bytes, kept.settings.max_text_chars)


async def unchanged(
    request: Request,
    if_match: Annotated[
        str | None,
        Header(description="The `ETag` of what was read: where it has changed since, nothing is done and the answer is 412."),
    ] = None,
) -> Precondition:
    """`If-Match`, for routes that change what is there. The parameter describes it; the header itself may come several times."""
    return precondition(request.headers)


async def refuse_ambiguous(request: Request) -> None:
    """A parameter sent twice would silently count once, and one in another charset would silently find nothing."""
    for part in request.scope["query_string"].split(b"&"):
        _refuse_undecodable(part)
    known = parameters_of(request)
    times = Counter(name for name, _ in request.query_params.multi_items())
    twice = sorted(name for name, sent in times.items() if sent > 1 and name in known and not known[name])
    if twice:
        several = listed(name for name, repeatable in known.items() if repeatable)
        detail = f"The parameter {twice[0]} takes one value and is sent more than once. Those that may be repeated: {several}."
        raise InvalidParameter(detail, pointer=f"/query/{twice[0]}")


def _refuse_undecodable(part: bytes) -> None:
    try:
        unquote_to_bytes(part).decode()
    except UnicodeDecodeError:
        name = unquote(part.partition(b"=")[0].decode("latin-1"))
        raise InvalidParameter("This is not UTF-8.", pointer=pointer_to(["query", name])) from None


def plain_id(id_: str) -> str:
    """No stored id is long or holds a NUL, which PostgreSQL would refuse."""
    if len(id_) > 200 or "\x00" in id_:
        raise NotFound("There is nothing with this id.", pointer="/path/id")
    return id_


async def known_pair(pair: Annotated[str, Path(examples=["KZ-RU"], description="Two ISO codes in either order.")]) -> Pair:
    """The pair of a path: what is not one is not found."""
    try:
        return pair_of_countries(pair)
    except ValueError as error:
        raise NotFound(str(error), pointer="/path/pair") from None


async def known_metric(metric: Annotated[str, Path(examples=["trade_turnover"])]) -> Metric:
    """The metric of a path: what is none is not found."""
    try:
        return Metric(metric)
    except ValueError:
        raise NotFound("There is no such metric; GET /v1/metrics lists them.", pointer="/path/metric") from None


async def editor(request: Request) -> str | None:
    """The name of the key that asks; None where none is needed."""
    caller: Caller = request.state.caller
    return caller.key.name if caller.key else None


LeastDep = Annotated[Least, Depends(least)]
UnchangedDep = Annotated[Precondition, Depends(unchanged)]
EditorDep = Annotated[str | None, Depends(editor)]
SessionDep = Annotated[Session, Depends(unit_of_work, scope="function")]
ReaderDep = Annotated[Reader, Depends(reader)]
LivingDep = Annotated[LivingCatalog, Depends(living)]
CursorsDep = Annotated[Cursors, Depends(cursors)]
ReceivedDep = Annotated[Received, Depends(received)]
IdPath = Annotated[str, Path(alias="id"), AfterValidator(plain_id)]
PairPath = Annotated[Pair, Depends(known_pair)]
MetricPath = Annotated[Metric, Depends(known_metric)]
