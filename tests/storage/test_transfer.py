"""A whole store leaves one engine and arrives on the other with every row; copies are made while others write."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.query import PageRequest, StatementQuery
from app.services import reading
from app.services.wording import sought
from app.storage import transfer
from app.storage.backup import backup, restore
from app.storage.database import Database, begin_writing, open_database
from app.storage.group_tables import statement_groups
from tests.services import copies, telling
from tests.services.making import PETROVA, Draft


def fill(database: Database, articles: int = 3) -> None:
    for number in range(articles):
        with database.session() as session:
            draft = Draft(f"Номер {number}.", url=f"https://example.org/{number % 2}", publisher="Выдуманный вестник")
            draft.says(f"Слова {number}", co_speakers=(PETROVA,)).tells(f"{number},5 т", f"{number}.5", within=0).stored(session)


@pytest.fixture
def empty(blank_database: Database) -> Database:
    blank_database.migrate()
    return blank_database


def test_a_store_arrives_whole_on_either_engine(database: Database, empty: Database) -> None:
    fill(database)
    with database.session() as session:
        lines = list(transfer.lines_of(session, database.revision))
    with empty.session() as session:
        begin_writing(session)
        parts = transfer.read_in(session, lines, empty.revision)
    assert (parts["statements"].rows, parts["articles"].rows, parts["article_versions"].rows) == (2, 2, 1)
    with empty.session() as session:
        assert list(transfer.lines_of(session, empty.revision)) == lines
        found = reading.list_statements(session, StatementQuery(words=sought("слово")), PageRequest())
        assert {item["text"] for item in found.items} == {"Слова 1", "Слова 2"}


def news_and_its_copies(database: Database) -> Any:
    """What a store shows of an article, a copy of it, and a saying that both tell in their own words."""
    ids = [
        copies.stored(database, draft)["id"] for draft in (copies.original(), copies.copy(), telling.told(telling.LONG, number=3))
    ]
    copies.stored(database, telling.told(telling.CUT, number=4))
    return lambda there: ([copies.article(there, id_) for id_ in ids], copies.state(there)["sources"], groups_of(there))


def groups_of(database: Database) -> list[Any]:
    with database.session() as session:
        return sorted(map(tuple, session.execute(select(statement_groups))))


def test_copies_and_groups_arrive_as_they_are(database: Database, tmp_path: Path) -> None:
    shown = news_and_its_copies(database)
    before = shown(database)
    (first, copy, _), sources, groups = before
    assert (copy["reprint_of"], copy["statements"][0]["repeats"]) == (first["id"], first["statements"][0]["id"])
    assert copy["id"] in sources[first["statements"][0]["id"]]
    assert [sources for _, sources, _ in groups] == [2]
    with closing(open_database(f"sqlite:///{tmp_path}/there.db")) as there:
        there.migrate()
        with database.session() as session, there.session() as arriving:
            begin_writing(arriving)
            transfer.read_in(arriving, list(transfer.lines_of(session, database.revision)), there.revision)
        assert shown(there) == before


def test_copies_and_groups_are_put_back(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/news.db"
    with closing(open_database(url)) as database:
        database.migrate()
        shown = news_and_its_copies(database)
        before = shown(database)
        backup(url, tmp_path / "copy.db")
        with database.session() as session:
            for article in before[0]:
                reading.delete_article(session, article["id"])
        assert copies.state(database)["sources"] != before[1]
        restore(url, tmp_path / "copy.db")
        assert shown(database) == before


@pytest.mark.parametrize("spoilt", ["a digit", "a row less", "cut off", "another revision"])
def test_what_is_not_the_same_is_not_kept(database: Database, empty: Database, spoilt: str) -> None:
    fill(database)
    revision = "0001" if spoilt == "another revision" else database.revision
    with database.session() as session:
        lines = list(transfer.lines_of(session, revision))
    told = next(number for number, line in enumerate(lines) if "Слова 1".encode() in line)
    if spoilt == "a digit":
        lines[told] = lines[told].replace("Слова 1".encode(), "Слова 9".encode())
    elif spoilt == "a row less":
        del lines[next(n for n, line in enumerate(lines) if line.startswith(b'{"table":"statement_topics"')) + 1]
    elif spoilt == "cut off":
        del lines[told:]
    with pytest.raises(transfer.NotTheSame), empty.session() as session:
        transfer.read_in(session, lines, empty.revision)
    with empty.session() as session:
        assert reading.list_statements(session, StatementQuery(), PageRequest()).items == []


def test_a_store_that_is_not_empty_takes_nothing(database: Database) -> None:
    fill(database, 1)
    with database.session() as session:
        lines = list(transfer.lines_of(session, database.revision))
    with pytest.raises(transfer.NotTheSame, match="not empty"), database.session() as session:
        transfer.read_in(session, lines, database.revision)


def test_a_copy_is_made_while_others_write_and_put_back(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/news.db"
    with closing(open_database(url)) as database:
        database.migrate()
        fill(database, 2)
        writing = threading.Thread(target=fill, args=(database, 6))
        writing.start()
        backup(url, tmp_path / "copy.db")
        writing.join()
        with closing(open_database(f"sqlite:///{tmp_path}/copy.db")) as copy, copy.session() as session:
            kept = reading.list_statements(session, StatementQuery(), PageRequest()).items
        assert len(kept) >= 2
        restore(url, tmp_path / "copy.db")
        with database.session() as session:
            assert reading.list_statements(session, StatementQuery(), PageRequest()).items == kept
        fill(database, 8)


def test_copies_are_refused_where_they_would_harm(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/news.db"
    with closing(open_database(url)) as database:
        database.migrate()
    (tmp_path / "no.db").write_bytes(b"this is no database, however long one looks at it" * 100)
    with pytest.raises(ValueError, match="no database of Bilateral"):
        restore(url, tmp_path / "no.db")
    with pytest.raises(FileNotFoundError):
        restore(url, tmp_path / "nothing.db")
    with pytest.raises(FileExistsError):
        backup(url, tmp_path / "no.db")
    with pytest.raises(ValueError, match="pg_dump"):
        backup("postgresql://db/news", tmp_path / "new.db")
