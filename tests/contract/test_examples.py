"""The examples of the documentation: each is shown for its media type, and each is a request that works."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings
from tests.api.conftest import app, assembled, client, conformance, database, settings
from tests.storage.databases import cheap_database, postgresql

__all__ = ["app", "assembled", "cheap_database", "client", "conformance", "database", "postgresql", "settings"]

EXAMPLES = Path(__file__).resolve().parents[2] / "openapi" / "examples"
KINDS = {".json": "application/json", ".txt": "text/plain", ".html": "text/html"}
FILES = sorted(path for path in EXAMPLES.iterdir() if path.suffix in KINDS)


def test_there_is_an_example_of_each_kind() -> None:
    assert {path.suffix for path in FILES} == set(KINDS)


@pytest.mark.anyio
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.parametrize(("door", "status"), [("/v1/articles", 201), ("/v1/extract", 200)])
async def test_an_example_can_be_sent(client: httpx.AsyncClient, door: str, status: int, path: Path) -> None:
    answer = await client.post(door, content=path.read_bytes(), headers={"content-type": KINDS[path.suffix]})
    assert answer.status_code == status, answer.text
    told = answer.json()
    assert told["statements"] or told["indicators"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_example_is_shown(path: Path) -> None:
    documented: FastAPI = create_app(Settings())
    for door in ("/v1/articles", "/v1/extract"):
        content = documented.openapi()["paths"][door]["post"]["requestBody"]["content"]
        raw = path.read_text("utf-8")
        shown = content[KINDS[path.suffix]]["examples"][path.stem]["value"]
        assert shown == (json.loads(raw) if path.suffix == ".json" else raw)
