"""`bilateral gold`: what editors did comes back from `bilateral evaluate` as errors of the reading. All words are invented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.catalog import load_catalog
from app.domain.facts import Review
from app.domain.text import Article
from app.services import ingestion
from app.services.reviewing.acts import Act, review, undo
from app.services.reviewing.kinds import INDICATOR, STATEMENT, Kind
from app.settings import Settings
from app.storage.database import Database, open_database
from tests.cli.test_commands import run

# Lines end as on Windows: every offset counts.
TEXT = (
    "Товарооборот Казахстана и Узбекистана в 2025 году составил 5,3 млрд долларов, сообщил министр торговли Казахстана Нурлан "
    "Айтбеков.\r\n\r\n«К 2030 году мы намерены довести его до 10 млрд долларов», – сказал он.\r\n\r\nЭкспорт Казахстана в "
    "Узбекистан вырос на 12%."
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(Settings(data_dir=tmp_path).database_url)
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def article(database: Database) -> dict[str, Any]:
    with database.session() as session:
        given = Article(TEXT, published_at="2026-01-15", publisher_country="KZ")
        stored: dict[str, Any] = ingestion.ingest(session, given, load_catalog()).article
        ingestion.ingest(session, Article("Выдуманная новость, на которую никто не смотрел."), load_catalog())
    return stored


def act(database: Database, kind: Kind, fact: dict[str, Any], verdict: Review | None = None, **fields: Any) -> None:
    with database.session() as session:
        review(session, load_catalog(), kind, fact["id"], Act(verdict, fields), lambda _: None)


def errors(tmp_path: Path) -> tuple[list[str], dict[str, Any]]:
    """What `evaluate --errors` lists, and its figures."""
    code, out, _ = run("gold", tmp_path / "gold", "--data-dir", tmp_path)
    assert (code, out.startswith("1 articles written")) == (0, True)
    code, out, _ = run("evaluate", tmp_path / "gold", "--errors", "--json", tmp_path / "figures.json")
    assert code == 0
    return [line for line in out.splitlines() if line.startswith("- ")], json.loads((tmp_path / "figures.json").read_text())[
        "figures"
    ]


def test_what_was_confirmed_is_right(tmp_path: Path, database: Database, article: dict[str, Any]) -> None:
    for kind, noun in ((STATEMENT, "statements"), (INDICATOR, "indicators")):
        act(database, kind, article[noun][0], Review.CONFIRMED)
    listed, figures = errors(tmp_path)
    assert listed == []
    assert (figures["statement_f1"], figures["indicator_f1"], figures["speaker_acc"]) == (1, 1, 1)
    marked = json.loads((tmp_path / "gold" / f"{article['id']}.json").read_text())
    assert (len(marked["statements"]), len(marked["indicators"])) == (1, 1), "nobody looked at the others"


def test_what_was_corrected_or_rejected_is_an_error_of_the_reading(
    tmp_path: Path, database: Database, article: dict[str, Any]
) -> None:
    turnover, target, exports = article["indicators"]
    act(database, INDICATOR, turnover, status="forecast")
    act(database, INDICATOR, target, value="10500000000")
    act(database, INDICATOR, exports, Review.REJECTED)
    act(database, STATEMENT, article["statements"][1], speaker={"id": "kassym-jomart-tokayev"})
    listed, _ = errors(tmp_path)
    assert len(listed) == 5
    wanted = (
        "status 'forecast'≠'actual'",
        "missed indicator: 'до 10 млрд долларов'",
        "false indicator: 'до 10 млрд долларов'",
        "false indicator: 'на 12%'",
        "speaker: gold ['Касым-Жомарт Токаев'",
    )
    for told in wanted:
        assert [line for line in listed if told in line], (told, listed)


def test_what_was_taken_back_is_no_gold(tmp_path: Path, database: Database, article: dict[str, Any]) -> None:
    act(database, INDICATOR, article["indicators"][0], Review.REJECTED)
    with database.session() as session:
        undo(session, INDICATOR, article["indicators"][0]["id"], None, lambda _: None)
    assert run("gold", tmp_path / "gold", "--data-dir", tmp_path)[1].startswith("0 articles written")


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path, database: Database) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "old.json").write_text("{}")
    assert run("gold", tmp_path / "gold", "--data-dir", tmp_path)[0] == 2
