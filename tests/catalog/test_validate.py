"""The released data is without fault, and each kind of fault is seen where it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from app.catalog import Catalog, People, Person, Term, load_catalog
from app.catalog.validate import LISTED, find_faults
from app.domain.speaker import Role

NAMES = {"ru": "Имя Фамилия", "kk": "Есім Тегі", "en": "Name Surname"}
DAY = date(2020, 1, 1)


def person(slug: str = "name-surname", country: str = "KZ", **changes: object) -> Person:
    made = Person(slug, NAMES, {"ru": "Фамилия"}, {"ru": "Имя"}, country)
    return replace(made, **changes)  # type: ignore[arg-type]


def faults_with(*people: Person) -> tuple[str, ...]:
    return find_faults(replace(load_catalog(), people=People(people), outlets=load_catalog().outlets))


def holder(slug: str, start: date, end: date | None, certain: bool = True) -> Person:
    return person(slug, names={"ru": slug_in_russian(slug), "kk": slug_in_russian(slug), "en": slug}, terms=(
        Term(Role.HEAD_OF_STATE, "KZ", start=start, end=end, certain=certain),
    ))  # fmt: skip


def slug_in_russian(slug: str) -> str:
    return {"one-man": "Один Муж", "other-man": "Другой Муж"}[slug]


def test_released_data_has_no_fault() -> None:
    assert find_faults(load_catalog()) == ()


def test_a_sound_person_has_no_fault() -> None:
    assert faults_with(person()) == ()


@pytest.mark.parametrize(
    ("spoilt", "fault"),
    [
        (lambda: (person("Name Surname"),), "not a slug"),
        (lambda: (person("имя-фамилия"),), "not a slug"),
        (lambda: (person(), person()), "an id held twice"),
        (lambda: (person(wikidata="200881"),), "not a QID"),
        (lambda: (person(wikidata="Q1"), person("two", "RU", wikidata="Q1")), "a QID held twice"),
        (lambda: (person(country="XX"),), "unknown country"),
        (lambda: (person(names={"ru": "Имя Фамилия"}),), "not named in every language"),
        (lambda: (person(names=NAMES | {"ru": "Имя Fамилия"}),), "letters of another alphabet"),
        (lambda: (person(aliases={"en": ("Tоkayev",)}),), "letters of another alphabet"),
        (lambda: (person(terms=(Term(Role.MINISTER, "KZ", "poetry", DAY),)),), "unknown office"),
        (lambda: (person(terms=(Term(Role.AMBASSADOR, "KZ", "XX", DAY),)),), "unknown office"),
        (lambda: (person(terms=(Term(Role.ORGANIZATION_HEAD, None, "moon", DAY),)),), "unknown office"),
        (lambda: (person(terms=(Term(Role.HEAD_OF_STATE, None, None, DAY),)),), "unknown office"),
        (lambda: (person(terms=(Term(Role.HEAD_OF_STATE, "SU", None, DAY),)),), "unknown country"),
        (
            lambda: (person(terms=(Term(Role.OTHER, "KZ", "trade", start_as_known="2020", end_as_known="2019-05"),)),),
            "ends before it starts",
        ),
        (lambda: (person(), person("another")), "one name, several people"),
    ],
)
def test_each_fault_is_seen(spoilt: Callable[[], tuple[Person, ...]], fault: str) -> None:
    assert any(fault in found for found in faults_with(*spoilt()))


def test_two_holders_of_one_seat_overlap() -> None:
    first, second = holder("one-man", DAY, date(2021, 1, 2)), holder("other-man", date(2021, 1, 1), None)
    assert any("both hold" in found for found in faults_with(first, second))


def test_a_handover_and_an_uncertain_term_do_not_overlap() -> None:
    assert faults_with(holder("one-man", DAY, date(2021, 1, 1)), holder("other-man", date(2021, 1, 1), None)) == ()
    assert faults_with(holder("one-man", DAY, None), holder("other-man", DAY, None, certain=False)) == ()


def test_two_people_of_different_countries_may_share_a_name() -> None:
    assert faults_with(person(), person("another", "RU")) == ()


def test_every_listed_country_has_its_offices_held_today_or_lately() -> None:
    """TM has no prime minister, nor has TR since 2018, IR since 1989."""
    catalog: Catalog = load_catalog()
    for country in LISTED:
        assert catalog.people.holders(Role.HEAD_OF_STATE, country, date(2025, 6, 30)), country
        assert catalog.people.holders(Role.FOREIGN_MINISTER, country, date(2025, 6, 30)), country
        if country not in {"TM", "TR", "IR"}:
            assert catalog.people.holders(Role.HEAD_OF_GOVERNMENT, country, date(2025, 6, 30)), country
