"""Articles read anew: what editors did stays, what became different is told, and an interrupted run goes on.

All articles here are invented.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session

from app import pipeline
from app.catalog import load_catalog
from app.domain.facts import Extraction, Review
from app.domain.measure import Status
from app.domain.query import BY_PAIR, PageRequest
from app.domain.text import Article
from app.errors import Conflict, NotFound
from app.services import ingestion, reading, reextraction, retention
from app.services.reextraction import reextract, reextract_all
from app.services.reviewing.acts import Act, review
from app.services.reviewing.kinds import INDICATOR, STATEMENT, Kind
from app.storage.database import Database

TEXT = (
    "Товарооборот Казахстана и Узбекистана в 2025 году вырос на 9% и составил 5,3 млрд долларов, сообщил министр торговли "
    "Казахстана Нурлан Айтбеков.\n\n«К 2030 году мы намерены довести его до 10 млрд долларов», – сказал он."
)
ARTICLE = Article(TEXT, published_at="2026-01-15", publisher_country="KZ", url="https://example.org/1")


def read_otherwise(**fewer: int) -> Extraction:
    """As an earlier extractor might have read it: without the first statements, or the first figures."""
    extraction = pipeline.extract(ARTICLE, load_catalog())
    said, told = extraction.statements[fewer.get("statements", 0) :], extraction.indicators[fewer.get("indicators", 0) :]
    ids = {statement.id for statement in said}
    told = tuple(i if i.statement_id in ids else replace(i, statement_id=None) for i in told)
    return replace(extraction, statements=said, indicators=told)


def stored(session: Session, extraction: Extraction) -> dict[str, Any]:
    article: dict[str, Any] = ingestion.store(session, ARTICLE, extraction).article
    return article


def done(database: Database, kind: Kind, fact: dict[str, Any], act: Act) -> dict[str, Any]:
    with database.session() as session:
        return review(session, load_catalog(), kind, fact["id"], act, lambda _: None)


def again(database: Database, article: dict[str, Any]) -> reextraction.Reread:
    with database.session() as session:
        return reextract(session, load_catalog(), article["id"])


def test_nothing_is_different_where_nothing_became_different(database: Database) -> None:
    with database.session() as session:
        article = stored(session, read_otherwise())
    found = again(database, article)
    assert not found.differs
    assert found.article == article


def test_what_is_read_today_comes_and_what_was_misread_goes(database: Database) -> None:
    wrong = read_otherwise(statements=1, indicators=1)
    wrong = replace(wrong, indicators=(replace(wrong.indicators[0], status=Status.PLANNED), *wrong.indicators[1:]))
    with database.session() as session:
        article = stored(session, wrong)
    found = again(database, article)
    assert len(found.added) == 2
    assert [change["fields"] for change in found.changed if "status" in change["fields"]] != []
    assert not again(database, article).differs
    with database.session() as session:
        assert reading.get_article(session, article["id"]) == found.article
        counted = reading.list_pairs(session, PageRequest(sort=BY_PAIR)).items
    assert [(pair["pair"], pair["counts"]["indicators"]) for pair in counted] == [("KZ-UZ", len(found.article["indicators"]))]


def test_what_editors_did_stays(database: Database) -> None:
    with database.session() as session:
        article = stored(session, read_otherwise())
    figures, (said, _) = article["indicators"], article["statements"]
    corrected = done(database, INDICATOR, figures[0], Act(correction={"metric": "exports", "reporter": "KZ", "partner": "UZ"}))
    rejected = done(database, INDICATOR, figures[1], Act(Review.REJECTED))
    confirmed = done(database, STATEMENT, said, Act(Review.CONFIRMED))
    found = again(database, article)
    assert not found.differs
    by_id = {fact["id"]: fact for fact in (*found.article["statements"], *found.article["indicators"])}
    assert [by_id[fact["id"]] for fact in (corrected, rejected, confirmed)] == [corrected, rejected, confirmed]


@pytest.mark.parametrize(("verdict", "stays"), [(Review.CONFIRMED, True), (Review.REJECTED, False), (Review.UNREVIEWED, False)])
def test_a_fact_that_is_read_no_longer_stays_if_an_editor_has_seen_it(
    database: Database, monkeypatch: pytest.MonkeyPatch, verdict: Review, stays: bool
) -> None:
    with database.session() as session:
        article = stored(session, read_otherwise())
    fact = article["indicators"][0]
    done(database, INDICATOR, fact, Act(verdict))
    fewer = read_otherwise(indicators=1)
    monkeypatch.setattr(pipeline, "extract", lambda *_, **__: fewer)
    found = again(database, article)
    assert (fact["id"] in {figure["id"] for figure in found.article["indicators"]}) == stays
    assert found.removed == ([] if stays else [fact["id"]])


def test_a_correction_holds_on_through_a_newer_version(database: Database) -> None:
    with database.session() as session:
        article = stored(session, read_otherwise())
    figure = article["indicators"][-1]
    done(database, INDICATOR, figure, Act(correction={"status": "planned", "span": figure["span"]}))
    newer = replace(ARTICLE, text="ТАШКЕНТ, 15 января. " + TEXT)
    with database.session() as session:
        renewed = ingestion.ingest(session, newer, load_catalog()).article
    (now,) = [fact for fact in renewed["indicators"] if fact["id"] == figure["id"]]
    assert (now["status"], now["review"], now["as_written"]) == ("planned", "corrected", figure["as_written"])
    assert newer.text[now["span"]["start"] : now["span"]["end"]] == now["as_written"]


def test_what_cannot_be_read_again_is_told(database: Database) -> None:
    with database.session() as session, pytest.raises(NotFound):
        reextract(session, load_catalog(), "ar_none")
    with database.session() as session:
        article = stored(session, read_otherwise())
    retention.drop_old_texts(database, 0)
    with database.session() as session, pytest.raises(Conflict):
        reextract(session, load_catalog(), article["id"])


def test_a_run_through_all_goes_on_where_it_was(database: Database) -> None:
    for number in range(4):
        with database.session() as session:
            ingestion.ingest(session, Article(f"{TEXT} Новость № {number}."), load_catalog())
    heard: list[str] = []

    def stop_at_second(found: reextraction.Reread | None) -> None:
        assert found is not None
        heard.append(found.article["id"])
        if len(heard) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reextract_all(database, load_catalog(), stop_at_second)
    reextract_all(database, load_catalog(), lambda found: heard.append(found.article["id"] if found else ""))
    # The one in whose transaction it was stopped was not written, and is done again.
    assert len(set(heard)) == 4
    assert heard == [*sorted(set(heard))[:2], *sorted(set(heard))[1:]]
