"""Articles in more than one language are read by paragraph and by quotation, each with its own pack.

Strategy: `specs/mixed.toml` holds invented articles with all that they say; every fact has to point at its own words.
Which stretches are in another language is asked of `find_parts` alone as well, and held to linear time.
"""

from __future__ import annotations

from typing import Any

import pytest

from app.catalog import load_catalog
from app.domain.facts import Extraction
from app.domain.text import Article
from app.languages import registry
from app.pipeline import extract
from app.pipeline.page.parts import find_parts, main_language
from tests.growth import assert_linear
from tests.spec_cases import cases, spec

CASES = cases(spec("mixed")["case"])
RUSSIAN = "Министр сообщил, что торговля двух стран за прошлый год выросла на пять процентов."
KAZAKH = "Министр екі елдің саудасы былтыр бес пайызға өскенін айтып, жаңа жоспарлармен бөлісті."


def read(case: dict[str, Any]) -> Extraction:
    return extract(Article(text=case["text"].strip(), published_at="2025-05-12"), load_catalog())


@pytest.mark.parametrize("case", CASES)
def test_every_paragraph_is_read_in_its_own_language(case: dict[str, Any]) -> None:
    found = read(case)
    assert found.language == case["language"]
    assert [[s.speaker.name, s.text] for s in found.statements] == case["statements"]
    assert [i.as_written for i in found.indicators] == case["figures"]
    if case.get("one_speaker"):
        assert len({s.speaker.id for s in found.statements}) == 1
    if case.get("figures_said"):
        assert {i.statement_id for i in found.indicators} == {s.id for s in found.statements}


@pytest.mark.parametrize("case", [case.values[0] for case in CASES], ids=[str(case.id) for case in CASES])
def test_facts_point_at_their_words(case: dict[str, Any]) -> None:
    text, found = case["text"].strip(), read(case)
    for said in found.statements:
        assert " ".join(s.of(text) for s in said.segments) == said.text
    kinds = (found.mentions.people, found.mentions.countries, found.mentions.quantities, found.mentions.dates)
    for item in (*found.indicators, *(m for kind in kinds for m in kind)):
        assert item.span.of(text) == (item.as_written if hasattr(item, "as_written") else item.text)
    for kind in kinds:
        assert [m.span for m in kind] == sorted({m.span for m in kind})


@pytest.mark.parametrize(
    ("text", "code", "parts"),
    [
        (f"{KAZAKH}\n{RUSSIAN}", "kk", [("ru", RUSSIAN, False)]),
        (f"{RUSSIAN}\n{KAZAKH}", "ru", [("kk", KAZAKH, False)]),
        (f"{KAZAKH} «{RUSSIAN}», – деді ол.", "kk", [("ru", RUSSIAN, True)]),
        (f"Он сказал: «{KAZAKH}»", "ru", [("kk", KAZAKH, True)]),
        (f"{RUSSIAN}\n{RUSSIAN}", "ru", []),
        (f"{KAZAKH}\n{KAZAKH}", "kk", []),
        (f"{RUSSIAN}\nӨзен, Ұлытау и Қостанай – названия трёх городов, которые посетит министр.", "ru", []),
        (f"{KAZAKH}\nМинистр торговли", "kk", []),
        (f"{RUSSIAN}\nSamsung, Hyundai и General Motors построят заводы в Казахстане.", "ru", []),
        (f"{RUSSIAN}\nМіністр заявив, що експорт зерна зріс на 12 відсотків, і це важливо для обох країн.", "ru", []),
    ],
)  # fmt: skip
def test_parts_in_another_language(text: str, code: str, parts: list[tuple[str, str, bool]]) -> None:
    found = find_parts(text, code, registry.readable())
    assert [(p.code, p.span.of(text), p.quoted) for p in found] == parts


def test_the_language_is_that_of_most_of_the_text() -> None:
    text = f"{KAZAKH}\n{RUSSIAN}\n{RUSSIAN}\n{RUSSIAN}"
    assert main_language(text, "kk", find_parts(text, "kk", registry.readable())) == "ru"
    assert extract(Article(text), load_catalog()).language == "ru"


@pytest.mark.parametrize("unit", [f"{KAZAKH}\n{RUSSIAN}\n", "«", f"«{RUSSIAN} ", "– слово, – слово ", '"ә'])
def test_parts_are_found_in_linear_time(unit: str) -> None:
    assert_linear(lambda text: find_parts(text, "kk", registry.readable()), lambda n: unit * (n // len(unit) + 1), 20_000)
