"""The examples of the documentation: each is shown for its media type, and each is a request that works."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.api.conftest import app, client, database, settings

__all__ = ["app", "client", "database", "settings"]

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
def test_an_example_is_shown(assembled: FastAPI, path: Path) -> None:
    for door in ("/v1/articles", "/v1/extract"):
        content = assembled.openapi()["paths"][door]["post"]["requestBody"]["content"]
        raw = path.read_text("utf-8")
        shown = content[KINDS[path.suffix]]["examples"][path.stem]["value"]
        assert shown == (json.loads(raw) if path.suffix == ".json" else raw)


@pytest.mark.anyio
async def test_every_example_of_the_document_is_answered(client: httpx.AsyncClient, assembled: FastAPI) -> None:
    """Of each operation all examples at once: what it takes in the address, in the query, and as a body."""
    sent, document = 0, assembled.openapi()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            given = dict(pair for p in operation.get("parameters", []) for pair in _shown(p, document["components"]["schemas"]))
            bodies = operation.get("requestBody", {}).get("content", {})
            shown = [(kind, e["value"]) for kind, content in bodies.items() for e in content.get("examples", {}).values()]
            address = path
            for name in [name for name in given if f"{{{name}}}" in path]:
                address = address.replace(f"{{{name}}}", str(given.pop(name)))
            if "{" in address or not (given or shown or address != path):
                continue
            for kind, value in shown or [("", None)]:
                content = json.dumps(value) if kind == "application/json" else value
                answer = await client.request(method, address, params=given, content=content, headers={"content-type": kind})
                assert answer.is_success, f"{method} {address} {given}: {answer.text}"
                sent += 1
    assert sent > 10


def _shown(parameter: dict[str, Any], schemas: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """A parameter with its example, or the first of its codes where it has to be there; in headers stand keys and the like."""
    schema = parameter["schema"]
    codes = schemas.get(schema.get("$ref", "").rpartition("/")[2], {}).get("enum", []) if parameter.get("required") else []
    for value in [*schema.get("examples", []), *codes][:1]:
        if parameter["in"] in ("path", "query"):
            yield parameter["name"], value
