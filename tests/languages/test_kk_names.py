"""Everybody in the catalogue is found again through every case of their Kazakh name.

Strategy: the endings are put on by the tables of sounds, and taken off by the readings of names.
"""

from __future__ import annotations

from app.catalog import load_catalog
from app.languages.folding import key
from app.languages.kk.morphology import Morphology
from app.languages.kk.sounds import Sounds, shapes
from app.languages.pack import read_tables

TABLE = read_tables("app.languages.kk")["suffixes"]
CASES = ("gen", "dat", "acc", "loc", "abl", "ins")
# Of all forms, how many may be read as another name; a name that ends like a case cannot be told.
MISSED = 0.02


def in_case(name: str, case: str) -> list[str]:
    """The name with the ending of a case, in every shape that its sound allows."""
    heard = Sounds(TABLE["sounds"]).of(key(name))
    return sorted({name + shape for shape in shapes(TABLE["case"][case], heard, TABLE["archiphonemes"])})


def test_every_case_leads_back_to_the_name() -> None:
    morphology, missed, every = Morphology(), [], 0
    for person in load_catalog().people.all:
        surname = person.surname.get("kk") or ""
        if len(surname) < 3 or " " in surname or not surname[-1].isalpha():
            continue
        for form in (form for case in CASES for form in in_case(surname, case)):
            every += 1
            readings = morphology.name_readings(form)
            if not any(morphology.name_in_nominative((form,), r.case, None) == (surname,) for r in readings):
                missed.append(form)
    assert every > 500
    assert len(missed) <= MISSED * every, missed
