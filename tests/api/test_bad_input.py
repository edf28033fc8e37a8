"""The table of bad input: each row says what is sent, and what it gets."""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from app.api import unread

pytestmark = pytest.mark.anyio

DOORS = ("/v1/articles", "/v1/extract")
JSON = {"content-type": "application/json"}
PLAIN = {"content-type": "text/plain; charset=utf-8"}


def pointers(answer: httpx.Response) -> list[str]:
    return [error["pointer"] for error in answer.json().get("errors", [])]


def said(**fields: Any) -> bytes:
    return json.dumps({"text": "Торговля растёт.", **fields}).encode()


BODIES: dict[str, tuple[dict[str, str], bytes, int, list[str]]] = {
    "empty text": (JSON, b'{"text": ""}', 422, ["/text"]),
    "blank text": (JSON, b'{"text": " \\n\\t\\u00a0"}', 422, ["/text"]),
    "no text": (JSON, b"{}", 422, ["/text"]),
    "no body as JSON": (JSON, b"", 422, ["/text"]),
    "no body as text": (PLAIN, b"", 422, ["/text"]),
    "blank body as text": (PLAIN, b" \n ", 422, ["/text"]),
    "text that is null": (JSON, b'{"text": null}', 422, ["/text"]),
    "text that is a number": (JSON, b'{"text": 5}', 422, ["/text"]),
    "not an object": (JSON, b'["text"]', 422, [""]),
    "NUL in JSON": (JSON, b'{"text": "a\\u0000b"}', 422, ["/text"]),
    "NUL in a text": (PLAIN, b"a\x00b", 422, ["/text"]),
    "NUL in a title": (JSON, said(title="a\x00b"), 422, ["/title"]),
    "a lone high surrogate": (JSON, b'{"text": "a\\ud800b"}', 422, ["/text"]),
    "a lone low surrogate": (JSON, b'{"text": "a\\udc00"}', 422, ["/text"]),
    "a lone surrogate in a title": (JSON, b'{"text": "a", "title": "\\ud83d"}', 422, ["/title"]),
    "a lone surrogate in a name": (JSON, b'{"text": "a", "a\\ud800": 1}', 422, ["/a?"]),
    "a surrogate as raw bytes": (JSON, b'{"text": "\xed\xa0\x80"}', 400, [""]),
    "bytes that are not UTF-8": (JSON, b'{"text": "\xff"}', 400, [""]),
    "text that is not its charset": (PLAIN, "Торговля".encode("cp1251"), 400, [""]),
    "a byte that windows-1251 lacks": ({"content-type": "text/plain; charset=windows-1251"}, b"a\x98", 400, [""]),
    "an unknown charset": ({"content-type": "text/plain; charset=klingon"}, b"a", 415, ["/header/content-type"]),
    "an encoding that is no charset": ({"content-type": "text/plain; charset=zlib"}, b"a", 415, ["/header/content-type"]),
    "JSON in another charset": ({"content-type": "application/json; charset=utf-16"}, said(), 415, ["/header/content-type"]),
    "no media type": ({}, said(), 415, ["/header/content-type"]),
    "an unknown media type": ({"content-type": "application/xml"}, b"<a/>", 415, ["/header/content-type"]),
    "no media type at all": ({"content-type": "nonsense"}, b"a", 415, ["/header/content-type"]),
    "a form": ({"content-type": "application/x-www-form-urlencoded"}, b"text=a", 415, ["/header/content-type"]),
    "a body compressed otherwise": ({**PLAIN, "content-encoding": "br"}, b"a", 415, ["/header/content-encoding"]),
    "gzip that is none": ({**PLAIN, "content-encoding": "gzip"}, b"a", 400, [""]),
    "gzip that unfolds too far": ({**PLAIN, "content-encoding": "gzip"}, gzip.compress(b"a" * 100_000), 413, [""]),
    "broken JSON": (JSON, b'{"text": "a"', 400, [""]),
    "two JSON values": (JSON, b'{"text": "a"} {}', 400, [""]),
    "NaN": (JSON, b'{"text": "a", "title": NaN}', 400, [""]),
    "Infinity": (JSON, b'{"text": -Infinity}', 400, [""]),
    "a member twice": (JSON, b'{"text": "a", "text": "b"}', 400, [""]),
    "an endless number": (JSON, b'{"text": ' + b"9" * 20_000 + b"}", 400, [""]),
    "a large exponent": (JSON, b'{"text": 1e999}', 422, ["/text"]),
    "deep arrays": (JSON, b'{"text": ' + b"[" * 20_000 + b"]" * 20_000 + b"}", 400, [""]),
    "deep objects": (JSON, b'{"a":' * 9_000, 400, [""]),
    "unknown fields": (JSON, said(lang="ru", **{"a/b~c": 1}), 422, ["/lang", "/a~1b~0c"]),
    "a long title": (JSON, said(title="а" * 1_001), 422, ["/title"]),
    "a long url": (JSON, said(url="https://a.example/" + "a" * 2_048), 422, ["/url"]),
    "a long publisher": (JSON, said(publisher="а" * 301), 422, ["/publisher"]),
    "a long external id": (JSON, said(external_id="a" * 201), 422, ["/external_id"]),
    "an empty external id": (JSON, said(external_id=""), 422, ["/external_id"]),
    "a url of another scheme": (JSON, said(url="javascript:alert(1)"), 422, ["/url"]),
    "a url without a host": (JSON, said(url="https:///path"), 422, ["/url"]),
    "a url with a line break": (JSON, said(url="https://a.example/\nX"), 422, ["/url"]),
    "a url with a broken port": (JSON, said(url="https://a.example:99999/"), 422, ["/url"]),
    "an unknown country": (JSON, said(publisher_country="ZZ"), 422, ["/publisher_country"]),
    "a language that is none": (JSON, said(language="русский"), 422, ["/language"]),
    "a day that is none": (JSON, said(published_at="2024-02-30"), 422, ["/published_at"]),
    "a time without offset": (JSON, said(published_at="2024-02-01T10:00:00"), 422, ["/published_at"]),
    "a week date": (JSON, said(published_at="2024-W05-1"), 422, ["/published_at"]),
    "a number as date": (JSON, said(published_at="1706745600"), 422, ["/published_at"]),
    "Arabic digits in a date": (JSON, said(published_at="٢٠٢٤-٠٢-٠١"), 422, ["/published_at"]),
    "a text too long": (JSON, said(text="а" * 5_001), 413, ["/text"]),
    "a text too long as text": (PLAIN, "а".encode() * 5_001, 413, ["/text"]),
    "a body too large": (JSON, said(title="a" * 50_001), 413, [""]),
    "several faults at once": (JSON, said(url="x", language="?", zz=1), 422, ["/url", "/language", "/zz"]),
}


