"""A running application for each test, on its own copy of a migrated database, and a client that checks each answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.main import create_app
from app.services import ingestion
from app.settings import Settings
from app.storage.database import Database
from tests.api.conformance import Conformance
from tests.api.invented import article, extraction
from tests.storage.databases import database, new_database, postgresql

__all__ = ["database", "new_database", "postgresql"]


@pytest.fixture
def settings(tmp_path: Path, database: Database) -> Settings:
    return Settings(
        data_dir=tmp_path, database_url=database.url, cursor_secret="of these tests", max_body_bytes=50_000, max_text_chars=5_000
    )


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    return create_app(settings)


@pytest.fixture(scope="session")
def conformance() -> Conformance:
    return Conformance(create_app(Settings()).openapi())


@pytest.fixture
async def client(app: FastAPI, conformance: Conformance) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://test", event_hooks={"response": [conformance.check]}) as client,
    ):
        yield client


@pytest.fixture
def stored(app: FastAPI, client: httpx.AsyncClient) -> Callable[[int], list[dict[str, Any]]]:
    """Stores so many days of invented news, behind extraction's back."""

    def store(days: int) -> list[dict[str, Any]]:
        with app.state.resources.database.session() as session:
            return [ingestion.store(session, a, extraction(a)).article for a in map(article, range(days))]

    return store
