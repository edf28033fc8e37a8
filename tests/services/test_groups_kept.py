"""Groups follow when articles, verdicts and speakers change, and lists show each saying once.

All words here are invented.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlmodel import Session

from app.catalog import load_catalog
from app.domain.facts import Review
from app.domain.query import PageRequest, Sort, StatementQuery
from app.services import reading
from app.services.groups import anew
from app.services.groups.anew import regroup_all
from app.services.groups.keeping import regroup
from app.services.people.changes import merge
from app.services.people.changes import undo as undo_change
from app.services.reviewing.acts import Act, review, undo
from app.services.reviewing.kinds import INDICATOR, STATEMENT
from app.services.wording import sought
from app.storage.articles import known
from app.storage.database import Database
from app.storage.group_tables import statement_groups, statement_likenesses
from app.storage.tables import statements
from tests.services.making import DAY, KZ_RU, KZ_UZ, PETROVA, SERIKOV, Draft
from tests.services.telling import ANOTHER, CUT, LONG, REWORDED, ROUND, STOCK, TRADE, groups, once, told
from tests.storage.databases import NewDatabase

CATALOG = load_catalog()


def test_a_list_may_show_each_saying_once(database: Database) -> None:
    with database.session() as session:
        for number, (words, fields) in enumerate(
            [(LONG, {"pairs": (KZ_RU,)}), (CUT, {"pairs": (KZ_RU, KZ_UZ)}), (ANOTHER, {"stated_on": DAY - timedelta(1)})]
        ):
            told(words, number=number, **fields).stored(session)
        assert once(session) == sorted([LONG, ANOTHER])
        assert once(session, pair=KZ_RU) == sorted([LONG, ANOTHER])
        assert once(session, pair=KZ_UZ) == [CUT]
        assert once(session, from_=DAY) == [LONG]
        assert once(session, words=sought("приграничная")) == [LONG]
        assert once(session, words=sought("логистических -приграничная")) == [CUT]
        by_age = PageRequest(10, Sort("created_at"))
        found = reading.list_statements(session, StatementQuery(once=True, words=sought("логистических")), by_age)
        assert [s["text"] for s in found.items] == [LONG]
        glance = reading.get_pair(session, KZ_RU)
        assert (sorted(s["text"] for s in glance["statements"]), glance["counts"]["statements"]) == (sorted([LONG, ANOTHER]), 3)


def test_a_group_keeps_its_id_while_it_grows(database: Database) -> None:
    with database.session() as session:
        first = told(CUT, number=1).stored(session).article["statements"][0]
        assert first["group"] is None
        second = told(REWORDED, number=2).stored(session).article["statements"][0]
        third = told(LONG, number=3).stored(session).article["statements"][0]
        assert second["group"]["id"] == third["group"]["id"] == f"sg_{first['id'].partition('_')[2]}"
        assert reading.get_statement(session, first["id"])["group"] == third["group"]
        assert third["group"] == {"id": third["group"]["id"], "sources": 3, "longest": third["id"]}


def test_a_group_follows_articles_that_come_and_go(database: Database) -> None:
    with database.session() as session:
        articles = [
            told(words, number=number).stored(session).article["id"] for number, words in enumerate((LONG, CUT, REWORDED))
        ]
        assert groups(session) == [[LONG, REWORDED, CUT]]
        reading.delete_article(session, articles[0])
    with database.session() as session:
        assert groups(session) == [[REWORDED, CUT]]
        reading.delete_article(session, articles[2])
        assert groups(session) == []
        told(REWORDED, number=3).stored(session)
        told(LONG, number=4).stored(session)
        assert groups(session) == [[LONG, REWORDED, CUT]]
        told(ANOTHER, number=1).stored(session)  # A newer version of the second article.
        assert groups(session) == [[LONG, REWORDED]]


def test_a_group_follows_what_editors_do(database: Database) -> None:
    draft = told(CUT, number=1, figures=[TRADE])
    with database.session() as session:
        told(LONG, number=2, figures=[TRADE]).stored(session)
        article = draft.stored(session).article
        assert groups(session) == [[LONG, CUT]]
    statement, figure = article["statements"][0]["id"], article["indicators"][0]["id"]
    for kind, fact, act in (
        (STATEMENT, statement, Act(Review.REJECTED)),
        (STATEMENT, statement, Act(correction={"speaker": {"id": PETROVA.id}})),
        (INDICATOR, figure, Act(correction={"value": "19300000000"})),
    ):
        with database.session() as session:
            Draft("Знакомство.").says("Рада встрече", PETROVA).stored(session)
            review(session, CATALOG, kind, fact, act, lambda _: None)
            assert groups(session) == []
        with database.session() as session:
            undo(session, kind, fact, None, lambda _: None)
            assert groups(session) == [[LONG, CUT]]
    with database.session() as session:
        review(session, CATALOG, INDICATOR, figure, Act(Review.REJECTED), lambda _: None)
        assert groups(session) == [[LONG, CUT]]


def test_a_group_follows_speakers_who_are_one(database: Database) -> None:
    with database.session() as session:
        for number, (words, speaker) in enumerate([(LONG, SERIKOV), (CUT, PETROVA), (REWORDED, PETROVA)]):
            told(words, number=number, speaker=speaker).stored(session)
        assert groups(session) == [[REWORDED, CUT]]
        change = merge(session, CATALOG, PETROVA.id, SERIKOV.id)
        assert groups(session) == [[LONG, REWORDED, CUT]]
        told(CUT, number=5, speaker=PETROVA).stored(session)
        assert groups(session) == [[LONG, REWORDED, CUT, CUT]]
        undo_change(session, change)
        assert groups(session) == [[REWORDED, CUT, CUT]]


def test_a_store_of_an_earlier_release_is_grouped_bit_by_bit(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is alike may lie far apart: one of two is gone through while nothing is known of the other yet."""
    with database.session() as session:
        for number, words in enumerate((CUT, LONG, REWORDED, ANOTHER)):
            told(words, number=number, figures=(TRADE,)).stored(session)
        kept, at_last = groups(session), kept_ids(session)
    assert any(at_last.values())
    with database.session() as session:
        session.execute(update(statements).values(figures=None, length=None, group_id=None))
        session.execute(delete(statement_groups))
        session.execute(delete(statement_likenesses))
    monkeypatch.setattr(anew, "_AT_ONCE", 1)
    regroup_all(database)
    with database.session() as session:
        assert (groups(session), kept_ids(session)) == (kept, at_last)