@pytest.mark.parametrize("row", BODIES)
@pytest.mark.parametrize("door", DOORS)
async def test_a_bad_body_is_refused_with_a_pointer(client: httpx.AsyncClient, door: str, row: str) -> None:
    headers, body, status, expected = BODIES[row]
    answer = await client.post(door, content=body, headers=headers)
    assert (answer.status_code, pointers(answer)) == (status, expected), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert (await client.get("/v1/articles")).json()["items"] == []


GOOD_DATES = ("2024-02-29", "2024-11-27T09:30:00Z", "2024-11-27t09:30:00.123456789+05:00", "2016-12-31T23:59:60Z")


@pytest.mark.parametrize("date", GOOD_DATES)
async def test_a_date_is_kept_as_given(client: httpx.AsyncClient, date: str) -> None:
    answer = await client.post("/v1/extract", content=said(published_at=date), headers=JSON)
    assert (answer.status_code, answer.json()["published_at"]) == (200, date)


QUERIES: dict[str, tuple[str, list[str]]] = {
    "an unknown parameter": ("statements?pairs=KZ-RU", ["/query/pairs"]),
    "a parameter of another list": ("statements?metric=gdp", ["/query/metric"]),
    "an unknown pair": ("statements?pair=KZ-XX", ["/query/pair"]),
    "a pair of one": ("indicators?pair=KZ-KZ", ["/query/pair"]),
    "half a pair": ("articles?pair=KZ", ["/query/pair"]),
    "an unknown country": ("statements?country=KZ&country=XX", ["/query/country/1"]),
    "an unknown reporter": ("indicators?reporter=KAZ", ["/query/reporter"]),
    "an unknown metric": ("indicators?metric=happiness", ["/query/metric"]),
    "an unknown topic": ("statements?topic=weather", ["/query/topic"]),
    "an unknown speaker": ("statements?speaker=nobody", ["/query/speaker"]),
    "an unknown speaker of figures": ("indicators?speaker=nobody", ["/query/speaker"]),
    "from after to": ("statements?from=2024-02-02&to=2024-02-01", ["/query/from"]),
    "articles from after to": ("articles?from=2024-02-02&to=2024-02-01", ["/query/from"]),
    "a period from after to": ("indicators?period_from=2024-02-02&period_to=2024-02-01", ["/query/period_from"]),
    "a value from above to": ("indicators?value_from=2&value_to=1.5", ["/query/value_from"]),
    "a day that is none": ("statements?from=2024-02-30", ["/query/from"]),
    "a date-time for a day": ("statements?to=2024-02-01T00:00:00", ["/query/to"]),
    "a value that is no number": ("indicators?value_from=1e5", ["/query/value_from"]),
    "a value that is NaN": ("indicators?value_to=NaN", ["/query/value_to"]),
    "a cursor of nobody": ("statements?cursor=abc", ["/query/cursor"]),
    "an empty cursor": ("statements?cursor=", ["/query/cursor"]),
    "a cursor that is no text": ("statements?cursor=%FF%00", ["/query/cursor"]),
    "no items": ("statements?limit=0", ["/query/limit"]),
    "too many items": ("statements?limit=201", ["/query/limit"]),
    "a limit written oddly": ("statements?limit=1_0", ["/query/limit"]),
    "an order that is none": ("statements?sort=value", ["/query/sort"]),
    "an order of nothing": ("indicators?sort=", ["/query/sort"]),
    "a parameter twice": ("statements?pair=KZ-RU&pair=KZ-UZ", ["/query/pair"]),
    "NUL": ("speakers?q=%00", ["/query/q"]),
    "an unknown parameter of a single thing": ("pairs/KZ-RU?lang=ru", ["/query/lang"]),
    "an unknown parameter of a vocabulary": ("countries?limit=5", ["/query/limit"]),
    "an unknown role": ("speakers?role=king", ["/query/role"]),
}


