"""The word forms of a language whose morphology is our own: every folder of specs with a `morphology.toml`."""

from __future__ import annotations

from typing import Any

import pytest

from app.languages import registry
from app.languages.pack import Pack
from tests.spec_cases import SPECS, spec

LANGUAGES = sorted(path.parent.name for path in SPECS.glob("*/morphology.toml"))
CASES = [(code, kind, case) for code in LANGUAGES for kind, table in spec(f"{code}/morphology").items() for case in table]


def shown(case: Any) -> str:
    return str(case["text"]) if isinstance(case, dict) else str(case)


@pytest.mark.parametrize(("code", "case"), [(c, case) for c, kind, case in CASES if kind == "words"], ids=shown)
def test_the_likeliest_reading(code: str, case: dict[str, str]) -> None:
    readings = pack(code).morphology.readings(case["text"])
    if "not_lemma" in case:
        assert case["not_lemma"] not in {r.lemma for r in readings}
    wanted = {name: value for name, value in case.items() if name not in ("text", "not_lemma")}
    assert {name: getattr(readings[0], name) for name in wanted} == wanted


@pytest.mark.parametrize(("code", "case"), [(c, case) for c, kind, case in CASES if kind == "names"], ids=shown)
def test_the_case_of_a_name(code: str, case: dict[str, str]) -> None:
    morphology = pack(code).morphology
    reading = morphology.name_readings(case["text"])[0]
    assert reading.case == case["case"]
    assert morphology.name_in_nominative(("Ерлан", case["text"]), reading.case, None) == ("Ерлан", case["nominative"])


def pack(code: str) -> Pack:
    return registry.pack(code)
