"""Names are found however they are spelled: a table of questions, and whom they must find first or not at all."""

from __future__ import annotations

import pytest

from app.catalog import load_catalog
from app.catalog.sound import sounds
from app.services.people.likeness import Spellings

# Invented people, but for their surnames.
KNOWN = {
    "serik": ("Серик Жанатов", "Жанатов", "Serik Zhanatov", "Zhanatov"),
    "saule": ("Сауле Жанатова", "Жанатова", "Saule Zhanatova", "Zhanatova"),
    "wang": ("Ван И", "Wang Yi"),
    "peter": ("Пётр Вольф", "Вольф", "Peter Wolf"),
    "qasym": ("Қасым Әлиұлы", "Әлиұлы", "Qasym Aliuly"),
}
SPELLINGS = Spellings.of((name, id_) for id_, names in KNOWN.items() for name in names)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("Жанатов", "serik"),
        ("жанатову", "serik"),
        ("ЖАНАТОВЫМ", "serik"),
        ("Janatov", "serik"),
        ("Zhanatovtyń", "serik"),
        ("Жанатовтың", "serik"),
        ("С. Жанатов", "serik"),
        ("Жанатов С.", "serik"),
        ("Жанатов Серик", "serik"),
        ("Серик Болатович Жанатов", "serik"),
        ("Жонатов", "serik"),
        ("Сауле Жанатовой", "saule"),
        ("Жанатова Сауле", "saule"),
        ("Ван И", "wang"),
        ("wang yi", "wang"),
        ("Петр Вольф", "peter"),
        ("Вольфу", "peter"),
        ("Volf", "peter"),
        ("Касым Алиулы", "qasym"),
        ("Kasym", "qasym"),
        ("жан", "serik"),
    ],
)
def test_a_spelling_finds_its_bearer_first(asked: str, first: str) -> None:
    found = SPELLINGS.search(asked)
    assert max(found, key=lambda id_: (found[id_], id_ == first)) == first


@pytest.mark.parametrize("asked", ["", "   ", "Ъыщ", "Иванов", "Серик Иванов Петров Сидоров", "12345", "🇰🇿"])
def test_what_nobody_is_called_finds_nobody(asked: str) -> None:
    assert SPELLINGS.search(asked) == {}


@pytest.mark.parametrize(
    "spelled",
    [
        ("Тоқаев", "Токаев", "Tokayev", "Toqaev", "Tokaev"),
        ("Жомарт", "Zhomart", "Jomart", "Djomart"),
        ("Хабибуллин", "Habibullin", "Khabibullin"),
        ("Шольц", "Sholts"),
        ("Өзбеков", "Узбеков"[:1].replace("У", "О") + "збеков"),
    ],
)
def test_transliterations_of_a_name_sound_alike(spelled: tuple[str, ...]) -> None:
    assert len({sounds(one) for one in spelled}) == 1


def test_people_of_the_catalogue_are_found_by_every_name_that_they_have() -> None:
    """Namesakes apart, whose full names tell them apart."""
    people = load_catalog().people.all
    spellings = Spellings.of((spelling, person.id) for person in people for spelling in person.spellings())
    for person in people[::7]:
        for name in person.names.values():
            assert spellings.search(name).get(person.id) == 1, name
