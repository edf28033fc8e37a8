"""Markup is seen through, and every visible character leads back to where it was sent.

Strategy: pages written here by hand for what is kept and dropped; random trees of tags, entities and text for the
offsets; hostile strings for growth.
"""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text import Span
from app.pipeline.page.markup import View, read_markup
from tests.growth import assert_linear

PAGE = """<!DOCTYPE html>
<html lang="ru"><head><title>Порты договорились о перевалке зерна | Степная газета</title>
<meta property="og:site_name" content="Степная газета">
<meta property='article:published_time' content='2025-03-04T09:30:00+05:00'>
<link rel="canonical" href="https://step.example.kz/n/1"><style>p > a { color: red }</style>
<script>if (a < b) document.write("<p>скрипт</p>");</script></head>
<body><nav><ul><li><a href="/">Главная</a></li><li>Экономика</li></ul></nav>
<article><h1>Порты договорились о&nbsp;перевалке зерна</h1>
<p>Порты двух стран договорились перевалить в&nbsp;этом году 2,5&nbsp;млн тонн зерна. Об&nbsp;этом сообщил
   директор порта, выступая перед работниками &mdash; их&nbsp;собралось около&nbsp;сотни.</p>
<p>&laquo;Первый <b title="a > b">паро</b>ход придёт в&#160;мае&raquo;, &#8212; сказал он.<br>Второй ждут летом, когда откроется
   новый причал и&nbsp;будут готовы подъездные пути.</p>
<figure><img src="a.jpg"><figcaption>Порт. Фото: архив</figcaption></figure>
<p>Стороны встретятся ещё раз осенью, чтобы подвести итоги первого полугодия и согласовать тарифы на будущий год.</p>
</article><aside><p>Другие новости: в&nbsp;степи выпал снег, дороги закрыты, школы не работают до понедельника.</p></aside>
<footer>© Степная газета</footer></body></html>"""


def source_of(source: str, view: View, words: str) -> str:
    at = view.text.index(words)
    return view.span(Span(at, at + len(words))).of(source)


def test_plain_text_is_left_alone() -> None:
    text = "Рост на 5 < 6 %, а <Газпром> & «КТЖ» &amp; другие\n\n  подписали  акт.\n"
    assert read_markup(text) == View(text)


def test_page_shows_its_article_alone() -> None:
    assert read_markup(PAGE).text.split("\n") == [
        "Порты договорились о\xa0перевалке зерна",
        "Порты двух стран договорились перевалить в\xa0этом году 2,5\xa0млн тонн зерна. Об\xa0этом сообщил директор порта, "
        "выступая перед работниками — их\xa0собралось около\xa0сотни.",
        "«Первый пароход придёт в\xa0мае», — сказал он.",
        "Второй ждут летом, когда откроется новый причал и\xa0будут готовы подъездные пути.",
        "Стороны встретятся ещё раз осенью, чтобы подвести итоги первого полугодия и согласовать тарифы на будущий год.",
    ]


def test_page_says_what_it_knows_of_its_article() -> None:
    meta = read_markup(PAGE).meta
    assert meta.title == "Порты договорились о перевалке зерна"
    assert (meta.published_at, meta.publisher) == ("2025-03-04T09:30:00+05:00", "Степная газета")
    assert meta.url == "https://step.example.kz/n/1"
    assert meta.title_span == Span(0, 36)


def test_span_leads_back_over_tags_and_entities() -> None:
    view = read_markup(PAGE)
    assert source_of(PAGE, view, "пароход") == "паро</b>ход"
    assert source_of(PAGE, view, "«Первый пароход") == '&laquo;Первый <b title="a > b">паро</b>ход'
    assert source_of(PAGE, view, "2,5\xa0млн") == "2,5&nbsp;млн"
    assert source_of(PAGE, view, "сообщил директор") == "сообщил\n   директор"


def test_empty_span_has_a_place() -> None:
    view = read_markup("<p>Мир</p>")
    assert view.span(Span(0, 0)) == Span(3, 3)
    assert view.span(Span(3, 3)) == Span(6, 6)
    assert read_markup("<br>").span(Span(0, 0)) == Span(0, 0)


