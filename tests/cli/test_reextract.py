"""`bilateral reextract`, called as a shell would call it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.catalog import load_catalog
from app.domain.text import Article
from app.services import ingestion
from app.settings import Settings
from app.storage.database import open_database
from tests.cli.test_commands import run

TEXT = "Товарооборот Казахстана и Узбекистана в 2025 году составил 5,3 млрд долларов. Выдуманная новость № {}."


@pytest.fixture
def ids(tmp_path: Path) -> list[str]:
    """Articles of a store in that folder."""
    database = open_database(Settings(data_dir=tmp_path).database_url)
    database.migrate()
    found = []
    for number in range(3):
        with database.session() as session:
            found.append(ingestion.ingest(session, Article(TEXT.format(number)), load_catalog()).article["id"])
    database.close()
    return found


def test_all_are_read_and_nothing_differs(tmp_path: Path, ids: list[str]) -> None:
    code, out, _ = run("reextract", "--all", "--data-dir", tmp_path)
    assert (code, out.strip()) == (0, f"{len(ids)} articles read, 0 of them differ: 0 facts added, 0 removed, 0 changed")


def test_one_is_read_and_another_is_not_there(tmp_path: Path, ids: list[str]) -> None:
    assert run("reextract", ids[0], "--data-dir", tmp_path)[1].startswith("1 articles read")
    code, _, err = run("reextract", "ar_none", "--data-dir", tmp_path)
    assert (code, "ar_none" in err) == (1, True)


@pytest.mark.parametrize("asked", [[], ["--all", "ar_1"]])
def test_either_some_or_all(tmp_path: Path, asked: list[str]) -> None:
    assert run("reextract", *asked, "--data-dir", tmp_path)[0] == 2
