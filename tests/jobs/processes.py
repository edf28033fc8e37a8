"""Servers and workers as processes of their own, to be killed at will, and what must be true of a store afterwards."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from sqlmodel import Session, func, select

from app.storage.database import Database
from app.storage.job_tables import job_items
from app.storage.tables import articles, indicators, pairs, speakers, statements

ROOT = Path(__file__).parents[2]
COMMAND = "import sys; from app.cli import app; app()"
TIMEOUT = 240


class Process:
    """One command of `bilateral`, in a process of its own."""

    def __init__(self, *arguments: str, log: Path, **settings: str) -> None:
        self._command = [sys.executable, "-c", COMMAND, *arguments]
        self._environment = (
            os.environ | {"PYTHONPATH": str(ROOT)} | {f"BILATERAL_{name}": told for name, told in settings.items()}
        )
        self._log = log
        self.start()

    def start(self) -> None:
        with self._log.open("ab") as log:
            self.running = subprocess.Popen(self._command, env=self._environment, stderr=log, stdout=log)

    def kill(self) -> None:
        """As an operator of last resort does it."""
        self.running.kill()
        self.running.wait()

    def stop(self) -> int:
        self.running.terminate()
        return self.running.wait(timeout=60)


class Server(Process):
    def __init__(self, log: Path, **settings: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.port = taken.getsockname()[1]
        super().__init__("serve", "--port", str(self.port), log=log, **settings)

    def wait(self) -> None:
        def is_ready() -> bool:
            assert self.running.poll() is None, self._log.read_text()
            try:
                return httpx.get(f"{self.address}/readyz", timeout=30).status_code == 200
            except httpx.HTTPError:
                return False

        until(is_ready)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str) -> dict[str, Any]:
        answer = httpx.get(f"{self.address}{path}", timeout=60)
        assert answer.status_code == 200, answer.text
        document: dict[str, Any] = answer.json()
        return document


@contextmanager
def ended(process: Process) -> Iterator[None]:
    try:
        yield
    finally:
        if process.running.poll() is None:
            process.kill()


def invented(number: int) -> dict[str, Any]:
    """News of an invented day; every third is of two facts more."""
    more = f" Экспорт вырос на {number % 90 + 1}%, заявил посол." if number % 3 == 0 else ""
    said = f"Товарооборот Казахстана и Узбекистана составил {number + 1} млн долларов, сообщил министр торговли Серик Жанатов."
    return {"text": said + more, "publisher_country": "KZ", "published_at": "2025-05-01", "url": f"https://example.org/{number}"}


def until(done: Callable[[], bool], seconds: float = TIMEOUT) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.1)


def require_exact(database: Database, job: dict[str, Any], facts: Counter[str]) -> None:
    """Every article once, every fact once, counts that say so; `facts` is what reading the same articles undisturbed gives."""
    total = job["counts"]["total"]
    assert job["counts"] == {
        "total": total, "done": total, "created": total, "renewed": 0, "duplicate": 0, "failed": 0, "pending": 0, "cancelled": 0,
    }  # fmt: skip
    with database.session() as session:
        assert counted(session) == facts
        outcomes = session.execute(select(job_items.c.outcome, func.count()).group_by(job_items.c.outcome)).all()
        assert [tuple(row) for row in outcomes] == [("created", total)]
        of_items = set(session.scalars(select(job_items.c.article_id)))
        assert of_items == set(session.scalars(select(articles.c.id)))
        assert len(of_items) == total


def counted(session: Session) -> Counter[str]:
    """Rows, and the tallies beside them, which must tell the same."""
    told = {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in (articles, statements, indicators)
    }
    for table in (pairs, speakers):
        for noun in ("articles", "statements", "indicators"):
            if noun in table.c:
                told[f"{noun} of {table.name}"] = session.scalar(select(func.sum(table.c[noun]))) or 0
    return Counter(told)
