"""Every word form that names a country is found with its code, and words that only look so are not.

Strategy: `specs/<language>/countries.toml` lists word forms by country, sentences with all codes in order, and negatives.
"""

from __future__ import annotations

from typing import Any

import pytest

from app.languages.registry import pack
from app.pipeline.places.countries import Places, find_places
from app.pipeline.words.segment import segment
from tests.spec_cases import every, languages, spec

FORMS = [
    (language, code, form)
    for language in languages("countries")
    for code, forms in spec(f"{language}/countries")["forms"].items()
    for form in forms
]


def places(text: str, language: str) -> Places:
    return find_places(segment(text, pack(language)), pack(language))


@pytest.mark.parametrize(("language", "code", "form"), FORMS)
def test_a_word_form_names_its_country(language: str, code: str, form: str) -> None:
    assert [m.code for m in places(form, language).countries] == [code]


@pytest.mark.parametrize(("language", "case"), every("countries", "sentence"))
def test_countries_of_a_sentence_in_order(language: str, case: dict[str, Any]) -> None:
    found = places(case["text"], language)
    assert [m.code for m in found.countries] == case["expect"]
    assert [m.code for m in found.blocs] == case.get("blocs", [])


@pytest.mark.parametrize(("language", "case"), every("countries", "nothing"))
def test_no_country_is_read_into_other_words(language: str, case: dict[str, Any]) -> None:
    assert [m.span.of(case["text"]) for m in places(case["text"], language).countries] == []
