"""Two people of one name stay two over HTTP: a namesake is answered under another id than the person whom the catalogue knows.

Strategy: `specs/ru/namesakes.toml` holds descriptions in three languages and whom each must not be taken for; every one speaks
in an invented article of its own, posted to extraction.
"""

from __future__ import annotations

import httpx
import pytest

from tests.spec_cases import spec

pytestmark = pytest.mark.anyio

SPEC = spec("ru/namesakes")
STRANGERS = {"ru": SPEC["strangers"], "kk": SPEC["strangers_kk"], "en": SPEC["strangers_en"]}


async def speakers(client: httpx.AsyncClient, description: str, language: str) -> list[str]:
    text = SPEC["sentences"][language].format(description)
    article = {"text": text, "language": language, "published_at": "2024-06-12"}
    answer = await client.post("/v1/extract", json=article)
    assert answer.status_code == 200, answer.text
    return [statement["speaker"]["id"] for statement in answer.json()["statements"]]


@pytest.mark.parametrize("language", STRANGERS)
async def test_namesakes_are_not_merged(client: httpx.AsyncClient, language: str) -> None:
    taken = []
    for description, person in STRANGERS[language]:
        found = await speakers(client, description, language)
        assert len(found) == 1, description
        if found == [person]:
            taken.append((description, person))
    assert taken == []


def test_there_are_pairs_enough() -> None:
    assert sum(map(len, STRANGERS.values())) >= 60
