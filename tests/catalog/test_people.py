"""People are found by office on a day and by name; where the data is not sure, nobody is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.catalog import People, Person, Term, load_catalog
from app.catalog.tables import rows
from app.domain.speaker import Role

CASES = list(rows(Path(__file__).parent / "offices_on_days.csv"))


@pytest.fixture(scope="module")
def people() -> People:
    return load_catalog().people


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(filter(None, case.values())))
def test_office_on_a_day(people: People, case: dict[str, str]) -> None:
    found = people.holders(Role(case["role"]), case["country"] or None, date.fromisoformat(case["on"]), case["office"] or None)
    expected = [] if case["person"] == "-" else [case["person"]]
    assert [person.id for person in found] == expected


def test_no_day_gives_nobody(people: People) -> None:
    assert people.holders(Role.HEAD_OF_STATE, "KZ", None) == ()


def test_every_minister_of_a_country_on_a_day(people: People) -> None:
    found = {person.id for person in people.holders(Role.MINISTER, "KZ", date(2024, 6, 12))}
    assert {"arman-shakkaliyev", "kanat-sharlapayev", "almassadam-satkaliyev"} <= found
    assert "bakhyt-sultanov" not in found


@pytest.mark.parametrize(
    ("key", "person"),
    [
        ("Токаев", "kassym-jomart-tokayev"),
        ("ТОКАЕВ", "kassym-jomart-tokayev"),
        ("Тоқаев", "kassym-jomart-tokayev"),
        ("Токаев Касым-Жомарт", "kassym-jomart-tokayev"),
        ("Касым-Жомарт Кемелевич Токаев", "kassym-jomart-tokayev"),
        ("Қасым-Жомарт Тоқаев", "kassym-jomart-tokayev"),
        ("Tokayev", "kassym-jomart-tokayev"),
        ("Мирзиёев", "shavkat-mirziyoyev"),
        ("Мирзиеев", "shavkat-mirziyoyev"),
        ("Erdogan", "recep-tayyip-erdogan"),
        ("ERDOĞAN", "recep-tayyip-erdogan"),
        ("Эрдоган", "recep-tayyip-erdogan"),
        ("Ердоған", "recep-tayyip-erdogan"),
        ("Реджеп Тайип Эрдоган", "recep-tayyip-erdogan"),
        ("Тайип Эрдоган", "recep-tayyip-erdogan"),
        ("Çavuşoğlu", "mevlut-cavusoglu"),
        ("Cavusoglu", "mevlut-cavusoglu"),
        ("Си Цзиньпин", "xi-jinping"),
        ("Си", "xi-jinping"),
        ("Бердімұхамедов Сердар", "serdar-berdimuhamedow"),
        ("Пезешкиан", "masoud-pezeshkian"),
        ("Юн Сок Ёль", "yoon-suk-yeol"),
        ("Юн Сок Ель", "yoon-suk-yeol"),
        ("Yoon Suk Yeol", "yoon-suk-yeol"),
        ("фон дер Ляйен", "ursula-von-der-leyen"),
        ("Смайылов", "alikhan-smailov"),
        ("Guterres", "antonio-guterres"),
        ("Аслов", "sirojiddin-muhriddin"),
        ("Гутеррес", "antonio-guterres"),
    ],
)
def test_found_by_name(people: People, key: str, person: str) -> None:
    assert [found.id for found in people.named(key)] == [person]


@pytest.mark.parametrize("key", ["", " ", "Касым-Жомарт", "Токаева", "президент", "Токаев Путин", "-"])
def test_not_a_name_of_anybody(people: People, key: str) -> None:
    assert people.named(key) == ()


@pytest.mark.parametrize(
    ("surname", "bearers"),
    [
        ("Назарбаева", {"dariga-nazarbayeva"}),
        ("Бердымухамедов", {"gurbanguly-berdimuhamedow", "serdar-berdimuhamedow"}),
        ("Berdimuhamedov", {"gurbanguly-berdimuhamedow", "serdar-berdimuhamedow"}),
        ("Алиев", {"ilham-aliyev", "natig-aliyev"}),
        ("Жапаров", {"sadyr-japarov", "akylbek-japarov"}),
        ("Патрушев", {"nikolai-patrushev", "dmitry-patrushev"}),
        (
            "Ли",
            {
                "li-keqiang",
                "li-qiang",
                "li-zhanshu",
                "li-hui",
                "li-shangfu",
                "li-xiaopeng",
                "li-yuanchao",
                "lee-myung-bak",
                "lee-jae-myung",
                "lee-nak-yon",
                "lee-hsien-loong",
            },
        ),
    ],
)
def test_a_surname_of_several_names_them_all(people: People, surname: str, bearers: set[str]) -> None:
    assert {person.id for person in people.named(surname)} == bearers


def test_a_person_as_the_contract_shows_them(people: People) -> None:
    tokayev = people.get("kassym-jomart-tokayev")
    assert tokayev is not None
    assert tokayev.names == {"ru": "Касым-Жомарт Токаев", "kk": "Қасым-Жомарт Тоқаев", "en": "Kassym-Jomart Tokayev"}
    assert (tokayev.surname["ru"], tokayev.given["ru"]) == ("Токаев", "Касым-Жомарт")
    assert (tokayev.country, tokayev.sex, tokayev.wikidata) == ("KZ", "m", "Q200881")
    assert [term.role for term in tokayev.terms] == [Role.LEGISLATOR, Role.HEAD_OF_STATE]
    assert people.get("nobody-at-all") is None


def test_offices_of_a_person_on_a_day(people: People) -> None:
    zhumangarin, guterres = people.by_id["serik-zhumangarin"], people.by_id["antonio-guterres"]
    offices = [(term.role, term.office) for term in zhumangarin.terms_on(date(2023, 8, 4))]
    assert offices == [(Role.DEPUTY_HEAD_OF_GOVERNMENT, None), (Role.MINISTER, "trade")]
    assert [(term.country, term.office) for term in guterres.terms_on(date(2023, 2, 24))] == [(None, "UN")]
    assert zhumangarin.terms_on(date(2010, 1, 1)) == zhumangarin.terms_on(None) == ()


def test_spellings_of_a_surname(people: People) -> None:
    assert people.by_id["serdar-berdimuhamedow"].surnames("ru") == ("Бердымухамедов", "Бердымухаммедов")
    assert people.by_id["kassym-jomart-tokayev"].surnames("ru") == ("Токаев",)
    assert people.by_id["kassym-jomart-tokayev"].surnames("zh") == ()


def test_surname_stands_first_in_chinese_names(people: People) -> None:
    xi = people.by_id["xi-jinping"]
    assert (xi.names["ru"], xi.surname["ru"], xi.given["ru"]) == ("Си Цзиньпин", "Си", "Цзиньпин")


def person_with(term: Term) -> People:
    return People((Person("a-b", {"en": "A B"}, {"en": "B"}, {"en": "A"}, "KZ", terms=(term,)),))


def test_an_uncertain_term_resolves_nothing() -> None:
    day = date(2020, 5, 5)
    sure = Term(Role.HEAD_OF_STATE, "KZ", start=date(2020, 1, 1))
    unsure = Term(Role.HEAD_OF_STATE, "KZ", start=date(2020, 1, 1), certain=False)
    assert len(person_with(sure).holders(Role.HEAD_OF_STATE, "KZ", day)) == 1
    assert person_with(unsure).holders(Role.HEAD_OF_STATE, "KZ", day) == ()


def test_a_term_without_a_start_resolves_nothing() -> None:
    assert person_with(Term(Role.HEAD_OF_STATE, "KZ")).holders(Role.HEAD_OF_STATE, "KZ", date(2020, 5, 5)) == ()


def test_the_day_of_a_handover_is_the_newcomers() -> None:
    term = Term(Role.HEAD_OF_STATE, "KZ", start=date(2020, 1, 1), end=date(2021, 1, 1))
    days = (date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1))
    assert [term.covers(day) for day in days] == [False, True, True, False]
