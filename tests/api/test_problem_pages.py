"""Every problem has a page that its `type` leads to, and stands in the documents."""

from __future__ import annotations

import tomllib
from pathlib import Path

import httpx
import pytest

from app.api import problem_pages
from app.errors import FAMILY, Problem

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("kind", FAMILY, ids=lambda kind: kind.type)
async def test_the_type_of_a_problem_leads_to_its_page(client: httpx.AsyncClient, kind: type[Problem]) -> None:
    page = await client.get(kind.type)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert kind.title in page.text
    assert kind.type in (await client.get("/problems")).text


def test_the_table_is_of_the_family_and_the_document_of_the_table() -> None:
    table = tomllib.loads((ROOT / "app" / "api" / "problems.toml").read_text("utf-8"))
    assert [f"/problems/{name}" for name in table] == [kind.type for kind in FAMILY]
    assert (ROOT / "docs" / "problems.md").read_text("utf-8") == problem_pages.as_markdown()


async def test_there_are_no_others(client: httpx.AsyncClient) -> None:
    assert (await client.get("/problems/nothing")).json()["type"] == "/problems/not-found"
