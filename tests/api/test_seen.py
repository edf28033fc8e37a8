"""Seen from outside: ids that come back, a line a request, numbers for Prometheus, and never a word of an article in the log."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from app import pipeline
from app.api.logs import JsonLines, Lines, TextLines
from app.main import create_app
from app.services import measuring, reading
from app.settings import Settings
from app.storage.database import Database
from tests.api.invented import article, extraction
from tests.services.copies import copy, original, stored

pytestmark = pytest.mark.anyio

SECRET = "Тайновыдуманное слово министра о секретной сделке"
PASSWORD = "12345"
TEXT = f"Торговля растёт на 9%, сообщил министр торговли Казахстана Нурлан Айтбеков. {SECRET}."


@pytest.fixture(params=[JsonLines, TextLines])
def lines(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What this process writes to its log meanwhile, all of it, down to the least important."""
    out, root = io.StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(out), root.level
    handler.setFormatter(request.param())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield out
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.parametrize("given", ["a1b2-c3", "0b7c9a52-89f1-4b2e-9d53-1c2d3e4f5a6b", "x" * 128])
async def test_a_clients_own_id_comes_back(client: httpx.AsyncClient, given: str) -> None:
    for path in ("/healthz", "/v1/topics", "/v1/nothing", "/v1/statements/none"):
        assert (await client.get(path, headers={"X-Request-ID": given})).headers["x-request-id"] == given


@pytest.mark.parametrize("given", [None, "", "two words", "x" * 129, "line\tbreak", "<script>", "ключ"])
async def test_any_other_gets_one(client: httpx.AsyncClient, given: str | None) -> None:
    headers = [("X-Request-ID", given.encode())] if given is not None else []
    ids = {(await client.get("/healthz", headers=headers)).headers["x-request-id"] for _ in range(2)}
    assert len(ids) == 2
    assert all(re.fullmatch("[0-9a-f]{32}", id_) for id_ in ids)


async def test_each_request_is_a_line_with_its_id(client: httpx.AsyncClient, lines: io.StringIO) -> None:
    await client.get("/v1/statements/none?nothing=1", headers={"X-Request-ID": "my-own-1"})
    (line,) = [line for line in lines.getvalue().splitlines() if "my-own-1" in line]
    if line.startswith("{"):
        told = json.loads(line)
        assert (told["method"], told["route"], told["status"]) == ("GET", "/v1/statements/{id}", 422)
        assert told["request_id"] == "my-own-1"
    else:
        assert re.search(r"INFO +GET /v1/statements/\{id\} 422 [0-9.]+ ms  \[my-own-1\]$", line)


async def test_a_planted_fault_shows_an_id_that_stands_in_the_log_and_nothing_else(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, lines: io.StringIO
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(f"the password is {PASSWORD}, and the article says {SECRET}")

    monkeypatch.setattr(reading, "get_statement", fail)
    answer = await client.get("/v1/statements/st_1", headers={"X-Request-ID": "my-own-2"})
    told, logged = answer.json(), lines.getvalue()
    assert (answer.status_code, answer.headers["x-request-id"]) == (500, "my-own-2")
    assert set(told) == {"type", "title", "status", "detail", "instance"}
    assert PASSWORD not in answer.text
    assert told["instance"] in logged
    assert "builtins.RuntimeError" in logged
    assert "in get_statement" in logged
    assert PASSWORD not in logged
    assert SECRET not in logged
    assert logged.count(told["instance"]) == 1


@pytest.mark.parametrize("fault", ["in reading the text", "in the database", "none"])
async def test_no_word_of_an_article_is_ever_logged(
    client: httpx.AsyncClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch, lines: io.StringIO, fault: str
) -> None:
    if fault == "in reading the text":
        monkeypatch.setattr(pipeline, "extract", lambda article, *_, **__: {}[article.text])
    if fault == "in the database":
        with app.state.resources.database.engine.begin() as connection:
            connection.execute(text("DROP TABLE article_texts"))
    for content, kind in (
        (TEXT, "text/plain"),
        (f"<p>{TEXT}</p>", "text/html"),
        (json.dumps({"text": TEXT}), "application/json"),
    ):
        for path in ("/v1/articles?title=Тайновыдуманное", "/v1/extract"):
            answer = await client.post(path, content=content.encode(), headers={"Content-Type": kind})
            assert (answer.status_code >= 500) == (fault != "none" and not (fault == "in the database" and "extract" in path))
    await client.get(f"/v1/statements?q={SECRET}")
    logged = lines.getvalue()
    assert logged.count("/v1/") >= 6
    assert "айновыдуманное" not in logged
    assert "\\u0422" not in logged


def test_the_words_of_errors_are_logged_where_that_is_wished() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "failed", None, (type(error), error, error.__traceback__))
    assert SECRET in Lines(full_errors=True).told(record)["error"]
    assert SECRET not in Lines().told(record)["error"]