@pytest.mark.parametrize("row", QUERIES)
async def test_a_bad_parameter_is_refused_with_a_pointer(client: httpx.AsyncClient, row: str) -> None:
    query, expected = QUERIES[row]
    answer = await client.get(f"/v1/{query}")
    assert (answer.status_code, pointers(answer)) == (422, expected), answer.text
    assert answer.headers["content-type"] == "application/problem+json"


SENTENCES = {
    "statements?pairs=KZ-RU": "The parameter pairs is unknown here; these are known: article, country, cursor, from,",
    "countries?limit=5": "The parameter limit is unknown here; these are known: none.",
    "indicators?metric=gdp&metric=fdi": "metric takes one value and is sent more than once. Those that may be repeated: country.",
    "speakers?country=KZ&country=UZ": "takes one value and is sent more than once. Those that may be repeated: none.",
    "statements?country=KZ,UZ": "Several are sent by repeating the parameter: country=KZ&country=UZ.",
    "statements?kind=direct,mixed": "Input should be 'direct', 'indirect' or 'mixed'. This parameter takes one value.",
    "statements?pair=%C6%E0": "This is not UTF-8.",
}


@pytest.mark.parametrize("query", SENTENCES)
async def test_a_refusal_names_the_way_out(client: httpx.AsyncClient, query: str) -> None:
    answer = await client.get(f"/v1/{query}")
    assert answer.status_code == 422
    assert SENTENCES[query] in answer.json()["detail"]


