"""Two server processes on one SQLite file, four clients writing and eight reading: nothing fails and nothing is lost.

What one has stored, the other tells of in its very next answer, however often that was asked before.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.api.serving import wait_until_ready

SERVE = "from app.cli import app; app()"
NEWEST = "/v1/articles?sort=-created_at&limit=50"


@pytest.fixture
def ports(tmp_path: Path) -> Iterator[list[int]]:
    with ExitStack() as stack:
        free = []
        for _ in range(2):
            with socket.create_server(("127.0.0.1", 0)) as taken:
                free.append(taken.getsockname()[1])
        for port in free:
            command = [sys.executable, "-c", SERVE, "serve", "--port", str(port), "--data-dir", str(tmp_path)]
            running = stack.enter_context(subprocess.Popen(command, stderr=subprocess.DEVNULL))
            stack.callback(running.terminate)
        for port in free:
            while True:
                try:
                    wait_until_ready(port)
                    break
                except OSError:
                    time.sleep(0.1)
        yield free


@pytest.mark.parametrize("seconds", [pytest.param(3, marks=pytest.mark.brief), pytest.param(60, marks=pytest.mark.long)])
def test_nothing_fails_and_nothing_is_lost(ports: list[int], seconds: int) -> None:
    until = time.monotonic() + seconds

    def write(number: int) -> list[str]:
        stored = []
        here, there = (f"http://127.0.0.1:{ports[(number + other) % 2]}" for other in (0, 1))
        with httpx.Client(base_url=here, timeout=60) as client, httpx.Client(base_url=there, timeout=60) as elsewhere:
            while time.monotonic() < until:
                text = f"Товарооборот Казахстана и Узбекистана вырос на 4%, сообщил министр. Клиент {number}, {len(stored)}."
                answer = client.post("/v1/articles", json={"text": text, "publisher_country": "KZ"})
                assert answer.status_code == 201, answer.text
                stored.append(answer.json()["id"])
                newest = elsewhere.get(NEWEST).json()["items"]
                assert stored[-1] in {article["id"] for article in newest}
        return stored

    def read(number: int) -> int:
        asked = 0
        with httpx.Client(base_url=f"http://127.0.0.1:{ports[number % 2]}", timeout=60) as client:
            while time.monotonic() < until:
                for path in ("/v1/statements?pair=KZ-UZ", "/v1/indicators?pair=KZ-UZ", NEWEST, "/v1/statements?q=министр"):
                    answer = client.get(path)
                    assert answer.status_code == 200, answer.text
                    asked += 1
        return asked

    with ThreadPoolExecutor(12) as pool:
        writing, reading = [pool.submit(write, n) for n in range(4)], [pool.submit(read, n) for n in range(8)]
        stored = [id_ for one in writing for id_ in one.result()]
        assert all(one.result() for one in reading)
    assert len(set(stored)) == len(stored) > 0
    kept = httpx.get(f"http://127.0.0.1:{ports[0]}/v1/articles", headers={"Accept": "text/csv"}, timeout=60).text.splitlines()
    assert {line.partition(",")[0] for line in kept[1:]} == set(stored)
    (pair,) = httpx.get(f"http://127.0.0.1:{ports[1]}/v1/pairs", timeout=60).json()["items"]
    assert pair["counts"]["articles"] == len(stored)
