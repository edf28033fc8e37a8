"""The doors by which a request fails: each answers with problem+json, and tells nothing of the inside."""

from __future__ import annotations

import asyncio
import logging
import threading

import httpx
import pytest
from fastapi import FastAPI

from app import errors
from app.main import create_app
from app.services import ingestion, reading
from app.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "path", ["/v1", "/v1/", "/v1/articles/", "/v2/articles", "/nothing/here", "/v1/%2e%2e", "/docs/assets/../../x"]
)
async def test_an_unknown_path_is_404(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/articles", "GET, HEAD, POST, OPTIONS"),
        ("GET", "/v1/extract", "POST, OPTIONS"),
        ("HEAD", "/v1/extract", "POST, OPTIONS"),
        ("PATCH", "/v1/articles/ar_1", "GET, HEAD, DELETE, OPTIONS"),
        ("POST", "/v1/statements", "GET, HEAD, OPTIONS"),
        ("DELETE", "/v1/pairs/KZ-RU", "GET, HEAD, OPTIONS"),
        ("TRACE", "/healthz", "GET, HEAD, OPTIONS"),
        ("BREW", "/v1/topics", "GET, HEAD, OPTIONS"),
    ],
)
async def test_a_method_that_is_not_offered_is_405_and_names_those_that_are(
    client: httpx.AsyncClient, method: str, path: str, allowed: str
) -> None:
    answer = await client.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
    if method != "HEAD":
        assert answer.json()["type"] == "/problems/method-not-allowed"


@pytest.mark.parametrize("path", ["/healthz", "/v1/articles?limit=1", "/v1/pairs/KZ-RU", "/v1/statements/nothing", "/nothing"])
async def test_head_tells_what_get_would_without_a_body(client: httpx.AsyncClient, path: str) -> None:
    read, looked = await client.get(path), await client.head(path)
    for answer in (read, looked):
        assert answer.headers.pop("x-request-id")  # each request has its own
    assert (looked.status_code, looked.headers, looked.content) == (read.status_code, read.headers, b"")


async def test_an_error_that_nobody_expected_shows_an_id_that_the_log_knows(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the password is 12345")

    monkeypatch.setattr(reading, "get_statement", fail)
    with caplog.at_level(logging.ERROR, logger="bilateral.api"):
        answer = await client.get("/v1/statements/st_1")
    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert told["instance"].startswith("urn:uuid:")
    assert "12345" not in answer.text
    assert "RuntimeError" not in answer.text
    record = next(r for r in caplog.records if r.name == "bilateral.api")
    assert told["instance"] in record.getMessage()
    assert record.exc_info


async def test_an_internal_error_of_our_own_tells_no_more(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise errors.InternalError("a stored offset is wrong at 17")

    monkeypatch.setattr(reading, "get_statement", fail)
    with caplog.at_level(logging.ERROR, logger="bilateral.api"):
        answer = await client.get("/v1/statements/st_1")
    assert answer.status_code == 500
    assert "17" not in answer.json()["detail"]
    assert answer.json()["instance"] in caplog.text
    assert "a stored offset is wrong at 17" in caplog.text


async def test_a_failed_write_leaves_nothing_and_is_not_told_as_done(
    client: httpx.AsyncClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The transaction ends before the answer is sent: a commit that fails is a 500, not a 201."""
    from sqlmodel import Session

    def fail(_: Session) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Session, "commit", fail)
        answer = await client.post("/v1/articles", json={"text": "Торговля растёт."})
    assert answer.status_code == 500
    assert (await client.get("/v1/articles")).json()["items"] == []


async def test_the_process_is_alive_and_ready(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "ok"}
    answer = await when_ready(client)
    assert answer.json()["status"] == "ready"


async def when_ready(client: httpx.AsyncClient) -> httpx.Response:
    """The first answer that is not "not yet", within a minute."""
    for _ in range(1_200):
        answer = await client.get("/readyz")
        if answer.status_code != 503 or "dictionaries" not in answer.json()["detail"]:
            return answer
        await asyncio.sleep(0.05)
    raise AssertionError("the dictionaries were never loaded")


async def test_it_is_not_ready_before_its_dictionaries_are_loaded(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """And lives all the same: the loading goes on beside the requests."""
    loaded = threading.Event()
    monkeypatch.setattr(ingestion, "warm", lambda _: loaded.wait(20))
    app = create_app(settings)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
    ):
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/readyz")).json()["detail"] == "The dictionaries are being loaded."
        loaded.set()
        assert (await when_ready(client)).status_code == 200


async def test_the_front_door_leads_to_the_documentation(client: httpx.AsyncClient) -> None:
    answer = await client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (307, "/docs")
    assert (await client.get(answer.headers["location"])).status_code == 200
    assert (await client.post("/")).status_code == 405


async def test_a_database_without_its_tables_is_not_ready(client: httpx.AsyncClient, app: FastAPI) -> None:
    with app.state.resources.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/not-ready"
    assert "revision" in answer.json()["detail"]
    assert (await client.get("/healthz")).status_code == 200


def test_every_problem_has_a_name_of_its_own() -> None:
    assert len({kind.type for kind in errors.FAMILY}) == len({kind.title for kind in errors.FAMILY}) == len(errors.FAMILY)
    assert sorted(errors.FAMILY, key=lambda kind: kind.status) == list(errors.FAMILY)
    assert set(errors.FAMILY) == set(errors.Problem.__subclasses__())


def test_the_signing_key_is_made_once_and_kept(settings: Settings) -> None:
    kept = settings.model_copy(update={"cursor_secret": None})
    assert kept.cursor_key() == kept.cursor_key() != ""
    assert settings.cursor_key() == "of these tests"
    assert (settings.data_dir / "cursor.key").stat().st_mode & 0o077 == 0