async def numbers(client: httpx.AsyncClient) -> dict[str, float]:
    answer = await client.get("/metrics")
    assert answer.headers["content-type"] == measuring.CONTENT_TYPE
    families = text_string_to_metric_families(answer.text)
    return {f"{s.name}{sorted(s.labels.items())}": s.value for family in families for s in family.samples}


async def test_numbers_for_prometheus(client: httpx.AsyncClient) -> None:
    before = await numbers(client)
    for _ in range(2):
        await client.post("/v1/articles", json={"text": TEXT, "publisher_country": "KZ"})
    await client.get("/v1/statements/none")
    await client.get("/made/up/path")
    after = await numbers(client)

    def grown(name: str, **labels: str) -> float:
        key = f"{name}{sorted(labels.items())}"
        return after[key] - before.get(key, 0)

    assert grown("bilateral_http_requests_total", method="POST", route="/v1/articles", status="201") == 1
    assert grown("bilateral_http_requests_total", method="POST", route="/v1/articles", status="200") == 1
    assert grown("bilateral_http_requests_total", method="GET", route="/v1/statements/{id}", status="404") == 1
    assert grown("bilateral_http_requests_total", method="GET", route="(none)", status="404") == 1
    assert grown("bilateral_http_request_seconds_count", method="POST", route="/v1/articles") == 2
    assert grown("bilateral_extraction_seconds_count", language="ru") == 2
    assert grown("bilateral_articles_stored_total") == 1
    assert grown("bilateral_facts_stored_total", kind="statement") >= 1
    assert after["bilateral_queue_age_seconds[]"] == after["bilateral_jobs_open[]"] == 0
    assert after["bilateral_job_chunks[('state', 'waiting')]"] == 0


async def test_what_is_answered_again_is_counted_where_it_was_asked(client: httpx.AsyncClient) -> None:
    before = await numbers(client)
    for _ in range(2):
        await client.post("/v1/extract", json={"text": TEXT}, headers={"Idempotency-Key": "one"})
    name = "bilateral_http_requests_total[('method', 'POST'), ('route', '/v1/extract'), ('status', '200')]"
    assert (await numbers(client))[name] - before.get(name, 0) == 2


async def test_copies_are_counted(client: httpx.AsyncClient, database: Database) -> None:
    before = await numbers(client)
    for draft in (original(), copy(), copy("Третье"), copy("Поздняя", published_at="2031-05-12")):
        stored(database, draft)
    name = "bilateral_reprints_found_total[]"
    assert (await numbers(client))[name] - before[name] == 2


async def test_a_write_that_is_rolled_back_is_not_counted(database: Database) -> None:
    before = measuring.REGISTRY.get_sample_value("bilateral_articles_stored_total") or 0

    def store_and_fail() -> None:
        with database.session() as session:
            measuring.count_stored(session, [extraction(article(0))])
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        store_and_fail()
    assert measuring.REGISTRY.get_sample_value("bilateral_articles_stored_total") == before


async def test_without_its_database_it_tells_what_it_knows(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("no database")

    monkeypatch.setattr(measuring, "AT_SCRAPE", [fail])
    assert "bilateral_http_requests_total[('method'," in str(await numbers(client))
    assert "bilateral_queue_age_seconds" not in str(await numbers(client))


def test_several_processes_are_told_as_one(tmp_path: str) -> None:
    count = "from app.services.measuring import ARTICLES, told; ARTICLES.inc(2); print(told(None).decode())"
    shared = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    command = [sys.executable, "-c", count]
    told = [subprocess.run(command, env=shared, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert "bilateral_articles_stored_total 2.0" in told[0]
    assert "bilateral_articles_stored_total 4.0" in told[1]


async def test_readiness_names_what_was_looked_at(client: httpx.AsyncClient, app: FastAPI) -> None:
    told = (await client.get("/readyz")).json()
    assert set(told["checks"]) == {"database", "migrations", "packs"}
    assert "ru" in told["checks"]["packs"]
    with app.state.resources.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    app.state.resources.warm.clear()
    refused = (await client.get("/readyz")).json()
    assert [error["pointer"] for error in refused["errors"]] == ["/checks/migrations", "/checks/packs"]


async def test_traces_go_out_where_there_is_somewhere_to_send_them(settings: Settings) -> None:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    app = create_app(settings)
    app._telemetry["tracer_provider"] = provider
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
    ):
        await client.get("/v1/statements/none", headers={"traceparent": f"00-{'a' * 32}-{'b' * 16}-01"})
    spans = {span.name: span for span in exporter.get_finished_spans()}
    span = spans["GET /v1/statements/{id}"]
    assert span.attributes is not None
    assert (span.attributes["http.response.status_code"], f"{span.context.trace_id:032x}") == (404, "a" * 32)


def test_without_the_extra_nothing_is_missing() -> None:
    """The SDK is not there at all: the application is put together and answers all the same."""
    code = (
        "import sys\nsys.modules['opentelemetry.sdk'] = None\n"
        "from app.main import create_app\nfrom app.settings import Settings\nassert create_app(Settings())\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
