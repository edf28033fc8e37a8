"""A newer text takes the place of the one before, which stays in the history; the same text elsewhere is one more place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.domain.query import BY_NAME, BY_PAIR, ArticleQuery, PageRequest, SpeakerQuery, StatementQuery
from app.services import reading, retention
from app.services.ingestion import store_many
from app.services.versions import history
from app.services.wording import sought
from app.storage.database import Database
from app.storage.tables import article_versions, articles, statements
from tests.services.making import KZ_UZ, PETROVA, SERIKOV, Draft

HERE = {"url": "https://example.org/1", "publisher": "Выдуманный вестник"}


def first(**metadata: Any) -> Draft:
    draft = Draft("Первая.", **(metadata or HERE))
    return draft.says("Остаётся", SERIKOV).says("Уходит", PETROVA).tells("5 млрд", "5000000000", within=0).tells("7 т", "7")


def second(**metadata: Any) -> Draft:
    draft = Draft("Вторая.", pairs=(KZ_UZ,), **(metadata or HERE))
    return draft.says("Приходит", SERIKOV, pairs=(KZ_UZ,)).says("Остаётся", SERIKOV).tells("5 млрд", "5000000000", within=1)


def counts(database: Database) -> dict[str, Any]:
    with database.session() as session:
        found = reading.list_pairs(session, PageRequest(sort=BY_PAIR)).items
        known = reading.list_speakers(session, SpeakerQuery(), PageRequest(sort=BY_NAME)).items
    return {item.get("pair") or item["id"]: item["counts"] for item in [*found, *known]}


@pytest.mark.parametrize("metadata", [HERE, {"external_id": "x-1"}], ids=["url", "external_id"])
def test_a_newer_text_replaces_the_facts_and_keeps_what_did_not_change(database: Database, metadata: dict[str, Any]) -> None:
    with database.session() as session:
        before = first(**metadata).stored(session).article
        session.execute(update(statements).where(statements.c.id == before["statements"][0]["id"]).values(review="confirmed"))
    with database.session() as session:
        answered = second(**metadata).stored(session)
        after = answered.article
    assert not answered.created
    assert (after["id"], after["version"]) == (before["id"], 2)
    assert after["created_at"] == before["created_at"]
    assert [warning["code"] for warning in after["warnings"]] == ["new_version"]
    assert [statement["text"] for statement in after["statements"]] == ["Приходит", "Остаётся"]
    assert after["statements"][1]["id"] == before["statements"][0]["id"]
    assert after["statements"][1]["review"] == "confirmed"
    assert after["statements"][0]["id"] not in {statement["id"] for statement in before["statements"]}
    (figure,) = after["indicators"]
    assert (figure["id"], figure["statement_id"]) == (before["indicators"][0]["id"], before["statements"][0]["id"])
    assert counts(database) == {
        "KZ-RU": {"articles": 0, "statements": 1, "indicators": 1},
        "KZ-UZ": {"articles": 1, "statements": 1, "indicators": 0},
        "askar-serikov": {"statements": 2, "indicators": 1},
    }


def test_what_was_before_is_in_the_history(database: Database) -> None:
    with database.session() as session:
        before = first().stored(session).article
        assert history(session, before["id"]) == []
    with database.session() as session:
        second().stored(session)
    with database.session() as session:
        (version,) = history(session, before["id"])
        assert version.pop("replaced_at") > before["created_at"]
        assert version == before
        again = first().stored(session).article
    assert again["version"] == 3
    assert {s["text"]: s["id"] for s in again["statements"]}["Остаётся"] == before["statements"][0]["id"]
    with database.session() as session:
        assert [version["version"] for version in history(session, before["id"])] == [2, 1]


def test_words_that_went_are_not_found_and_those_that_came_are(database: Database) -> None:
    with database.session() as session:
        first().stored(session)
        second().stored(session)
    with database.session() as session:
        for word, found in (("уходит", 0), ("приходит", 1), ("остаётся", 1)):
            page = reading.list_statements(session, StatementQuery(words=sought(word)), PageRequest())
            assert len(page.items) == found, word
        assert len(reading.list_articles(session, ArticleQuery(words=sought("первая")), PageRequest()).items) == 0


def test_versions_in_one_batch_follow_each_other(database: Database) -> None:
    drafts = [first(), second(), first()]
    with database.session() as session:
        stored = store_many(session, [(draft.article, draft.extraction) for draft in drafts])
    assert [(one.created, one.renewed) for one in stored] == [(True, False), (False, True), (False, True)]
    assert len({one.id for one in stored}) == 1
    with database.session() as session:
        assert reading.get_article(session, stored[0].id)["version"] == 3


@pytest.mark.parametrize("together", [True, False], ids=["one batch", "one by one"])
def test_a_text_that_was_replaced_may_come_again_elsewhere(database: Database, together: bool) -> None:
    elsewhere = {"url": "https://example.com/2", "publisher": "Другой вестник"}
    reads = [(draft.article, draft.extraction) for draft in (first(), second(), first(**elsewhere))]
    stored = []
    for batch in [reads] if together else [[read] for read in reads]:
        with database.session() as session:
            stored += store_many(session, batch)
    assert [(one.created, one.renewed) for one in stored] == [(True, False), (False, True), (True, False)]
    assert stored[0].id == stored[1].id != stored[2].id
    with database.session() as session:
        renewed, again = (reading.get_article(session, one.id) for one in stored[1:])
    assert [[s["text"] for s in a["statements"]] for a in (renewed, again)] == [["Приходит", "Остаётся"], ["Остаётся", "Уходит"]]
    ids = [[fact["id"] for fact in a["statements"] + a["indicators"]] for a in (renewed, again)]
    assert not set(ids[0]) & set(ids[1])
    assert [figure["statement_id"] for figure in again["indicators"]] == [again["statements"][0]["id"], None]
    assert counts(database)["askar-serikov"] == {"statements": 3, "indicators": 2}


def test_a_newer_version_may_be_a_text_that_was_replaced_elsewhere(database: Database) -> None:
    other = {"url": "https://example.com/2"}
    with database.session() as session:
        first().stored(session)
        there = second().stored(session).article
        Draft("Третья.", **other).stored(session)
        here = first(**other).stored(session).article
    assert here["version"] == 2
    assert [statement["text"] for statement in here["statements"]] == ["Остаётся", "Уходит"]
    assert not {statement["id"] for statement in here["statements"]} & {statement["id"] for statement in there["statements"]}


def test_the_same_text_from_another_outlet_is_one_more_place(database: Database) -> None:
    with database.session() as session:
        first().stored(session)
    elsewhere = {"url": "https://example.com/2", "publisher": "Другой вестник"}
    for metadata in (elsewhere, HERE, elsewhere):
        with database.session() as session:
            draft = first()
            submitted = replace(draft.article, **metadata)
            (stored,) = store_many(session, [(submitted, draft.extraction)])
            assert (stored.created, stored.renewed) == (False, False)
    with database.session() as session:
        seen = reading.get_article(session, stored.id)["sources_seen"]
    assert [(place["url"], place["publisher"]) for place in seen] == [tuple(HERE.values()), tuple(elsewhere.values())]


def test_a_deleted_article_takes_its_history_along(database: Database) -> None:
    with database.session() as session:
        first().stored(session)
        id_ = second().stored(session).article["id"]
    with database.session() as session:
        reading.delete_article(session, id_)
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(article_versions)) == 0
    assert counts(database) == {}


def test_old_texts_are_dropped_and_facts_keep_their_words(database: Database) -> None:
    with database.session() as session:
        first().stored(session)
        id_ = second().stored(session).article["id"]
    assert retention.drop_old_texts(database, 30) == 0
    assert retention.drop_old_texts(database, 30, datetime.now(UTC) + timedelta(31)) == 1
    with database.session() as session:
        article = reading.get_article(session, id_)
        assert article["text"] is None
        assert [statement["text"] for statement in article["statements"]] == ["Приходит", "Остаётся"]
        assert [version["text"] for version in history(session, id_)] == [None]
        assert len(reading.list_statements(session, StatementQuery(words=sought("приходит")), PageRequest()).items) == 1
        assert reading.list_articles(session, ArticleQuery(words=sought("вторая")), PageRequest()).items == []
        again = second().stored(session)
    assert (again.created, again.article["version"]) == (False, 2)


def quoted(database: Database, article_id: str) -> list[list[str]]:
    """The words in each version of the history, the newest first."""
    with database.session() as session:
        return [
            [s["text"] for s in version["statements"]] + [i["as_written"] for i in version["indicators"]]
            for version in history(session, article_id)
        ]


def test_an_old_version_quotes_only_what_still_stands(database: Database) -> None:
    later = datetime.now(UTC) + timedelta(31)
    with database.session() as session:
        first().stored(session)
        id_ = second().stored(session).article["id"]
    whole = [["Остаётся", "Уходит", "5 млрд", "7 т"]]
    retention.drop_old_texts(database, 30)
    assert quoted(database, id_) == whole
    retention.drop_old_texts(database, 30, later)
    assert quoted(database, id_) == [["Остаётся", "5 млрд"]]
    with database.session() as session:
        (version,) = history(session, id_)
        assert version["counts"] == {"statements": 2, "indicators": 2}
        Draft("Третья.", pairs=(KZ_UZ,), **HERE).says("Приходит", SERIKOV, pairs=(KZ_UZ,)).stored(session)
    retention.drop_old_texts(database, 30)
    assert quoted(database, id_) == [["Приходит", "Остаётся", "5 млрд"], ["Остаётся", "5 млрд"]]
    for _ in range(2):
        retention.drop_old_texts(database, 30, later)
        assert quoted(database, id_) == [["Приходит"], []]


def test_many_old_versions_are_gone_through(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "_AT_ONCE", 2)
    ids = []
    with database.session() as session:
        for number in range(5):
            Draft(f"Была {number}.", url=f"https://example.org/{number}").says("Уходит").stored(session)
            ids.append(Draft(f"Есть {number}.", url=f"https://example.org/{number}").says().stored(session).article["id"])
    retention.drop_old_texts(database, 30, datetime.now(UTC) + timedelta(31))
    assert [quoted(database, id_) for id_ in ids] == [[[]]] * 5


def test_the_text_of_a_renewed_article_is_as_old_as_its_version(database: Database) -> None:
    with database.session() as session:
        id_ = first().stored(session).article["id"]
        session.execute(update(articles).values(created_at=datetime.now(UTC) - timedelta(40)))
    with database.session() as session:
        second().stored(session)
    assert retention.drop_old_texts(database, 30) == 0
    with database.session() as session:
        assert reading.get_article(session, id_)["text"] is not None
        assert [version["text"] for version in history(session, id_)] == [None]
        assert len(reading.list_articles(session, ArticleQuery(words=sought("вторая")), PageRequest()).items) == 1
