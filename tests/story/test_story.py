"""Three years of trade told by twelve invented articles in three languages: what was written down by hand is what is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

import pytest
from sqlmodel import Session

from app import pipeline
from app.catalog import load_catalog
from app.domain.country import Pair
from app.domain.facts import Extraction
from app.domain.query import ArticleQuery, IndicatorQuery, PageRequest, StatementQuery
from app.domain.text import Article
from app.services import reading
from app.services.ingestion import store
from app.services.reviewing.acts import Act, review
from app.services.reviewing.kinds import INDICATOR
from app.services.series.reading import get_series
from app.services.timelines import list_timeline
from app.storage.database import Database
from tests.storage.databases import NewDatabase
from tests.story import as_told
from tests.story.as_told import ARTICLES, Document, Story, expected

KZ_RU = Pair("KZ", "RU")
SAID, TOLD = StatementQuery(pair=KZ_RU, once=True), IndicatorQuery(pair=KZ_RU)
MISPRINT, PRINTED = "10-1", "72800000000"


@pytest.fixture(scope="module")
def extractions() -> list[tuple[Article, Extraction]]:
    """Read once for both engines."""
    articles = [Article(**fields) for fields in ARTICLES]
    return [(article, pipeline.extract(article, load_catalog())) for article in articles]


@pytest.fixture(scope="module")
def database(new_database: NewDatabase, extractions: list[tuple[Article, Extraction]]) -> Iterator[Database]:
    with new_database() as database:
        for article, extraction in extractions:
            with database.session() as session:
                store(session, article, extraction)
        yield database


@pytest.fixture(scope="module")
def story(database: Database) -> Story:
    """After the editor's correction of the misprint."""
    with database.session() as session:
        articles = reading.list_articles(session, ArticleQuery(), PageRequest(200)).items
        in_order = sorted(articles, key=lambda article: str(article["external_id"]))
        known = Story(reading.get_article(session, article["id"]) for article in in_order)
    misprint = next(id_ for id_, place in known.place.items() if place == MISPRINT)
    with database.session() as session:
        assert reading.get_indicator(session, misprint)["value"] == PRINTED
        correction = Act(correction={"value": "27800000000"}, by="редакция", note="опечатка: 27,8")
        review(session, load_catalog(), INDICATOR, misprint, correction, lambda _: None)
    return known


@pytest.fixture
def session(database: Database, story: Story) -> Iterator[Session]:
    with database.session() as session:
        yield session


def test_every_statement_is_the_one_written_down(session: Session, story: Story) -> None:
    found = reading.list_statements(session, StatementQuery(pair=KZ_RU, repeats=True), PageRequest(200)).items
    answered = {story.place[fact["id"]]: story.statement(fact) for fact in found}
    assert answered == {place: as_told.statement(place) for place in as_told.STATEMENTS["facts"]}


def test_every_figure_is_the_one_written_down(session: Session, story: Story) -> None:
    found = reading.list_indicators(session, replace(TOLD, repeats=True), PageRequest(200)).items
    answered = {story.place[fact["id"]]: story.figure(fact) for fact in found}
    assert answered == {place: as_told.figure(place) for place in as_told.FIGURES["facts"]}


def test_groups_of_figures(session: Session, story: Story) -> None:
    found = reading.list_indicators(session, TOLD, PageRequest(200)).items
    together = groupby(sorted(found, key=lambda f: str(f["group"])), key=lambda f: f["group"])
    answered = [sorted(story.place[f["id"]] for f in figures) for group, figures in together if group is not None]
    assert answered == [["05-1", "05-2"]]


def test_the_series(session: Session, story: Story) -> None:
    answered = get_series(session, KZ_RU, IndicatorQuery(metric="trade_turnover"))
    told = expected("series")
    # Of one day nobody is first: sources are compared as they were told, then by their place.
    assert with_sources(
        answered, lambda sources: sorted(sources, key=lambda s: story.place[s["indicator_id"]]), story.source
    ) == (with_sources(told, sorted, as_told.source))


def with_sources(part: Any, in_order: Callable[[list[Any]], list[Any]], shown: Callable[[Any], Document]) -> Any:
    """The document with its sources in full, those of one day in the order of their place."""
    if isinstance(part, list):
        return [with_sources(each, in_order, shown) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        name: [shown(source) for source in in_order(value)] if name == "sources" else with_sources(value, in_order, shown)
        for name, value in part.items()
    }


def test_the_timeline(session: Session, story: Story) -> None:
    entries = list_timeline(session, SAID, TOLD, PageRequest(200)).items
    for entry in entries:
        kind, other = ("statement", "indicator") if entry["kind"] == "statement" else ("indicator", "statement")
        place = story.place[entry[kind]["id"]]
        written = as_told.statement(place) if kind == "statement" else as_told.figure(place)
        assert getattr(story, "statement" if kind == "statement" else "figure")(entry[kind]) == written
        assert (entry[other], entry["stated_on"]) == (None, written["stated_on"])
    days = [
        (day, sorted(story.place[e[e["kind"]]["id"]] for e in some)) for day, some in groupby(entries, lambda e: e["stated_on"])
    ]
    assert days == [(day, sorted(places)) for day, places in expected("timeline").items()]


def test_the_timeline_of_some_days(session: Session, story: Story) -> None:
    first, last = date(2024, 2, 8), date(2024, 2, 20)
    some = [replace(query, from_=first, to=last) for query in (SAID, TOLD)]
    entries = list_timeline(session, some[0], some[1], PageRequest(200)).items
    told = expected("timeline")
    assert sorted(story.place[e[e["kind"]]["id"]] for e in entries) == sorted([*told["2024-02-08"], *told["2024-02-20"]])


def test_the_glance(session: Session, story: Story) -> None:
    answered, told = reading.get_pair(session, KZ_RU), expected("glance")
    for name in ("pair", "countries", "counts", "last_on"):
        assert answered[name] == told[name]
    assert sorted(story.place[s["id"]] for s in answered["statements"]) == told["statements"]
    assert all(story.statement(s) == as_told.statement(story.place[s["id"]]) for s in answered["statements"])
    days = [s["stated_on"] for s in answered["statements"]]
    assert days == sorted(days, reverse=True)
    assert {i["metric"] for i in answered["indicators"]} == set(told["indicators"])
    for figure in answered["indicators"]:
        place = story.place[figure["id"]]
        assert place in told["indicators"][figure["metric"]]
        assert story.figure(figure) == as_told.figure(place)
    assert answered["speakers"] == [{"id": id_, **as_told.PEOPLE[id_], "statements": count} for id_, count in told["speakers"]]
    assert {t["topic"]: t["statements"] for t in answered["topics"]} == told["topics"]
