"""Any text, in any structure: no 5xx, facts at their characters, the same facts again, work that grows with length.

`corpus/` holds the texts that once broke something, and one of each kind that might; they are replayed every day.
scripts/fuzz makes up thousands of others.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from app.catalog import load_catalog
from app.domain.text import Article
from app.pipeline import extract
from app.settings import Settings
from app.storage.database import Database
from tests.api.conftest import app, client, database
from tests.fuzz.sending import send
from tests.fuzz.texts import texts
from tests.fuzz.work import calls

__all__ = ["app", "client", "database"]
pytestmark = pytest.mark.anyio

CORPUS = {
    path.stem: json.loads(path.read_text("utf-8"))["text"] for path in sorted(Path(__file__).with_name("corpus").glob("*.json"))
}
# Twice the text, twice the work: what is set up once makes it less, a text's own words a little more.
MOST = 2.3


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    """The limits as they are delivered."""
    return Settings(data_dir=tmp_path, database_url=database.url)


@pytest.mark.parametrize("name", CORPUS)
async def test_a_text_of_the_corpus_is_read(client: httpx.AsyncClient, name: str) -> None:
    await send(client, CORPUS[name])


@pytest.mark.long
@pytest.mark.parametrize("name", CORPUS)
def test_twice_a_text_of_the_corpus_is_at_most_twice_the_work(name: str) -> None:
    assert_work_grows_with_length(CORPUS[name])


def made_up(examples: int, again: bool) -> list[str]:
    """Hypothesis draws in a thread of its own making; the texts are sent from the test's."""
    drawn: list[str] = []

    @hypothesis_settings(
        max_examples=examples, derandomize=again, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(texts())
    def draw(text: str) -> None:
        drawn.append(text)

    draw()
    return drawn


async def test_any_text_is_read_and_read_alike_again(client: httpx.AsyncClient) -> None:
    for text in made_up(20, again=True):
        await send(client, text)


@pytest.mark.fuzz
async def test_thousands_of_texts_are_read(client: httpx.AsyncClient) -> None:
    """Every failing text is told, for the corpus, and not the first alone."""
    tried, failed = made_up(int(os.environ.get("FUZZ_TEXTS", "3000")), again=False), {}
    for at, text in enumerate(tried):
        try:
            await send(client, text)
            if at % 20 == 0 and text.strip() and "\x00" not in text:
                assert_work_grows_with_length(text)
        except AssertionError as failure:
            failed[text] = str(failure)[:300]
    print(f"\n{len(tried)} texts were sent through every door; {len(failed)} failed.")
    assert not failed, json.dumps(failed, indent=1)


def assert_work_grows_with_length(text: str) -> None:
    piece = text * (1_500 // len(text) + 1)
    once, twice = (Article(text=piece * times) for times in (1, 2))
    catalog = load_catalog()
    for article in (once, twice):  # what is remembered of words is not counted
        extract(article, catalog)
    assert calls(lambda: extract(twice, catalog)) <= MOST * calls(lambda: extract(once, catalog)) + 5_000
