"""The application behind the server that serves it, on a port of its own: for what only a real socket shows."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from app.api.server import options
from app.main import create_app
from app.settings import Settings


@contextmanager
def served(settings: Settings) -> Iterator[int]:
    """The port, once the server is ready."""
    listening = options(head_seconds=settings.head_seconds, max_connections=settings.max_connections)
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=0, log_level="critical", **listening))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        thread.join(0.05)
    port: int = server.servers[0].sockets[0].getsockname()[1]
    try:
        wait_until_ready(port)
        yield port
    finally:
        server.should_exit = True
        thread.join()


def wait_until_ready(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30):
                return
        except (urllib.error.URLError, ConnectionError):  # not ready yet, or too busy to hear in time
            time.sleep(0.05)
    raise AssertionError("the server did not become ready")
