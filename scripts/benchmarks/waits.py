"""How long single requests wait: what is put together from many facts against a list page, asked in turns."""

from __future__ import annotations

import http.client
import time
from collections import defaultdict
from statistics import median
from typing import Any

from scripts.benchmarks.serving import Server

LIST_PAGE = "list page"
QUESTIONS = {
    "glance": "/v1/pairs/KZ-RU",
    "series": "/v1/pairs/KZ-RU/series/exports",
    "timeline": "/v1/pairs/KZ-RU/timeline",
    "compare, 3 pairs": "/v1/compare?pairs=KZ-RU,KZ-UZ,CN-KZ&metric=exports",
}
_WARM = 3


def waits(server: Server, page: str, requests: int) -> dict[str, dict[str, float]]:
    """Of each question the median and the 99th percentile in ms, and both as times those of a list page.

    One request of each after the other, so that whatever else the machine does disturbs all alike.
    """
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    taken: dict[str, list[float]] = defaultdict(list)
    for turn in range(requests + _WARM):
        for name, path in {LIST_PAGE: page, **QUESTIONS}.items():
            begun = time.perf_counter()
            server.get(path, connection)
            if turn >= _WARM:
                taken[name].append((time.perf_counter() - begun) * 1_000)
    of_page = _told(taken[LIST_PAGE])
    return {name: told | _times(told, of_page) for name, several in taken.items() for told in (_told(several),)}


def _told(several: list[float]) -> dict[str, float]:
    in_order = sorted(several)
    return {"median ms": round(median(in_order), 2), "p99 ms": round(in_order[int(len(in_order) * 0.99)], 2)}


def _times(told: dict[str, float], of_page: dict[str, Any]) -> dict[str, float]:
    return {f"{name.removesuffix(' ms')} against it": round(told[name] / of_page[name], 2) for name in told}
