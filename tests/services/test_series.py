"""A series: who told which value of which period, who agrees with whom, what was revised, and what became of targets.

All articles here are invented.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import Session

from app.domain.measure import Comparator, Measure, Period, Status
from app.domain.query import IndicatorQuery
from app.services.series.reading import get_series
from app.storage.database import Database
from app.storage.tables import indicators
from tests.services.making import BUREAU, KZ_RU, KZ_UZ, PETROVA, SERIKOV, Draft

TURNOVER = IndicatorQuery(metric="trade_turnover")


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31), f"в {number} году")


def until(number: int) -> Period:
    return Period(None, date(number, 12, 31), f"к {number} году")


def news(name: str, on: str, *figures: dict[str, Any], **metadata: Any) -> Draft:
    """An article of a day with figures of the trade of two countries."""
    draft = Draft(f"Выдуманная новость {name}.", published_at=on, publisher=f"Вестник {name}", **metadata)
    for figure in figures:
        draft = draft.tells(**({"stated_on": date.fromisoformat(on)} | figure))
    return draft


def told(written: str, value: str, period: Period | None = None, **fields: Any) -> dict[str, Any]:
    return {"written": written, "value": value, "period": period} | fields


def series(session: Session, drafts: Iterable[Draft], query: IndicatorQuery = TURNOVER) -> dict[str, Any]:
    for draft in drafts:
        draft.stored(session)
    return get_series(session, KZ_RU, query)


def short(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Each observation of each line: status, end of the period, agreement, and the values with their number of articles."""
    return [
        (
            line["status"],
            observation["period"] and (observation["period"]["end"] or observation["period"]["start"]),
            observation["agreement"],
            [(value["value"], value["articles"]) for value in observation["values"]],
        )
        for line in found["lines"]
        for observation in line["observations"]
    ]


@pytest.mark.parametrize(
    ("figures", "agreement", "values"),
    [
        pytest.param([told("26 млрд долларов", "26000000000")], "single", [("26000000000", 1)], id="one source"),
        pytest.param(
            [told("26 млрд долларов", "26000000000"), told("26,2 млрд долларов", "26200000000")],
            "agreed", [("26200000000", 2)], id="alike within rounding, the more exact one speaks",
        ),
        pytest.param(
            [told("26 млрд долларов", "26000000000"), told("27,5 млрд долларов", "27500000000")],
            "disputed", [("26000000000", 1), ("27500000000", 1)], id="two values side by side",
        ),
        pytest.param(
            [told("26,0 млрд долларов", "26000000000"), told("26,2 млрд долларов", "26200000000")],
            "disputed", [("26000000000", 1), ("26200000000", 1)], id="a zero behind the comma was said",
        ),
        pytest.param(
            [told("около 25 млрд", "25000000000", comparator=Comparator.APPROX), told("26 млрд", "26000000000")],
            "agreed", [("26000000000", 2)], id="about leaves room",
        ),
        pytest.param(
            [told("более 25 млрд", "25000000000", comparator=Comparator.GT), told("26,2 млрд", "26200000000")],
            "agreed", [("26200000000", 2)], id="more than leaves room above",
        ),
        pytest.param(
            [told("более 25 млрд", "25000000000", comparator=Comparator.GT), told("24,1 млрд", "24100000000")],
            "disputed", [("25000000000", 1), ("24100000000", 1)], id="more than leaves no room below",
        ),
        pytest.param(
            [told("двадцать шесть миллиардов", "26000000000"), told("26,4 млрд", "26400000000")],
            "agreed", [("26400000000", 2)], id="of words two digits count",
        ),
    ],
)  # fmt: skip
def test_what_the_sources_of_a_period_make_of_each_other(
    database: Database, figures: list[dict[str, Any]], agreement: str, values: list[tuple[str, int]]
) -> None:
    drafts = [news(f"№ {n}", f"2024-02-0{n + 1}", figure | {"period": year(2023)}) for n, figure in enumerate(figures)]
    with database.session() as session:
        assert short(series(session, drafts)) == [("actual", "2023-12-31", agreement, values)]


