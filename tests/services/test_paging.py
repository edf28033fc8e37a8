"""Pages together are the whole list: each row once, in order, whatever the limit and whatever arrives meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from app.domain.country import Pair
from app.domain.query import (
    BY_NAME,
    BY_PAIR,
    ArticleQuery,
    IndicatorQuery,
    Page,
    PageRequest,
    Position,
    Sort,
    SpeakerQuery,
    StatementQuery,
)
from app.domain.speaker import Speaker, SpeakerKind
from app.errors import InvalidParameter
from app.services import reading
from app.storage.database import Database
from tests.services.making import CN_KZ, KZ_RU, KZ_UZ, SERIKOV, Draft
from tests.storage.databases import NewDatabase

Row = tuple[date | None, Decimal]
Ask = Callable[[Session, PageRequest], Page]

EXAMPLES = settings().max_examples // 4
"""Each example stores articles in a database of its own."""

days = st.none() | st.sampled_from([date(2024, 1, 1) + timedelta(days=n) for n in range(4)])
values = st.sampled_from([Decimal(v) for v in ("-7", "-0.5", "0", "1e-9", "2", "10", "1e24")])
rows = st.lists(st.tuples(days, values), max_size=12)
sorts = st.sampled_from(["stated_on", "-stated_on", "created_at", "-created_at", "value", "-value"])
INDICATOR_QUERIES = st.sampled_from([IndicatorQuery(), IndicatorQuery(pair=KZ_RU), IndicatorQuery(country=("KZ", "RU"))])


def add(session: Session, name: str, told: list[Row]) -> None:
    draft = Draft(name)
    for day, value in told:
        draft.tells("число", str(value), stated_on=day)
    draft.stored(session)


def pages(session: Session, ask: Ask, limit: int, sort: Sort, between: Callable[[int], None] = lambda _: None) -> list[Any]:
    found: list[Any] = []
    after: Position | None = None
    for number in range(100):
        page = ask(session, PageRequest(limit, sort, after))
        assert len(page.items) <= limit
        found += page.items
        if page.next is None:
            return found
        assert len(page.items) == limit, "a page that is not the last is full"
        after = page.next
        between(number)
    raise AssertionError("pages without an end")


def sort_value(item: dict[str, Any], sort: Sort) -> Any:
    if sort.field == "value":
        return Decimal(item["value"])
    return item["stated_on"] if sort.field == "stated_on" else item["article"]["id"]


def assert_in_order(items: list[dict[str, Any]], sort: Sort) -> None:
    if sort.field == "created_at":  # All facts of an article were stored at one moment: they stay together.
        articles = [item["article"]["id"] for item in items]
        assert len(list(dict.fromkeys(articles))) == sum(a != b for a, b in zip([None, *articles], articles, strict=False))
        return
    keyed = [(sort_value(item, sort), item["id"]) for item in items]
    valued = [key for key in keyed if key[0] is not None]
    empty = [key for key in keyed if key[0] is None]
    assert keyed == valued + empty, "what has no value comes last"
    assert valued == sorted(valued, reverse=sort.descending)
    assert empty == sorted(empty, key=lambda key: key[1], reverse=sort.descending)


@settings(max_examples=EXAMPLES)
@given(first=rows, second=rows, limit=st.integers(1, 9), text=sorts, query=INDICATOR_QUERIES)
def test_each_row_once_and_in_order(
    cheap_database: NewDatabase, first: list[Row], second: list[Row], limit: int, text: str, query: IndicatorQuery
) -> None:
    sort = Sort.parse(text, ("stated_on", "created_at", "value"))
    with cheap_database() as database, database.session() as session:
        add(session, "Первая.", first)
        add(session, "Вторая.", second)
        found = pages(session, lambda s, request: reading.list_indicators(s, query, request), limit, sort)
    assert len({item["id"] for item in found}) == len(found) == len(first) + len(second)
    assert_in_order(found, sort)


@settings(max_examples=EXAMPLES)
@given(first=rows, arriving=st.lists(rows, max_size=4), limit=st.integers(1, 5), text=sorts, query=INDICATOR_QUERIES)
def test_what_arrives_between_pages_moves_nothing(
    cheap_database: NewDatabase, first: list[Row], arriving: list[list[Row]], limit: int, text: str, query: IndicatorQuery
) -> None:
    sort = Sort.parse(text, ("stated_on", "created_at", "value"))
    with cheap_database() as database, database.session() as session:
        add(session, "Первая.", first)
        before = pages(session, lambda s, request: reading.list_indicators(s, query, request), 100, sort)

        def arrive(number: int) -> None:
            if number < len(arriving):
                add(session, f"Поступила {number}.", arriving[number])

        found = pages(session, lambda s, request: reading.list_indicators(s, query, request), limit, sort, arrive)
    ids = [item["id"] for item in found]
    there_before = {item["id"] for item in before}
    assert len(set(ids)) == len(ids), "no row twice"
    assert [id_ for id_ in ids if id_ in there_before] == [item["id"] for item in before], "no row missed or moved"


@settings(max_examples=EXAMPLES)
@given(told=st.lists(days, min_size=1, max_size=10), limit=st.integers(1, 4), text=st.sampled_from(["stated_on", "-stated_on"]))
@pytest.mark.parametrize("query", [{}, {"pair": KZ_RU}, {"speaker": SERIKOV.id}, {"topic": "trade"}, {"country": ("RU",)}])
def test_statements_whatever_index_is_walked(
    cheap_database: NewDatabase, told: list[date | None], limit: int, text: str, query: dict[str, Any]
) -> None:
    sort = Sort.parse(text, ("stated_on",))
    with cheap_database() as database, database.session() as session:
        draft = Draft()
        for day in told:
            draft.says(stated_on=day)
        draft.stored(session)
        found = pages(session, lambda s, request: reading.list_statements(s, StatementQuery(**query), request), limit, sort)
    assert len({item["id"] for item in found}) == len(found) == len(told)
    assert_in_order(found, sort)


@pytest.mark.parametrize("text", ["stated_on", "-stated_on", "created_at", "-created_at"])
@pytest.mark.parametrize("limit", [1, 2, 3, 50])
@pytest.mark.parametrize("pair", [None, KZ_RU])
def test_articles_by_their_own_date(database: Database, text: str, limit: int, pair: Pair | None) -> None:
    sort = Sort.parse(text, ("stated_on", "created_at"))
    dates = ["2024-01-02", None, "2024-01-01T23:59:00-11:00", "2024-01-03", None]
    with database.session() as session:
        stored = [Draft(f"Статья {n}.", published_at=on).stored(session).article for n, on in enumerate(dates)]
        found = pages(session, lambda s, request: reading.list_articles(s, ArticleQuery(pair=pair), request), limit, sort)
    ids = [stored[n]["id"] for n in range(5)]
    if sort.field == "created_at":
        assert [article["id"] for article in found] == (ids[::-1] if sort.descending else ids)
        return
    dated = [ids[2], ids[0], ids[3]]
    undated = sorted((ids[1], ids[4]), reverse=sort.descending)
    assert [article["id"] for article in found] == (dated[::-1] if sort.descending else dated) + undated


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_speakers_and_pairs(database: Database, limit: int) -> None:
    names = ["Ёлкин", "абаев", "Абаев", "Яковлев", "Zhou"]
    draft = Draft(pairs=(KZ_UZ, CN_KZ))
    for number, name in enumerate(names):
        draft.says(speaker=Speaker(f"speaker-{number}", SpeakerKind.PERSON, name))
    with database.session() as session:
        draft.stored(session)
        speakers = pages(session, lambda s, request: reading.list_speakers(s, SpeakerQuery(), request), limit, BY_NAME)
        pairs = pages(session, reading.list_pairs, limit, BY_PAIR)
    assert [speaker["name"] for speaker in speakers] == ["Zhou", "абаев", "Абаев", "Ёлкин", "Яковлев"]
    assert [pair["pair"] for pair in pairs] == ["CN-KZ", "KZ-RU", "KZ-UZ"]


@pytest.mark.parametrize("place", ["not a date", "2024-13-01", ""])
def test_a_place_of_another_list_is_refused(database: Database, place: str) -> None:
    with database.session() as session, pytest.raises(InvalidParameter) as refused:
        reading.list_statements(session, StatementQuery(), PageRequest(after=(place, "st_1")))
    assert [error["pointer"] for error in refused.value.errors] == ["/query/cursor"]
