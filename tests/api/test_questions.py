"""However somebody spells a name, the person of the catalogue comes first, before anything was read.

Strategy: `specs/questions.csv` holds questions with whom they mean, in three languages; `specs/spellings.csv` spellings from
articles. All are asked over HTTP of a fresh service; a test fails with every question that was answered otherwise.
"""

from __future__ import annotations

import httpx
import pytest

from app.catalog.tables import rows
from tests.spec_cases import SPECS

pytestmark = pytest.mark.anyio

QUESTIONS = [(row["language"], row["asked"], row["person"]) for row in rows(SPECS / "questions.csv")]
SPELLINGS = [(row["language"], row["written"], row["person"]) for row in rows(SPECS / "spellings.csv")]


async def first(client: httpx.AsyncClient, asked: str) -> str | None:
    answer = await client.get("/v1/speakers", params={"q": asked, "limit": 1})
    assert answer.status_code == 200, answer.text
    return next((speaker["id"] for speaker in answer.json()["items"]), None)


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
@pytest.mark.parametrize("asked", [QUESTIONS, SPELLINGS], ids=["questions", "spellings"])
async def test_whoever_is_meant_comes_first(client: httpx.AsyncClient, asked: list[tuple[str, str, str]], language: str) -> None:
    wanted = {(text, person) for spoken, text, person in asked if spoken == language}
    found = {(text, await first(client, text)) for text, _ in wanted}
    assert sorted(wanted - found) == []


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len(QUESTIONS) >= 300
    assert len({person for _, _, person in QUESTIONS}) >= 40
