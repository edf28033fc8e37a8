"""Every route meets every way of failing that it has: each is answered with a problem of its own type, and none with more."""

from __future__ import annotations

import logging
from typing import Any, NamedTuple

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from app.main import create_app
from app.settings import Settings
from tests.api.test_keys import operations

pytestmark = pytest.mark.anyio

ARTICLE = {"text": "Торговля растёт."}
MATCH = {"If-Match": '"seen"'}
# What stands outside /v1 takes no parameters and no body, and comes in one form.
SECRET = "the password is 12345"


class Door(NamedTuple):
    """One route: how it is asked rightly, as far as that goes without anything stored."""

    method: str
    path: str
    operation: str

    @property
    def takes_body(self) -> bool:
        return self.operation.startswith(("create", "extract", "update"))

    def asked(self) -> dict[str, Any]:
        body = {} if self.operation.startswith("update") else [ARTICLE] if self.operation == "createArticleBatch" else ARTICLE
        params = {"pairs": "KZ-RU", "metric": "jobs"} if self.operation == "getComparison" else {}
        return {"params": params, "headers": MATCH} | ({"json": body} if self.takes_body else {})


def doors(app: FastAPI) -> list[Door]:
    found = [Door(*told) for told in operations(app) if told[1].startswith("/v1")]
    assert len(found) > 30
    return found


def problem(answer: httpx.Response, status: int, kind: str) -> dict[str, Any]:
    told: dict[str, Any] = answer.json()
    where = f"{answer.request.method} {answer.request.url}"
    assert answer.headers["content-type"] == "application/problem+json", where
    assert (answer.status_code, told["status"], told["type"]) == (status, status, f"/problems/{kind}"), where
    return told


async def test_an_unknown_parameter(app: FastAPI, client: httpx.AsyncClient) -> None:
    for door in doors(app):
        asked = door.asked()
        asked["params"] |= {"no_such": "1"}
        told = problem(await client.request(door.method, door.path, **asked), 422, "invalid")
        assert "/query/no_such" in [fault["pointer"] for fault in told["errors"]], door


async def test_a_method_that_is_not_offered(app: FastAPI, client: httpx.AsyncClient) -> None:
    for path in {door.path for door in doors(app)}:
        answer = await client.put(path)
        problem(answer, 405, "method-not-allowed")
        assert "OPTIONS" in answer.headers["allow"]


async def test_a_form_that_nothing_comes_in(app: FastAPI, client: httpx.AsyncClient) -> None:
    for door in doors(app):
        asked = door.asked()
        asked["headers"] = asked["headers"] | {"Accept": "application/xml"}
        answer = await client.request(door.method, door.path, **asked)
        if door.operation != "deleteArticle":  # which answers with nothing, in every form
            problem(answer, 406, "not-acceptable")


async def test_what_is_not_there(app: FastAPI, client: httpx.AsyncClient) -> None:
    by_id = [door for door in doors(app) if "no-such-id" in door.path]
    assert len(by_id) > 15
    for door in by_id:
        problem(await client.request(door.method, door.path, **door.asked()), 404, "not-found")


@pytest.mark.parametrize(
    ("sent", "status", "kind"),
    [
        ({"content": "<a/>", "headers": {"Content-Type": "application/xml"}}, 415, "unsupported-media-type"),
        ({"content": "{", "headers": {"Content-Type": "application/json"}}, 400, "bad-request"),
        ({"content": b'{"text": "\xff"}', "headers": {"Content-Type": "application/json"}}, 400, "bad-request"),
        ({"content": '{"a": ' + "[" * 20_000, "headers": {"Content-Type": "application/json"}}, 400, "bad-request"),
        ({"content": b" " * 150_000, "headers": {"Content-Type": "application/json"}}, 413, "too-large"),
        ({"json": "text"}, 422, "invalid"),
        ({"json": {"no_such_member": 1}}, 422, "invalid"),
    ],
    ids=["kind", "JSON", "UTF-8", "depth", "size", "shape", "member"],
)
async def test_a_body_that_cannot_be_taken(
    app: FastAPI, client: httpx.AsyncClient, sent: dict[str, Any], status: int, kind: str
) -> None:
    taking = [door for door in doors(app) if door.takes_body]
    assert {door.operation for door in taking} >= {"createArticle", "createArticleBatch", "extractFacts", "updateStatement"}
    for door in taking:
        if door.operation == "createArticleBatch" and kind == "invalid":
            continue  # each item is refused for itself, in its job
        headers = MATCH | sent.get("headers", {})
        problem(await client.request(door.method, door.path, **sent | {"headers": headers}), status, kind)


async def test_a_key_of_repeating_that_is_none(app: FastAPI, client: httpx.AsyncClient) -> None:
    for door in doors(app):
        if door.method == "POST":
            asked = door.asked()
            asked["headers"] = asked["headers"] | {"Idempotency-Key": "two words"}
            told = problem(await client.request(door.method, door.path, **asked), 422, "invalid")
            assert told["errors"][0]["pointer"] == "/header/idempotency-key"


@pytest.fixture
def broken(app: FastAPI) -> FastAPI:
    """An application of its own, each route of which fails in a way that nobody expected, and that tells a secret."""

    def fail(**_: object) -> None:
        raise RuntimeError(SECRET)

    made = create_app(Settings())
    for context in iter_route_contexts(made.routes):
        if isinstance(context.route, APIRoute):
            context.dependant.call = fail
    made.state.resources = app.state.resources
    return made


async def test_a_planted_fault_shows_an_id_that_the_log_knows_and_nothing_else(
    broken: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    transport = httpx.ASGITransport(broken, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        for door in doors(broken):
            caplog.clear()
            with caplog.at_level(logging.ERROR, logger="bilateral.api"):
                answer = await client.request(door.method, door.path, **door.asked())
            told = problem(answer, 500, "internal")
            assert SECRET not in answer.text
            assert "RuntimeError" not in answer.text
            assert sum(told["instance"] in record.getMessage() for record in caplog.records) == 1, door
