"""Twice the text takes twice the time, whatever is in it, and every fact points at its own words.

Strategy: texts that pile up what one stage or another looks for, from a plain article to what nobody writes; each is
read at two sizes, and once at the longest that the service takes. Articles and speakers are invented.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice, product
from pathlib import Path

import pytest

from app.catalog import load_catalog
from app.domain.facts import Extraction
from app.domain.text import Article, Span
from app.pipeline import extract
from tests.growth import assert_linear

CATALOG = load_catalog()
LONGEST = 200_000  # characters of the longest text that is taken
ARTICLE, KAZAKH, ENGLISH = (
    json.loads((Path(__file__).parents[2] / f"scripts/demo/{name}.json").read_text(encoding="utf-8"))["text"]
    for name in ("01-kz-ru-council", "13-kk-kz-tr", "14-en-gb-kz")
)
SYLLABLES = ("ба", "го", "ду", "ле", "ми", "ро", "са", "ту", "фе", "ша")


def again(piece: str) -> Callable[[int], str]:
    return lambda size: piece * (size // len(piece) + 1)


def names(form: str) -> Callable[[int], str]:
    """Thousands of people, no two alike."""

    def make(size: int) -> str:
        found = ("".join(parts).capitalize() for parts in product(SYLLABLES, repeat=4))
        return "".join(form.format(name=f"{n} {n[::-1].capitalize()}ев") for n in islice(found, size // len(form)))

    return make


PILED: dict[str, Callable[[int], str]] = {
    "an article again and again": again(ARTICLE + "\n\n"),
    "an article in one line": again(ARTICLE.replace("\n", " ") + " "),
    "one sentence without an end": again("министр торговли Казахстана и экспорт "),
    "one word": again("а"),
    "one word of hyphens": again("российско-"),
    **{f"marks {mark}": again(mark) for mark in "«»“”„\"'‘’‹›"},
    **{f"words behind {mark}": again(f"{mark}Мы растём ") for mark in "«»“”„\""},
    "paragraphs behind marks": again("«Мы растём\n"),
    "quotations": again("«Мы будем торговать больше», – отметил посол. – «Дальше будет лучше». "),
    "quotations never closed": again("«Мы будем торговать, – сказал посол, – "),
    "one long quotation": lambda size: "«" + "рост будет, сказал посол, " * (size // 26) + "»",
    "that": again("он сказал, что "),
    "that with a quotation": again("он сказал, что «рост» будет высоким, "),
    "words of a minister": again("по словам министра, "),
    "said by an ambassador": again("рост «торговли» будет высоким, сказал посол Казахстана, "),
    "about this": again("Об этом заявил посол. "),
    "colons": again("посол сказал: "),
    "labels": again("Посол: да.\n"),
    "dashes": again("— "),
    "dashes without spaces": again("—"),
    "dash paragraphs": again("— Мы будем торговать больше.\n"),
    "dash paragraphs with speakers": again("— Мы будем торговать больше, — сказал посол.\n"),
    "dash paragraphs in one line": again("в Ташкенте.– Мы построим дом "),
    "names": names("{name}, "),
    "people who speak": names("«Торговля будет расти», – сказал {name}. "),
    "officials who speak": names("Министр {name} сказал, что торговля растёт.\n"),
    "initials": again("А. Б. "),
    "offices": again("министра иностранных дел "),
    "countries": again("Казахстан, "),
    "pairs of countries": again("Казахстана и России "),
    "routes": again("Алматы – Ташкент – "),
    "numbers": again("100 "),
    "one number": lambda size: "товарооборот " + "1" * size + " долларов",
    "numbers in words": again("двадцать миллионов "),
    "turnover": again("Товарооборот Казахстана и России вырос на 5% до 28 млрд долларов. "),
    "turnover in one sentence": again("товарооборот Казахстана и России вырос на 5% до 28 млрд долларов, "),
    "sums in brackets": again("5 млн долларов (2 млрд тенге), "),
    "words of measure": again("экспорт муки "),
    "today": again("сегодня "),
    "a year earlier": again("рост годом ранее составил 5%, "),
    "days": again("11 ноября 2025 года "),
    "brackets": again("(["),
    "lines": again("Рост\n"),
    "tags": again("<p>Рост</p>"),
    "calls to readers": lambda size: "« " + "Подписывайтесь на наш канал " * (size // 28),
    "emoji": again("😀 рост "),
    "right to left": again("рост \u202eمرحبا\u202c "),
    "decomposed letters": again("рои\u0306 казахстанскии\u0306 "),
    "marks on one letter": again("\u0306"),
}  # fmt: skip
# What the Kazakh pack looks for: the verb stands last, suffixes pile up on words.
PILED_KAZAKH: dict[str, Callable[[int], str]] = {
    "an article again and again": again(KAZAKH + "\n\n"),
    "an article in one line": again(KAZAKH.replace("\n", " ") + " "),
    "words of a minister": again("министрдің айтуынша, сауда өседі, "),
    "Latin letters": again("Qazaqstan men Türkiya saudasy ösedi, dedi elshi. "),
    "statements": again("Министр Серік Оспанов сауда өскенін айтты.\n"),
    "quotations": again("«Сауда өседі», – деді елші. – Алда жұмыс көп. "),
    "one sentence without an end": again("министр Қазақстан мен Өзбекстан саудасы өскенін "),
    "said before a verb that never comes": again("сауда өсті деп "),
    "dash paragraphs": again("– Сауда өседі, – деді елші.\n"),
    "suffixes on one word": again("ларымыздағылардың"),
    "words of an office": again("министрлігінің төрағасының орынбасарының "),
    "turnover": again("Тауар айналымы 5 пайызға өсіп, 28 млрд доллардан асты. "),
    "turnover in one sentence": again("тауар айналымы 5 пайызға өсіп, 28 млрд доллардан асып, "),
    "numbers in words": again("жиырма бес жарым миллион "),
    "lists of countries": again("Ресейге, Қытай мен Түркияға, "),
    "paragraphs in two languages": again("Екі елдің саудасы өсіп келеді, деді министр.\nМинистр сообщил: торговля растёт.\n"),
}  # fmt: skip

# What the English pack looks for: subjects told by their place, phrases tied to phrases, words that are nouns and verbs.
PILED_ENGLISH: dict[str, Callable[[int], str]] = {
    "an article again and again": again(ENGLISH + "\n\n"),
    "an article in one line": again(ENGLISH.replace("\n", " ") + " "),
    "one sentence without an end": again("the trade minister of Kazakhstan and the "),
    "quotations": again("“We will trade more,” the ambassador said. “It will get better.” "),
    "that": again("he said that "),
    "words of a minister": again("according to the minister, "),
    "appositions": again("Boris Ivanov, the minister of trade, "),
    "relative clauses": again("who said that the report which "),
    "nouns that are verbs": again("trade "),
    "capitals": again("Trade Board "),
    "phrases tied to phrases": again("of the ministry in the city "),
    "pairs of countries": again("Kazakhstan and Britain, "),
    "turnover in one sentence": again("trade between Kazakhstan and Britain grew 5% to $28 billion, "),
    "numbers in words": again("twenty-five million "),
    "endings": again("Kazakhstan's "),
    "gerunds in front": again("noting that the road is long, he said "),
    "subjects of gerunds": again("with several lawmakers saying the road is long "),
    "owners of views": again("in the minister's view, "),
    "acts besides speaking": again("he said it was good and thanked them but declined "),
    "asides before that": again("told them — that night, "),
    "days between participles and ties": again("a report released last week by the board "),
    "quotations in a clause": again("turnover was “close to 8”, he said, and trade “has grown”, "),
    "titles in quotation marks": again("speaking on “Face the Nation,” said "),
    "people in a row who are told": again("told Kazakh journalists reporters lawmakers "),
}  # fmt: skip


@pytest.mark.parametrize("make", PILED_ENGLISH.values(), ids=PILED_ENGLISH.keys())
def test_time_grows_with_an_english_text(make: Callable[[int], str]) -> None:
    assert_linear(lambda text: read(text, "en"), make, 5_000)


@pytest.mark.parametrize("make", PILED_KAZAKH.values(), ids=PILED_KAZAKH.keys())
def test_time_grows_with_a_kazakh_text(make: Callable[[int], str]) -> None:
    assert_linear(lambda text: read(text, "kk"), make, 5_000)


@pytest.mark.parametrize("make", PILED_KAZAKH.values(), ids=PILED_KAZAKH.keys())
def test_every_fact_of_a_kazakh_text_points_at_its_own_words(make: Callable[[int], str]) -> None:
    text = make(3_000)
    for span, words in pointed(read(text, "kk")):
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text) == words


@pytest.mark.parametrize("make", PILED.values(), ids=PILED.keys())
def test_time_grows_with_the_text(make: Callable[[int], str]) -> None:
    assert_linear(read, make, 5_000)


@pytest.mark.parametrize(
    "name",
    [
        "an article again and again",
        *(pytest.param(n, marks=pytest.mark.long) for n in ("an article in one line", "officials who speak", "quotations")),
    ],
)
def test_the_longest_text_is_read(name: str) -> None:
    text = PILED[name](LONGEST)[:LONGEST]
    assert read(text).statements


@pytest.mark.parametrize("make", PILED.values(), ids=PILED.keys())
def test_every_fact_points_at_its_own_words(make: Callable[[int], str]) -> None:
    text = make(3_000)
    found = read(text)
    for span, words in pointed(found):
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text) == words


def read(text: str, language: str = "ru") -> Extraction:
    return extract(Article(text, published_at="2025-11-20", language=language), CATALOG)


def pointed(found: Extraction) -> Iterator[tuple[Span, str]]:
    """Every stretch that an extraction points at, with the words that it says stand there."""
    yield from ((figure.span, figure.as_written) for figure in found.indicators)
    yield from ((segment, said.text) for said in found.statements if len(said.segments) == 1 for segment in said.segments)
    yield from ((said.cue.span, said.cue.text) for said in found.statements if said.cue)
    lists = (found.mentions.people, found.mentions.organizations, found.mentions.countries, found.mentions.quantities)
    yield from ((mention.span, mention.text) for mentions in (*lists, found.mentions.dates) for mention in mentions)
