"""Answers that are given again: the same bytes while nothing was written, and never one that a commit has overtaken.

Strategy: a second application on the same database keeps nothing and tells what is true; the one under test must agree with it
after every write, whoever made it.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.api.recent import AGAIN, KEPT, NOUNS, Kept, RecentAnswers
from app.catalog import load_catalog
from app.domain.key import Scope
from app.services import ingestion, keys, reading
from app.services.people import changes
from app.services.people.importing import read_people
from app.storage.database import Database, open_database
from app.storage.marks import Marks
from tests.api.invented import article, extraction

pytestmark = pytest.mark.anyio

Store = Callable[[int], list[dict[str, Any]]]
OF_MORE = {
    "getJob", "listJobItems",  # how long it will still take
    "listCountries", "listMetrics", "listTopics",  # of the release, not of the database
}  # fmt: skip
PATHS = [
    "/v1/statements", "/v1/statements?pair=KZ-UZ&limit=2", "/v1/indicators?pair=UZ-KZ&sort=-value", "/v1/articles", "/v1/pairs",
    "/v1/pairs/KZ-UZ", "/v1/pairs/KZ-UZ/timeline", "/v1/pairs/KZ-UZ/series/trade_turnover", "/v1/speakers",
    "/v1/compare?pairs=KZ-UZ,KZ-RU&metric=trade_turnover", "/v1/statements?q=торговля", "/v1/rates",
]  # fmt: skip


@pytest.fixture
async def forgetful(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Asks the same application while it keeps no answers."""

    async def without(scope: Any, receive: Any, send: Any) -> None:
        kept = app.state.resources
        app.state.resources = kept._replace(recent=None)
        try:
            await app(scope, receive, send)
        finally:
            app.state.resources = kept

    async with httpx.AsyncClient(transport=httpx.ASGITransport(without), base_url="http://test") as client:
        yield client


def again() -> float:
    return AGAIN._value.get()  # type: ignore[no-any-return]


@pytest.mark.parametrize("path", PATHS)
async def test_while_nothing_is_written_an_answer_is_given_again(client: httpx.AsyncClient, stored: Store, path: str) -> None:
    stored(4)
    answers = [await client.get(path) for _ in range(2)]
    before = again()
    answers.append(await client.get(path))
    assert again() == before + 1
    assert len({answer.content for answer in answers}) == 1
    told = [{n: v for n, v in answer.headers.items() if n not in ("x-request-id", "ratelimit")} for answer in answers]
    assert told[0] == told[1] == told[2]
    seen = {"If-None-Match": answers[0].headers["etag"]}
    assert (await client.get(path, headers=seen)).status_code == 304
    assert (await client.head(path)).headers["content-length"] == answers[0].headers["content-length"]


async def test_whoever_writes_it_is_read_at_once(
    app: FastAPI, client: httpx.AsyncClient, forgetful: httpx.AsyncClient, database: Database
) -> None:
    """Thirty times something is written or not, by this application or by another, and everything is asked."""
    chosen, there = random.Random(20_240_506), list[str]()
    with closing(open_database(database.url)) as elsewhere:
        for step in range(30):
            writer = chosen.choice([app.state.resources.database, elsewhere])
            with writer.session() as session:
                what = chosen.random()
                if what < 0.4:
                    there.append(ingestion.store(session, article(step), extraction(article(step))).article["id"])
                elif what < 0.5 and there:
                    reading.delete_article(session, there.pop(chosen.randrange(len(there))))
            for path in chosen.sample(PATHS, 2):
                told, true = await client.get(path), await forgetful.get(path)
                assert (told.content, told.headers["etag"]) == (true.content, true.headers["etag"]), (step, path)
    assert again() > 0


async def test_an_editors_change_is_read_at_once(client: httpx.AsyncClient, stored: Store) -> None:
    (statement,) = stored(1)[0]["statements"]
    where = f"/v1/statements/{statement['id']}"
    for _ in range(2):
        tag = (await client.get(where)).headers["etag"]
    assert (await client.patch(where, json={"review": "confirmed"}, headers={"If-Match": tag})).status_code == 200
    assert (await client.get(where)).json()["review"] == "confirmed"
    assert (await client.get(where, headers={"If-None-Match": tag})).status_code == 200


async def test_people_whom_an_editor_adds_are_known_at_once(app: FastAPI, client: httpx.AsyncClient, database: Database) -> None:
    """The catalogue is looked up once a second only; what is kept must not be made of the one before."""
    where = "/v1/speakers?q=Выдумкин"
    for _ in range(2):
        assert (await client.get(where)).json()["items"] == []
    app.state.resources.living._looked = float("inf")  # by the clock alone it would not look again
    catalog = load_catalog()
    with database.session() as session:
        people = read_people("ru,kk,en,country\nПётр /Выдумкин/,Пётр /Выдумкин/,Petr /Vydumkin/,KZ\n", catalog)
        changes.add_people(session, catalog, people, "invented")
    for _ in range(2):
        assert [found["name"] for found in (await client.get(where)).json()["items"]] == ["Пётр Выдумкин"]


async def test_what_is_kept_for_one_is_not_given_to_another(app: FastAPI, client: httpx.AsyncClient, stored: Store) -> None:
    stored(2)
    held = {}
    for scope in (Scope.READ, Scope.INGEST):
        with app.state.resources.database.session() as session:
            held[scope] = {"Authorization": f"Bearer {keys.create(session, scope, [scope], None)[0]}"}
    app.state.resources.keys.look()
    for _ in range(2):
        assert (await client.get("/v1/statements", headers=held[Scope.READ])).status_code == 200
        assert (await client.get("/v1/statements", headers=held[Scope.INGEST])).status_code == 403
        assert (await client.get("/v1/statements")).status_code == 401
        for wanted in ("text/csv", "application/x-ndjson", "application/json"):
            answer = await client.get("/v1/statements", headers=held[Scope.READ] | {"Accept": wanted})
            assert answer.headers["content-type"].startswith(wanted)


async def test_what_is_kept_is_read_from_the_database_and_from_nothing_else(app: FastAPI) -> None:
    reads = {
        methods["get"]["operationId"]: path
        for path, methods in app.openapi()["paths"].items()
        if "get" in methods and path.startswith("/v1")
    }
    assert set(reads) >= KEPT
    assert not KEPT & OF_MORE
    assert {reads[name].split("/")[2] for name in KEPT} == NOUNS


def test_answers_take_no_more_room_than_they_may(database: Database) -> None:
    with closing(Marks(database.engine)) as marks:
        recent, mark = RecentAnswers(marks, 100_000), marks.now()
        assert mark is not None
        assert recent.turn_to(mark)
        for number in range(100):
            recent.keep(mark, number, Kept([], bytes(5_000), None))
            assert recent._bytes == sum(len(kept.body) + 1_000 for kept in recent._answers.values()) <= 100_000
            recent.find(0)
        assert len(recent._answers) == 16
        assert recent.find(0) is not None  # asked for all the time
        assert recent.find(99) is not None
        assert recent.find(80) is None  # for longest
        recent.keep(mark, "large", Kept([], bytes(20_000), None))
        assert recent.find("large") is None
        recent.turn_to((mark[0], "another"))
        recent.keep(mark, "late", Kept([], b"begun before the write", None))
        assert recent.find("late") is None
        assert recent._bytes == 0
