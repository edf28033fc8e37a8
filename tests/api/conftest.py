"""A running application for each test, on its own copy of a migrated database, and a client that checks each answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.api.deps import Resources
from app.api.paging import Cursors
from app.api.rates import Rates
from app.api.recent import RecentAnswers
from app.catalog import load_catalog
from app.services import ingestion
from app.services.keys import KeyRing
from app.services.people.living import LivingCatalog
from app.settings import Settings
from app.storage.database import Database, open_database
from app.storage.marks import Marks
from tests.api.conformance import Conformance
from tests.api.invented import article, extraction
from tests.storage.databases import NewDatabase


@pytest.fixture
def database(cheap_database: NewDatabase) -> Iterator[Database]:
    """On SQLite every day; with the slow tests on PostgreSQL too, where storage and services run every day."""
    with cheap_database() as database:
        yield database


@pytest.fixture
def settings(tmp_path: Path, database: Database) -> Settings:
    return Settings(
        data_dir=tmp_path, database_url=database.url, cursor_secret="of these tests", max_body_bytes=50_000, max_text_chars=5_000,
        max_batch_bytes=100_000, max_batch_items=20,
    )  # fmt: skip


@pytest.fixture
def app(assembled: FastAPI, settings: Settings) -> Iterator[FastAPI]:
    opened, warm = open_database(settings.database_url), Event()
    living, cursors = LivingCatalog(load_catalog(), opened), Cursors(settings.cursor_key())
    recent = RecentAnswers(Marks(opened.engine), settings.recent_answers_bytes)
    assembled.state.resources = Resources(settings, opened, living, cursors, warm, KeyRing(opened), Rates(), recent=recent)
    warm.set()
    yield assembled
    recent.close()
    opened.close()


@pytest.fixture
async def client(app: FastAPI, conformance: Conformance) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    hooks = {"response": [conformance.check]}
    async with httpx.AsyncClient(transport=transport, base_url="http://test", event_hooks=hooks) as client:
        yield client


@pytest.fixture
def stored(app: FastAPI, client: httpx.AsyncClient) -> Callable[[int], list[dict[str, Any]]]:
    """Stores so many days of invented news, behind extraction's back."""

    def store(days: int) -> list[dict[str, Any]]:
        with app.state.resources.database.session() as session:
            return [ingestion.store(session, a, extraction(a)).article for a in map(article, range(days))]

    return store
