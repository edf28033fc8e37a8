"""Speakers are found by any name in any case, and known by the office of their latest statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from unittest.mock import ANY

import pytest

from app.catalog import load_catalog
from app.domain.query import BY_NAME, PageRequest, SpeakerQuery, StatementQuery
from app.domain.speaker import ResolvedBy, Role, Speaker, SpeakerKind
from app.services import reading
from app.services.people.profile import get_profile
from app.storage.database import Database
from tests.services.making import BUREAU, KZ_RU, PETROVA, SERIKOV, SOURCE, Draft
from tests.storage.databases import NewDatabase

CATALOG = load_catalog()


ODD = Speaker("odd-name", SpeakerKind.PERSON, "Пётр 100%_Ветров", {"ru": "Пётр 100%_Ветров", "en": "Peter O'Vetrov"})


@pytest.fixture(scope="module")
def archive(new_database: NewDatabase) -> Iterator[Database]:
    with new_database() as database:
        with database.session() as session:
            Draft().says().says(speaker=PETROVA).says(speaker=BUREAU).says(speaker=SOURCE).says(speaker=ODD).stored(session)
        yield database


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["askar-serikov", "odd-name", "statistics-bureau", "unnamed-1", "yelena-petrova"]),
        ({"country": "KZ"}, ["askar-serikov", "statistics-bureau"]),
        ({"country": "KZ", "role": Role.FOREIGN_MINISTER}, ["askar-serikov"]),
        ({"role": Role.AMBASSADOR}, ["yelena-petrova"]),
        ({"role": Role.BUSINESS}, []),
    ],
)
def test_listing_speakers(archive: Database, asked: dict[str, Any], expected: list[str]) -> None:
    with archive.session() as session:
        page = reading.list_speakers(session, SpeakerQuery(**asked), PageRequest(sort=BY_NAME))
    assert sorted(speaker["id"] for speaker in page.items) == expected


def test_one_speaker(archive: Database) -> None:
    with archive.session() as session:
        assert get_profile(session, CATALOG, SERIKOV.id) == {
            "id": "askar-serikov",
            "kind": "person",
            "name": "Аскар Сериков",
            "names": {"ru": "Аскар Сериков", "kk": "Асқар Серіков", "en": "Askar Serikov"},
            "wikidata": "Q999000001",
            "role": "foreign_minister",
            "country": "KZ",
            "counts": {"statements": 1, "indicators": 0},
            "last_on": "2024-05-06",
            "aliases": ["Серикова"],
            "offices": [
                {"role": "foreign_minister", "country": "KZ", "first_on": "2024-05-06", "last_on": "2024-05-06", "statements": 1}
            ],
            "terms": [],
            "pairs": [{"pair": "KZ-RU", "statements": 1}],
            "first_statement": {"id": ANY, "stated_on": "2024-05-06"},
            "last_statement": {"id": ANY, "stated_on": "2024-05-06"},
        }


def held(role: Role | None, on: date | None, country: str = "KZ", **fields: Any) -> Draft:
    return Draft(f"{role} {on} {country} {fields}").says(
        speaker=replace(SERIKOV, role=role, country=country, **fields), stated_on=on
    )


MINISTER, AMBASSADOR = Role.MINISTER, Role.AMBASSADOR


@pytest.mark.parametrize(
    ("drafts", "role", "country"),
    [
        ([held(MINISTER, date(2020, 1, 1)), held(AMBASSADOR, date(2024, 1, 1), "UZ")], "ambassador", "UZ"),
        ([held(AMBASSADOR, date(2024, 1, 1), "UZ"), held(MINISTER, date(2020, 1, 1))], "ambassador", "UZ"),
        ([held(MINISTER, date(2020, 1, 1)), held(None, date(2024, 1, 1))], "minister", "KZ"),
        ([held(MINISTER, date(2020, 1, 1)), held(AMBASSADOR, None, "UZ")], "minister", "KZ"),
        ([held(AMBASSADOR, None, "UZ"), held(MINISTER, date(2020, 1, 1))], "minister", "KZ"),
        ([held(None, None)], None, "KZ"),
    ],
)
def test_the_office_is_the_latest_told(database: Database, drafts: list[Draft], role: str | None, country: str) -> None:
    """An archive may be read in any order."""
    with database.session() as session:
        for draft in drafts:
            draft.stored(session)
        speaker = get_profile(session, CATALOG, SERIKOV.id)
    assert (speaker["role"], speaker["country"]) == (role, country)


def test_offices_keep_their_dates(database: Database) -> None:
    days = [(MINISTER, date(2019, 5, 1)), (MINISTER, date(2020, 6, 2)), (AMBASSADOR, date(2024, 1, 3)), (None, date(2025, 1, 1))]
    with database.session() as session:
        for role, on in days:
            held(role, on).stored(session)
        offices = get_profile(session, CATALOG, SERIKOV.id)["offices"]
    assert [(o["role"], o["first_on"], o["last_on"], o["statements"]) for o in offices] == [
        ("ambassador", "2024-01-03", "2024-01-03", 1),
        ("minister", "2019-05-01", "2020-06-02", 2),
    ]


def test_a_statement_keeps_the_office_of_its_day_and_learns_new_names(database: Database) -> None:
    with database.session() as session:
        held(MINISTER, date(2020, 1, 1), names={"ru": "Аскар Сериков"}, wikidata=None).stored(session)
        held(AMBASSADOR, date(2024, 1, 1), name="Аскар Б. Сериков", names={"en": "Askar B. Serikov"}).stored(session)
        newest, oldest = reading.list_statements(session, StatementQuery(pair=KZ_RU), PageRequest()).items
    names = {"ru": "Аскар Сериков", "kk": None, "en": "Askar B. Serikov"}
    assert (newest["speaker"]["role"], oldest["speaker"]["role"]) == ("ambassador", "minister")
    for statement in (newest, oldest):
        assert statement["speaker"]["name"] == "Аскар Б. Сериков"
        assert statement["speaker"]["names"] == names
        assert statement["speaker"]["wikidata"] == "Q999000001"


def test_aliases_are_the_names_that_articles_wrote(database: Database) -> None:
    written = [
        ("А. Сериков", ResolvedBy.NAME), ("Сериковым", ResolvedBy.NAME), ("А. Сериков", ResolvedBy.NAME),
        ("он", ResolvedBy.PRONOUN), ("министр", ResolvedBy.OFFICE), (None, ResolvedBy.NAME),
    ]  # fmt: skip
    with database.session() as session:
        for number, (as_written, by) in enumerate(written):
            Draft(f"{number}.").says(speaker=replace(SERIKOV, as_written=as_written, resolved_by=by)).stored(session)
        assert get_profile(session, CATALOG, SERIKOV.id)["aliases"] == ["А. Сериков", "Сериковым"]


def test_several_mentions_in_one_article_are_one_speaker(database: Database) -> None:
    later = replace(SERIKOV, role=AMBASSADOR, country="UZ")
    draft = Draft().says(speaker=replace(SERIKOV, role=None)).says(speaker=later).says(co_speakers=(SERIKOV, PETROVA, PETROVA))
    with database.session() as session:
        draft.tells(within=2, speaker=SERIKOV).stored(session)
        speaker = get_profile(session, CATALOG, SERIKOV.id)
        petrova = get_profile(session, CATALOG, PETROVA.id)
    assert speaker["counts"] == {"statements": 3, "indicators": 1}
    assert petrova["counts"] == {"statements": 1, "indicators": 1}
