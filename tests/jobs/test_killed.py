"""Servers and workers killed at random moments: every article is stored once, every fact once, and the counts are exact."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.catalog import load_catalog
from app.domain.text import Article
from app.services import ingestion
from app.storage.database import open_database
from tests.jobs.processes import Server, counted, ended, invented, require_exact, until
from tests.storage.databases import blank_database, postgresql

__all__ = ["blank_database", "postgresql"]


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


SIZES = [pytest.param(150, 1, id="150 articles"), pytest.param(3_000, 5, id="3000 articles", marks=pytest.mark.long)]


@pytest.mark.parametrize(("number", "kills"), SIZES)
def test_a_server_on_sqlite_is_killed(tmp_path: Path, number: int, kills: int) -> None:
    facts, dice = read_undisturbed(number, tmp_path), random.Random(number)
    server = Server(tmp_path / "log", DATA_DIR=str(tmp_path), TAKEOVER_SECONDS="3")
    with ended(server):
        server.wait()
        job = hand_in(server, number)
        for kill in range(1, kills + 1):
            # Not before something was stored, and so that each kill finds something to do.
            until(lambda kill=kill: job_of(server, job)["counts"]["done"] >= number * (kill - 1) / (kills + 1) + 1)  # type: ignore[misc]
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