WORDS = (LONG, CUT, REWORDED, ANOTHER, STOCK)
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True)
inside = st.sampled_from([(), (TRADE,), (ROUND,)])
fates = st.sampled_from(["stays", "goes", "is rejected", "is renewed"])
sketches = st.lists(st.tuples(texts, st.integers(0, 3), st.sampled_from([SERIKOV, PETROVA]), inside, fates), max_size=6)


@settings(max_examples=settings().max_examples // 20)
@given(sketches=sketches, order=st.randoms(use_true_random=False))
def test_groups_are_what_they_would_be_from_the_start(cheap_database: NewDatabase, sketches: list[Any], order: Any) -> None:
    """However articles come, change and go: the groups kept are those that the facts there form anew, in any order."""
    with cheap_database() as database:
        with database.session() as session:
            left = [played(session, number, sketch) for number, sketch in enumerate(sketches)]
            for article_id, fate in left:
                end(session, article_id, fate)
        with database.session() as session:
            kept, at_last = groups(session), kept_ids(session)
        with database.session() as session:
            for number in order.sample(range(len(sketches)), len(sketches)):
                regroup(session, [s["id"] for s in said_in(session, left[number][0])])
            assert kept_ids(session) == at_last
        regroup_all(database)
        with database.session() as session:
            assert (groups(session), kept_ids(session)) == (kept, at_last)
            rows = session.execute(select(statement_groups.c.id)).scalars()
            assert set(rows) == {group for group in at_last.values() if group}


def played(session: Session, number: int, sketch: Any) -> tuple[str, str]:
    words, day, speaker, figures, fate = sketch
    draft = told(*words, number=number, figures=figures, speaker=speaker, stated_on=DAY + timedelta(day))
    return draft.stored(session).article["id"], fate


def end(session: Session, article_id: str, fate: str) -> None:
    if fate == "goes":
        reading.delete_article(session, article_id)
    elif fate == "is rejected":
        fact = said_in(session, article_id)[0]["id"]
        review(session, CATALOG, STATEMENT, fact, Act(Review.REJECTED), lambda _: None)
    elif fate == "is renewed":
        url = reading.get_article(session, article_id)["url"]
        told(CUT, number=int(url.rpartition("/")[2])).says(ANOTHER).stored(session)


def said_in(session: Session, article_id: str) -> list[dict[str, Any]]:
    return (
        reading.list_statements(session, StatementQuery(article=article_id), PageRequest(200)).items
        if known(session, article_id)
        else []
    )


def kept_ids(session: Session) -> dict[str, str | None]:
    found = reading.list_statements(session, StatementQuery(), PageRequest(200)).items
    return {s["id"]: s["group"] and s["group"]["id"] for s in found}
