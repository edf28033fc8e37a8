"""An article is stored whole, once, and only if every fact points at its characters."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import Session, SQLModel

from app.catalog import load_catalog
from app.domain.facts import Extraction, Notice
from app.domain.query import PageRequest, StatementQuery
from app.domain.text import Article, Span
from app.errors import InternalError, InvalidParameter
from app.services import ingestion, reading
from app.services.ingestion import store
from app.services.people.profile import get_profile
from app.storage import indicators
from app.storage.database import Database
from tests.services.making import BUREAU, KZ_RU, PETROVA, SERIKOV, Draft

CATALOG = load_catalog()


def full_draft() -> Draft:
    draft = Draft(title="Выдуманный визит", url="https://example.org/1", publisher="Выдуманный вестник", external_id="a-1")
    return (
        draft.says(co_speakers=(PETROVA,))
        .says("Поезд пойдёт чаще", PETROVA)
        .tells(within=0, speaker=SERIKOV)
        .tells("7 поездов", "7")
    )


def rows(session: Session) -> dict[str, int]:
    tables = SQLModel.metadata.sorted_tables
    return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_an_article_comes_back_with_all_its_facts_in_the_order_of_the_text(database: Database) -> None:
    draft = full_draft()
    with database.session() as session:
        ingested = draft.stored(session)
    with database.session() as session:
        article = reading.get_article(session, ingested.article["id"])
    assert ingested.created
    assert article == ingested.article
    assert article["text"] == draft.text
    assert [s["text"] for s in article["statements"]] == ["Мы ценим сотрудничество", "Поезд пойдёт чаще"]
    assert [i["as_written"] for i in article["indicators"]] == ["5 млрд долларов", "7 поездов"]
    assert article["counts"] == {"statements": 2, "indicators": 2}
    for statement in article["statements"]:
        assert " ".join(article["text"][s["start"] : s["end"]] for s in statement["segments"]) == statement["text"]


def test_metadata_come_from_the_client_else_from_the_text(database: Database) -> None:
    draft = Draft(title="Дано", publisher=None)
    read = replace(draft.extraction, title="Прочитано", publisher="Вестник", publisher_country="KZ", warnings=(Notice("w", "d"),))
    with database.session() as session:
        article = store(session, draft.article, read).article
    expected = {
        "title": "Дано",
        "publisher": "Вестник",
        "publisher_country": "KZ",
        "language": "ru",
        "published_at": "2024-05-06",
    }
    assert {name: article[name] for name in expected} == expected
    assert article["given"] == ["title", "published_at", "language"]
    assert article["pairs"] == ["KZ-RU"]
    assert article["blocs"] == ["EAEU"]
    assert article["sources"] == ["Выдуманное агентство"]
    assert article["warnings"] == [{"code": "w", "detail": "d"}]


def test_the_same_text_is_the_same_article(database: Database) -> None:
    with database.session() as session:
        first = full_draft().stored(session)
        before = rows(session)
    with database.session() as session:
        again = full_draft().stored(session)
        assert rows(session) == before
    assert (first.created, again.created) == (True, False)
    assert again.article == first.article


def test_another_url_does_not_make_another_article(database: Database) -> None:
    with database.session() as session:
        first = Draft(url="https://example.org/1").says().stored(session)
        again = Draft(url="https://example.org/2").says().stored(session)
    assert not again.created
    assert [warning["code"] for warning in again.article["warnings"]] == ["already_stored"]
    assert again.article["url"] == first.article["url"] == "https://example.org/1"


def test_writers_that_race_make_one_article(database: Database) -> None:
    def write(_: int) -> tuple[str, bool]:
        with database.session() as session:
            ingested = full_draft().stored(session)
        return ingested.article["id"], ingested.created

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(write, range(12)))
    assert len({id_ for id_, _ in outcomes}) == 1
    assert [created for _, created in outcomes].count(True) == 1
    with database.session() as session:
        assert rows(session)["statements"] == 2


def test_a_failure_half_way_leaves_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise RuntimeError("the disk is full")

    def attempt() -> None:
        with database.session() as session:
            full_draft().stored(session)

    with database.session() as session:
        before = rows(session)
    with monkeypatch.context() as patch:
        patch.setattr(indicators, "add", stumble)
        with pytest.raises(RuntimeError, match="disk"):
            attempt()
    with database.session() as session:
        assert rows(session) == before
        assert full_draft().stored(session).created


def altered_statement(**fields: Any) -> Callable[[Extraction], Extraction]:
    def alter(extraction: Extraction) -> Extraction:
        first, *rest = extraction.statements
        return replace(extraction, statements=(replace(first, **fields), *rest))

    return alter


def altered_indicator(**fields: Any) -> Callable[[Extraction], Extraction]:
    def alter(extraction: Extraction) -> Extraction:
        first, *rest = extraction.indicators
        return replace(extraction, indicators=(replace(first, **fields), *rest))

    return alter


def shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def shifted_cue(extraction: Extraction) -> Extraction:
    cue = extraction.statements[0].cue
    assert cue is not None
    return altered_statement(cue=replace(cue, span=shifted(cue.span, 1)))(extraction)


def doubled_statement(extraction: Extraction) -> Extraction:
    return replace(extraction, statements=(*extraction.statements, extraction.statements[0]))


def doubled_indicator(extraction: Extraction) -> Extraction:
    return replace(extraction, indicators=(*extraction.indicators, extraction.indicators[0]))


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(altered_statement(text="Мы ценим торговлю"), id="other words"),
        pytest.param(altered_statement(segments=()), id="no segment"),
        pytest.param(altered_statement(segments=(Span(0, 0),), text=""), id="empty segment"),
        pytest.param(altered_statement(segments=(Span(5, 100_000),)), id="segment beyond the text"),
        pytest.param(lambda e: altered_statement(segments=(shifted(e.statements[0].segments[0], -1),))(e), id="off by one"),
        pytest.param(shifted_cue, id="cue off by one"),
        pytest.param(altered_indicator(as_written="6 млрд долларов"), id="other figure"),
        pytest.param(lambda e: altered_indicator(span=shifted(e.indicators[0].span, 1))(e), id="figure off by one"),
        pytest.param(altered_indicator(value=Decimal("NaN")), id="not a number"),
        pytest.param(altered_indicator(statement_id="st_nowhere"), id="statement that is not there"),
        pytest.param(altered_indicator(additional_to="in_nowhere"), id="addition to nothing"),
        pytest.param(altered_indicator(equivalent_of="in_nowhere"), id="equivalent of nothing"),
        pytest.param(doubled_statement, id="statement twice"),
        pytest.param(doubled_indicator, id="indicator twice"),
    ],
)
def test_facts_that_do_not_point_at_their_words_are_not_stored(
    database: Database, spoil: Callable[[Extraction], Extraction]
) -> None:
    draft = full_draft()
    with database.session() as session:
        with pytest.raises(InternalError):
            store(session, draft.article, spoil(draft.extraction))
        assert set(rows(session).values()) == {0}
        assert store(session, draft.article, draft.extraction).created


@pytest.mark.parametrize(
    ("article", "pointer"),
    [
        (Article("до\x00после"), "/text"),
        (Article("до\ud83dпосле"), "/text"),
        (Article("\udfff в начале"), "/text"),
        (Article("Текст.", title="за\x00головок"), "/title"),
        (Article("Текст.", external_id="\ud800"), "/external_id"),
    ],
)
def test_what_no_database_can_hold_is_refused(database: Database, article: Article, pointer: str) -> None:
    with database.session() as session:
        with pytest.raises(InvalidParameter) as refused:
            ingestion.ingest(session, article, load_catalog())
        assert set(rows(session).values()) == {0}
    assert [error["pointer"] for error in refused.value.errors] == [pointer]


@pytest.mark.parametrize(
    "words",
    ["🇰🇿🤝🇷🇺 дружба", "и\u0306 разложенное", "مرحبا سلام", "a'b\"c;--%_\\", "строка\r\nи табуляция\t", "\ufeffметка", "𝔊отика"],
)
def test_unusual_characters_come_back_as_they_were(database: Database, words: str) -> None:
    with database.session() as session:
        stored = Draft(words).says(words).stored(session).article
    with database.session() as session:
        article = reading.get_article(session, stored["id"])
        found = reading.list_statements(session, StatementQuery(pair=KZ_RU), PageRequest()).items
    assert article["text"].startswith(words)
    assert [s["text"] for s in found] == [words]


def test_a_submitted_text_is_read_and_stored(database: Database) -> None:
    """The whole way, whatever the present rules of extraction find in it."""
    article = Article("Выдуманный министр сообщил о встрече.\nДругих подробностей нет.", published_at="2024-05-06")
    with database.session() as session:
        first = ingestion.ingest(session, article, load_catalog())
        again = ingestion.ingest(session, article, load_catalog())
    assert (first.created, again.created) == (True, False)
    assert first.article["text"] == article.text
    extracted = ingestion.extract(article, load_catalog())
    assert [s["id"] for s in extracted["statements"]] == [s["id"] for s in first.article["statements"]]
    assert "id" not in extracted


def test_an_article_without_facts_is_stored(database: Database) -> None:
    with database.session() as session:
        article = Draft(pairs=()).stored(session).article
        assert article["counts"] == {"statements": 0, "indicators": 0}
        assert rows(session)["speakers"] == 0


def test_the_figures_of_an_organisation_need_no_statement(database: Database) -> None:
    with database.session() as session:
        (indicator,) = Draft().tells(speaker=BUREAU).stored(session).article["indicators"]
        assert indicator["speaker"]["name"] == "Бюро статистики"
        assert get_profile(session, CATALOG, BUREAU.id)["counts"] == {"statements": 0, "indicators": 1}
