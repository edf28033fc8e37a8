"""Servers in processes of their own, asked over HTTP: how much CPU a request takes them."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

from scripts.benchmarks.stores import backends, cpu_of

_READY_SECONDS = 300
_LARGEST_PAGE = 200


@dataclass
class Server:
    """A process that answers at a port, and those of a database server that work for it."""

    port: int
    pid: int
    helpers: list[int] = field(default_factory=list)
    name: str = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def cpu(self) -> float:
        return cpu_of(self.pid) + sum(map(cpu_of, self.helpers))

    def helps(self, database: str, but: Sequence[int] = ()) -> None:
        """Counts the processes that PostgreSQL runs for this server's connections, once there are any."""
        self.get("/v1/pairs")
        self.helpers = [pid for pid in backends(database) if pid not in but]

    def get(self, path: str, connection: http.client.HTTPConnection | None = None) -> bytes:
        connection = connection or http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status >= 400:
            sys.exit(f"{path}: {answer.status} {body!r}")
        return body


@contextmanager
def served(program: str) -> Iterator[Server]:
    """A Python program that listens at PORT."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with running([sys.executable, "-c", program.replace("PORT", str(port))], port) as server:
        yield server


@contextmanager
def running(command: Sequence[str], port: int) -> Iterator[Server]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield Server(port, process.pid)
        finally:
            process.terminate()


def spent_in_turns(questions: Mapping[str, tuple[Server, str]], rounds: int, requests: int) -> dict[str, float]:
    """Milliseconds of CPU a request, the median of rounds in which all are asked in turn, after a round that only warms up."""
    found: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds + 1):
        for name, (server, path) in questions.items():
            connection = http.client.HTTPConnection("127.0.0.1", server.port)
            before = server.cpu
            for _ in range(requests):
                server.get(path, connection)
            found[name].append((server.cpu - before) * 1_000 / requests)
    return {
        name: sum(several[1:]) / rounds if median(several[1:]) == 0 else median(several[1:]) for name, several in found.items()
    }


def deep_pages(server: Server, path: str, number: int) -> dict[str, str]:
    """The address of a page so far down a list, or of its last one, by its number."""
    connection, rows, cursor = http.client.HTTPConnection("127.0.0.1", server.port), 0, None
    while rows < (number - 1) * 50:
        suffix = f"&cursor={cursor}" if cursor else ""
        told = json.loads(server.get(f"{path}&limit={_LARGEST_PAGE}{suffix}", connection))
        if told["next_cursor"] is None:
            break
        rows, cursor = rows + len(told["items"]), told["next_cursor"]
    return {f"page {rows // 50 + 1}": f"{path}&cursor={cursor}"}


def _wait_for(port: int) -> None:
    ready = time.monotonic() + _READY_SECONDS
    while time.monotonic() < ready:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/readyz")
            if connection.getresponse().status in (200, 404):
                return
        except OSError:
            pass
        time.sleep(0.2)
    sys.exit("the server did not become ready")
