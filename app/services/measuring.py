"""What the service counts of itself: how long texts take to be read, what was stored, and what waits, for Prometheus.

Counted in each process. With `PROMETHEUS_MULTIPROC_DIR` set, all processes that share that directory are told as one.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    Metric,
    ProcessCollector,
    generate_latest,
)  # fmt: skip
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from sqlmodel import Session

from app import pipeline
from app.catalog import Catalog
from app.domain.facts import Extraction
from app.domain.text import Article
from app.storage import queue
from app.storage.database import after_commit

log = logging.getLogger("bilateral.measuring")

CONTENT_TYPE = CONTENT_TYPE_LATEST
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

EXTRACTION = Histogram(
    "bilateral_extraction_seconds", "How long a text took to be read.", ["language"], registry=REGISTRY,
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)  # fmt: skip
ARTICLES = Counter("bilateral_articles_stored", "Articles that were stored, newer versions among them.", registry=REGISTRY)
FACTS = Counter("bilateral_facts_stored", "Facts that were stored with them.", ["kind"], registry=REGISTRY)
REPRINTS = Counter("bilateral_reprints_found", "Articles that were copies of another when they were stored.", registry=REGISTRY)
FAILURES = Counter("bilateral_scrape_failures", "What could not be told at a scrape.", registry=REGISTRY)

Reading = Callable[[Session], Iterable[Metric]]


def timed_extract(article: Article, catalog: Catalog, *, mentions: bool = False) -> Extraction:
    """`pipeline.extract`, and how long it took."""
    started = perf_counter()
    extraction = pipeline.extract(article, catalog, mentions=mentions)
    EXTRACTION.labels(extraction.language or "unknown").observe(perf_counter() - started)
    return extraction


def count_stored(session: Session, extractions: Iterable[Extraction]) -> None:
    """Counts them once the transaction is there to stay: what is rolled back was never stored."""
    stored = list(extractions)

    def count() -> None:
        ARTICLES.inc(len(stored))
        FACTS.labels("statement").inc(sum(len(extraction.statements) for extraction in stored))
        FACTS.labels("indicator").inc(sum(len(extraction.indicators) for extraction in stored))

    after_commit(session, count)


def count_reprints(session: Session, number: int) -> None:
    """The same of copies among them."""
    after_commit(session, lambda: REPRINTS.inc(number))


def told(session: Callable[[], Any]) -> bytes:
    """Everything as Prometheus reads it. Where the database does not answer, what is known without it is told all the same."""
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    lines = generate_latest(registry)
    try:
        with session() as opened:
            at_scrape = _AtScrape([metric for read in AT_SCRAPE for metric in read(opened)])
    except Exception:
        FAILURES.inc()
        log.exception("what waits could not be counted")
        return lines
    asked = CollectorRegistry()
    asked.register(at_scrape)
    return lines + generate_latest(asked)


class _AtScrape:
    def __init__(self, metrics: list[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def _queue(session: Session) -> Iterator[Metric]:
    """Jobs are worked on by any process, so they are counted where all see them."""
    counted = queue.count(session)
    chunks = GaugeMetricFamily("bilateral_job_chunks", "Portions of batches by what becomes of them.", labels=["state"])
    for state, number in counted.chunks.items():
        chunks.add_metric([state], number)
    yield chunks
    yield GaugeMetricFamily("bilateral_jobs_open", "Batches that are not done.", value=counted.jobs)
    age = (datetime.now(UTC) - counted.oldest).total_seconds() if counted.oldest else 0.0
    yield GaugeMetricFamily("bilateral_queue_age_seconds", "How long the oldest portion has waited for a worker.", value=age)


AT_SCRAPE: list[Reading] = [_queue]
"""What is asked of the database each time Prometheus asks us: a line here for whatever else waits or grows."""
