"""The three kinds of body, in the charsets of the web, with metadata in the body or in the query string."""

from __future__ import annotations

import codecs
import gzip
import json

import httpx
import pytest

from app.api import negotiation
from app.domain.text import digest

pytestmark = pytest.mark.anyio

TEXT = "Казахстан и Россия: «торговля растёт». Қазақстан – Ресей."
RUSSIAN = "Казахстан и Россия: торговля растёт."


async def stored_text(client: httpx.AsyncClient, content: bytes, kind: str, query: str = "") -> str:
    answer = await client.post(f"/v1/articles{query}", content=content, headers={"content-type": kind})
    assert answer.status_code == 201, answer.text
    text: str = answer.json()["text"]
    return text


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (json.dumps({"text": TEXT}).encode(), "application/json"),
        (json.dumps({"text": TEXT}, ensure_ascii=False).encode(), "application/json; charset=UTF-8"),
        (codecs.BOM_UTF8 + json.dumps({"text": TEXT}).encode(), "Application/JSON"),
        (TEXT.encode(), "text/plain"),
        (TEXT.encode(), 'text/plain; format=flowed; charset="utf-8"'),
        (codecs.BOM_UTF8 + TEXT.encode(), "text/plain"),
        (TEXT.encode("utf-16"), "text/plain; charset=utf-16"),
        (TEXT.encode("utf-16-be"), "text/plain; charset=utf-16be"),
        (TEXT.encode("kz1048"), "text/plain; charset=KZ-1048"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_the_text_is_what_was_submitted(client: httpx.AsyncClient, content: bytes, kind: str) -> None:
    assert await stored_text(client, content, kind) == TEXT


async def test_a_compressed_body_is_read(client: httpx.AsyncClient) -> None:
    headers = {"content-type": "text/plain", "content-encoding": "gzip"}
    answer = await client.post("/v1/articles", content=gzip.compress(TEXT.encode()), headers=headers)
    assert answer.json()["text"] == TEXT


@pytest.mark.parametrize("charset", ["windows-1251", "cp1251", "koi8-r", "iso-8859-5", "x-mac-cyrillic", "cp866"])
async def test_old_russian_charsets_are_read(client: httpx.AsyncClient, charset: str) -> None:
    text = RUSSIAN
    encoded = text.encode("mac_cyrillic" if charset.startswith("x-mac") else charset)
    assert await stored_text(client, encoded, f"text/plain; charset={charset}") == text


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="windows-1251">',
        "<META CHARSET=windows-1251>",
        "<meta charset=windows-1251/>",
        "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>",
        '<meta name="a"><meta http-equiv="Content-Type" content="text/html;charset=windows-1251" >',
    ],
)
async def test_a_page_names_its_own_charset(client: httpx.AsyncClient, meta: str) -> None:
    page = f"<html><head>{meta}</head><body><p>{RUSSIAN}</p></body></html>"
    assert await stored_text(client, page.encode("cp1251"), "text/html") == page


async def test_the_header_goes_before_the_page_and_a_byte_order_mark_before_both(client: httpx.AsyncClient) -> None:
    page = f'<meta charset="koi8-r"><p>{RUSSIAN}</p>'
    assert await stored_text(client, page.encode("cp1251"), "text/html; charset=windows-1251") == page
    marked = page + "<p>2</p>"
    assert await stored_text(client, codecs.BOM_UTF8 + marked.encode(), "text/html; charset=windows-1251") == marked


@pytest.mark.parametrize(
    "meta", ['<meta charset="klingon">', '<meta charset="utf-16">', '<meta name="charset">', "<meta charset", "<p>"]
)
async def test_a_page_without_a_charset_that_fits_is_utf8(client: httpx.AsyncClient, meta: str) -> None:
    page = f"{meta}<p>{TEXT}</p>"
    assert await stored_text(client, page.encode(), "text/html") == page


