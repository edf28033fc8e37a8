"""What reading costs over HTTP, beside a bare FastAPI route in the same run: the server's CPU a request, and the wait."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from sqlmodel import SQLModel

from app.services.ingestion import store_many
from app.storage.database import open_database
from scripts.benchmarks.invented_store import RARE_WORD, Archive

BARE = "from fastapi import FastAPI; app = FastAPI(); app.get('/bare')(lambda: {'ok': True})"
PAGE = "/v1/statements?pair=KZ-RU&from=2012-01-01&to=2026-06-30"
SEARCH = f"/v1/statements?q={quote(RARE_WORD)}"
_CHUNK = 500
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    asked = arguments()
    folder = asked.folder or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    many = asked.url or f"sqlite:///{folder / f'{asked.facts}.db'}"
    few = f"sqlite:///{folder / f'{asked.few}.db'}"
    report: dict[str, object] = {"bulk": {url: build(url, facts) for url, facts in ((few, asked.few), (many, asked.facts))}}
    report["bare executemany, rows a CPU second"] = bare_load(folder / f"{asked.few}.db")
    with served(f"{BARE}; import uvicorn; uvicorn.run(app, port=PORT, log_level='critical')") as bare:
        report["bare"] = measured(bare, "/bare", asked.requests)
        report["bare, 8 clients: p99 ms"] = waiting(bare, "/bare", asked.requests)
    for name, url in (("few", few), ("many", many)):
        with served(OURS.format(url=url)) as ours:
            questions = {"page": PAGE, "search": SEARCH} | ({"deep page": deep(ours)} if name == "many" else {})
            for question, path in questions.items():
                report[f"{name}: {question}"] = measured(ours, path, asked.requests)
            report[f"{name}, 8 clients: p99 ms"] = waiting(ours, PAGE, asked.requests)
    print(json.dumps(report, indent=1, ensure_ascii=False))


OURS = (
    "from app.settings import Settings; from app.main import create_app; from app.api.wire import Wire; import uvicorn; "
    "uvicorn.run(create_app(Settings(database_url={url!r})), port=PORT, log_level='critical', http=Wire, ws='none')"
)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/benchmarks/read", description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000, help="statements, and as many indicators")
    parser.add_argument("--few", type=int, default=10_000, help="the small store that the large one is compared with")
    parser.add_argument("--folder", type=Path, help="where the stores are kept; one that is there is used again")
    parser.add_argument("--url", help="another database for the large store, say PostgreSQL's")
    parser.add_argument("--requests", type=int, default=300)
    return parser.parse_args()


def build(url: str, facts: int) -> object:
    """Rows a CPU second through the path of batches; nothing where the store is there already."""
    with closing(open_database(url)) as database:
        database.migrate()
        archive = Archive().articles(facts)
        with database.session() as session:
            if session.connection().exec_driver_sql("SELECT 1 FROM articles LIMIT 1").first():
                return "there already"
        spent = 0.0
        while chunk := list(islice(archive, _CHUNK)):
            before = time.process_time()
            with database.session() as session:
                store_many(session, chunk)
            spent += time.process_time() - before
        with database.session() as session:
            counts = [f"(SELECT count(*) FROM {table.name})" for table in SQLModel.metadata.sorted_tables]  # noqa: S608
            rows = session.connection().exec_driver_sql(f"SELECT {' + '.join(counts)}").scalar() or 0
    return {
        "rows": rows,
        "facts": 2 * facts,
        "rows a CPU second": round(rows / spent),
        "facts a CPU second": round(2 * facts / spent),
    }


def bare_load(path: Path) -> int:
    """The same rows into the same tables and indexes, by the driver alone."""
    with tempfile.TemporaryDirectory() as folder, closing(open_database(f"sqlite:///{folder}/bare.db")) as database:
        database.migrate()
        spent, count = 0.0, 0
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(f"{folder}/bare.db")) as target:
            for table in SQLModel.metadata.sorted_tables:
                rows = source.execute(f"SELECT * FROM {table.name}").fetchall()  # noqa: S608
                before = time.process_time()
                if rows:
                    target.executemany(f"INSERT INTO {table.name} VALUES ({','.join('?' * len(rows[0]))})", rows)  # noqa: S608
                    target.commit()
                spent, count = spent + time.process_time() - before, count + len(rows)
    return round(count / spent)


@contextmanager
def served(program: str) -> Iterator[tuple[int, int]]:
    """The port and the process of a server in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen([sys.executable, "-c", program.replace("PORT", str(port))]) as running:
        try:
            wait_for(port)
            yield port, running.pid
        finally:
            running.terminate()


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            if ask(http.client.HTTPConnection("127.0.0.1", port), "/readyz")[0] in (200, 404):
                return
        except OSError:
            pass
        time.sleep(0.2)
    sys.exit("the server did not become ready")


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def deep(server: tuple[int, int], pages: int = 1_000) -> str:
    """The address of a page so far down the list, or of its last one."""
    connection, path, rows = http.client.HTTPConnection("127.0.0.1", server[0]), f"{PAGE}&limit=200", 0
    found = path
    while rows < pages * 50:
        told = json.loads(ask(connection, found)[1])
        rows += len(told["items"])
        if told["next_cursor"] is None:
            break
        here, found = found, f"{path}&cursor={told['next_cursor']}"
    return (found if rows >= pages * 50 else here).replace("&limit=200", "")


def cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def measured(server: tuple[int, int], path: str, requests: int) -> dict[str, float]:
    connection = http.client.HTTPConnection("127.0.0.1", server[0])
    for _ in range(20):
        status, body = ask(connection, path)
    if status != 200:
        sys.exit(f"{path}: {body!r}")
    before, waits = cpu(server[1]), timed(lambda: ask(connection, path), requests)
    spent = (cpu(server[1]) - before) * 1_000 / requests
    return {"cpu ms": round(spent, 3), "median ms": round(statistics.median(waits), 2), "bytes": len(body)}


def waiting(server: tuple[int, int], path: str, requests: int, clients: int = 8) -> float:
    def client(_: int) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", server[0])
        return timed(lambda: ask(connection, path), requests // 4)

    with ThreadPoolExecutor(clients) as pool:
        waits = sorted(wait for some in pool.map(client, range(clients)) for wait in some)
    return round(waits[int(len(waits) * 0.99)], 2)


def timed(call: Callable[[], object], times: int) -> list[float]:
    waits = []
    for _ in range(times):
        before = time.perf_counter()
        call()
        waits.append((time.perf_counter() - before) * 1_000)
    return waits


if __name__ == "__main__":
    main()
