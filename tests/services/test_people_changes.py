"""Merging, splitting and importing: facts follow, every change can be taken back, and new facts keep to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from app.catalog import load_catalog
from app.domain.query import IndicatorQuery, PageRequest, SpeakerQuery, StatementQuery
from app.domain.speaker import Role, Speaker, SpeakerKind
from app.errors import Conflict, InvalidParameter, NotFound
from app.services import reading
from app.services.people import changes
from app.services.people.importing import read_people
from app.services.people.living import LivingCatalog, assembled
from app.services.people.profile import canonical_id, get_profile
from app.services.people.search import find_speakers
from app.storage.database import Database
from tests.services.making import PETROVA, SERIKOV, Draft

CATALOG = load_catalog()
DOUBLE = Speaker("askar-serikov-kz", SpeakerKind.PERSON, "А. Сериков", {"ru": "А. Сериков"}, Role.MINISTER, "KZ")
OTHER = Speaker("askar-serikov-uz", SpeakerKind.PERSON, "Аскар Сериков", {"ru": "Аскар Сериков"}, Role.EXPERT, "UZ")


def said(session: Session, id_: str) -> tuple[int, int]:
    """How many statements and figures the lists of a speaker hold; the counts of the profile must agree."""
    statements = reading.list_statements(session, StatementQuery(speaker=id_), PageRequest(limit=200)).items
    indicators = reading.list_indicators(session, IndicatorQuery(speaker=id_), PageRequest(limit=200)).items
    for fact in (*statements, *indicators):
        assert id_ in {fact["speaker"]["id"], *(other["id"] for other in fact.get("co_speakers", []))}
    found = (len(statements), len(indicators))
    try:
        counts = get_profile(session, CATALOG, id_)["counts"]
    except NotFound:
        counts = {"statements": 0, "indicators": 0}
    assert (counts["statements"], counts["indicators"]) == found
    return found


def filled(session: Session) -> None:
    Draft("1").says().tells(within=0, speaker=SERIKOV).stored(session)
    Draft("2").says(speaker=DOUBLE).says("Ещё слова", speaker=DOUBLE).tells(within=0, speaker=DOUBLE).stored(session)
    Draft("3").says(speaker=PETROVA).stored(session)


def test_a_merge_takes_all_facts_along_and_is_undone_to_the_last(database: Database) -> None:
    with database.session() as session:
        filled(session)
        number = changes.merge(session, CATALOG, DOUBLE.id, SERIKOV.id)
        assert said(session, SERIKOV.id) == (3, 2)
        assert said(session, DOUBLE.id) == (0, 0)
        assert canonical_id(session, CATALOG, DOUBLE.id) == SERIKOV.id
        changes.undo(session, number)
        assert (said(session, SERIKOV.id), said(session, DOUBLE.id)) == ((1, 1), (2, 1))
        assert canonical_id(session, CATALOG, DOUBLE.id) == DOUBLE.id
        assert said(session, PETROVA.id) == (1, 0)


def test_facts_that_come_after_a_merge_follow_it(database: Database) -> None:
    with database.session() as session:
        filled(session)
        number = changes.merge(session, CATALOG, DOUBLE.id, SERIKOV.id)
        document = Draft("4").says(speaker=DOUBLE).stored(session).article
        assert document["statements"][0]["speaker"]["id"] == SERIKOV.id
        assert said(session, SERIKOV.id) == (4, 2)
        names = [s["id"] for s in reading.list_speakers(session, SpeakerQuery(), PageRequest()).items]
        assert DOUBLE.id not in names
        reading.delete_article(session, document["id"])
        assert said(session, SERIKOV.id) == (3, 2)
        changes.undo(session, number)
        assert said(session, DOUBLE.id) == (2, 1)


def test_merges_follow_one_another_and_are_undone_in_any_order(database: Database) -> None:
    with database.session() as session:
        filled(session)
        Draft("5").says(speaker=OTHER).stored(session)
        first = changes.merge(session, CATALOG, OTHER.id, DOUBLE.id)
        second = changes.merge(session, CATALOG, DOUBLE.id, SERIKOV.id)
        assert said(session, SERIKOV.id) == (4, 2)
        assert canonical_id(session, CATALOG, OTHER.id) == SERIKOV.id
        changes.undo(session, first)
        assert (said(session, SERIKOV.id), said(session, OTHER.id)) == ((3, 2), (1, 0))
        changes.undo(session, second)
        assert [said(session, s.id) for s in (SERIKOV, DOUBLE, OTHER)] == [(1, 1), (2, 1), (1, 0)]


def test_two_who_spoke_together_stay_two_in_that_statement(database: Database) -> None:
    with database.session() as session:
        Draft("6").says(speaker=SERIKOV, co_speakers=(DOUBLE,)).says("Другое", speaker=DOUBLE).stored(session)
        number = changes.merge(session, CATALOG, DOUBLE.id, SERIKOV.id)
        assert said(session, SERIKOV.id) == (2, 0)
        changes.undo(session, number)
        assert (said(session, SERIKOV.id), said(session, DOUBLE.id)) == ((1, 0), (2, 0))


PARTS = [
    ({"country": "UZ"}, ["b", "d"]),
    ({"role": "expert"}, ["b"]),
    ({"from_on": date(2024, 1, 1)}, ["c", "d"]),
    ({"to_on": date(2023, 12, 31)}, ["a", "b"]),
    ({"country": "UZ", "from_on": date(2024, 1, 1)}, ["d"]),
    ({"country": "US"}, []),
]


@pytest.mark.parametrize(("part", "expected"), PARTS)
def test_a_split_takes_the_part_that_is_meant(database: Database, part: dict[str, Any], expected: list[str]) -> None:
    spoken = {
        "a": (replace(SERIKOV, country="KZ", role=Role.MINISTER), date(2023, 1, 1)),
        "b": (replace(SERIKOV, country="UZ", role=Role.EXPERT), date(2023, 1, 1)),
        "c": (replace(SERIKOV, country="KZ", role=Role.MINISTER), date(2024, 6, 1)),
        "d": (replace(SERIKOV, country="UZ", role=None), date(2024, 6, 1)),
    }
    new = Speaker("another-serikov", SpeakerKind.PERSON, "Аскар Сериков", {"ru": "Аскар Сериков"}, country="UZ")
    with database.session() as session:
        for words, (speaker, on) in spoken.items():
            draft = Draft(words).says(words, speaker=speaker, stated_on=on)
            draft.tells(within=0, speaker=speaker, stated_on=on).stored(session)
        number = changes.split(session, CATALOG, SERIKOV.id, new, changes.Part(**part))
        found = reading.list_statements(session, StatementQuery(speaker=new.id), PageRequest()).items
        assert sorted(statement["text"] for statement in found) == expected
        assert said(session, new.id) == (len(expected), len(expected))
        assert said(session, SERIKOV.id) == (4 - len(expected), 4 - len(expected))
        changes.undo(session, number)
        assert said(session, SERIKOV.id) == (4, 4)


def test_what_cannot_be_done_is_refused(database: Database) -> None:
    with database.session() as session:
        filled(session)
        changes.merge(session, CATALOG, DOUBLE.id, SERIKOV.id)
        with pytest.raises(InvalidParameter):
            changes.merge(session, CATALOG, SERIKOV.id, SERIKOV.id)
        with pytest.raises(InvalidParameter):
            changes.merge(session, CATALOG, SERIKOV.id, DOUBLE.id)
        with pytest.raises(Conflict):
            changes.merge(session, CATALOG, DOUBLE.id, PETROVA.id)
        with pytest.raises(NotFound):
            changes.merge(session, CATALOG, "nobody", SERIKOV.id)
        with pytest.raises(InvalidParameter):
            changes.split(session, CATALOG, SERIKOV.id, OTHER, changes.Part())
        with pytest.raises(NotFound):
            changes.undo(session, 99)


def test_a_person_of_the_catalogue_may_be_the_one_who_is_meant(database: Database) -> None:
    with database.session() as session:
        filled(session)
        changes.merge(session, CATALOG, DOUBLE.id, "kassym-jomart-tokayev")
        assert said(session, "kassym-jomart-tokayev") == (2, 1)


CSV = """id,sex,country,ru,kk,en,aliases_en,role,office_country,office,start,end
,m,KZ,Аскар /Выдуманный/,Асқар /Выдуманный/,Askar /Vydumanny/,A. Vydumanny;Vydumani,minister,KZ,trade,2031-01-01,2031-06-01
askar-vydumanny,,,,,,,minister,KZ,economy,2031-06-01,
"""


def test_imported_people_are_found_and_undone(database: Database) -> None:
    living = LivingCatalog(CATALOG, database)
    with database.session() as session:
        people = read_people(CSV, CATALOG)
        number = changes.add_people(session, CATALOG, people, "a file")
    with database.session() as session:
        now = assembled(session, CATALOG)
        person = now.people.get("askar-vydumanny")
        assert person is not None
        assert (person.surname["ru"], person.given["en"], person.aliases["en"]) == (
            "Выдуманный",
            "Askar",
            ("A. Vydumanny", "Vydumani"),
        )
        assert [(t.office, t.start, t.end) for t in person.terms] == [
            ("trade", date(2031, 1, 1), date(2031, 6, 1)),
            ("economy", date(2031, 6, 1), None),
        ]
        found = find_speakers(session, now, SpeakerQuery(q="Выдуманным"), PageRequest()).items
        assert found[0]["id"] == "askar-vydumanny"
        assert canonical_id(session, now, "vydumani") == "askar-vydumanny"
    assert living.current().people.get("askar-vydumanny") == person
    with database.session() as session:
        changes.undo(session, number)
        assert assembled(session, CATALOG).people.get("askar-vydumanny") is None


def test_a_mended_person_keeps_what_the_file_does_not_say() -> None:
    known = CATALOG.people.get("kassym-jomart-tokayev")
    assert known is not None
    mended = read_people("id,aliases_en\nkassym-jomart-tokayev,K. J. Tokayev\n", CATALOG)[known.id]
    assert mended == replace(known, aliases=known.aliases | {"en": (*known.aliases["en"], "K. J. Tokayev")})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,colour\na,b\n", "unknown columns: colour"),
        ("", "unknown columns"),
        ("id,sex\nnobody-known,m\n", "line 2: a person needs a name"),
        ("en,sex\nJohn /Doe/,x\n", "line 2: not a sex"),
        ("en,role\nJohn /Doe/,king\n", "line 2: not a role"),
        ("en,role,start\nJohn /Doe/,minister,yesterday\n", "line 2:"),
        ("sex\nm\n", "line 2: a person needs an id or a name"),
    ],
)
def test_a_wrong_file_is_refused_with_its_lines(text: str, told: str) -> None:
    with pytest.raises(InvalidParameter, match="^" + told):
        read_people(text, CATALOG)


def test_people_who_would_hold_a_seat_twice_are_refused(database: Database) -> None:
    text = "en,ru,kk,country,role,start\nJohn /Doe/,Джон /Доу/,Джон /Доу/,KZ,head_of_state,2024-01-01\n"
    with database.session() as session, pytest.raises(InvalidParameter, match="both hold"):
        changes.add_people(session, CATALOG, read_people(text, CATALOG), "a file")
