"""Headline, date, publisher and sources are read where the client gives none.

Strategy: invented articles in the layouts of real sites, each with the fields it is about; hostile text for growth.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog import load_catalog
from app.domain.text import Article
from app.languages.pack import Pack
from app.languages.registry import pack
from app.pipeline.page.furniture import mask
from app.pipeline.page.header import Header, read_header
from app.pipeline.page.markup import Meta, read_markup
from tests.growth import assert_linear
from tests.spec_cases import every

FIELDS = ("title", "published_at", "publisher", "publisher_country", "sources")
RU = pack("ru")


def header_of(article: Article, spoken: Pack = RU) -> Header:
    view = read_markup(article.text)
    return read_header(view.text, mask(view.text, spoken), article, view.meta, spoken, load_catalog())


@pytest.mark.parametrize(("language", "case"), every("header"))
def test_header_is_read(language: str, case: dict[str, Any]) -> None:
    text = case["text"]
    header = header_of(Article(text, **case.get("given", {})), pack(language))
    found: dict[str, Any] = {field: getattr(header, field) or "" for field in FIELDS}
    found["sources"] = list(header.sources)
    found["date"] = header.date.isoformat() if header.date else ""
    found["deck"] = header.deck_span.of(text) if header.deck_span else ""
    found["title_text"] = header.title_span.of(text) if header.title_span else ""
    found["date_text"] = header.date_span.of(text) if header.date_span else ""
    found["warnings"] = [notice.code for notice in header.warnings]
    expected = case.get("expected") or {k: v for k, v in case.items() if k in found}
    assert {field: found[field] for field in expected} == expected
    if "body" in case:
        assert text[header.body_start :].startswith(case["body"])


PAGE = """<html><head><meta property="og:site_name" content="Степная газета"><meta property="og:url" content="https://step.example.kz/1">
<meta property="article:published_time" content="{moment}"></head><body><h1>Хлеб подорожал</h1><p>12.03.2020</p>
<p>Цены выросли на 7 процентов, подсчитали статистики двух стран. Запасов хватит до лета, обещает министр, а мельницы
работают без выходных и принимают зерно круглые сутки, добавил он на встрече с хлеборобами.</p></body></html>"""


@pytest.mark.parametrize(
    ("moment", "published_at", "day"),
    [
        ("2020-03-14T23:30:00+05:00", "2020-03-14T23:30:00+05:00", date(2020, 3, 14)),
        ("2020-03-14T23:30:00Z", "2020-03-14T23:30:00Z", date(2020, 3, 14)),
        ("2020-03-14T23:30:00", "2020-03-14", date(2020, 3, 14)),
        ("2020-03-14", "2020-03-14", date(2020, 3, 14)),
        ("вчера", None, None),
    ],
)
def test_a_page_says_when_and_by_whom(moment: str, published_at: str | None, day: date | None) -> None:
    header = header_of(Article(PAGE.format(moment=moment)))
    assert (header.title, header.publisher, header.publisher_country) == ("Хлеб подорожал", "Степная газета", "KZ")
    if day:
        assert (header.published_at, header.date) == (published_at, day)


@pytest.mark.parametrize("text", ["", " \n ", "•\n•", "12.03.2020", "Image\n\n• 12", "Фото: Reuters"])
def test_a_text_without_words_has_an_empty_header(text: str) -> None:
    header = header_of(Article(text))
    assert (header.title, header.publisher, header.sources) == (None, None, ())


PIECES = [
    "12.03.2020",
    "31.02.2020",
    "5 мая",
    "2024",
    "9999999999",
    "сообщает",
    "Kazpravda.kz",
    "/ТАСС/",
    "©",
    "пресс-службу",
    "«",
    "»",
    ".",
    "\n",
    " ",
    "Слово",
    "т.д.kz",
    "корреспондент",
    "2024-13-45",
    "Источник:",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=40).map(" ".join))
def test_any_text_has_a_header_within_it(text: str) -> None:
    header = read_header(text, mask(text, RU), Article(text), Meta(), RU, load_catalog())
    assert 0 <= header.body_start <= len(text)
    for span in (header.title_span, header.deck_span, header.date_span):
        assert span is None or (span.end <= len(text) and span.of(text).strip())


@pytest.mark.parametrize(
    "unit",
    ["сообщает ", "сообщает «", "пресс-служба ", "5 мая ", "1.1.", "/А", "a.", "корреспондент агентства ", "©\n", "слово\n"],
)
def test_reading_a_header_is_linear(unit: str) -> None:
    catalog = load_catalog()
    assert_linear(
        lambda text: read_header(text, text, Article(text), Meta(), RU, catalog), lambda n: unit * (n // len(unit)), 10_000
    )
