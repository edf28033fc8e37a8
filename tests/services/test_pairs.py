"""A pair in numbers and at a glance, and how both follow when articles come and go."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from app.catalog import load_catalog
from app.domain.country import Pair
from app.domain.measure import Measure, Period, Status
from app.domain.query import BY_NAME, BY_PAIR, ArticleQuery, IndicatorQuery, PageRequest, SpeakerQuery, StatementQuery
from app.domain.speaker import Role
from app.errors import NotFound
from app.services import reading
from app.services.people.profile import get_profile
from app.storage.database import Database
from tests.services.making import CN_KZ, KZ_RU, KZ_UZ, PETROVA, SERIKOV, Draft
from tests.storage.databases import NewDatabase

CATALOG = load_catalog()


def of_speaker(session: Session, id_: str) -> object:
    return get_profile(session, CATALOG, id_)


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31), f"в {number} году")


def test_a_pair_that_nothing_is_known_of_is_empty(database: Database) -> None:
    with database.session() as session:
        Draft(pairs=(KZ_UZ,)).stored(session)
        assert reading.get_pair(session, Pair("FR", "US")) == {
            "pair": "FR-US",
            "countries": ["FR", "US"],
            "counts": {"articles": 0, "statements": 0, "indicators": 0},
            "last_on": None,
            "statements": [],
            "indicators": [],
            "speakers": [],
            "topics": [],
        }


def test_pairs_are_listed_with_what_is_known_of_them(database: Database) -> None:
    with database.session() as session:
        Draft("1", pairs=(KZ_RU, KZ_UZ), published_at="2024-05-01").says(stated_on=date(2024, 4, 30)).says(stated_on=None).stored(
            session
        )
        Draft("2", pairs=(KZ_RU,), published_at=None).tells(stated_on=date(2024, 6, 1)).tells(
            pairs=(CN_KZ,), stated_on=None
        ).stored(session)
        page = reading.list_pairs(session, PageRequest(sort=BY_PAIR))
    assert [(p["pair"], *p["counts"].values(), p["last_on"]) for p in page.items] == [
        ("CN-KZ", 0, 0, 1, None),
        ("KZ-RU", 2, 2, 1, "2024-06-01"),
        ("KZ-UZ", 1, 0, 0, "2024-05-01"),
    ]


def test_a_glance_shows_the_latest_and_the_most_frequent(database: Database) -> None:
    draft = Draft()
    for day in range(1, 8):
        draft.says(
            f"слова {day}",
            PETROVA if day < 4 else SERIKOV,
            stated_on=date(2024, 5, day),
            topics=("trade",) if day < 6 else ("water",),
        )
    draft.says("другой паре", pairs=(KZ_UZ,), topics=("space",)).says("без даты", stated_on=None, topics=())
    with database.session() as session:
        draft.stored(session)
        glance = reading.get_pair(session, KZ_RU)
    assert [s["text"] for s in glance["statements"]] == ["слова 7", "слова 6", "слова 5", "слова 4", "слова 3"]
    assert [(s["id"], s["statements"]) for s in glance["speakers"]] == [(SERIKOV.id, 5), (PETROVA.id, 3)]
    assert glance["speakers"][0]["names"]["kk"] == "Асқар Серіков"
    assert glance["topics"] == [{"topic": "trade", "statements": 5}, {"topic": "water", "statements": 2}]


@pytest.mark.parametrize(
    ("told", "headline"),
    [
        ([("1", {"period": year(2022)}), ("2", {"period": year(2023)}), ("3", {"period": year(2021)})], ["2"]),
        ([("1", {"stated_on": date(2024, 1, 2)}), ("2", {"stated_on": date(2024, 1, 3)}), ("3", {"stated_on": None})], ["2"]),
        ([("1", {"period": year(2020)}), ("2", {"period": None})], ["1"]),
        ([("1", {}), ("2", {})], ["1"]),
        ([("1", {"period": year(2022)}), ("2", {"period": year(2030), "status": Status.TARGET})], ["1"]),
        ([("1", {}), ("2", {"measure": Measure.CHANGE_PCT, "unit": "percent", "period": year(2023)})], ["1"]),
        ([("1", {}), ("2", {"pairs": (KZ_RU, KZ_UZ), "period": year(2023)})], ["1"]),
        ([("1", {"metric": "jobs"}), ("2", {}), ("3", {"period": year(2023)})], ["3", "1"]),
        ([("1", {"pairs": (KZ_UZ,)})], []),
    ],
)
def test_headlines_are_the_latest_actual_level_of_each_metric(
    database: Database, told: list[tuple[str, dict[str, Any]]], headline: list[str]
) -> None:
    draft = Draft()
    for value, fields in told:
        draft.tells(value, value, **fields)
    with database.session() as session:
        draft.stored(session)
        assert [i["value"] for i in reading.get_pair(session, KZ_RU)["indicators"]] == headline


def test_deleting_an_article_takes_its_facts_and_unheard_speakers_along(database: Database) -> None:
    with database.session() as session:
        Draft("1").says(speaker=replace(SERIKOV, role=Role.MINISTER), stated_on=date(2020, 1, 1)).stored(session)
        newer = Draft("2", pairs=(KZ_UZ,)).says(co_speakers=(PETROVA,)).tells(within=0, speaker=SERIKOV).stored(session).article
    with database.session() as session:
        reading.delete_article(session, newer["id"])
    with database.session() as session:
        for get, id_ in (
            (reading.get_article, newer["id"]), (reading.get_statement, newer["statements"][0]["id"]),
            (reading.get_indicator, newer["indicators"][0]["id"]), (of_speaker, PETROVA.id),
            (reading.delete_article, newer["id"]),
        ):  # fmt: skip
            with pytest.raises(NotFound):
                get(session, id_)
        speaker = get_profile(session, CATALOG, SERIKOV.id)
        pairs = reading.list_pairs(session, PageRequest(sort=BY_PAIR)).items
    assert (speaker["role"], speaker["last_on"], speaker["counts"]) == (
        "minister",
        "2020-01-01",
        {"statements": 1, "indicators": 0},
    )
    assert [(p["pair"], p["counts"]["statements"], p["last_on"]) for p in pairs] == [("KZ-RU", 1, "2024-05-06")]


def test_an_office_goes_with_the_only_article_that_told_of_it(database: Database) -> None:
    with database.session() as session:
        Draft("1").says(speaker=replace(SERIKOV, role=None)).stored(session)
        named = Draft("2").says(speaker=replace(SERIKOV, role=Role.MINISTER)).stored(session).article
        assert get_profile(session, CATALOG, SERIKOV.id)["role"] == "minister"
    with database.session() as session:
        reading.delete_article(session, named["id"])
    with database.session() as session:
        assert get_profile(session, CATALOG, SERIKOV.id)["role"] is None


def test_a_deleted_article_may_come_again(database: Database) -> None:
    with database.session() as session:
        first = Draft().says().tells(within=0).stored(session)
        reading.delete_article(session, first.article["id"])
        again = Draft().says().tells(within=0).stored(session)
    assert again.created
    assert {**again.article, "created_at": None} == {**first.article, "created_at": None}


days = st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 5))
pair_sets = st.sets(st.sampled_from([KZ_RU, KZ_UZ, CN_KZ]), max_size=2).map(tuple)
people = st.sampled_from([SERIKOV, PETROVA])
said = st.tuples(people, st.lists(people, max_size=2).map(tuple), days, pair_sets)
told = st.tuples(st.none() | people, days, pair_sets)
sketches = st.lists(st.tuples(pair_sets, st.lists(said, max_size=3), st.lists(told, max_size=3), st.booleans()), max_size=5)


@settings(max_examples=settings().max_examples // 4)
@given(sketches=sketches)
def test_the_counts_kept_are_the_counts_found(cheap_database: NewDatabase, sketches: list[Any]) -> None:
    """However articles come and go, every kept count and date is what the lists of facts say."""
    with cheap_database() as database, database.session() as session:
        leaving: list[str] = []
        for number, (pairs, statements, indicators, leaves) in enumerate(sketches):
            draft = Draft(f"Набросок {number}.", pairs=pairs)
            for speaker, others, day, of in statements:
                draft.says(speaker=speaker, co_speakers=others, stated_on=day, pairs=of)
            for teller, day, of in indicators:
                draft.tells(speaker=teller, stated_on=day, pairs=of, within=0 if statements else None)
            stored = draft.stored(session).article["id"]
            leaving += [stored] * leaves
        for article_id in leaving:
            reading.delete_article(session, article_id)
        assert kept(session) == found(session)


def kept(session: Session) -> dict[str, tuple[dict[str, int], str | None]]:
    pairs = reading.list_pairs(session, PageRequest(sort=BY_PAIR)).items
    speakers = reading.list_speakers(session, SpeakerQuery(), PageRequest(sort=BY_NAME)).items
    return {item.get("pair") or item["id"]: (item["counts"], item["last_on"]) for item in (*pairs, *speakers)}


def found(session: Session) -> dict[str, tuple[dict[str, int], str | None]]:
    request, counts, dates = PageRequest(limit=200), Counter[tuple[str, str]](), dict[str, set[str]]()
    articles = reading.list_articles(session, ArticleQuery(), request).items
    statements = reading.list_statements(session, StatementQuery(), request).items
    indicators = reading.list_indicators(session, IndicatorQuery(), request).items
    by_statement = {s["id"]: speakers_of(s) for s in statements}
    for noun, items in (("articles", articles), ("statements", statements), ("indicators", indicators)):
        for item in items:
            on = item["published_at"] if noun == "articles" else item["stated_on"]
            for key in {*item["pairs"], *speakers_of(item), *by_statement.get(item.get("statement_id"), ())}:
                counts[key, noun] += 1
                dates.setdefault(key, set()).update({on} - {None})
    nouns = {
        key: ("articles", "statements", "indicators") if "-" in key and key.isupper() else ("statements", "indicators")
        for key in dates
    }
    return {key: ({noun: counts[key, noun] for noun in nouns[key]}, max(dates[key], default=None)) for key in dates}


def speakers_of(item: dict[str, Any]) -> set[str]:
    speakers = [item.get("speaker"), *item.get("co_speakers", [])]
    return {speaker["id"] for speaker in speakers if speaker}
