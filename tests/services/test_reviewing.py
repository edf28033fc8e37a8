"""What editors do to facts: confirmed, rejected, corrected, undone; lists, counts, search and history follow."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import Session

from app.catalog import load_catalog
from app.domain.facts import Review
from app.domain.query import BY_PAIR, IndicatorQuery, PageRequest, SpeakerQuery, StatementQuery
from app.errors import Conflict, InvalidParameter, NotFound
from app.services import reading
from app.services.reviewing.acts import Act, history, review, undo
from app.services.reviewing.kinds import INDICATOR, STATEMENT, Kind
from app.services.wording import sought
from app.storage.database import Database
from tests.services.making import KZ_RU, KZ_UZ, PETROVA, SERIKOV, Draft


def anything(_: dict[str, Any]) -> None:
    """Whatever the client has seen is right."""


@pytest.fixture
def article(database: Database) -> dict[str, Any]:
    draft = Draft().says("Мы ценим сотрудничество", SERIKOV).says("Торговля растёт", PETROVA)
    with database.session() as session:
        stored: dict[str, Any] = draft.tells("5 млрд долларов", within=0, speaker=SERIKOV).stored(session).article
    return stored


def done(database: Database, kind: Kind, fact: dict[str, Any], act: Act) -> dict[str, Any]:
    with database.session() as session:
        return review(session, load_catalog(), kind, fact["id"], act, anything)


def shown(session: Session) -> tuple[list[str], list[str]]:
    """The texts of the statements and the words of the figures about the pair, as lists show them."""
    said = reading.list_statements(session, StatementQuery(pair=KZ_RU), PageRequest()).items
    told = reading.list_indicators(session, IndicatorQuery(pair=KZ_RU), PageRequest()).items
    return sorted(s["text"] for s in said), [i["as_written"] for i in told]


def counts(session: Session) -> dict[str, tuple[int, int]]:
    pairs = reading.list_pairs(session, PageRequest(sort=BY_PAIR)).items
    heard = reading.list_speakers(session, SpeakerQuery(), PageRequest()).items
    return {x.get("pair") or x["id"]: (x["counts"]["statements"], x["counts"]["indicators"]) for x in [*pairs, *heard]}


@pytest.mark.parametrize(
    ("verdict", "sure", "listed"),
    [(Review.CONFIRMED, 1.0, True), (Review.REJECTED, None, False), (Review.UNREVIEWED, None, True)],
)
@pytest.mark.parametrize("kind", [STATEMENT, INDICATOR], ids=lambda kind: kind.noun)
def test_a_verdict(
    database: Database, article: dict[str, Any], kind: Kind, verdict: Review, sure: float | None, listed: bool
) -> None:
    fact = article[f"{kind.noun}s"][0]
    with database.session() as session:
        counted = counts(session)
    after = done(database, kind, fact, Act(verdict, by="редакция"))
    assert after == fact | {"review": verdict.value, "confidence": sure}
    with database.session() as session:
        words = fact.get("as_written") or fact["text"]
        assert (words in [*shown(session)[0], *shown(session)[1]]) == listed
        assert counts(session) == counted
        find: Any = reading.list_statements if kind is STATEMENT else reading.list_indicators
        query = (StatementQuery if kind is STATEMENT else IndicatorQuery)(review=verdict)
        assert fact["id"] in {found["id"] for found in find(session, query, PageRequest()).items}


def test_a_corrected_statement_is_found_by_what_it_is_now(database: Database, article: dict[str, Any]) -> None:
    fact = article["statements"][0]
    start = article["text"].index("ценим")
    correction = {
        "segments": [{"start": start, "end": start + len("ценим сотрудничество")}], "pairs": ["KZ-UZ"], "countries": ["UZ"],
        "topics": ["diplomacy"], "speaker": {"id": PETROVA.id, "role": "ambassador", "country": "RU"},
    }  # fmt: skip
    after = done(database, STATEMENT, fact, Act(correction=correction, by="редакция", note="не та пара"))
    assert (after["text"], after["review"], after["confidence"]) == ("ценим сотрудничество", "corrected", 1.0)
    assert (after["countries"], after["speaker"]["id"]) == (["KZ", "UZ"], PETROVA.id)
    assert after["speaker"]["as_written"] == fact["speaker"]["as_written"]
    with database.session() as session:
        assert shown(session)[0] == ["Торговля растёт"]
        of_pair = StatementQuery(pair=KZ_UZ, words=sought("сотрудничества"))
        assert [s["id"] for s in reading.list_statements(session, of_pair, PageRequest()).items] == [fact["id"]]
        assert not reading.list_statements(session, StatementQuery(words=sought('"мы ценим"')), PageRequest()).items
        assert counts(session) == {"KZ-RU": (1, 1), "KZ-UZ": (1, 0), PETROVA.id: (2, 0), SERIKOV.id: (0, 1)}
        order = [s["id"] for s in reading.get_article(session, article["id"])["statements"]]
        assert order == [s["id"] for s in article["statements"]]


def test_a_corrected_figure_is_found_by_what_it_is_now(database: Database, article: dict[str, Any]) -> None:
    (fact,) = article["indicators"]
    correction = {"metric": "exports", "value": "6000000000", "pairs": ["KZ-UZ"], "countries": ["KZ", "UZ"], "reporter": "KZ",
                  "status": "target", "period": {"start": None, "end": "2030-12-31"}, "speaker": None}  # fmt: skip
    after = done(database, INDICATOR, fact, Act(correction=correction))
    assert after["period"] == {"start": None, "end": "2030-12-31", "as_written": ""}
    assert {name: after[name] for name in correction} == correction | {"period": after["period"]}
    assert after["pair"] == "KZ-UZ"
    with database.session() as session:
        query = IndicatorQuery(pair=KZ_UZ, metric="exports", reporter="KZ")
        assert [i["id"] for i in reading.list_indicators(session, query, PageRequest()).items] == [fact["id"]]
        assert shown(session)[1] == []
        assert counts(session) == {"KZ-RU": (2, 0), "KZ-UZ": (0, 1), PETROVA.id: (1, 0), SERIKOV.id: (1, 0)}


@pytest.mark.parametrize(
    ("kind", "correction", "pointer"),
    [
        (STATEMENT, {"speaker": {"id": "nobody-at-all"}}, "/speaker/id"),
        (STATEMENT, {"segments": [{"start": 0, "end": 9_999}]}, "/segments"),
        (STATEMENT, {"segments": [{"start": 3, "end": 3}]}, "/segments"),
        (STATEMENT, {"segments": [{"start": 9, "end": 3}]}, "/segments"),
        (INDICATOR, {"span": {"start": 0, "end": 9_999}}, "/span"),
        (INDICATOR, {"value_max": "1"}, "/value_max"),
        (INDICATOR, {"reporter": "KZ", "partner": "KZ"}, "/partner"),
        (INDICATOR, {"period": {"start": "2024-02-01", "end": "2024-01-01"}}, "/period"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    database: Database, article: dict[str, Any], kind: Kind, correction: dict[str, Any], pointer: str
) -> None:
    fact = article[f"{kind.noun}s"][0]
    with pytest.raises(InvalidParameter) as refused:
        done(database, kind, fact, Act(correction=correction))
    assert refused.value.errors[0]["pointer"] == pointer
    with database.session() as session:
        assert reading.get_article(session, article["id"]) == article
        assert history(session, kind, fact["id"]) == []


def test_everything_can_be_taken_back_the_latest_first(database: Database, article: dict[str, Any]) -> None:
    fact = article["statements"][0]
    done(database, STATEMENT, fact, Act(correction={"pairs": ["KZ-UZ"], "countries": ["KZ", "UZ"]}, by="первый"))
    done(database, STATEMENT, fact, Act(Review.REJECTED, by="вторая", note="не говорил"))
    with database.session() as session:
        assert [(c["made_by"], c["note"], c["after"].get("review")) for c in history(session, STATEMENT, fact["id"])] == [
            ("вторая", "не говорил", "rejected"), ("первый", None, "corrected"),
        ]  # fmt: skip
        assert undo(session, STATEMENT, fact["id"], "третий", anything)["review"] == "corrected"
        assert undo(session, STATEMENT, fact["id"], "третий", anything) == fact
        with pytest.raises(Conflict):
            undo(session, STATEMENT, fact["id"], "третий", anything)
    with database.session() as session:
        assert reading.get_article(session, article["id"]) == article
        assert all(change["undone_by"] == "третий" for change in history(session, STATEMENT, fact["id"]))
        assert counts(session)["KZ-RU"] == (2, 1)
        assert "KZ-UZ" not in counts(session)


def test_an_act_that_changes_nothing_leaves_no_trace(database: Database, article: dict[str, Any]) -> None:
    fact = article["statements"][0]
    done(database, STATEMENT, fact, Act(Review.UNREVIEWED))
    with database.session() as session:
        assert history(session, STATEMENT, fact["id"]) == []


def test_the_client_must_have_seen_what_is_changed(database: Database, article: dict[str, Any]) -> None:
    def another(current: dict[str, Any]) -> None:
        assert current == article["statements"][0]
        raise Conflict("changed since")

    with pytest.raises(Conflict), database.session() as session:
        review(session, load_catalog(), STATEMENT, article["statements"][0]["id"], Act(Review.REJECTED), another)
    with database.session() as session:
        assert len(shown(session)[0]) == 2


def test_what_is_not_there_cannot_be_reviewed(database: Database) -> None:
    with database.session() as session, pytest.raises(NotFound):
        review(session, load_catalog(), STATEMENT, "st_none", Act(Review.REJECTED), anything)
    with database.session() as session, pytest.raises(NotFound):
        history(session, INDICATOR, "in_none")


def test_an_article_that_goes_takes_its_reviews_along(database: Database, article: dict[str, Any]) -> None:
    fact = article["statements"][0]
    done(database, STATEMENT, fact, Act(Review.CONFIRMED))
    with database.session() as session:
        reading.delete_article(session, article["id"])
    with database.session() as session, pytest.raises(NotFound):
        history(session, STATEMENT, fact["id"])
