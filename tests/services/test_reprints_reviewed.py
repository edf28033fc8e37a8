"""What editors do to the facts of copies, and what a series makes of them."""

from __future__ import annotations

from app.domain.facts import Review
from app.domain.query import (
    IndicatorQuery,
)
from app.services.reviewing.acts import Act, review, undo
from app.services.reviewing.kinds import INDICATOR
from app.services.series.reading import get_series
from app.storage.database import Database
from tests.services.copies import CATALOG, article, copy, original, state, stored
from tests.services.making import KZ_RU


def test_what_an_editor_corrects_in_a_copy_stands_for_itself_until_it_is_undone(database: Database) -> None:
    first, second = stored(database, original()), stored(database, copy())
    (figure,) = second["indicators"]
    with database.session() as session:
        after = review(session, CATALOG, INDICATOR, figure["id"], Act(correction={"value": "5100000000"}), lambda _: None)
    assert after["repeats"] is None
    assert state(database)["told"] == 2
    with database.session() as session:
        back = undo(session, INDICATOR, figure["id"], None, lambda _: None)
    assert back["repeats"] == first["indicators"][0]["id"]
    assert state(database)["told"] == 1


def test_what_an_editor_corrects_in_the_first_is_corrected_for_its_copies(database: Database) -> None:
    first, second = stored(database, original()), stored(database, copy())
    with database.session() as session:
        correction = Act(correction={"value": "5100000000"})
        review(session, CATALOG, INDICATOR, first["indicators"][0]["id"], correction, lambda _: None)
    assert article(database, second["id"])["indicators"][0]["repeats"] == first["indicators"][0]["id"]
    third = stored(database, copy("Третье"))
    assert third["indicators"][0]["repeats"] == first["indicators"][0]["id"]
    assert state(database)["told"] == 1
    # Read as it was printed first, but told of by an editor as the first is now.
    with database.session() as session:
        review(session, CATALOG, INDICATOR, second["indicators"][0]["id"], correction, lambda _: None)
    assert state(database)["told"] == 1


def test_a_source_that_an_editor_rejected_is_none(database: Database) -> None:
    first, second = stored(database, original()), stored(database, copy())
    with database.session() as session:
        review(session, CATALOG, INDICATOR, second["indicators"][0]["id"], Act(Review.REJECTED), lambda _: None)
    assert article(database, first["id"])["indicators"][0]["further_sources"] == []
    assert state(database)["told"] == 1


def test_in_a_series_a_copy_is_no_further_voice(database: Database) -> None:
    first, second = stored(database, original()), stored(database, copy())
    with database.session() as session:
        found = get_series(session, KZ_RU, IndicatorQuery(metric="trade_turnover"))
    (observation,) = found["lines"][0]["observations"]
    (value,) = observation["values"]
    assert (observation["agreement"], value["articles"]) == ("single", 1)
    (source,) = value["sources"]
    assert (source["article"]["id"], [one["article"]["id"] for one in source["further_sources"]]) == (first["id"], [second["id"]])
