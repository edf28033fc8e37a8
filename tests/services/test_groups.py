"""The same saying once: what is one group, what never is, and how groups follow when articles and verdicts come and go.

All words here are invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import Session

from app.catalog import load_catalog
from app.domain.facts import Review
from app.domain.measure import Comparator, Measure, Period, Status
from app.domain.query import PageRequest, Sort, StatementQuery
from app.domain.speaker import SpeakerKind
from app.services import reading
from app.services.groups.anew import regroup_all
from app.services.groups.keeping import regroup
from app.services.people.changes import merge
from app.services.people.changes import undo as undo_change
from app.services.reviewing.acts import Act, review, undo
from app.services.reviewing.kinds import INDICATOR, STATEMENT
from app.services.wording import sought
from app.storage.articles import known
from app.storage.database import Database
from app.storage.group_tables import statement_groups
from tests.services.making import DAY, KZ_RU, KZ_UZ, PETROVA, SERIKOV, Draft
from tests.storage.databases import NewDatabase

CATALOG = load_catalog()
LONG = (
    "Мы договорились расширить приграничную торговлю, открыть новые логистические центры вдоль магистрали "
    "и упростить оформление грузов для перевозчиков обеих стран"
)
CUT = "Договорились открыть новые логистические центры вдоль магистрали и упростить оформление грузов"
REWORDED = "будет расширена приграничная торговля, вдоль магистрали откроют логистические центры, а оформление грузов упростят"
ANOTHER = (
    "Мы договорились расширить торговлю зерном и открыть представительства продовольственных компаний в столицах обеих стран"
)
STOCK = "Мы заинтересованы в развитии взаимовыгодного сотрудничества"
TURNOVER, NOTHING_LIKE = "Торговля между нами достигла 18,3 млрд долларов", "Алыс-беріс көлемі 18,3 миллиард долларға жетті"


def told(*words: str, number: int, language: str = "ru", figures: Any = (), **fields: Any) -> Draft:
    """One of several invented outlets tells each of these."""
    draft = Draft(f"Вестник {number}.", language=language, url=f"https://example.org/{number}")
    for place, said in enumerate(words):
        draft.says(said, **fields)
        for written, value, more in figures:
            draft.tells(written, value, within=place, speaker=fields.get("speaker", SERIKOV), **more)
    return draft


def groups(session: Session) -> list[list[str]]:
    """The texts of each group, the longest first; as the statements of all groups tell it themselves."""
    found: dict[str, list[dict[str, Any]]] = {}
    for statement in reading.list_statements(session, StatementQuery(), PageRequest(200)).items:
        if statement["group"] is not None:
            found.setdefault(statement["group"]["id"], []).append(statement)
    for id_, members in found.items():
        members.sort(key=lambda s: (-len(s["text"]), s["id"]))
        articles = len({s["article"]["id"] for s in members})
        longest = [s["id"] for s in members if len(s["text"]) == len(members[0]["text"])]
        assert members[0]["group"]["longest"] in longest
        assert all(s["group"] == members[0]["group"] | {"id": id_, "sources": articles} for s in members)
        listed = reading.list_statements(session, StatementQuery(group=id_), PageRequest(200)).items
        assert {s["id"] for s in listed} == {s["id"] for s in members}
    return sorted([s["text"] for s in members] for members in found.values())


def once(session: Session, **query: Any) -> list[str]:
    found = reading.list_statements(session, StatementQuery(once=True, **query), PageRequest(200)).items
    return sorted(s["text"] for s in found)


TRADE = ("18,3 млрд долларов", "18300000000", {})
ROUND = ("30 млрд долларов", "30000000000", {})
GROWTH = ("10%", "10", {"measure": Measure.CHANGE_PCT, "unit": "percent"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"words": LONG}, {"words": LONG}, id="the same words"),
        pytest.param({"words": LONG}, {"words": CUT}, id="cut"),
        pytest.param({"words": LONG}, {"words": REWORDED}, id="in other words"),
        pytest.param({"words": LONG}, {"words": LONG, "stated_on": DAY + timedelta(1)}, id="told on the next day"),
        pytest.param({"words": STOCK}, {"words": STOCK}, id="a stock phrase on one day"),
        pytest.param(
            {"words": TURNOVER, "figures": [TRADE]}, {"words": NOTHING_LIKE, "figures": [TRADE], "language": "kk"},
            id="in another language, by a figure that is rare",
        ),
        pytest.param(
            {"words": "Торговля выросла на 10% до 30 млрд", "figures": [ROUND, GROWTH]},
            {"words": "Trade is up 10% to 30bn", "figures": [GROWTH, ROUND], "language": "en", "stated_on": DAY + timedelta(1)},
            id="in another language, by two figures, on the next day",
        ),
        pytest.param(
            {"words": LONG, "figures": [("около 18 млрд", "18000000000", {"comparator": Comparator.APPROX})]},
            {"words": CUT, "figures": [TRADE]}, id="a figure that is rounded",
        ),
    ],
)  # fmt: skip
def test_the_same_saying_is_one_group(cheap_database: NewDatabase, one: dict[str, Any], other: dict[str, Any]) -> None:
    with cheap_database() as database, database.session() as session:
        texts = [stored(session, number, **case) for number, case in enumerate((one, other))]
        assert groups(session) == [sorted(texts, key=len, reverse=True)] or groups(session) == [texts]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"words": LONG}, {"words": LONG, "speaker": PETROVA}, id="another speaker"),
        pytest.param({"words": LONG}, {"words": ANOTHER}, id="another saying of the day on the same topic"),
        pytest.param({"words": STOCK}, {"words": STOCK, "stated_on": DAY + timedelta(1)}, id="a stock phrase on another day"),
        pytest.param({"words": LONG}, {"words": LONG, "stated_on": DAY + timedelta(3)}, id="days later"),
        pytest.param({"words": LONG, "stated_on": None}, {"words": LONG, "stated_on": None}, id="of no known day"),
        pytest.param({"words": "Мы ценим сотрудничество"}, {"words": "Ценим мы сотрудничество"}, id="hardly any words"),
        pytest.param(
            {"words": "Торговля составила 18,3 млрд", "figures": [TRADE]},
            {"words": "The goal is 18.3bn", "figures": [(*TRADE[:2], {"status": Status.TARGET})], "language": "en"},
            id="a target against what is",
        ),
        pytest.param(
            {"words": f"{LONG}: торговля составит 30 млрд", "figures": [(*ROUND[:2], {"status": Status.TARGET})]},
            {"words": f"{LONG}: торговля составила 30 млрд", "figures": [ROUND]}, id="a target against what is, in like words",
        ),
        pytest.param({"words": LONG, "figures": [TRADE]}, {"words": CUT, "figures": [ROUND]}, id="another figure of the same"),
        pytest.param(
            {"words": LONG, "figures": [(*TRADE[:2], {"period": Period(date(2022, 1, 1), date(2022, 12, 31), "в 2022")})]},
            {"words": CUT, "figures": [(*TRADE[:2], {"period": Period(date(2023, 1, 1), date(2023, 12, 31), "в 2023")})]},
            id="the same figure of another year",
        ),
        pytest.param(
            {"words": "Торговля достигла 30 млрд", "figures": [ROUND]},
            {"words": "Сауда 30 млрд болды", "figures": [ROUND], "language": "kk"}, id="one round figure in another language",
        ),
        pytest.param(
            {"words": "Обороты наших компаний 18,3 млрд", "figures": [(*TRADE[:2], {"pairs": (KZ_UZ,)})]},
            {"words": "Our trade is 18.3bn", "figures": [(*TRADE[:2], {"pairs": (KZ_RU,)})], "language": "en"},
            id="of another pair",
        ),
        pytest.param({"words": f"{LONG} за 5 лет"}, {"words": f"{LONG} за 7 лет"}, id="another number"),
    ],
)  # fmt: skip
def test_what_only_resembles_it_is_not(cheap_database: NewDatabase, one: dict[str, Any], other: dict[str, Any]) -> None:
    with cheap_database() as database, database.session() as session:
        for number, case in enumerate((one, other)):
            stored(session, number, **case)
        assert groups(session) == []


def stored(session: Session, number: int, words: str, **case: Any) -> str:
    told(words, number=number, **case).stored(session)
    return words


def test_unnamed_sources_are_nobody_in_particular(database: Database) -> None:
    someone = replace(SERIKOV, id="unnamed-1", kind=SpeakerKind.UNNAMED, name="источник в правительстве")
    with database.session() as session:
        for number in range(2):
            told(LONG, number=number, speaker=someone).stored(session)
        assert groups(session) == []


def test_one_article_tells_apart_what_it_tells_twice(database: Database) -> None:
    with database.session() as session:
        told(LONG, LONG, number=1).stored(session)
        assert groups(session) == []


def test_a_short_report_never_makes_two_sayings_one(database: Database) -> None:
    both = f"{CUT}. {ANOTHER}"
    with database.session() as session:
        for number, words in enumerate((LONG, both, CUT)):
            told(words, number=number).stored(session)
        assert groups(session) in ([[both, LONG, CUT]], [[both, CUT]])
    first, second = (
        f"{CUT} к осени при участии министерств транспорта, финансов, иностранных дел",
        f"{CUT} ради туристов, студентов, спортсменов, паломников, учёных",
    )
    with database.session() as session:
        day = DAY + timedelta(30)
        for number, words in enumerate((first, second, CUT)):
            told(words, number=10 + number, stated_on=day).stored(session)
        assert len([group for group in groups(session) if CUT in group and both not in group]) == 1


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