async def test_an_unknown_field_is_told_with_those_that_are_known(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/extract", content=said(lang="ru"), headers=JSON)
    assert answer.json()["detail"] == (
        "The field lang is unknown here; these are known: "
        "external_id, language, published_at, publisher, publisher_country, text, title, url."
    )


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("include=everything", "/query/include/0"),
        ("text=a", "/query/text"),
        ("published_at=2024-11-27T10:00:00+05:00", "/query/published_at"),
        ("title=a&title=b", "/query/title"),
        ("publisher_country=XX", "/query/publisher_country"),
    ],
)
async def test_a_bad_parameter_of_an_upload_is_refused(client: httpx.AsyncClient, query: str, pointer: str) -> None:
    answer = await client.post(f"/v1/extract?{query}", content="Торговля растёт.".encode(), headers=PLAIN)
    assert (answer.status_code, pointers(answer)) == (422, [pointer])


async def endless(chunk: bytes, sent: list[int]) -> AsyncIterator[bytes]:
    for _ in range(1_000):
        sent.append(len(chunk))
        yield chunk


@pytest.mark.parametrize(
    "headers", [{}, {"content-length": "10"}, {"content-length": "many"}], ids=["absent", "a lie", "nonsense"]
)
async def test_an_endless_body_is_refused_while_it_is_read(
    client: httpx.AsyncClient, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read off behind the limit, so that the client reads its answer, is bounded too."""
    monkeypatch.setattr(unread, "MOST_BYTES", 100_000)
    sent: list[int] = []
    answer = await client.post("/v1/articles", content=endless(b"a" * 10_000, sent), headers={**PLAIN, **headers})
    assert (answer.status_code, answer.headers["connection"]) == (413, "close")
    assert sum(sent) <= 50_000 + 100_000 + 20_000


async def test_a_body_that_announces_too_much_is_only_read_off(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unread, "MOST_BYTES", 9)
    sent: list[int] = []
    headers = {**PLAIN, "content-length": "50001"}
    answer = await client.post("/v1/extract", content=endless(b"a", sent), headers=headers)
    assert (answer.status_code, len(sent)) == (413, 10)


async def test_a_cursor_is_bound_to_its_filters_and_its_order(client: httpx.AsyncClient, stored: Callable[[int], object]) -> None:
    stored(3)
    cursor = (await client.get("/v1/statements?pair=KZ-UZ&limit=1")).json()["next_cursor"]
    assert (await client.get(f"/v1/statements?pair=UZ-KZ&limit=2&cursor={cursor}")).status_code == 200
    others = (
        "statements?",
        "statements?pair=KZ-UZ&sort=stated_on&",
        "indicators?pair=KZ-UZ&",
        "statements?pair=KZ-UZ&topic=trade&",
    )
    changed = cursor[:5] + ("A" if cursor[5] != "A" else "B") + cursor[6:]
    for address in (*(f"{other}cursor={cursor}" for other in others), f"statements?pair=KZ-UZ&cursor={changed}"):
        answer = await client.get(f"/v1/{address}")
        assert (answer.status_code, pointers(answer)) == (422, ["/query/cursor"]), address


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("Поделиться 128\nЧитайте также: погода на выходные\nImage", "ru", None),
        ("Вчера в городе шёл снег. Дороги чистят с утра.", "ru", "no_facts"),
        (
            "Le ministre a déclaré que le commerce avec la Géorgie augmente chaque année de dix pour cent.",
            "fr",
            "language_not_read",
        ),
        ("1234567890 !!! ???", None, None),
    ],
    ids=["only furniture", "nothing said", "a language not read", "no language at all"],
)
async def test_a_text_without_facts_is_taken_and_says_why(
    client: httpx.AsyncClient, text: str, language: str | None, code: str | None
) -> None:
    answer = await client.post("/v1/articles", json={"text": text})
    told = answer.json()
    assert (answer.status_code, told["statements"], told["indicators"]) == (201, [], [])
    assert told["warnings"]
    assert language is None or told["language"] == language
    assert code is None or code in [warning["code"] for warning in told["warnings"]]
