"""The same saying once: what is one group, and what only resembles it.

All words here are invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from app.domain.measure import Comparator, Period, Status
from app.domain.speaker import SpeakerKind
from app.storage.database import Database
from tests.services.making import DAY, KZ_RU, KZ_UZ, PETROVA, SERIKOV
from tests.services.telling import ANOTHER, CUT, GROWTH, LONG, REWORDED, ROUND, STOCK, TRADE, groups, told
from tests.storage.databases import NewDatabase

TURNOVER, NOTHING_LIKE = "Торговля между нами достигла 18,3 млрд долларов", "Алыс-беріс көлемі 18,3 миллиард долларға жетті"


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
