"""The running server against its own document, by schemathesis: every check, every phase, made-up requests and chains of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from app.domain.key import Scope
from app.services import ingestion, keys
from app.settings import Settings
from app.storage.database import Database
from tests.api.invented import article, extraction
from tests.api.serving import served
from tests.storage.databases import NewDatabase

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent


class Server(NamedTuple):
    address: str
    key: str


@pytest.fixture
def database(cheap_database: NewDatabase) -> Iterator[Database]:
    """PostgreSQL is asked with the slow tests alone: the requests and what may be answered are the same."""
    with cheap_database() as database:
        yield database


@pytest.fixture
def server(database: Database, tmp_path: Path) -> Iterator[Server]:
    """A server with a few facts in it, on a port of its own, and the one key that opens it."""
    with database.session() as session:
        for submitted in map(article, range(5)):
            ingestion.store(session, submitted, extraction(submitted))
        key, _ = keys.create(session, "schemathesis", [Scope.ADMIN], per_minute=0)
    settings = Settings(
        data_dir=tmp_path, database_url=database.url, cursor_secret="of these tests", address_requests_per_minute=0
    )
    with served(settings) as port:
        yield Server(f"http://127.0.0.1:{port}", key)


def run(server: Server, folder: Path, *options: str) -> str:
    answer = subprocess.run(
        [Path(sys.executable).with_name("schemathesis"), "--config-file", HERE / "schemathesis.toml",
         "run", f"{server.address}/openapi.json", "--header", f"Authorization: Bearer {server.key}",
         "--no-color", "--generation-database", "none", "--request-timeout", "120", *options],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stdout[-6_000:] + answer.stderr[-2_000:]
    assert "Stateful" in answer.stdout
    return answer.stdout


def test_the_server_keeps_its_word(server: Server, tmp_path: Path) -> None:
    """Without the phase of the corners of each schema: some 4,000 requests, which the longer form sends."""
    run(server, tmp_path, "--max-examples", "4", "--seed", "1", "--phases", "examples,fuzzing,stateful")


@pytest.mark.long
def test_the_server_keeps_its_word_for_longer(server: Server, tmp_path: Path) -> None:
    run(server, tmp_path, "--max-time", "60", "--max-examples", "100")


@pytest.mark.fuzz
def test_the_server_keeps_its_word_in_thousands_of_cases(server: Server, tmp_path: Path) -> None:
    """What scripts/fuzz runs: other cases every time, all phases, and a count that says how many there were."""
    said = run(server, tmp_path, "--max-examples", os.environ.get("FUZZ_EXAMPLES", "150"))
    print("\n" + said[said.index("= SUMMARY") :] if "= SUMMARY" in said else said[-3_000:])
    cases = sum(map(int, re.findall(r"(\d+) generated", said)))
    assert cases >= 5_000
