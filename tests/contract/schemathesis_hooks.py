"""What schemathesis has to know about this API beyond its document."""

from __future__ import annotations

import re
from typing import Any

import schemathesis

from app.catalog import load_catalog

CODES = sorted(load_catalog().countries)
MONEY = sorted(load_catalog().currencies)
CODE = re.compile(r"[A-Za-z]{2}")
# Three times out of four; the fourth shows that what is made up is refused.
MADE_UP_STAYS = 4

# Values of the right form that only the catalogue, the language, the database or another parameter can refuse.
MAY_BE_REFUSED = {
    "/header/idempotency-key",
    "/query/article",
    "/query/base",
    "/query/convert",
    "/query/country",
    "/query/cursor",
    "/query/from",
    "/query/pair",
    "/query/pairs",
    "/query/partner",
    "/query/quote",
    # Whether a text has a word in it, to be searched for, is not for a pattern to say.
    "/query/q",
    "/query/period_from",
    "/query/reporter",
    "/query/speaker",
    "/query/value_from",
    # Of an editor: words of the article, a speaker, a range or a period that can be.
    *("/segments", "/span", "/speaker/id", "/speaker/country", "/value_max", "/reporter", "/partner", "/period"),
    *(f"{place}/{name}" for place in ("", "/query") for name in ("publisher_country", "published_at", "url")),
}


CODES_IN_LISTS = ("/query/country/", "/countries/", "/pairs/")


@schemathesis.check
def rejected_for_a_reason(ctx: Any, response: Any, case: Any) -> None:
    """A request that fits the document is refused only for what the document cannot say."""
    if response.status_code != 422 or case.meta is None or not case.meta.generation.mode.is_positive:
        return
    pointers = {error["pointer"] for error in response.json()["errors"]}
    unexplained = {p for p in pointers - MAY_BE_REFUSED if not p.startswith(CODES_IN_LISTS)}
    assert not unexplained, f"nothing in the document says why {sorted(unexplained)} is refused"


@schemathesis.hook
def filter_case(context: Any, case: Any) -> bool:
    """What is sent as text is text: a body of the wrong type does not exist there, once it is bytes."""
    mistyped = case.body is None or isinstance(case.body, dict | list | int | float)
    return case.media_type not in ("text/plain", "text/html") or not mistyped


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """The same of a body that a chain of requests put together, past the filter."""
    if case.media_type in ("text/plain", "text/html") and isinstance(case.body, dict | list):
        case.body = "Торговля растёт."


@schemathesis.hook
def map_query(context: Any, query: dict[str, Any] | None) -> dict[str, Any] | None:
    """Most made-up codes become real ones, and made-up ids go, so that requests reach the lists behind the doors."""
    if not isinstance(query, dict):
        return query
    kept = {name: value for name, value in query.items() if not (name in ("cursor", "speaker", "article") and _stands_in(value))}
    kept = {name: _real(value) if name in COUNTRIES else value for name, value in kept.items()}
    return {name: _money(value) if name in CURRENCIES else value for name, value in kept.items()}


COUNTRIES = {"pair", "pairs", "country", "reporter", "partner", "publisher_country"}


CURRENCIES = {"convert", "base", "quote"}


def _money(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{3}", value) and sum(map(ord, value)) % MADE_UP_STAYS:
        return MONEY[sum(map(ord, value)) % len(MONEY)]
    return value


def _stands_in(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 200 and "\0" not in value and len(value) % MADE_UP_STAYS != 0


def _real(value: Any) -> Any:
    if isinstance(value, list):
        return [_real(one) for one in value]
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2}(-[A-Za-z]{2})?", value) and sum(map(ord, value)) % MADE_UP_STAYS:
        return CODE.sub(lambda code: CODES[sum(map(ord, code[0])) % len(CODES)], value)
    return value
