"""Copies of an article: found, marked, and what they repeat counts once, whatever comes, changes or goes.

All news and all names here are invented.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest

from app.domain.query import (
    BY_NAME,
    ArticleQuery,
    PageRequest,
    SpeakerQuery,
    StatementQuery,
)
from app.services import reading
from app.services.ingestion import store_many
from app.services.reextraction import reextract
from app.storage.database import Database
from tests.services.copies import BODY, CATALOG, MORE, article, copy, counts, original, state, stored
from tests.services.making import DAY, KZ_RU, KZ_UZ, PETROVA, SERIKOV, Draft
from tests.storage.databases import NewDatabase


def test_a_copy_is_marked_and_what_it_repeats_counts_once(database: Database) -> None:
    first, second = stored(database, original()), stored(database, copy())
    assert (first["reprint_of"], second["reprint_of"]) == (None, first["id"])
    assert [fact["repeats"] for fact in second["statements"]] == [first["statements"][0]["id"], None]
    assert [fact["repeats"] for fact in second["indicators"]] == [first["indicators"][0]["id"]]
    found = state(database)
    assert (found["said"], found["told"]) == (["Мы довольны итогами", "Этого у первых не было"], 1)
    shown = article(database, first["id"])
    for fact, repeating in ((shown["statements"][0], second["statements"][0]), (shown["indicators"][0], second["indicators"][0])):
        (source,) = fact["further_sources"]
        named = {name: second[name] for name in ("id", "title", "url", "publisher", "published_at")}
        assert source == {"id": repeating["id"], "article": named}


def test_a_flood_of_copies_counts_once_as_well(database: Database) -> None:
    """More than a new copy is held against: each still repeats the first, and what the oldest of them added."""
    first = stored(database, original())
    copies = [stored(database, copy(f"{number}-е")) for number in range(40)]
    assert {one["reprint_of"] for one in copies} == {first["id"]}
    added = copies[0]["statements"][1]["id"]
    assert {fact["repeats"] for one in copies[1:] for fact in one["statements"]} == {first["statements"][0]["id"], added}
    assert (state(database)["said"], state(database)["told"]) == (["Мы довольны итогами", "Этого у первых не было"], 1)


def test_repeats_are_listed_where_they_are_asked_for(database: Database) -> None:
    first, second = stored(database, original()), stored(database, copy())
    with database.session() as session:
        for repeats, of, number in (
            (None, None, 2),
            (False, None, 2),
            (True, None, 3),
            (None, second["id"], 2),
            (False, second["id"], 1),
        ):
            query = StatementQuery(repeats=repeats, article=of, pair=KZ_RU)
            assert len(reading.list_statements(session, query, PageRequest()).items) == number, (repeats, of)
        copies = reading.list_articles(session, ArticleQuery(reprint_of=first["id"]), PageRequest()).items
        assert [one["id"] for one in copies] == [second["id"]]
        assert [one["id"] for one in reading.list_articles(session, ArticleQuery(), PageRequest()).items].count(first["id"]) == 1


@pytest.mark.parametrize("together", [True, False], ids=["one batch", "one by one"])
def test_later_copies_repeat_what_an_earlier_copy_added(database: Database, together: bool) -> None:
    drafts = [original(), copy("Второе"), copy("Третье"), copy("Четвёртое")]
    reads = [(draft.article, draft.extraction) for draft in drafts]
    ids: list[str] = []
    for batch in [reads] if together else [[read] for read in reads]:
        with database.session() as session:
            ids += [one.id for one in store_many(session, batch)]
    articles = [article(database, id_) for id_ in ids]
    assert [one["reprint_of"] for one in articles] == [None, ids[0], ids[0], ids[0]]
    found = state(database)
    assert (found["said"], found["told"]) == (["Мы довольны итогами", "Этого у первых не было"], 1)
    assert sorted(len(of) for of in found["sources"].values()) == [2, 3, 3]


OTHERS: dict[str, dict[str, Any]] = {
    "another pair": {"lead": f"О другом.\n{BODY}", "pairs": (KZ_UZ,)},
    "another language": {"lead": f"О том же.\n{BODY}", "language": "kk"},
    "eight days later": {"lead": f"Вновь о том же.\n{BODY}", "published_at": "2024-05-14"},
    "eight days before": {"lead": f"Прежде о том же.\n{BODY}", "published_at": "2024-04-28"},
    "other figures": {"lead": f"За 3 месяца 2024 года 17 раз.\n{BODY}"},
    "half of it in another story": {
        "lead": f"{MORE}\n{BODY[:330]}\n{MORE[::-1]} Больше ничего общего в этих новостях не нашлось."
    },
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_copy_stands_for_itself(database: Database, name: str) -> None:
    first = Draft(f"За 9 месяцев 2023 года 24 раза.\n{BODY}").says(speaker=SERIKOV)
    stored(database, first)
    other = stored(database, Draft(**OTHERS[name]).says(speaker=SERIKOV))
    assert other["reprint_of"] is None
    assert state(database)["said"] == ["Мы ценим сотрудничество"] * 2


def test_a_copy_of_a_few_days_later_is_one(database: Database) -> None:
    first = stored(database, original())
    later = stored(database, copy(published_at="2024-05-13"))
    assert later["reprint_of"] == first["id"]


def test_facts_that_differ_in_anything_stand_for_themselves(database: Database) -> None:
    first = original().says("О дороге", SERIKOV).tells("7 т", "7", period=None)
    stored(database, first)
    other = Draft(f"Другое издание о встрече.\n{BODY}")
    other.says("Мы довольны итогами", PETROVA).tells("6 млрд долларов", "6000000000").says("О дорогах", SERIKOV).tells(
        "7 т", "7", metric="cargo"
    )
    found = stored(database, other)
    assert found["reprint_of"] is not None
    assert [fact["repeats"] for fact in found["statements"] + found["indicators"]] == [None] * 4
    state(database)


def test_the_oldest_copy_takes_the_place_of_the_first(database: Database) -> None:
    first, second, third = (stored(database, draft) for draft in (original(), copy("Второе"), copy("Третье")))
    with database.session() as session:
        reading.delete_article(session, first["id"])
    after = [article(database, one["id"]) for one in (second, third)]
    assert [one["reprint_of"] for one in after] == [None, second["id"]]
    assert [fact["repeats"] for fact in after[0]["statements"] + after[0]["indicators"]] == [None] * 3
    assert [fact["repeats"] for fact in after[1]["statements"]] == [fact["id"] for fact in second["statements"]]
    assert state(database)["said"] == ["Мы довольны итогами!", "Этого у первых не было"]
    fourth = stored(database, copy("Четвёртое"))
    assert fourth["reprint_of"] == second["id"]
    with database.session() as session:
        for id_ in (third["id"], second["id"], fourth["id"]):
            reading.delete_article(session, id_)
    with database.session() as session:
        assert counts(session) == {}


def test_a_copy_that_goes_leaves_what_it_added_to_the_next(database: Database) -> None:
    first, second, third = (stored(database, draft) for draft in (original(), copy("Второе"), copy("Третье")))
    with database.session() as session:
        reading.delete_article(session, second["id"])
    now = article(database, third["id"])
    assert [fact["repeats"] for fact in now["statements"]] == [first["statements"][0]["id"], None]
    assert state(database)["said"] == ["Мы довольны итогами", "Этого у первых не было"]


def test_a_newer_version_that_is_still_alike_stays_the_first(database: Database) -> None:
    first, second = stored(database, original()), stored(database, copy())
    newer = Draft(f"Комиссия провела заседание (исправлено).\n{BODY}", publisher="Первое агентство", url="https://example.org/1")
    again = stored(database, newer.says("Мы довольны итогами", SERIKOV).tells("6 млрд долларов", "6000000000"))
    assert (again["id"], again["version"], again["reprint_of"]) == (first["id"], 2, None)
    now = article(database, second["id"])
    assert now["reprint_of"] == first["id"]
    # The words are still the first one's; the figure is told by the copy alone now.
    assert [fact["repeats"] for fact in now["statements"] + now["indicators"]] == [first["statements"][0]["id"], None, None]
    assert state(database)["told"] == 2


def test_a_newer_version_of_something_else_leaves_its_copies(database: Database) -> None:
    first, second, third = (stored(database, draft) for draft in (original(), copy("Второе"), copy("Третье")))
    stored(database, Draft("Совсем о другом.", url="https://example.org/1").says("Иное", SERIKOV))
    after = [article(database, one["id"]) for one in (first, second, third)]
    assert [one["reprint_of"] for one in after] == [None, None, second["id"]]
    assert state(database)["said"] == ["Иное", "Мы довольны итогами!", "Этого у первых не было"]


def test_a_newer_version_may_become_a_copy_or_be_none_any_more(database: Database) -> None:
    first = stored(database, original())
    lone = stored(database, Draft("Совсем о другом.", url="https://example.org/Второе").says("Иное", SERIKOV))
    assert lone["reprint_of"] is None
    copied = stored(database, copy("Второе"))
    assert (copied["id"], copied["reprint_of"]) == (lone["id"], first["id"])
    assert state(database)["said"] == ["Мы довольны итогами", "Этого у первых не было"]
    back = stored(database, Draft("Снова о другом.", url="https://example.org/Второе").says("Мы довольны итогами", SERIKOV))
    assert back["reprint_of"] is None
    assert state(database)["said"] == ["Мы довольны итогами"] * 2


def test_the_day_on_which_the_latest_was_told_is_that_of_what_counts(database: Database) -> None:
    stored(database, original())
    later = Draft(f"Через день.\n{BODY}", published_at="2024-05-07").says(
        "Мы довольны итогами", SERIKOV, stated_on=date(2024, 5, 7)
    )
    stored(database, later)
    with database.session() as session:
        (speaker,) = reading.list_speakers(session, SpeakerQuery(), PageRequest(sort=BY_NAME)).items
    assert speaker["last_on"] == DAY.isoformat()


def test_articles_read_again_stay_what_they_were(database: Database) -> None:
    """The extractor finds nothing in the words of these tests: so the second time all facts are gone, and the family stays."""
    first, second = stored(database, original()), stored(database, copy())
    for one in (first, second):
        with database.session() as session:
            reextract(session, CATALOG, one["id"])
    assert [article(database, one["id"])["reprint_of"] for one in (first, second)] == [None, first["id"]]
    state(database)
    assert stored(database, copy("Третье"))["reprint_of"] == first["id"]


def test_two_who_bring_copies_at_once_see_each_other(database: Database) -> None:
    """Neither has committed when the other begins: one of them waits, and becomes a copy."""
    began = Barrier(2)

    def bring(draft: Draft) -> str:
        began.wait()
        return str(stored(database, draft)["id"])

    with ThreadPoolExecutor(2) as pool:
        for number in range(3):
            pair = [copy(f"Одно {number}"), copy(f"Другое {number}")]
            for draft in pair:
                draft.metadata["published_at"] = f"2024-0{number + 1}-01"
            ids = list(pool.map(bring, pair))
            firsts = [article(database, id_)["reprint_of"] for id_ in ids]
            assert sorted(firsts, key=str) in ([None, ids[0]], [None, ids[1]], [ids[0], None], [ids[1], None]), firsts
    state(database)


def test_nothing_is_looked_for_where_the_operator_says_so(new_database: NewDatabase) -> None:
    with new_database() as opened:
        opened.reprint_days = 0
        stored(opened, original())
        assert stored(opened, copy())["reprint_of"] is None
        assert state(opened)["told"] == 2
