"""A disk that is full while a batch is stored: a clear answer, nothing half-written, and on it goes when there is room."""

from __future__ import annotations

import resource
from pathlib import Path

import httpx
import pytest

from app.storage.database import open_database
from tests.jobs.processes import Server, counted, ended, require_exact, until
from tests.jobs.test_killed import hand_in, is_over, job_of, read_undisturbed

pytestmark = pytest.mark.long

_NOTHING_MORE = 100_000
"""Bytes that a file may have: more than the log of the server, less than any file of its database."""


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="the files of a running process cannot be limited here")
def test_a_full_disk_is_waited_for(tmp_path: Path) -> None:
    number, log = 300, tmp_path / "log"
    facts = read_undisturbed(number, tmp_path)
    server = Server(log, DATA_DIR=str(tmp_path), TAKEOVER_SECONDS="5", READER_PROCESSES="1")
    database = open_database(f"sqlite:///{tmp_path}/bilateral.db")
    with ended(server):
        server.wait()
        job = hand_in(server, number)
        until(lambda: job_of(server, job)["counts"]["done"] > 0)
        limit(server, _NOTHING_MORE)
        until(lambda: "the database cannot be written to, trying again" in log.read_text())
        for language in ({}, {"language": "ru"}):  # to tell the language, a model is unpacked into a file
            article = {"text": "Торговля растёт. " * 9_000} | language
            refused = httpx.post(f"{server.address}/v1/articles", json=article, timeout=60)
            assert (refused.status_code, refused.json()["type"]) == (507, "/problems/full")
        told = job_of(server, job)
        assert (told["state"], told["counts"]["failed"]) == ("running", 0)
        assert 0 < told["counts"]["done"] < number
        with database.session() as session:
            assert counted(session)["articles"] == told["counts"]["done"]
        limit(server, resource.RLIM_INFINITY)
        until(lambda: is_over(server, job))
        require_exact(database, job_of(server, job), facts)
        server.stop()
    database.close()


def limit(server: Server, length: int) -> None:
    """How long files may get that the server and its readers write: to them as if the disk, or their quota, were used up."""
    pid = server.running.pid
    children = Path(f"/proc/{pid}/task").glob("*/children")
    for process in (pid, *(int(child) for file in children for child in file.read_text().split())):
        _, most = resource.prlimit(process, resource.RLIMIT_FSIZE)
        resource.prlimit(process, resource.RLIMIT_FSIZE, (length if length >= 0 else most, most))
