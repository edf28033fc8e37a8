"""Articles that kill or hang whoever reads them: tried again alone, then marked failed, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.domain.jobs import ChunkKey
from app.domain.query import BY_NUMBER, PageRequest
from app.domain.text import Article
from app.services.jobs import readers
from app.services.jobs.chunks import Workplace
from app.services.jobs.handing_in import hand_in
from app.services.jobs.readers import Readers
from app.services.jobs.telling import job_document, list_items
from app.storage.database import Database
from tests.storage.databases import NewDatabase

# What reads in these tests: the real process, but for articles that do what no article can be relied on to do.
POISONED = """
import os, signal
from app.services.jobs import portions, reading_process
from app.services import ingestion
plainly = portions.timed_extract
def extract(article, catalog):
    if "убивает" in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "однажды" in article.text and not os.path.exists({once!r}):
        open({once!r}, "w").close()
        os.kill(os.getpid(), signal.SIGSEGV)
    while "виснет" in article.text:
        pass
    if "падает" in article.text:
        raise ValueError
    return plainly(article, catalog)
portions.timed_extract = extract
ingestion.warm = lambda catalog: None
reading_process.main()
"""


@pytest.fixture
def database(cheap_database: NewDatabase) -> Iterator[Database]:
    with cheap_database() as database:
        yield database


@contextmanager
def workplace(database: Database) -> Iterator[Workplace]:
    place = Workplace(database, Readers(1, database.url, article_seconds=1), "a worker")
    try:
        yield place
    finally:
        place.readers.close()


PLAIN, KILLS, KILLS_ONCE, HANGS, FAILS = "читается", "убивает", "однажды не читается", "виснет", "падает"
CASES = [
    pytest.param([PLAIN, KILLS, "снова читается", FAILS], {KILLS: "SIGKILL", FAILS: "our side"}, id="killed"),
    pytest.param([KILLS_ONCE, HANGS, PLAIN], {HANGS: "more than 1 seconds"}, id="hanging", marks=pytest.mark.long),
]


@pytest.mark.parametrize(("words", "reasons"), CASES)
def test_the_rest_goes_on(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], reasons: dict[str, str]
) -> None:
    monkeypatch.setattr(readers, "_MAIN", POISONED.format(once=str(tmp_path / "once")))
    job = hand_in(database, [Article(f"Эта статья {word}.", language="ru") for word in words])["id"]
    with workplace(database) as place:
        place.work_on(ChunkKey(job, 0))
    with database.session() as session:
        told = job_document(session, job)
        items = list_items(session, job, None, PageRequest(sort=BY_NUMBER)).items
    assert (told["state"], told["counts"]["created"]) == ("done", len(words) - len(reasons))
    assert [item["outcome"] for item in items] == ["failed" if word in reasons else "created" for word in words]
    assert all(reasons[word] in item["reason"] for word, item in zip(words, items, strict=True) if word in reasons)


def test_a_chunk_goes_back_when_the_process_is_to_stop(database: Database) -> None:
    job = hand_in(database, [Article("Эта статья ждёт.", language="ru")])["id"]
    with workplace(database) as place:
        place.stopping.set()
        place.work_on(ChunkKey(job, 0))
        # What is begun under an earlier attempt no longer counts.
        place.work_on(ChunkKey(job, 0))
    with database.session() as session:
        assert job_document(session, job)["counts"]["pending"] == 1
