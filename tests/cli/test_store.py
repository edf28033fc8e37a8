"""The commands about the whole store, called as a shell would call them: copied, put back, moved to the other engine."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from app.domain.query import PageRequest, StatementQuery
from app.services import reading
from app.storage.database import Database, open_database
from tests.cli.test_commands import run
from tests.services.making import Draft


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A data directory with one article."""
    with closing(opened(tmp_path / "house")) as database:
        database.migrate()
        with database.session() as session:
            Draft().says("Слова, что переезжают").tells().stored(session)
    return tmp_path / "house"


def opened(folder: Path) -> Database:
    return open_database(f"sqlite:///{folder / 'bilateral.db'}")


def said(database: Database) -> list[str]:
    with database.session() as session:
        return [item["text"] for item in reading.list_statements(session, StatementQuery(), PageRequest()).items]


def test_a_copy_is_made_and_put_back(house: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert run("backup", copy, "--data-dir", house) == (0, f"copied to {copy}\n", "")
    with closing(opened(house)) as database, database.session() as session:
        Draft("Другая новость.").says("Слова после копии").stored(session)
    assert run("restore", copy, "--data-dir", house, "--yes")[0] == 0
    with closing(opened(house)) as database:
        assert said(database) == ["Слова, что переезжают"]


def test_a_store_moves_to_either_engine(
    house: Path, tmp_path: Path, blank_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "everything.ndjson"
    assert run("export", file, "--data-dir", house)[0] == 0
    monkeypatch.setenv("BILATERAL_DATABASE_URL", blank_database.url)
    code, out, _ = run("import", file)
    assert code == 0
    assert " 1  statements  " in out
    assert said(blank_database) == ["Слова, что переезжают"]
    assert run("import", file)[0] == 1  # no longer empty
    assert said(blank_database) == ["Слова, что переезжают"]


def test_what_would_harm_is_refused_with_a_sentence(house: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_bytes(b"somebody else's file, and no database at all" * 100)
    code, _, err = run("backup", there, "--data-dir", house)
    assert (code, "is there already" in err) == (1, True)
    code, _, err = run("restore", there, "--data-dir", house, "--yes")
    assert (code, "no database of Bilateral" in err) == (1, True)
    code, _, err = run("restore", tmp_path / "nothing.db", "--data-dir", house, "--yes")
    assert (code, "there is no" in err) == (1, True)
    code, _, err = run("import", there, "--data-dir", tmp_path / "new")
    assert code == 1
    assert err.count("\n") == 1
    with closing(opened(house)) as database:
        assert said(database) == ["Слова, что переезжают"]


def test_nothing_is_put_back_unless_it_is_confirmed(house: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    run("backup", copy, "--data-dir", house)
    with closing(opened(house)) as database, database.session() as session:
        Draft("Другая новость.").says("Слова после копии").stored(session)
    assert run("restore", copy, "--data-dir", house)[0] == 1
    with closing(opened(house)) as database:
        assert len(said(database)) == 2
