"""From every release to this one and back, with data in it, on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import MetaData, Table, inspect, select
from sqlmodel import SQLModel

from app.domain.query import PageRequest, StatementQuery
from app.services import reading, reindexing
from app.services.wording import sought
from app.storage.database import Database
from tests.services.making import PETROVA, Draft

NOW, DAY = datetime(2026, 1, 15, 9, 30, tzinfo=UTC), date(2026, 1, 15)
DATED = {"stated_on": DAY, "created_at": NOW}
FACT = {"article_id": "ar_1", "position": 0, "confidence": None, "review": "unreviewed", **DATED}
COUNTED = {"statements": 1, "indicators": 1, "last_on": DAY}
BODY = '{"id":"st_1","kind":"direct","text":"Выдуманные слова","speaker":{"id":"kto-to"},"co_speakers":[]}'
FIRST_RELEASE: dict[str, dict[str, Any]] = {
    "articles": {
        "id": "ar_1", "digest": "d", "title": None, "url": None, "external_id": None, "publisher": "Выдуманный вестник",
        "publisher_folded": "выдуманный вестник", "publisher_country": None, "language": "ru", "published_at": "2026-01-15",
        "published_on": DAY, "created_at": NOW, "statements": 1, "indicators": 1, "body": "{}",
    },
    "pairs": {"pair": "KZ-RU", "articles": 1, **COUNTED},
    "speakers": {
        "id": "kto-to", "kind": "person", "name": "Некто", "name_folded": "некто", "names": "{}", "search": "некто", "role": None,
        "country": None, "office_on": None, "wikidata": None, **COUNTED,
    },
    "article_pairs": {"article_id": "ar_1", "pair": "KZ-RU", "position": 0, "published_on": DAY, "created_at": NOW},
    "article_texts": {"article_id": "ar_1", "text": "Выдуманные слова."},
    "statements": {"id": "st_1", "kind": "direct", "body": BODY, **FACT},
    "indicators": {
        "id": "in_1", "metric": "jobs", "measure": "level", "status": "actual", "unit": "count", "value": "1500000183",
        "value_end": "1500000183", "period_first": None, "period_last": None, "pair": "KZ-RU", "reporter": None, "partner": None,
        "body": "{}", **FACT,
    },
    "statement_pairs": {"fact_id": "st_1", "pair": "KZ-RU", **DATED},
    "statement_countries": {"fact_id": "st_1", "country": "KZ", **DATED},
    "statement_topics": {"fact_id": "st_1", "topic": "trade", **DATED},
    "statement_speakers": {
        "fact_id": "st_1", "speaker_id": "kto-to", "position": 0, "role": None, "country": None, "as_written": "Некто",
        "resolved_by": "name", **DATED,
    },
    "indicator_pairs": {"fact_id": "in_1", "pair": "KZ-RU", "metric": "jobs", "value": "1500000183", **DATED},
    "indicator_countries": {"fact_id": "in_1", "country": "KZ", **DATED},
    "indicator_speakers": {"fact_id": "in_1", "speaker_id": "kto-to", **DATED},
}  # fmt: skip
"""A row of every table of the first release, as it wrote them."""
DROPPED = {"speakers": {"search"}}
"""Columns that later releases have no more; the way back fills them again."""


def fill(database: Database) -> None:
    with database.engine.begin() as connection:
        for name, row in FIRST_RELEASE.items():
            connection.execute(Table(name, MetaData(), autoload_with=connection).insert(), row)


def first_rows(database: Database) -> dict[str, list[dict[str, Any]]]:
    """What is in the tables of the first release, in those of its columns that are still there."""
    with database.engine.connect() as connection:
        tables = [Table(name, MetaData(), autoload_with=connection) for name in FIRST_RELEASE]
        wanted = {table: select(*(table.c[name] for name in FIRST_RELEASE[table.name] if name in table.c)) for table in tables}
        return {table.name: [dict(row) for row in connection.execute(rows).mappings()] for table, rows in wanted.items()}


def test_what_the_first_release_stored_is_kept_up_and_down(blank_database: Database) -> None:
    blank_database.migrate("0001")
    fill(blank_database)
    before = first_rows(blank_database)
    assert all(len(rows) == 1 for rows in before.values())
    kept = {
        name: [{column: row[column] for column in row.keys() - DROPPED.get(name, set())} for row in rows]
        for name, rows in before.items()
    }
    blank_database.migrate()
    assert first_rows(blank_database) == kept
    blank_database.migrate_back("0001")
    assert first_rows(blank_database) == before
    assert "notes" not in inspect(blank_database.engine).get_table_names()
    blank_database.migrate()
    assert first_rows(blank_database) == kept


def test_what_the_first_release_stored_is_read_and_found(blank_database: Database) -> None:
    blank_database.migrate("0001")
    fill(blank_database)
    blank_database.migrate()
    assert not reindexing.up_to_date(blank_database)
    reindexing.reindex(blank_database)
    with blank_database.session() as session:
        (found,) = reading.list_statements(session, StatementQuery(words=sought("слово")), PageRequest()).items
        assert found["text"] == "Выдуманные слова"
        reading.delete_article(session, "ar_1")
        for table in set(SQLModel.metadata.sorted_tables) - {SQLModel.metadata.tables["notes"]}:
            assert session.execute(select(table)).all() == [], table.name


def test_all_is_taken_down_and_put_up_again(blank_database: Database) -> None:
    blank_database.migrate()
    with blank_database.session() as session:
        Draft().says(speaker=PETROVA).tells().stored(session)
    blank_database.migrate_back("base")
    left = [name for name in inspect(blank_database.engine).get_table_names() if not name.startswith("alembic")]
    assert left == []
    blank_database.migrate()
    assert blank_database.ready().ready


@pytest.mark.parametrize("revision", ["0001", "base"])
def test_going_back_keeps_a_database_unready(blank_database: Database, revision: str) -> None:
    blank_database.migrate()
    blank_database.migrate_back(revision)
    assert not blank_database.ready().ready