def test_whoever_corrects_a_value_revises_it(database: Database) -> None:
    first = Draft("Первая.", published_at="2024-02-01").says("Итоги", BUREAU)
    first = first.tells("26 млрд", "26000000000", within=0, period=year(2023), speaker=BUREAU, stated_on=date(2024, 2, 1))
    second = Draft("Вторая.", published_at="2024-05-01").says("Уточнение", BUREAU)
    second = second.tells("27,1 млрд", "27100000000", within=0, period=year(2023), speaker=BUREAU, stated_on=date(2024, 5, 1))
    with database.session() as session:
        found = series(session, [second, first])
    ((observation,),) = [line["observations"] for line in found["lines"]]
    assert observation["agreement"] == "revised"
    assert [(value["value"], value["replaced"]) for value in observation["values"]] == [
        ("26000000000", True),
        ("27100000000", False),
    ]
    assert observation["values"][1]["sources"][0]["speaker"]["id"] == BUREAU.id


def test_lines_are_of_one_measure_unit_direction_and_status(database: Database) -> None:
    exports = {"metric": "exports", "period": year(2023)}
    draft = news(
        "о торговле", "2024-02-01",
        told("9 млрд", "9000000000", reporter="KZ", partner="RU") | exports,
        told("16 млрд", "16000000000", reporter="RU", partner="KZ") | exports,
        told("на 5%", "5", measure=Measure.CHANGE_PCT, unit="percent", reporter="KZ", partner="RU") | exports,
        told("800 млрд рублей", "800000000000", unit="RUB", reporter="KZ", partner="RU") | exports,
        told("10 млрд", "10000000000", status=Status.PLANNED, reporter="KZ", partner="RU") | exports,
    )  # fmt: skip
    with database.session() as session:
        found = series(session, [draft], IndicatorQuery(metric="exports"))
    keys = [tuple(line[name] for name in ("measure", "status", "unit", "reporter")) for line in found["lines"]]
    assert keys == [
        ("level", "actual", "RUB", "KZ"), ("level", "actual", "USD", "KZ"), ("level", "actual", "USD", "RU"),
        ("level", "planned", "USD", "KZ"), ("change_pct", "actual", "percent", "KZ"),
    ]  # fmt: skip
    assert found["complete"]


def test_what_is_added_is_no_value_of_the_line(database: Database) -> None:
    draft = Draft("Проекты.").tells("93 проекта", "93", metric="joint_projects", unit="count")
    draft = draft.tells("ещё 49 проектов", "49", metric="joint_projects", unit="count")
    draft.indicators[1]["additional_to"] = draft.extraction.indicators[0].id
    with database.session() as session:
        found = series(session, [draft], IndicatorQuery(metric="joint_projects"))
    (line,) = found["lines"]
    assert [value["value"] for observation in line["observations"] for value in observation["values"]] == ["93"]
    assert [added["value"] for added in line["additions"]] == ["49"]


def test_figures_without_a_period_confirm_and_never_dispute(database: Database) -> None:
    drafts = [
        news("первая", "2023-02-01", told("20 млрд", "20000000000")),
        news("вторая", "2024-02-01", told("26 млрд", "26000000000")),
        news("третья", "2024-03-01", told("26 млрд", "26000000000")),
    ]
    with database.session() as session:
        found = short(series(session, drafts))
    assert found == [("actual", None, "single", [("20000000000", 1)]), ("actual", None, "agreed", [("26000000000", 2)])]


def compared(written: str) -> Comparator:
    hedges = {"около": Comparator.APPROX, "более": Comparator.GT, "менее": Comparator.LT}
    return hedges.get(written.split()[0], Comparator.EQ)


