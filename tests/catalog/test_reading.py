"""How names, dates and rows of the data are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.catalog.dates import sure_end, sure_start
from app.catalog.folding import fold
from app.catalog.people_reader import split_name
from app.catalog.tables import CatalogError, rows, several


@pytest.mark.parametrize(
    ("known", "day"),
    [
        ("2016-12-14", date(2016, 12, 14)),
        ("2016-12", date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 29)),
        ("2016", date(2016, 12, 31)),
        ("<2016-12-14", date(2016, 12, 14)),
        ("", None),
    ],
)
def test_first_sure_day(known: str, day: date | None) -> None:
    assert sure_start(known) == day


@pytest.mark.parametrize(
    ("known", "day"),
    [
        ("2019-03-20", date(2019, 3, 20)),
        ("2019-03", date(2019, 3, 1)),
        ("2019", date(2019, 1, 1)),
        (">2025-06-30", date(2025, 7, 1)),
        ("", None),
    ],
)
def test_first_day_no_longer_sure(known: str, day: date | None) -> None:
    assert sure_end(known) == day


@pytest.mark.parametrize("known", ["20 марта", "2019-13", "2019-3-1", "вчера", ">", "2019-03?"])
def test_not_a_date(known: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        sure_start(known)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Касым-Жомарт /Токаев/", ("Касым-Жомарт Токаев", "Токаев", "Касым-Жомарт")),
        ("/Си/ Цзиньпин", ("Си Цзиньпин", "Си", "Цзиньпин")),
        ("/Нарухито/", ("Нарухито", "Нарухито", "")),
        ("Edi Rama", ("Edi Rama", "", "")),
    ],
)
def test_name_with_its_surname_marked(written: str, parts: tuple[str, str, str]) -> None:
    assert split_name(written) == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Erdoğan", "ERDOGAN"),
        ("İbrahim Kalın", "ibrahim kalin"),
        ("Артём", "Артем"),
        ("Tô Lâm", "To Lam"),
        ("Đuro", "duro"),
        ("O‘zbekiston", "O'zbekiston"),
        ("аль‑Фалих", "аль-Фалих"),
        ("Андрей", "Андреи\u0306"),
        ("Касым-Жомарт\u00a0 Токаев", "касым-жомарт токаев"),
    ],
)
def test_spellings_that_count_as_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Тоқаев", "Токаев"), ("Андрей", "Андреи"), ("Ли", "Лі"), ("Київ", "Киiв")])
def test_spellings_that_stay_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_list_in_a_cell() -> None:
    assert several("a; b ;;c") == ("a", "b", "c")
    assert several("") == ()


def test_rows_skip_comments_and_report_a_short_line(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("# a comment\na,b\n1, 2\n\n# another\n3,4\n", encoding="utf-8")
    assert list(rows(table)) == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]
    table.write_text("a,b\n1\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"table\.csv: 1 cells for 2 columns"):
        list(rows(table))
