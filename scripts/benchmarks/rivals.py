"""Tools that are measured with or against, fetched into folders of their own: autocannon from npm, datasette from PyPI."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import venv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from scripts.benchmarks.serving import Server, running

_AUTOCANNON, _DATASETTE = "autocannon@9.0.0", "datasette==0.65.5"
_CLIENTS, _ROUNDS = 8, 3
_LINKS = {
    "pair": "KZ-RU",
    "stated_on__gte": "2012-01-01",
    "stated_on__lte": "2026-06-30",
    "_sort_desc": "stated_on",
    "_size": "50",
}
_SAME_QUESTION = """
SELECT s.id, s.body, s.review, s.confidence, s.article_id, a.title, a.url, a.publisher, a.published_at
FROM statement_pairs p JOIN statements s ON s.id = p.fact_id JOIN articles a ON a.id = s.article_id
WHERE p.pair = :pair AND p.stated_on BETWEEN :from AND :to ORDER BY p.stated_on DESC, p.fact_id DESC LIMIT 50"""


@contextmanager
def datasette(file: Path, folder: Path) -> Iterator[Server]:
    """Serving the same file, with the time to answer that it needs for counting."""
    program = folder / "datasette" / "bin" / "datasette"
    if not program.exists():
        venv.create(folder / "datasette", with_pip=True)
        subprocess.run([program.with_name("pip"), "install", "--quiet", _DATASETTE], check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(program), "serve", str(file), "--port", str(port), "--setting", "sql_time_limit_ms", "20000"]
    with running(command, port) as server:
        server.name = file.stem
        yield server


def same_questions(server: Server) -> dict[str, str]:
    """The links of the pair between two days as a filtered and sorted table, and the whole question as SQL."""
    asked = {"sql": _SAME_QUESTION, "pair": "KZ-RU", "from": "2012-01-01", "to": "2026-06-30", "_shape": "objects"}
    return {
        "datasette, table": f"{server.url}/{server.name}/statement_pairs.json?{urlencode(_LINKS)}",
        "datasette, SQL": f"{server.url}/{server.name}.json?{urlencode(asked)}",
    }


def loaded(addresses: Mapping[str, str], folder: Path, seconds: int) -> dict[str, Any]:
    """What autocannon measures at each address in turn, medians of the rounds."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _ in range(_ROUNDS):
        for name, address in addresses.items():
            found[name].append(_shot(address, folder, seconds))
    told: dict[str, Any] = {}
    for name, several in found.items():
        told[name] = {
            "requests a second": round(median(one["requests"]["average"] for one in several), 1),
            "p50 ms": median(one["latency"]["p50"] for one in several),
            "p99 ms": median(one["latency"]["p99"] for one in several),
            "failed": sum(one["errors"] + one["non2xx"] + one["timeouts"] for one in several),
        }
    return told | {"against": _against(told)}


def _against(told: dict[str, Any]) -> dict[str, float]:
    """Our pages, worked out each time and given again, against each of the others."""
    found = {}
    for page in (name for name in told if name.startswith("list page")):
        for other in (name for name in told if name.startswith("datasette")):
            found[f"{page}: requests of {other}"] = told[page]["requests a second"] / told[other]["requests a second"]
        found[f"{page}: p99 of the bare route"] = told[page]["p99 ms"] / max(told["bare route"]["p99 ms"], 1)
    return {name: round(rate, 2) for name, rate in found.items()}


def _shot(address: str, folder: Path, seconds: int) -> dict[str, Any]:
    program = folder / "npm" / "node_modules" / ".bin" / "autocannon"
    if not program.exists():
        if shutil.which("npm") is None:
            sys.exit("--rivals loads the servers with autocannon, which needs Node.js and npm")
        subprocess.run(["npm", "install", "--silent", "--prefix", str(folder / "npm"), _AUTOCANNON], check=True)
    command = [str(program), "--json", "--connections", str(_CLIENTS), "--duration", str(seconds), "--timeout", "60", address]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(answer.stdout)
    return found