async def test_a_charset_is_looked_for_at_the_beginning_only(client: httpx.AsyncClient) -> None:
    page = f"<p>{TEXT}</p>" + " " * 1_024 + '<meta charset="windows-1251">'
    assert await stored_text(client, page.encode(), "text/html") == page


async def test_every_charset_that_is_read_is_one_of_text(client: httpx.AsyncClient) -> None:
    assert all(codecs.lookup(name)._is_text_encoding for name in negotiation._CHARSETS)


METADATA = {
    "title": "Торговля растёт",
    "url": "https://news.example/1?a=b",
    "publisher": "Пример новостей",
    "publisher_country": "KZ",
    "published_at": "2024-11-27T09:30:00+05:00",
    "language": "ru",
    "external_id": "a/1",
}


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
async def test_metadata_of_a_text_stand_in_the_query(client: httpx.AsyncClient, kind: str) -> None:
    query = str(httpx.QueryParams(METADATA))
    answer = await client.post(f"/v1/extract?{query}", content=RUSSIAN.encode(), headers={"content-type": kind})
    told = answer.json()
    assert {name: told[name] for name in METADATA} == METADATA
    assert set(told["given"]) == set(METADATA)


async def test_what_a_json_body_says_goes_before_the_query(client: httpx.AsyncClient) -> None:
    body = {"text": RUSSIAN, "title": "В теле", "url": None}
    told = (await client.post("/v1/extract?title=Нет&publisher=Пример&url=https://a.example", json=body)).json()
    assert (told["title"], told["publisher"], told["url"]) == ("В теле", "Пример", "https://a.example")


async def test_a_country_may_be_written_in_lower_case(client: httpx.AsyncClient) -> None:
    told = (await client.post("/v1/extract", json={"text": RUSSIAN, "publisher_country": "kz"})).json()
    assert told["publisher_country"] == "KZ"


async def test_the_same_text_is_one_article(client: httpx.AsyncClient) -> None:
    first = await client.post("/v1/articles", json={"text": RUSSIAN})
    again = await client.post("/v1/articles", content=RUSSIAN.encode(), headers={"content-type": "text/plain"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert first.headers["location"] == again.headers["location"] == f"/v1/articles/{first.json()['id']}"
    assert (await client.get(first.headers["location"])).json() == first.json()
    assert first.json()["id"].endswith(digest(RUSSIAN)[:20])


async def test_what_is_submitted_otherwise_the_second_time_is_told_and_not_stored(client: httpx.AsyncClient) -> None:
    first = await client.post("/v1/articles", json={"text": RUSSIAN, "publisher": "Пример новостей"})
    more = {"publisher": "Другой пример", "published_at": "2025-05-20", "language": "ru"}
    again = await client.post("/v1/articles", json={"text": f"<p>{RUSSIAN}</p>", **more})
    assert again.status_code == 200
    *known, told = again.json()["warnings"]
    assert (known, told["code"]) == (first.json()["warnings"], "already_stored")
    assert told["detail"].endswith("stored: text, published_at, publisher")
    seen = again.json()["sources_seen"]
    assert [place["publisher"] for place in seen] == ["Пример новостей", "Другой пример"]
    assert {**again.json(), "warnings": known} == first.json() | {"sources_seen": seen}
    assert (await client.get(first.headers["location"])).json() == first.json() | {"sources_seen": seen}


async def test_extraction_stores_nothing(client: httpx.AsyncClient) -> None:
    await client.post("/v1/extract", json={"text": RUSSIAN})
    assert (await client.get("/v1/articles")).json()["items"] == []


async def test_mentions_come_when_they_are_asked_for(client: httpx.AsyncClient) -> None:
    assert "mentions" not in (await client.post("/v1/extract", json={"text": RUSSIAN})).json()
    told = (await client.post("/v1/extract?include=mentions&include=mentions", json={"text": RUSSIAN})).json()
    assert set(told["mentions"]) == {"people", "organizations", "countries", "quantities", "dates"}
