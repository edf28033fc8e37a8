"""`bilateral ingest`: into the store of this machine and into a server, twice without storing anything twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.jobs.processes import COMMAND, ROOT, Server, ended, invented

pytestmark = pytest.mark.long


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    file = tmp_path / "archive.ndjson"
    file.write_text("\n".join([*(json.dumps(invented(n)) for n in (0, 1, 2, 1)), "{", '{"title": "no text"}']), "utf-8")
    return file


def ingest(*arguments: object) -> tuple[int, str, str]:
    command = [sys.executable, "-c", COMMAND, "ingest", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_into_the_store_of_this_machine(tmp_path: Path, archive: Path) -> None:
    for _ in range(2):
        code, out, err = ingest(archive, "--data-dir", tmp_path / "data", "--processes", 1)
        assert (code, out) == (1, "6 articles: 3 created, 0 renewed, 1 duplicate, 2 failed\n"), err
        assert f"{archive}:5: This is not JSON" in err.replace("\n", "")
    archive.write_text(json.dumps(invented(7)), "utf-8")
    code, out, _ = ingest(archive, "--data-dir", tmp_path / "data", "--processes", 1)
    assert (code, out) == (0, "1 articles: 1 created, 0 renewed, 0 duplicate, 0 failed\n")


def test_into_a_server(tmp_path: Path, archive: Path) -> None:
    server = Server(tmp_path / "log", DATA_DIR=str(tmp_path))
    with ended(server):
        server.wait()
        for _ in range(2):
            code, out, err = ingest(archive, "--url", server.address)
            assert (code, out) == (1, "6 articles: 3 created, 0 renewed, 1 duplicate, 2 failed\n"), err
        assert len(server.ask("/v1/articles")["items"]) == 3
        assert ingest(archive, "--url", f"{server.address}/nowhere")[0] == 2
