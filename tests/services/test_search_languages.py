"""Kazakh and English words are found in any of their forms, alike on both engines, and each language leaves the others alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain.query import PageRequest, StatementQuery
from app.services import reading
from app.services.wording import sought
from app.storage.database import Database
from tests.services.making import Draft
from tests.storage.databases import NewDatabase

SAID = {
    "kk": {
        "сапар": "Көрші елдің басшысының сапары сәтті аяқталды",
        "сапарлар": "Достық сапарларға жоғары баға берілді",
        "айналым": "Екі елдің тауар айналымы өсті",
        "бөлек": "Айналымға жаңа тауарлар шықты",
        "келісім": "Келісімдерімізді бағалаймыз, инвестициялар артты",
    },
    "en": {
        "visit": "The visit of the neighbours went well",
        "visits": "Two visits were praised by all ministers",
        "chamber": "A chamber of trade has opened",
        "apart": "Trade waits while the chamber is busy",
        "agreement": "Agreements were reached, investors hope for more",
    },
    "ru": {"визит": "Визит завершился, «visit» по-английски", "келисим": "Соглашения подписаны"},
}
"""Invented words of each language, by a name for each."""
QUESTIONS = {
    "сапар": {"сапар", "сапарлар"},
    "сапарларымыздың": {"сапар", "сапарлар"},
    "САПАРЫ": {"сапар", "сапарлар"},
    "тауар айналымы": {"айналым", "бөлек"},
    '"тауар айналымы"': {"айналым"},
    "«тауар айналымына»": {"айналым"},
    '"айналым тауар"': set(),
    "келісім": {"келісім"},
    "келісімге -инвестиция": set(),
    "сап*": {"сапар", "сапарлар"},
    "сапар -баға": {"сапар"},
    "visits": {"visit", "visits", "визит"},
    "visit -neighbour": {"visits", "визит"},
    '"chambers of trade"': {"chamber"},
    "trade chamber": {"chamber", "apart"},
    "invest*": {"agreement"},
    "agreement investor": {"agreement"},
    "minister": {"visits"},
    "визиты": {"визит"},
    "соглашение": {"келисим"},
    "go": {"visit"},
}
MARKED = {
    "сапарлар": ("сапары", ["сапары"]),
    '"тауар айналым"': ("тауар айналымы", ["тауар", "айналымы"]),
    "visit": ("Two visits", ["visits"]),
    "go": ("went", ["went"]),
}


@pytest.fixture(scope="module")
def archive(new_database: NewDatabase) -> Iterator[Database]:
    with new_database() as database:
        for language, said in SAID.items():
            draft = Draft(f"Invented news in {language}.", language=language)
            for text in said.values():
                draft.says(text)
            with database.session() as session:
                draft.stored(session)
        yield database


@pytest.mark.parametrize("q", QUESTIONS)
def test_words_are_found_in_the_forms_of_their_language(archive: Database, q: str) -> None:
    names = {text: name for said in SAID.values() for name, text in said.items()}
    with archive.session() as session:
        items = reading.list_statements(session, StatementQuery(words=sought(q)), PageRequest()).items
    assert {names[item["text"]] for item in items} == QUESTIONS[q]


@pytest.mark.parametrize("q", MARKED)
def test_they_are_pointed_at(archive: Database, q: str) -> None:
    holds, marked = MARKED[q]
    with archive.session() as session:
        items = reading.list_statements(session, StatementQuery(words=sought(q)), PageRequest()).items
    (found,) = [item for item in items if holds in item["text"]]
    assert [found["text"][span["start"] : span["end"]] for span in found["highlights"]] == marked
