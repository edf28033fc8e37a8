"""Words are found in any of their forms, alike on both engines, newest first, and pointed at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select

from app.domain.query import ArticleQuery, PageRequest, Sort, StatementQuery
from app.errors import InvalidParameter
from app.services import reading, reindexing
from app.services.wording import highlights, lemmas_of, sought
from app.storage import words
from app.storage.database import Database
from app.storage.tables import statement_words, statements
from tests.services.making import CN_KZ, DAY, KZ_RU, SERIKOV, Draft
from tests.storage.databases import NewDatabase

SAID = {
    "визит": "Визит главы соседней страны прошёл успешно",
    "визитами": "Мы довольны визитами и торговой палатой",
    "палата": "Торговая палата открылась, палата лордов нет",
    "порознь": "Палата занята, торговая сделка ждёт",
    "инвестиции": "Инвестиции выросли на 18,3 процента",
    "инвесторы": "Инвесторы и визиты, и ничего про нефть",
    "сталь": "Заводы дают больше стали",
    "эконом": "Торгово-экономическое сотрудничество крепнет",
    "ёлка": "Ёлки растут",
    "undated": "Визит без даты",
}
"""Invented words by a name for each, a day apart, the last without a date."""
QUESTIONS = {
    "визит": {"визит", "визитами", "инвесторы", "undated"},
    "визита": {"визит", "визитами", "инвесторы", "undated"},
    "ВИЗИТЫ": {"визит", "визитами", "инвесторы", "undated"},
    "визит торговый": {"визитами"},
    '"торговая палата"': {"визитами", "палата"},
    "«торговой палаты»": {"визитами", "палата"},
    '"палата торговая"': set(),
    "палата торговая": {"визитами", "палата", "порознь"},
    "инвест*": {"инвестиции", "инвесторы"},
    "инвестицию*": {"инвестиции"},
    "инвест* -нефть": {"инвестиции"},
    "визит -торговая -нефть": {"визит", "undated"},
    'палата -"торговая палата"': {"порознь"},
    "18,3": {"инвестиции"},
    "3,18": set(),
    "сталь": {"сталь"},
    "торгово-экономическому": {"эконом"},
    "экономический": {"эконом"},
    "елка": {"ёлка"},
    "самолёт": set(),
    "виз": set(),
    "и": {"визитами", "инвесторы"},
}


@pytest.fixture(scope="module")
def archive(new_database: NewDatabase) -> Iterator[Database]:
    draft = Draft("Выдуманная новость о дипломатах.")
    for day, (name, text) in enumerate(SAID.items()):
        pairs = {"pairs": (CN_KZ,)} if name == "визитами" else {}
        draft.says(text, stated_on=None if name == "undated" else DAY + timedelta(day), **pairs)
    with new_database() as database:
        with database.session() as session:
            draft.stored(session)
            Draft("Другая новость: верблюды.", published_at="2020-01-01").stored(session)
        yield database


def names(items: list[dict[str, Any]]) -> list[str]:
    return [next(name for name, text in SAID.items() if text == item["text"]) for item in items]


def asked(database: Database, q: str, page: PageRequest | None = None, **more: Any) -> list[dict[str, Any]]:
    with database.session() as session:
        query = StatementQuery(words=sought(q), **more)
        return reading.list_statements(session, query, page or PageRequest()).items


@pytest.mark.parametrize("q", QUESTIONS)
@pytest.mark.parametrize("sort", ["-stated_on", "created_at"])
def test_a_search_finds_what_it_asks_for_and_nothing_else(archive: Database, q: str, sort: str) -> None:
    request = PageRequest(sort=Sort.parse(sort, ("stated_on", "created_at")))
    assert set(names(asked(archive, q, request))) == QUESTIONS[q]


@pytest.mark.parametrize("sort", ["stated_on", "-stated_on"])
@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_hits_come_by_date_page_by_page_and_undated_last(archive: Database, sort: str, limit: int) -> None:
    found, after = [], None
    request = Sort.parse(sort, ("stated_on",))
    with archive.session() as session:
        while True:
            page = reading.list_statements(session, StatementQuery(words=sought("визит")), PageRequest(limit, request, after))
            found += names(page.items)
            if (after := page.next) is None:
                break
    dated = ["визит", "визитами", "инвесторы"]
    assert found == [*(dated[::-1] if sort.startswith("-") else dated), "undated"]


def test_other_filters_hold_beside_the_words(archive: Database) -> None:
    assert names(asked(archive, "визит", pair=CN_KZ)) == ["визитами"]
    assert names(asked(archive, "визит", pair=KZ_RU, from_=DAY + timedelta(1))) == ["инвесторы"]
    assert names(asked(archive, "визит", to=DAY)) == ["визит"]
    assert names(asked(archive, "визит", from_=DAY, to=DAY + timedelta(1), speaker=SERIKOV.id)) == ["визитами", "визит"]
    assert names(asked(archive, "визит", topic="space")) == []


@pytest.mark.parametrize(
    ("q", "marked"),
    [
        ("палата", ["палата", "палата"]),
        ('"торговая палата"', ["Торговая", "палата"]),
        ("палат* открыться", ["палата", "открылась", "палата"]),
        ("лорд -верблюд", ["лордов"]),
    ],
)
def test_what_was_searched_for_is_pointed_at(archive: Database, q: str, marked: list[str]) -> None:
    (found,) = [item for item in asked(archive, q) if item["text"] == SAID["палата"]]
    assert [found["text"][span["start"] : span["end"]] for span in found["highlights"]] == marked


def test_without_a_search_nothing_is_pointed_at(archive: Database) -> None:
    with archive.session() as session:
        items = reading.list_statements(session, StatementQuery(), PageRequest()).items
    assert not [item for item in items if "highlights" in item]


@pytest.mark.parametrize(
    ("q", "found"), [("дипломата", 1), ("верблюд", 1), ("новости", 2), ("выдуманная новость", 1), ("визитами", 1)]
)
def test_articles_are_found_by_their_text(archive: Database, q: str, found: int) -> None:
    with archive.session() as session:
        assert len(reading.list_articles(session, ArticleQuery(words=sought(q)), PageRequest()).items) == found


@pytest.mark.parametrize("q", ["", "!!!", "-нефть", '""', "*", "- -", "а*", " ".join("слово" for _ in range(21))])
def test_a_search_for_nothing_is_refused(q: str) -> None:
    with pytest.raises(InvalidParameter):
        sought(q)


def test_an_article_takes_its_words_along(database: Database) -> None:
    with database.session() as session:
        article = Draft().says("Уходящие слова").stored(session).article
    with database.session() as session:
        reading.delete_article(session, article["id"])
    with database.session() as session:
        assert reading.list_statements(session, StatementQuery(words=sought("слово")), PageRequest()).items == []
        assert session.scalar(select(func.count()).select_from(statement_words)) == 0
        Draft().says("Уходящие слова").stored(session)
        assert len(reading.list_statements(session, StatementQuery(words=sought("слово")), PageRequest()).items) == 1


def test_an_index_made_by_other_rules_is_made_anew(database: Database) -> None:
    with database.session() as session:
        Draft("Один.").says("Старые слова").stored(session)
        session.execute(delete(statement_words))
    assert not reindexing.up_to_date(database)
    assert asked(database, "слово") == []
    done: list[int] = []
    reindexing.reindex(database, done.append)
    assert sum(done) == 2
    assert reindexing.up_to_date(database)
    assert len(asked(database, "слово")) == 1
    reindexing.reindex(database)
    assert len(asked(database, "слово")) == 1


def test_two_that_would_share_a_place_stand_beside_each_other(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "place_of", lambda _, on: words.first_place(on))
    with database.session() as session:
        Draft("Один.").says("Первые слова").says("Вторые слова").stored(session)
        Draft("Два.").says("Третьи слова").stored(session)
    assert {item["text"] for item in asked(database, "слово")} == {"Первые слова", "Вторые слова", "Третьи слова"}


anything = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)


@given(text=st.lists(anything, min_size=1, max_size=4).map(" ".join))
def test_every_word_of_a_text_is_found_by_itself_on_either_engine(archive: Database, text: str) -> None:
    """Whatever the script: a word that is indexed is found, and nothing in it is taken for syntax."""
    lemmas = lemmas_of(text, "ru")
    with archive.session() as session:
        session.execute(insert(statement_words), [{"place": 1, "owner_id": _owner(session), "lemmas": lemmas}])
        for part in text.split():
            try:
                search = sought(f'"{part.replace(chr(34), " ").replace("«", " ")}"')
            except InvalidParameter:
                continue
            found = reading.list_statements(session, StatementQuery(words=search), PageRequest(sort=Sort("stated_on"))).items
            assert found, (part, lemmas)
        session.rollback()


def _owner(session: Any) -> str:
    owner = session.scalar(select(statements.c.id).order_by(statements.c.id))
    session.execute(delete(statement_words).where(statement_words.c.owner_id == owner))
    return str(owner)


def test_words_touch_their_characters() -> None:
    text = "Ёлки и ёлочки, 18,3 торгово-экономических"
    spans = highlights(text, "ru", sought("елка 18,3 экономический"))
    assert [span.of(text) for span in spans] == ["Ёлки", "18", "3", "экономических"]
    assert date.max.toordinal() << 40 < 1 << 63
