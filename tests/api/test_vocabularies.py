"""The vocabularies come whole, from the catalogue; the pages of documentation come from here."""

from __future__ import annotations

import re

import httpx
import pytest

from app.catalog import load_catalog

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("noun", ["countries", "metrics", "topics"])
async def test_a_vocabulary_has_every_code_with_its_names(client: httpx.AsyncClient, noun: str) -> None:
    told = (await client.get(f"/v1/{noun}")).json()
    assert [item["code"] for item in told["items"]] == list(getattr(load_catalog(), noun))
    assert all(item["names"]["ru"] for item in told["items"])
    assert told["next_cursor"] is None


@pytest.mark.parametrize("page", ["/docs", "/redoc"])
async def test_the_pages_load_nothing_from_elsewhere(client: httpx.AsyncClient, page: str) -> None:
    answer = await client.get(page)
    assert answer.status_code == 200
    loaded = re.findall(r"""(?:src|href)=["']([^"']+)""", answer.text)
    assert len(loaded) >= 2
    for address in loaded:
        assert address.startswith("/docs/assets/"), address
        assert (await client.get(address)).status_code == 200


async def test_the_document_is_served(client: httpx.AsyncClient) -> None:
    assert (await client.get("/openapi.json")).json()["openapi"] == "3.1.0"
