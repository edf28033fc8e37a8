"""Facts as rows of a table: which columns each noun has, and what an SDMX reader expects of an indicator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

Document = dict[str, Any]
Column = tuple[str, Callable[[Document], Any]]

DATAFLOW = "BILATERAL:INDICATORS(1.0)"


def _plain(*names: str) -> list[Column]:
    def taken(name: str) -> Column:
        return name, lambda document: document[name]

    return [taken(name) for name in names]


def _within(whole: str, *names: str) -> list[Column]:
    """Members of an object that may be null: `article_url` is the `url` of the `article`."""

    def taken(name: str) -> Column:
        return f"{whole}_{name}", lambda document: (document[whole] or {}).get(name)

    return [taken(name) for name in names]


def _listed(*names: str) -> list[Column]:
    def taken(name: str) -> Column:
        return name, lambda document: " ".join(document[name])

    return [taken(name) for name in names]


_ARTICLE = _within("article", "id", "title", "url", "publisher", "published_at")
_SPEAKER = _within("speaker", "id", "name", "role", "country")
STATEMENTS: list[Column] = [
    *_plain("id", "stated_on"),
    *_SPEAKER,
    ("co_speakers", lambda document: " ".join(speaker["id"] for speaker in document["co_speakers"])),
    *_plain("kind", "text"),
    *_listed("countries", "pairs", "topics"),
    *_plain("confidence", "review", "repeats"),
    *_ARTICLE,
    *_within("group", "id", "sources", "longest"),
]
INDICATORS: list[Column] = [
    *_plain("id", "stated_on", "metric", "measure", "value", "value_max", "unit", "per", "comparator", "status"),
    *_within("period", "start", "end", "as_written"),
    *_plain("pair", "reporter", "partner"),
    *_listed("countries", "pairs"),
    *_plain("as_written"),
    *_SPEAKER,
    *_plain("statement_id", "group", "additional_to", "equivalent_of", "confidence", "review", "repeats"),
    *_ARTICLE,
]


CONVERTED: list[Column] = [
    *INDICATORS,
    *_within("converted", "value", "value_max", "unit", "as_of", "rate", "rate_date", "source"),
    *_plain("not_converted"),
]


def _of_either(figures: list[Column]) -> list[Column]:
    """The columns of statements and figures together; a row leaves those empty that its kind does not have."""
    known = {"statement": dict(STATEMENTS), "indicator": dict(figures)}

    def taken(name: str) -> Column:
        def read(entry: Document) -> Any:
            column = known[entry["kind"]].get(name)
            return column(entry[entry["kind"]]) if column else None

        return name, read

    return [taken(name) for name in dict.fromkeys((*dict(STATEMENTS), *dict(figures)))]


TIMELINE: list[Column] = [*_plain("kind"), *_of_either(INDICATORS)]
CONVERTED_TIMELINE: list[Column] = [*_plain("kind"), *_of_either(CONVERTED)]
ITEMS: list[Column] = _plain("index", "outcome", "article", "external_id", "url", "reason")
ARTICLES: list[Column] = [
    *_plain("id", "published_at", "title", "publisher", "publisher_country", "url", "external_id", "language"),
    *_listed("pairs", "blocs", "sources"),
    *_within("counts", "statements", "indicators"),
    *_plain("created_at"),
]
SPEAKERS: list[Column] = [
    *_plain("id", "name"),
    *_within("names", "ru", "kk", "en"),
    *_plain("kind", "role", "country"),
    *_within("counts", "statements", "indicators"),
    *_plain("last_on", "wikidata"),
]
RATES: list[Column] = _plain("date", "base", "quote", "rate", "source")
PAIRS: list[Column] = [*_plain("pair"), *_within("counts", "articles", "statements", "indicators"), *_plain("last_on")]


def time_period(document: Document) -> str | None:
    """A beginning and how long it lasted, as SDMX writes any stretch of time: `2023-01-01/P9M`.

    Of a period with an end only ("к 2030 году") that day; one with a beginning only runs until it was told of.
    """
    period = document["period"]
    if period is None:
        return None
    start = date.fromisoformat(period["start"] or period["end"])
    end = date.fromisoformat(period["end"] or max(period["start"], document["stated_on"] or period["start"]))
    return f"{start.isoformat()}/{_duration(start, end)}"


def _duration(start: date, end: date) -> str:
    after = end + timedelta(1) if end < date.max else end
    months = (after.year - start.year) * 12 + after.month - start.month
    if start.day != after.day or months < 1:
        return f"P{(after - start).days}D"
    return f"P{months}M" if months % 12 else f"P{months // 12}Y"


def _areas(document: Document) -> tuple[str | None, str | None]:
    """Whose figure, and with whom: reporter and partner, else the pair in its order."""
    first, _, second = (document["pair"] or "").partition("-")
    reporter, partner = document["reporter"], document["partner"]
    if reporter is None and partner is None:
        return first or None, second or None
    return (
        reporter or next((code for code in (first, second) if code and code != partner), None),
        partner or next((code for code in (first, second) if code and code != reporter), None),
    )


SDMX: list[Column] = [
    ("DATAFLOW", lambda _: DATAFLOW),
    ("INDICATOR", lambda document: document["metric"]),
    ("MEASURE", lambda document: document["measure"]),
    ("REF_AREA", lambda document: _areas(document)[0]),
    ("COUNTERPART_AREA", lambda document: _areas(document)[1]),
    ("TIME_PERIOD", time_period),
    ("OBS_VALUE", lambda document: document["value"]),
    ("UNIT_MEASURE", lambda document: document["unit"]),
    ("STATUS", lambda document: document["status"]),
    ("COMPARATOR", lambda document: document["comparator"]),
    ("OBS_VALUE_MAX", lambda document: document["value_max"]),
    ("OBS_ID", lambda document: document["id"]),
]
