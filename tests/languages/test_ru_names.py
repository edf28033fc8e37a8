"""A name in any case comes back in the nominative, whatever language it is from.

Strategy: `specs/ru/names_in_cases.csv` holds names in six cases; each form is put into the nominative with the bearer's sex
known and unknown. A form listed under `gaps` is a strict xfail.
"""

from __future__ import annotations

import pytest
from _pytest.mark.structures import ParameterSet

from app.catalog.tables import rows
from app.languages import registry
from tests.spec_cases import SPECS

CASES = ("gen", "dat", "acc", "ins", "loc")
GAP = "the ending alone does not tell this nominative"


def forms() -> list[ParameterSet]:
    """One parameter a form: the case, the form, the nominative, whether it is a woman's name."""
    found = []
    for row in rows(SPECS / "ru" / "names_in_cases.csv"):
        for case in CASES:
            marks = [pytest.mark.xfail(reason=GAP, strict=True)] if case in row["gaps"].split() else []
            found.append(pytest.param(case, row[case], row["nom"], row["sex"] == "f", marks=marks, id=f"{case} {row[case]}"))
    return found


@pytest.mark.parametrize(("case", "form", "nominative", "feminine"), forms())
def test_nominative_of_a_form(case: str, form: str, nominative: str, feminine: bool) -> None:
    morphology = registry.pack("ru").morphology
    for known in (feminine, None):
        assert " ".join(morphology.name_in_nominative(tuple(form.split()), case, known)) == nominative


def test_a_nominative_stays() -> None:
    morphology = registry.pack("ru").morphology
    for row in rows(SPECS / "ru" / "names_in_cases.csv"):
        words = tuple(row["nom"].split())
        assert morphology.name_in_nominative(words, "nom", None) == words == morphology.name_in_nominative(words, None, None)
