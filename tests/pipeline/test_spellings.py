"""However a name of the catalogue is written, in three languages and every case, it leads to the one person.

Strategy: `specs/spellings.csv` holds spellings; each is put into an invented sentence that asks for its case.
"""

from __future__ import annotations

import pytest
from _pytest.mark.structures import ParameterSet

from app.catalog import load_catalog
from app.catalog.tables import rows
from app.domain.text import Article
from app.pipeline import extract
from tests.spec_cases import SPECS

SENTENCES = {
    ("ru", "nom"): "Вчера в Астану на переговоры о торговле прилетает {}.",
    ("ru", "gen"): "Переговоры о торговле зерном прошли по инициативе {}.",
    ("ru", "dat"): "Доклад о торговле зерном передали {}.",
    ("ru", "acc"): "На переговорах о торговле видели {}.",
    ("ru", "ins"): "Переговоры о торговле зерном провели с {}.",
    ("ru", "loc"): "На переговорах о торговле говорили о {}.",
    ("kk", ""): "Кеше Астанада {} келіссөз туралы айтылды.",
    ("en", ""): "The talks on trade in grain were opened by {} on Monday.",
}


def spellings() -> list[ParameterSet]:
    """One parameter a spelling; a gap is a strict xfail."""
    found = []
    for row in rows(SPECS / "spellings.csv"):
        marks = [pytest.mark.xfail(reason="this spelling is not understood yet", strict=True)] if row["gap"] else []
        values = (row["language"], row["case"], row["written"], row["person"])
        found.append(pytest.param(*values, marks=marks, id=" ".join(values[:3])))
    return found


@pytest.mark.parametrize(("language", "case", "written", "person"), spellings())
def test_a_spelling_leads_to_its_person(language: str, case: str, written: str, person: str) -> None:
    text = SENTENCES[language, case].format(written)
    found = extract(Article(text=text, language=language, published_at="2024-06-12"), load_catalog()).mentions.people
    assert [mention.id for mention in found] == [person]
