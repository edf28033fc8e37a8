"""`bilateral ingest`: into the store of this machine and into a server, twice without storing anything twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.storage.database import open_database
from tests.jobs.processes import COMMAND, ROOT, Process, Server, counted, ended, invented, until

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


def test_an_interrupt_stops_it_and_the_same_command_goes_on(tmp_path: Path) -> None:
    number, database = 700, open_database(f"sqlite:///{tmp_path}/bilateral.db")
    database.migrate()
    arguments = [archive_of(tmp_path, number), "--data-dir", tmp_path, "--processes", 1]

    def stored() -> int:
        with database.session() as session:
            return counted(session)["articles"]

    told = interrupted(tmp_path / "log", stored, *arguments)
    assert f"{stored()} of {number} articles handed in are done: {stored()} created, 0 renewed, 0 duplicate, 0 failed" in told
    assert "the same command goes on from here" in told
    assert 0 < stored() < number
    code, out, err = ingest(*arguments)
    assert (code, out, stored()) == (0, f"{number} articles: {number} created, 0 renewed, 0 duplicate, 0 failed\n", number), err
    database.close()


def test_an_interrupt_leaves_the_server_reading(tmp_path: Path) -> None:
    number, arguments = 700, [archive_of(tmp_path, 700)]
    server = Server(tmp_path / "server", DATA_DIR=str(tmp_path))
    with ended(server):
        server.wait()
        arguments += ["--url", server.address]
        told = interrupted(tmp_path / "log", lambda: len(server.ask("/v1/articles?limit=1")["items"]), *arguments)
        assert f"of {number} articles handed in are done" in told
        assert "the server reads on by itself what it has" in told
        code, out, err = ingest(*arguments)
        assert (code, out) == (0, f"{number} articles: {number} created, 0 renewed, 0 duplicate, 0 failed\n"), err


def archive_of(folder: Path, number: int) -> Path:
    file = folder / "archive.ndjson"
    file.write_text("\n".join(json.dumps(invented(n)) for n in range(number)), "utf-8")
    return file


def interrupted(log: Path, stored: Callable[[], int], *arguments: object) -> str:
    """What `bilateral ingest` says when Ctrl-C is pressed once something is stored; lines may be broken anywhere."""
    process = Process("ingest", *map(str, arguments), log=log)
    with ended(process):
        until(lambda: stored() > 0)
        process.running.send_signal(signal.SIGINT)
        assert process.running.wait(timeout=120) == 130, log.read_text()
    return " ".join(log.read_text().split())
