"""The whole of extraction: what no single stage answers for. Every text is invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalog import load_catalog
from app.domain.facts import Extraction, Mentions
from app.domain.record import replace
from app.domain.text import Article
from app.pipeline import extract

ARTICLE = (
    "Дорога к соседям\n\n12.05.2025 10:00\n\n"
    "Министр транспорта Казахстана Ерлан Сагатов сообщил, что за прошлый год по дороге в Узбекистан прошло 2 млн тонн грузов.\n\n"
    "«К 2030 году мы доведём товарооборот с Узбекистаном до 10 млрд долларов», – сказал он."
)


def read(text: str, **given_: str) -> Extraction:
    return extract(Article(text=text, **given_), load_catalog())


def test_the_same_text_gives_the_same_facts_under_the_same_ids() -> None:
    assert read(ARTICLE) == read(ARTICLE)


def test_facts_of_another_text_have_other_ids() -> None:
    one, other = read(ARTICLE), read(ARTICLE + "\n\nНа этом встреча завершилась.")
    assert not {s.id for s in one.statements} & {s.id for s in other.statements}


def test_a_figure_inside_a_statement_knows_it_and_its_speaker() -> None:
    found = read(ARTICLE)
    assert [i.statement_id for i in found.indicators] == [s.id for s in found.statements]
    assert {i.speaker.name for i in found.indicators if i.speaker} == {"Ерлан Сагатов"}


def test_markup_gives_the_same_words_and_points_into_the_source() -> None:
    page = "".join(f"<p>{line.replace(' ', '&#32;', 1)}</p>" for line in ARTICLE.split("\n\n"))
    plain, seen = read(ARTICLE), read(page)
    assert [s.text for s in seen.statements] == [s.text for s in plain.statements]
    for statement in seen.statements:
        source = page[statement.segments[0].start : statement.segments[-1].end]
        assert source.replace("&#32;", " ") == statement.text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Казакстан менен Түркиянын соода жүгүртүүсү былтыр өстү, деди министр.", "ky"),
        ("Der Handel zwischen den beiden Ländern ist um zehn Prozent gewachsen, sagte der Minister.", "de"),
        ("12345 67890", None),
    ],
)
def test_a_language_not_read_is_named_and_yields_nothing(text: str, language: str | None) -> None:
    found = read(text)
    assert (found.language, found.statements, found.indicators) == (language, (), ())
    assert [w.code for w in found.warnings] == ["language_not_read"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Министр отрицает, что экспорт Казахстана в Россию упал на 5%.", []),
        ("Министр не подтвердил, что экспорт Казахстана в Россию упал на 5%.", []),
        ("Министр подтвердил, что экспорт Казахстана в Россию упал на 5%.", [-5]),
    ],
)
def test_a_figure_that_is_denied_is_no_fact(text: str, values: list[int]) -> None:
    assert [i.value for i in read(f"Переговоры завершены\n\nВстреча шла долго.\n\n{text}").indicators] == values


def test_nothing_said_is_said() -> None:
    assert "no_facts" in [w.code for w in read("В горах выпал первый снег. Дороги чистят с утра.").warnings]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from([*ARTICLE.split(), "«", "»", "–", "\n", "\n\n", ":", ",", "й", "😀", "ё", "״שלום״"]), max_size=120)
)
def test_any_order_of_words_keeps_every_fact_at_its_characters(words: list[str]) -> None:
    text = " ".join(words)
    found = read(text, language="ru")
    for statement in found.statements:
        assert " ".join(s.of(text) for s in statement.segments) == statement.text
    for indicator in found.indicators:
        assert indicator.span.of(text) == indicator.as_written


def test_what_stands_in_the_middle_of_a_quotation_and_is_none_of_it_parts_the_words() -> None:
    text = "«Экспорт вырос [видео: выступление для прессы] до 5 млрд долларов», – заявил министр торговли Казахстана."
    (said,) = read(text).statements
    assert [span.of(text) for span in said.segments] == ["Экспорт вырос", "до 5 млрд долларов"]
    assert said.text == "Экспорт вырос до 5 млрд долларов"


def test_nothing_but_the_mentions_is_missing_where_nobody_asks_for_them() -> None:
    asked, unasked = read(ARTICLE), extract(Article(ARTICLE), load_catalog(), mentions=False)
    assert asked.mentions.people
    assert unasked == replace(asked, mentions=Mentions())