def test_fragment_keeps_all_its_blocks() -> None:
    view = read_markup("<p>Один.</p><p>Два.<br/>Три.</p><ul><li>Четыре</li><li>Пять</li></ul>")
    assert view.text.split() == ["Один.", "Два.", "Три.", "Четыре", "Пять"]
    assert view.text.count("\n") >= 4


def test_line_breaks_count_where_no_tag_makes_a_block() -> None:
    assert read_markup("Первая <b>строка</b>.\nВторая.\n\nТретья.").text == "Первая строка.\nВторая.\n\nТретья."


def test_empty_line_between_blocks_of_text_is_a_paragraph() -> None:
    assert read_markup("Первый\nабзац.\n\nВторой абзац.<blockquote>Слова</blockquote>").text.startswith(
        "Первый абзац.\nВторой абзац.\n"
    )


@pytest.mark.parametrize(
    "source",
    [
        "<nav>Слова остаются",
        "<p>Слова<",
        "<p>Слова<a href=",
        '<p title="x>Слова</p>',
        "<!-- <p>Слова</p>",
        "</p></p>Слова<p>",
        "<p>Слова<![CDATA[x",
    ],
)
def test_broken_markup_loses_no_words(source: str) -> None:
    assert "Слова" in read_markup(source).text


def test_page_without_an_article_shows_all_its_blocks() -> None:
    assert read_markup("<html><body><div>Коротко о главном.</div></body></html>").text.strip() == "Коротко о главном."


def test_date_between_headline_and_article_stays_with_it() -> None:
    paragraphs = "".join(
        f"<div>Абзац {number} о перевалке зерна в портах двух стран и о новых тарифах на неё.</div>" for number in "12345"
    )
    head = "<div><a>Главная</a></div><h1>Порты готовы</h1><div>12.03.2025 10:00</div>"
    page = f"<html><body>{head}<div>{paragraphs}</div></body></html>"
    assert read_markup(page).text.split("\n")[:3] == [
        "Порты готовы",
        "12.03.2025 10:00",
        "Абзац 1 о перевалке зерна в портах двух стран и о новых тарифах на неё.",
    ]


def test_cells_of_a_table_do_not_run_together() -> None:
    assert read_markup("<table><tr><td>Меню<td>Министр заявил.</table>").text.split() == ["Меню", "Министр", "заявил."]
    assert "Меню\nМинистр" in read_markup("<table><tr><td>Меню<td>Министр заявил.</table>").text


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="<>&\x00"), max_size=12)
PIECES = st.one_of(
    TEXT,
    st.sampled_from(
        ["&amp;", "&laquo;", "&nbsp;", "&#1103;", "&#x44F;", "&copy", "&нет;", "&", "&lt;b&gt;", "&NotEqualTilde;", "&#0;"]
    ),
    st.sampled_from(
        ["<p>", "</p>", "<br>", "<b class='a>b'>", "</b>", "<div>", "</div>", "<!-- x -->", "<td>", "<pre>", "<", ">", "<a"]
    ),
    st.sampled_from(["<nav>меню</nav>", "<script>a<b</script>", "<style>", "<html>", "<body>", "<title>T</title>", "<h1>H</h1>"]),
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_visible_character_is_in_its_source(source: str) -> None:
    view = read_markup(source)
    last = 0
    for at, char in enumerate(view.text):
        span = view.span(Span(at, at + 1))
        assert last <= span.end <= len(source)
        last = span.start
        shown = unescape(span.of(source))
        assert char in shown or (char.isspace() and (not shown or shown.isspace()))
    whole = view.span(Span(0, len(view.text)))
    assert 0 <= whole.start <= whole.end <= len(source)


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "<a ",
        '<a "',
        "<a '\"<a' ",
        "<div>",
        "</div>",
        "<!--",
        "<script>",
        "<nav>",
        "<nav></nav>",
        "&",
        "<p>&#",
        "<b>слово ",
        "<p>слово\n\n ",
        "<a href='",
    ],
)
def test_hostile_markup_is_read_in_linear_time(unit: str) -> None:
    assert_linear(lambda text: read_markup("<p>" + text), lambda n: unit * (n // len(unit)), 20_000)
