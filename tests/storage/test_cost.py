"""What a question costs: few queries whatever the page holds, each along an index that is in the order asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from app.catalog import load_catalog
from app.domain.exchange import RateQuery
from app.domain.query import (
    BY_DAY,
    BY_NAME,
    BY_PAIR,
    NEWEST,
    ArticleQuery,
    IndicatorQuery,
    PageRequest,
    Sort,
    SpeakerQuery,
    StatementQuery,
)
from app.services import reading
from app.services.exchange.keeping import list_rates
from app.services.people.profile import get_profile
from app.services.series.reading import get_series
from app.services.timelines import list_timeline
from app.services.wording import sought
from app.storage import groups
from app.storage.database import Database
from app.storage.reviewing import changes_of
from app.storage.words import first_place
from tests.services.making import DAY, KZ_RU, PETROVA, SERIKOV, Draft

CATALOG = load_catalog()


OLDEST, LATELY, LARGEST = Sort("stated_on"), Sort("created_at", descending=True), Sort("value", descending=True)
HALFWAY = ("2024-01-01", "st_7")
A_PLACE = (str(first_place(date(2024, 1, 1))), "st_7")
Ask = Callable[[Session], Any]


def statements(sort: Sort = NEWEST, after: Any = HALFWAY, **query: Any) -> Ask:
    return lambda session: reading.list_statements(session, StatementQuery(**query), PageRequest(20, sort, after))


def indicators(sort: Sort = NEWEST, after: Any = HALFWAY, **query: Any) -> Ask:
    return lambda session: reading.list_indicators(session, IndicatorQuery(**query), PageRequest(20, sort, after))


def articles(sort: Sort = NEWEST, **query: Any) -> Ask:
    return lambda session: reading.list_articles(session, ArticleQuery(**query), PageRequest(20, sort, HALFWAY))


def timeline(sort: Sort = NEWEST, **query: Any) -> Ask:
    def ask(session: Session) -> Any:
        return list_timeline(session, StatementQuery(**query), IndicatorQuery(**query), PageRequest(20, sort, HALFWAY))

    return ask


def rates(**query: Any) -> Ask:
    return lambda session: list_rates(session, RateQuery(**query), PageRequest(20, BY_DAY, ("2024-01-01", "USD-KZT")))


MOMENT = ("2024-01-01T00:00:00+00:00", "st_7")
QUESTIONS: dict[str, Ask] = {
    "statements": statements(),
    "statements, first page": statements(after=None),
    "statements, oldest first": statements(OLDEST),
    "statements as they arrive": statements(LATELY, MOMENT),
    "of a pair": statements(pair=KZ_RU),
    "of a pair, oldest first": statements(OLDEST, pair=KZ_RU),
    "of a pair, as they arrive": statements(LATELY, MOMENT, pair=KZ_RU),
    "of a pair in some days": statements(pair=KZ_RU, from_=date(2024, 1, 1), to=date(2024, 2, 1)),
    "of a pair on a topic": statements(pair=KZ_RU, topic="trade"),
    "of a speaker": statements(speaker=SERIKOV.id),
    "of a speaker, as they arrive": statements(LATELY, MOMENT, speaker=SERIKOV.id),
    "of a speaker about a pair": statements(speaker=SERIKOV.id, pair=KZ_RU),
    "of a country": statements(country=("KZ",)),
    "of several countries": statements(country=("KZ", "UZ")),
    "on a topic": statements(topic="trade"),
    "indicators": indicators(),
    "indicators of a pair": indicators(pair=KZ_RU),
    "a metric": indicators(metric="jobs"),
    "a metric of a pair": indicators(pair=KZ_RU, metric="jobs"),
    "largest of a metric": indicators(LARGEST, ("5", "in_7"), metric="jobs"),
    "largest of a metric of a pair": indicators(LARGEST, ("5", "in_7"), pair=KZ_RU, metric="jobs"),
    "largest": indicators(LARGEST, ("5", "in_7")),
    "indicators of a speaker": indicators(speaker=SERIKOV.id),
    "indicators of a country": indicators(country=("KZ",)),
    "articles": articles(),
    "articles of a pair": articles(pair=KZ_RU),
    "articles of a publisher": articles(publisher="Вестник"),
    "copies of an article": articles(reprint_of="ar_1"),
    "of a pair, repeats too": statements(pair=KZ_RU, repeats=True),
    "articles as they arrive": lambda s: reading.list_articles(s, ArticleQuery(), PageRequest(20, LATELY, MOMENT)),
    "of a speaker, of one review": statements(speaker=SERIKOV.id, review="unreviewed"),
    "of a speaker, of a metric within values": indicators(
        speaker=SERIKOV.id, metric="exports", value_from=Decimal(1), value_to=Decimal(9)
    ),
    "of a country, of a metric, largest first": indicators(LARGEST, ("5", "in_7"), country=("KZ",), metric="exports"),
    "what may be the same saying": lambda s: groups.said_on(s, {(SERIKOV.id, DAY), (PETROVA.id, DAY)}),
    "what is compared": lambda s: groups.said(s, ["st_7", "st_8"]),
    "all that tell a saying": lambda s: groups.beside_facts(s, ["st_7", "st_8"]),
    "what is alike": lambda s: groups.alike_to(s, ["st_7", "st_8"]),
    "each saying once": statements(once=True),
    "each saying once, of a pair in some days": statements(once=True, pair=KZ_RU, from_=date(2024, 1, 1), to=date(2024, 2, 1)),
    "each saying once, of a speaker on a topic": statements(once=True, speaker=SERIKOV.id, topic="trade", min_confidence=0.5),
    "each saying once, with a word": statements(after=None, once=True, words=sought("слово")),
    "with a word": statements(after=None, words=sought("слово")),
    "with a word, a later page": statements(after=A_PLACE, words=sought("слово")),
    "with a word, oldest first": statements(OLDEST, A_PLACE, words=sought("слово")),
    "with a word, of a pair in some days": statements(
        after=None, words=sought("слово"), pair=KZ_RU, from_=date(2024, 1, 1), to=date(2024, 2, 1)
    ),
    "with a beginning and without a word": statements(after=None, words=sought("инвест* -нефть")),
    "articles with a word": lambda s: reading.list_articles(s, ArticleQuery(words=sought("слово")), PageRequest(20)),
    "all that statements can be asked by": statements(
        pair=KZ_RU,
        country=("KZ", "UZ"),
        speaker=SERIKOV.id,
        topic="trade",
        kind="direct",
        review="unreviewed",
        min_confidence=0.5,
        from_=date(2024, 1, 1),
        to=date(2024, 2, 1),
    ),
    "all that indicators can be asked by": indicators(
        pair=KZ_RU,
        country=("KZ",),
        reporter="KZ",
        partner="RU",
        metric="exports",
        measure="level",
        status="actual",
        unit="USD",
        speaker=SERIKOV.id,
        from_=date(2024, 1, 1),
        to=date(2024, 2, 1),
        period_from=date(2023, 1, 1),
        period_to=date(2023, 12, 31),
        value_from=Decimal(1),
        value_to=Decimal(9),
        review="unreviewed",
        min_confidence=0.5,
    ),
    "exports to a partner": indicators(metric="exports", reporter="KZ", partner="RU", status="actual"),
    "all that articles can be asked by": articles(
        pair=KZ_RU, publisher="Вестник", language="ru", from_=date(2024, 1, 1), to=date(2024, 2, 1)
    ),
    "timeline of a pair": timeline(pair=KZ_RU),
    "timeline of a pair, oldest first": timeline(OLDEST, pair=KZ_RU),
    "timeline of a pair in some days": timeline(pair=KZ_RU, from_=date(2024, 1, 1), to=date(2024, 2, 1)),
    "timeline of a speaker": timeline(speaker=SERIKOV.id),
    "series": lambda s: get_series(s, KZ_RU, IndicatorQuery(metric="jobs")),
    "what editors did": lambda s: [changes_of(s, "st_7")],
    "rates": rates(),
    "rates of a currency": rates(base="USD"),
    "rates between two in some days": rates(base="USD", quote="KZT", from_=date(2024, 1, 1), to=date(2024, 2, 1)),
    "rates of a source": rates(source="ECB"),
    "speakers": lambda s: reading.list_speakers(s, SpeakerQuery(), PageRequest(20, BY_NAME, ("а", "a"))),
    "pairs": lambda s: reading.list_pairs(s, PageRequest(20, BY_PAIR, ("KZ-RU", "KZ-RU"))),
}


@contextmanager
def queries(database: Database) -> Iterator[list[tuple[str, Any]]]:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_page_is_a_walk_along_an_index(database: Database, question: str) -> None:
    with database.session() as session:
        Draft().says(speaker=SERIKOV).stored(session)
    with database.session() as session, queries(database) as asked:
        QUESTIONS[question](session)
        assert asked
        for statement, parameters in list(asked):
            plan = explained(session, statement, parameters)
            assert not [step for step in plan if by_hand(step)], "\n".join([statement, *plan])


def explained(session: Session, statement: str, parameters: Any) -> list[str]:
    """The steps of a plan. PostgreSQL reads so small a table through whatever its indexes; it is told that this costs much."""
    if session.get_bind().dialect.name == "sqlite":
        return [row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    for way in ("seqscan", "sort", "bitmapscan"):
        session.connection().exec_driver_sql(f"SET LOCAL enable_{way} = off")
    return [row[0] for row in session.connection().exec_driver_sql(f"EXPLAIN {statement}", parameters)]


def by_hand(step: str) -> bool:
    """Whether a table is read through, or rows are sorted instead of found in order."""
    if step.startswith("SCAN"):
        # FTS5's own index, asked for a match; and the values that were handed over.
        return "USING" not in step and not re.search(r"VIRTUAL TABLE INDEX \d+:M|json_each", step)
    return "TEMP B-TREE" in step or "Seq Scan" in step or "Sort" in step


def test_a_search_is_planned_for_its_words_however_often_it_came(database: Database) -> None:
    if database.engine.dialect.name != "postgresql":
        pytest.skip("SQLite makes one plan, which walks from the newest hit on")
    with database.session() as session:
        full(session, "Первая.", 3)
    for _ in range(20):
        with database.session() as session:
            statements(after=None, words=sought("слово"))(session)
            statements(after=None, speaker=SERIKOV.id, words=sought("слово"))(session)
    with database.session() as session:
        told = "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE '%%@@%%'"
        plans = session.connection().exec_driver_sql(told).all()
    assert len(plans) == 2
    assert all(generic == 0 < custom for generic, custom in plans), plans


def full(session: Session, name: str, facts: int) -> str:
    draft = Draft(name, pairs=(KZ_RU,))
    for number in range(facts):
        draft.says(f"слова {number}", co_speakers=(PETROVA,)).tells(str(number), str(Decimal(number)), within=number)
    article_id: str = draft.stored(session).article["id"]
    return article_id


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(statements(after=None, pair=KZ_RU), id="statements"),
        pytest.param(indicators(after=None, speaker=PETROVA.id), id="indicators"),
        pytest.param(lambda s: reading.list_articles(s, ArticleQuery(), PageRequest()), id="articles"),
        pytest.param(lambda s: reading.list_speakers(s, SpeakerQuery(), PageRequest(sort=BY_NAME)), id="speakers"),
        pytest.param(lambda s: reading.list_pairs(s, PageRequest(sort=BY_PAIR)), id="pairs"),
        pytest.param(lambda s: reading.get_pair(s, KZ_RU), id="a glance"),
        pytest.param(lambda s: get_profile(s, CATALOG, PETROVA.id), id="a speaker"),
    ],
)
def test_more_rows_are_not_more_queries(database: Database, ask: Ask) -> None:
    def cost() -> int:
        with database.session() as session, queries(database) as asked:
            ask(session)
        return len(asked)

    with database.session() as session:
        full(session, "Первая.", 1)
    few = cost()
    with database.session() as session:
        full(session, "Вторая.", 12)
        full(session, "Третья.", 12)
    assert 0 < cost() <= few


def test_a_long_article_is_read_in_as_many_queries_as_a_short_one(database: Database) -> None:
    with database.session() as session:
        short, long = full(session, "Короткая.", 1), full(session, "Длинная.", 30)
    asked_for = []
    for article_id in (short, long):
        with database.session() as session, queries(database) as asked:
            reading.get_article(session, article_id)
        asked_for.append(len(asked))
    assert asked_for[0] == asked_for[1]
