"""Keys: whom the door lets in, what each scope opens, on every route there is; and how soon a running server follows."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from app.api import scopes
from app.domain.key import Scope
from app.services import keys
from app.settings import Settings
from app.storage.database import Database
from tests.api.serving import served

pytestmark = pytest.mark.anyio

Make = Callable[..., dict[str, str]]


@pytest.fixture
def make(app: FastAPI) -> Make:
    """Makes a key and gives the header that carries it; the server of these tests looks at once."""

    def make(*held: Scope, name: str = "wire", expires_at: datetime | None = None) -> dict[str, str]:
        with app.state.resources.database.session() as session:
            token, _ = keys.create(session, name, held or [Scope.ADMIN], expires_at)
        app.state.resources.keys.look()
        return {"Authorization": f"Bearer {token}"}

    return make


def operations(app: FastAPI) -> Iterator[tuple[str, str, str]]:
    """Method, path and operation of every route that the document tells of."""
    for path, methods in app.openapi()["paths"].items():
        for method, told in methods.items():
            filled = path.replace("{pair}", "KZ-RU").replace("{id}", "no-such-id").replace("{metric}", "jobs")
            yield method.upper(), filled, told["operationId"]


async def test_without_a_key_this_machine_is_answered(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/pairs")).status_code == 200


async def test_the_first_key_shuts_every_route_of_v1(app: FastAPI, client: httpx.AsyncClient, make: Make) -> None:
    make()
    asked = 0
    for method, path, operation in operations(app):
        if path.startswith("/v1"):
            answer = await client.request(method, path, content=b"not even read")
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="bilateral"'), operation
            assert answer.json()["type"] == "/problems/unauthorized"
            asked += 1
    assert asked >= 19


async def test_every_route_is_shut_to_a_key_of_another_scope(app: FastAPI, client: httpx.AsyncClient, make: Make) -> None:
    held = {scope: make(scope, name=scope) for scope in Scope}
    for method, path, operation in operations(app):
        if not path.startswith("/v1"):
            continue
        wanted = scopes.needed(operation, method)
        for scope, header in held.items():
            answer = await client.request(method, path, headers=header)
            opened = scope in (wanted, Scope.ADMIN) or (scope, wanted) == (Scope.REVIEW, Scope.READ)
            assert (answer.status_code != 403) == opened, f"{operation} with {scope}: {answer.text}"
            assert answer.status_code not in (401, 500), operation
            if not opened:
                challenge = f'Bearer realm="bilateral", error="insufficient_scope", scope="{wanted}"'
                assert answer.headers["www-authenticate"] == challenge
                assert answer.json()["type"] == "/problems/forbidden"


async def test_what_stays_open_holds_no_data(app: FastAPI, client: httpx.AsyncClient, make: Make) -> None:
    """A new route that is not guarded fails here until it is named."""
    make()
    paths = {route.path for route in app.routes if isinstance(getattr(route, "path", None), str)}
    paths |= {context.path for context in iter_route_contexts(app.routes) if isinstance(context.route, APIRoute)}
    unguarded = {path for path in paths if not scopes.is_guarded(path)}
    documents = {"/", "/docs", "/docs/assets", "/openapi.json", "/problems", "/problems/{name}", "/redoc"}
    assert unguarded == documents | {"/healthz", "/readyz"}
    for path in unguarded - {"/docs/assets", "/problems/{name}"}:
        assert (await client.get(path)).status_code in (200, 307), path


def test_whatever_writes_is_named_with_its_scope(app: FastAPI) -> None:
    writing = {operation for method, _, operation in operations(app) if method != "GET"}
    assert writing == scopes.NEEDED.keys() & writing
    assert scopes.needed("somethingNew", "POST") is Scope.ADMIN


def test_the_document_tells_what_each_operation_needs(app: FastAPI) -> None:
    document = app.openapi()
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    told = {o["operationId"]: o.get("security") for methods in document["paths"].values() for o in methods.values()}
    assert told["createArticle"] == [{"key": ["ingest"]}]
    assert told["listStatements"] == [{"key": ["read"]}]
    assert told["deleteArticle"] == [{"key": ["admin"]}]
    assert told["getHealth"] is None


@pytest.mark.parametrize(
    "sent",
    ["Bearer bil_nobody", "Bearer", "Bearer ", "Basic d2lyZTo=", "bil_nobody", "Bearer ж".encode(), "Bearer \x7f" + "a" * 9_000],
    ids=lambda sent: repr(sent)[:20],
)
async def test_what_is_no_key_opens_nothing(client: httpx.AsyncClient, make: Make, sent: str | bytes) -> None:
    make()
    answer = await client.get("/v1/pairs", headers=[(b"authorization", sent if isinstance(sent, bytes) else sent.encode())])
    assert answer.status_code == 401


async def test_a_key_in_the_address_is_none(client: httpx.AsyncClient, make: Make) -> None:
    token = make()["Authorization"].removeprefix("Bearer ")
    assert (await client.get(f"/v1/pairs?access_token={token}")).status_code == 401


async def test_an_expired_and_a_revoked_key_say_so(app: FastAPI, client: httpx.AsyncClient, make: Make) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=0.2)
    expiring, revoked = make(name="expiring", expires_at=soon), make(name="revoked")
    assert (await client.get("/v1/pairs", headers=revoked)).status_code == 200
    with app.state.resources.database.session() as session:
        keys.revoke(session, "revoked")
    app.state.resources.keys.look()
    time.sleep(max(0, (soon - datetime.now(UTC)).total_seconds()))
    for header in (expiring, revoked):
        answer = await client.get("/v1/pairs", headers=header)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (
            401,
            'Bearer realm="bilateral", error="invalid_token"',
        )


async def test_the_last_key_revoked_leaves_the_door_shut(app: FastAPI, client: httpx.AsyncClient, make: Make) -> None:
    make()
    resources = app.state.resources
    with resources.database.session() as session:
        keys.revoke(session, "wire")
    resources.keys.look()
    assert (await client.get("/v1/pairs")).status_code == 401
    with resources.database.session() as session:
        assert keys.forget(session) == 1
    resources.keys.look()
    assert (await client.get("/v1/pairs")).status_code == 200


async def test_the_word_bearer_is_read_in_any_case(client: httpx.AsyncClient, make: Make) -> None:
    token = make(Scope.READ)["Authorization"].removeprefix("Bearer ")
    assert (await client.get("/v1/pairs", headers={"authorization": f"bEARER  {token} "})).status_code == 200


ELSEWHERE = {
    "another machine": (("203.0.113.9", 1), {}),
    "another machine, IPv6": (("2001:db8::1", 1), {}),
    "passed on by a proxy of this machine": (("127.0.0.1", 1), {"X-Forwarded-For": "203.0.113.9"}),
    "passed on, and lying": (("127.0.0.1", 1), {"Forwarded": "for=127.0.0.1"}),
}


@pytest.mark.parametrize("case", ELSEWHERE)
async def test_without_a_key_no_other_machine_is_answered(app: FastAPI, case: str) -> None:
    address, headers = ELSEWHERE[case]
    transport = httpx.ASGITransport(app, client=address)
    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers) as client:
        answer = await client.get("/v1/pairs")
        assert answer.status_code == 401
        assert "bilateral keys create" in answer.json()["detail"]
        assert (await client.get("/healthz")).status_code == 200
        app.state.resources = app.state.resources._replace(settings=Settings(allow_open=True))
        assert (await client.get("/v1/pairs")).status_code == 200


TEXT = {"Content-Type": "text/plain"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://test:8001"}, 403),
        ({"Host": "rebound.evil.example:8000"}, 403),
        ({"Host": "rebound.evil.example."}, 403),
        ({"Origin": "http://test"}, 200),
        ({"Origin": "https://desk.example"}, 200),
        ({"Host": "localhost:8000"}, 200),
        ({"Host": "news.localhost"}, 200),
        ({"Host": "127.0.0.1:8000"}, 200),
        ({"Host": "[::1]:8000"}, 200),
        ({"Host": "[::1]"}, 200),
        ({}, 200),
    ],
    ids=repr,
)
async def test_without_a_key_pages_of_other_sites_write_nothing(
    app: FastAPI, client: httpx.AsyncClient, headers: dict[str, str], status: int
) -> None:
    """A browser sends plain text anywhere without asking first, and follows a name to this machine."""
    kept = app.state.resources
    app.state.resources = kept._replace(settings=kept.settings.model_copy(update={"cors_origins": ("https://desk.example",)}))
    answer = await client.post("/v1/extract", content=b"a", headers=TEXT | headers)
    assert answer.status_code == status, answer.text


async def test_without_a_key_a_rebound_name_reads_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/pairs", headers={"Host": "rebound.evil.example"})
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/cross-site")


async def test_with_a_key_any_name_and_any_page_will_do(client: httpx.AsyncClient, make: Make) -> None:
    """No page has the key unless it was given it."""
    header = make() | {"Host": "facts.newsroom.example", "Origin": "https://desk.example"}
    assert (await client.post("/v1/extract", content=b"a", headers=TEXT | header)).status_code == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"])
async def test_this_machine_has_several_addresses(app: FastAPI, address: str) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(address, 1)), base_url="http://test") as client:
        assert (await client.get("/v1/pairs")).status_code == 200


async def test_the_last_use_is_noted_once_for_many_requests(
    app: FastAPI, client: httpx.AsyncClient, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    header, ring, database = make(), app.state.resources.keys, app.state.resources.database
    written: list[Any] = []
    touch = keys.keys.touch
    monkeypatch.setattr(keys.keys, "touch", lambda session, used: (written.append(used), touch(session, used)))
    before = datetime.now(UTC)
    for _ in range(3):
        await client.get("/v1/pairs", headers=header)
        ring.note()
    with database.session() as session:
        (kept,) = keys.listed(session)
    assert len(written) == 1
    assert kept.last_used_at is not None
    assert before <= kept.last_used_at <= datetime.now(UTC)


def test_a_token_is_kept_as_a_digest_only(app: FastAPI, make: Make, database: Database) -> None:
    token = make()["Authorization"].removeprefix("Bearer ")
    assert token.startswith("bil_")
    assert len(token) == 47
    with database.session() as session:
        (kept,) = keys.listed(session)
    assert kept.digest == keys.digest(token)
    assert token not in repr(kept)
    assert kept.hint == token[:8]


def status(port: int, token: str | None) -> int:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/v1/pairs", headers=headers)) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return int(json.load(refused)["status"])


def comes_to(wanted: int, port: int, token: str | None) -> bool:
    """Within a generous time: what it takes on an idle machine is about a second."""
    return any(status(port, token) == wanted or time.sleep(0.1) for _ in range(200))


def test_a_running_server_follows(database: Database, tmp_path: Path) -> None:
    with served(Settings(data_dir=tmp_path, database_url=database.url)) as port:
        assert status(port, None) == 200
        with database.session() as session:
            token, _ = keys.create(session, "wire", [Scope.READ])
        assert comes_to(401, port, None)
        assert status(port, token) == 200
        with database.session() as session:
            keys.revoke(session, "wire")
        assert comes_to(401, port, token)
    with database.session() as session:
        (kept,) = keys.listed(session)
    assert kept.last_used_at is not None
