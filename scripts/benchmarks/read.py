"""What reading costs over HTTP, in the same run as a bare FastAPI route and datasette: the server's CPU, and the wait."""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from scripts.benchmarks import rivals, serving, stores, waits
from scripts.benchmarks.invented_store import RARE_WORD
from scripts.benchmarks.serving import Server

BARE = "from fastapi import FastAPI; app = FastAPI(); app.get('/bare')(lambda: {'ok': True}); "
BARE += "import uvicorn; uvicorn.run(app, port=PORT, log_level='critical')"
OURS = (
    "from app.settings import Settings; from app.main import create_app; from app.api.wire import Wire; import uvicorn; "
    "app = create_app(Settings(database_url={url!r}, recent_answers_bytes={kept})); "
    "uvicorn.run(app, port=PORT, log_level='critical', http=Wire, ws='none')"
)
ROOM = 32_000_000
"""For answers that are given again, as the setting has it by itself; the other servers work each answer out."""
PAGE = "/v1/statements?pair=KZ-RU&from=2012-01-01&to=2026-06-30"
QUESTIONS = {
    "page": PAGE,
    "of a speaker": "/v1/statements?speaker=invented-speaker-3",
    "a metric of a pair": "/v1/indicators?pair=KZ-RU&metric=exports&sort=-value",
    "search": f"/v1/statements?q={quote(RARE_WORD)}",
}
Report = dict[str, Any]


def main() -> None:
    asked = arguments()
    folder = asked.folder or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    many = asked.url or f"sqlite:///{folder / f'{asked.facts}.db'}"
    few = f"sqlite:///{folder / f'{asked.few}.db'}"
    report: Report = {"machine": f"{platform.machine()}, {os.cpu_count()} cores", "load at the start": os.getloadavg()}
    report["stores"] = {url: stores.build(url, facts) for url, facts in ((few, asked.few), (many, asked.facts))}
    if asked.bulk:
        report["bulk"] = stores.bulk(asked.url, asked.bulk)
    with started(few, many) as servers:
        report["CPU of a request, ms"] = costs(servers, asked)
        report["put together from many facts"] = waits.waits(servers["many"], PAGE, asked.rounds * asked.requests // 2)
    if asked.rivals:
        with started(few, many) as servers:
            report["under load"] = loads(servers, many, folder, asked.seconds)
    report["load at the end"] = os.getloadavg()
    print(json.dumps(report, indent=1, ensure_ascii=False))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/benchmarks/read", description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000, help="statements, and as many indicators")
    parser.add_argument("--few", type=int, default=10_000, help="the small store that the large one is compared with")
    parser.add_argument("--folder", type=Path, help="where the stores are kept; one that is there is used again")
    parser.add_argument("--url", help="another database for the large store, say PostgreSQL's")
    parser.add_argument("--rounds", type=int, default=10, help="of all questions in turn, so that other work disturbs all alike")
    parser.add_argument("--requests", type=int, default=40, help="of one question in one round")
    parser.add_argument("--bulk", type=int, default=10_000, help="facts of either kind that are loaded in bulk; 0 loads none")
    parser.add_argument(
        "--rivals", action="store_true", help="load the servers with autocannon, datasette beside them (npm, PyPI)"
    )
    parser.add_argument("--seconds", type=int, default=8, help="of load on one address in one round")
    return parser.parse_args()


@contextmanager
def started(few: str, many: str) -> Iterator[dict[str, Server]]:
    with (
        serving.served(BARE) as bare,
        serving.served(OURS.format(url=few, kept=0)) as small,
        serving.served(OURS.format(url=many, kept=0)) as large,
        serving.served(OURS.format(url=many, kept=ROOM)) as again,
    ):
        # Two servers on one PostgreSQL: which of its processes work for which of them is known only while the other has none yet.
        large.helps(many)
        again.helps(many, but=large.helpers)
        yield {"bare": bare, "few": small, "many": large, "many, kept": again}


def costs(servers: dict[str, Server], asked: argparse.Namespace) -> Report:
    """Each question, and its cost against the bare route's."""
    large = servers["many"]
    pages = {"page 1": PAGE, **serving.deep_pages(large, PAGE, 1_000)}
    questions = {"bare route": (servers["bare"], "/bare"), f"few: {PAGE}": (servers["few"], PAGE)}
    questions |= {f"many: {name}": (large, path) for name, path in (QUESTIONS | pages).items()}
    questions["many: page, given again"] = (servers["many, kept"], PAGE)
    spent = serving.spent_in_turns(questions, asked.rounds, asked.requests)
    bare, page = spent["bare route"], spent["many: page"]
    told = {name: {"cpu ms": round(ms, 3), "of the bare route": round(ms / bare, 2)} for name, ms in spent.items()}
    return told | {
        "search against a list page": round(spent["many: search"] / page, 2),
        "many against few": round(page / spent[f"few: {PAGE}"], 2),
        **{
            f"{name} against page 1": round(spent[f"many: {name}"] / spent["many: page 1"], 2)
            for name in pages
            if name != "page 1"
        },
    }


def loads(servers: dict[str, Server], many: str, folder: Path, seconds: int) -> Report:
    """Requests a second and p99 at eight clients, one after the other and again."""
    addresses = {
        "bare route": servers["bare"].url + "/bare",
        "list page": servers["many"].url + PAGE,
        "list page, given again": servers["many, kept"].url + PAGE,
    }
    if not many.startswith("sqlite"):
        return rivals.loaded(addresses, folder, seconds)
    with rivals.datasette(Path(many.removeprefix("sqlite:///")), folder) as other:
        return rivals.loaded(addresses | rivals.same_questions(other), folder, seconds)


if __name__ == "__main__":
    main()
