"""Two people of one name stay two: an office, a country, a patronymic or a day that the known one never had keeps them apart.

Strategy: `specs/ru/namesakes.toml` holds descriptions with the person of the catalogue whom each must not be taken for, and
pairs of descriptions of people unknown to it, with whether they are one; every one speaks in an invented article of its own.
"""

from __future__ import annotations

import pytest

from app.catalog import load_catalog
from app.domain.speaker import Speaker
from app.domain.text import Article
from app.pipeline import extract
from tests.spec_cases import spec

SPEC = spec("ru/namesakes")
STRANGERS = [
    *(("ru", *pair) for pair in SPEC["strangers"]),
    *(("kk", *pair) for pair in SPEC["strangers_kk"]),
    *(("en", *pair) for pair in SPEC["strangers_en"]),
]
DAY = "2024-06-12"


def speaker(description: str, day: str = DAY, outlet: str | None = None, language: str = "ru") -> Speaker:
    text = SPEC["sentences"][language].format(description)
    article = Article(text=text, language=language, published_at=day, publisher_country=outlet)
    (statement,) = extract(article, load_catalog()).statements
    return statement.speaker


@pytest.mark.parametrize(("language", "description", "person"), STRANGERS, ids=lambda value: value)
def test_a_namesake_is_a_stranger(language: str, description: str, person: str) -> None:
    assert load_catalog().people.get(person) is not None
    assert speaker(description, language=language).id != person


@pytest.mark.parametrize(("description", "person"), SPEC["themselves"], ids=lambda value: value)
def test_the_known_person_is_recognised(description: str, person: str) -> None:
    assert speaker(description).id == person


@pytest.mark.parametrize(("one", "other"), SPEC["two_people"], ids=lambda value: " ".join(value))
def test_two_unknown_people_stay_two(one: list[str], other: list[str]) -> None:
    ids = [speaker(text, outlet=outlet or None, language=language).id for text, outlet, language in (one, other)]
    assert ids[0] != ids[1]


@pytest.mark.parametrize(("one", "other"), SPEC["one_person"], ids=lambda value: " ".join(value))
def test_an_unknown_person_is_met_again(one: list[str], other: list[str]) -> None:
    ids = [speaker(text, outlet=outlet or None, language=language).id for text, outlet, language in (one, other)]
    assert ids[0] == ids[1]