@pytest.mark.parametrize(
    ("later", "reached", "in_"),
    [
        pytest.param([(2030, "29,7 млрд", "29700000000")], True, "2030-12-31", id="within rounding"),
        pytest.param([(2030, "около 29 млрд", "29000000000")], None, None, id="about less does not tell"),
        pytest.param([(2030, "более 29 млрд", "29000000000")], None, None, id="more than less does not tell"),
        pytest.param([(2030, "менее 30 млрд", "30000000000")], None, None, id="less does not tell"),
        pytest.param([(2030, "около 30 млрд", "30000000000")], True, "2030-12-31", id="about as much"),
        pytest.param([], None, None, id="nothing told since"),
        pytest.param([(2025, "27 млрд", "27000000000")], None, None, id="not yet"),
        pytest.param([(2026, "30,4 млрд", "30400000000")], True, "2026-12-31", id="reached"),
        pytest.param([(2022, "31 млрд", "31000000000")], None, None, id="what was before it was set counts for nothing"),
        pytest.param([(2030, "28 млрд", "28000000000")], False, None, id="its day has passed"),
        pytest.param([(2030, "28 млрд", "28000000000"), (2030, "31 млрд", "31000000000")], None, None, id="disputed"),
        pytest.param([(2031, "31 млрд", "31000000000")], True, "2031-12-31", id="late"),
    ],
)
def test_what_became_of_a_target(database: Database, later: list[tuple[int, str, str]], reached: bool | None, in_: str) -> None:
    goal = news("о цели", "2023-06-01", told("до 30 млрд", "30000000000", until(2030), status=Status.TARGET))
    told_later = [
        news(f"№ {n}", f"{number + 1}-02-0{n + 1}", told(written, value, year(number), comparator=compared(written)))
        for n, (number, written, value) in enumerate(later)
    ]
    with database.session() as session:
        (target,) = series(session, [goal, *told_later])["targets"]
    assert (target["value"], target["period"]) == ("30000000000", {"start": None, "end": "2030-12-31"})
    assert target["first_stated_on"] == "2023-06-01"
    assert target["reached"] is reached
    assert (target["reached_in"] and target["reached_in"]["period"]["end"]) == in_


def test_a_target_that_moved_is_seen_in_the_order_of_its_days(database: Database) -> None:
    drafts = [
        news("вторая", "2024-06-01", told("до 40 млрд", "40000000000", until(2035), status=Status.TARGET)),
        news("первая", "2023-06-01", told("до 30 млрд", "30000000000", until(2030), status=Status.TARGET)),
        news("третья", "2024-07-01", told("до 40 млрд", "40000000000", until(2035), status=Status.TARGET)),
    ]
    with database.session() as session:
        targets = series(session, drafts)["targets"]
    moved = [(t["first_stated_on"], t["value"], t["period"]["end"], t["articles"]) for t in targets]
    assert moved == [("2023-06-01", "30000000000", "2030-12-31", 1), ("2024-06-01", "40000000000", "2035-12-31", 2)]


def test_only_figures_of_this_pair_alone_and_none_that_editors_rejected(database: Database) -> None:
    drafts = [
        news("о двух парах", "2024-02-01", told("50 млрд", "50000000000", pairs=(KZ_RU, KZ_UZ))),
        news("об одной", "2024-02-01", told("26 млрд", "26000000000")),
        news("опровергнутая", "2024-02-01", told("62 млрд", "62000000000")),
    ]
    with database.session() as session:
        wrong = drafts[2].stored(session).article["indicators"][0]["id"]
        session.execute(update(indicators).where(indicators.c.id == wrong).values(review="rejected"))
        assert [values for *_, values in short(series(session, drafts))] == [[("26000000000", 1)]]


def test_a_source_says_who_told_it_and_where(database: Database) -> None:
    draft = Draft("Первая.", url="https://example.org/1").says("Мы торгуем", SERIKOV).says("И мы", PETROVA)
    draft = draft.tells("26 млрд", "26000000000", within=0, speaker=SERIKOV, period=year(2023))
    with database.session() as session:
        found = series(session, [draft])
    source = found["lines"][0]["observations"][0]["values"][0]["sources"][0]
    assert (source["speaker"]["id"], source["article"]["url"]) == (SERIKOV.id, "https://example.org/1")
    assert (source["as_written"], source["period_as_written"]) == ("26 млрд", "в 2023 году")
    assert source["statement_id"] == draft.extraction.statements[0].id
