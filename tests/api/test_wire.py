"""What only a real socket shows: addresses as they are typed, requests that no parser reads, bodies refused half-way."""

from __future__ import annotations

import http.client
import json
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from app.api import unread
from app.api.wire import percent_encoded
from app.services import ingestion
from app.settings import Settings
from app.storage.database import Database
from tests.api.invented import article, extraction
from tests.api.serving import served


@pytest.fixture
def port(database: Database, tmp_path: Path) -> Iterator[int]:
    """A server with two days of invented news in it, and limits as they are delivered."""
    with database.session() as session:
        for submitted in map(article, range(2)):
            ingestion.store(session, submitted, extraction(submitted))
    with served(Settings(data_dir=tmp_path, database_url=database.url, cursor_secret="of these tests")) as port:
        yield port


def say(port: int, *pieces: bytes) -> http.client.HTTPResponse:
    """Sends bytes as they are, each piece in a packet of its own, and reads the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in pieces:
            line.sendall(piece)
            time.sleep(0.02 if len(pieces) > 1 else 0)
        answer = http.client.HTTPResponse(line)
        answer.begin()
        answer.told = answer.read()  # type: ignore[attr-defined]
        return answer


def told(answer: Any) -> Any:
    return json.loads(answer.told)


def get(address: str) -> bytes:
    return f"GET {address} HTTP/1.1\r\nHost: here\r\n\r\n".encode()


@pytest.mark.parametrize(
    "address",
    [
        "/v1/speakers?q=Жанатов",
        "/v1/speakers?q=%D0%96анатов&limit=5",
        "/v1/articles?publisher=Пример+новостей",
        "/v1/articles?publisher=пример%20новостей",
    ],
)
def test_an_address_is_read_as_it_is_typed(port: int, address: str) -> None:
    answer = say(port, get(address))
    assert answer.status == 200
    assert told(answer)["items"]


def test_an_address_that_comes_in_pieces_is_read(port: int) -> None:
    request = get("/v1/speakers?q=Жанатов")
    middle = request.index("Ж".encode()) + 1  # within a letter
    answer = say(port, request[:5], request[5:middle], request[middle:-2], request[-2:])
    assert told(answer)["items"][0]["id"] == "serik-zhanatov"


def test_a_connection_that_is_kept_reads_each_address(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        for q, found in (("Жанатов", ["serik-zhanatov"]), ("Йцукенгш", []), ("Жанатовым", ["serik-zhanatov"])):
            line.sendall(get(f"/v1/speakers?q={q}"))
            answer = http.client.HTTPResponse(line)
            answer.begin()
            assert [item["id"] for item in json.loads(answer.read())["items"]][:1] == found


def test_cyrillic_in_a_path_is_a_404_that_shows_it(port: int) -> None:
    answer = say(port, get("/v1/speakers/никто-такой"))
    assert (answer.status, told(answer)["instance"]) == (404, "/v1/speakers/никто-такой")


def test_the_next_page_of_a_cyrillic_address_is_where_the_link_says(port: int) -> None:
    answer = say(port, get("/v1/articles?publisher=Пример новостей&limit=1".replace(" ", "%20")))
    link = answer.headers["link"].partition(">")[0].removeprefix("<")
    assert len(told(say(port, get(link)))["items"]) == 1


def test_letters_of_another_charset_are_told_and_not_searched_for(port: int) -> None:
    answer = say(port, "GET /v1/speakers?q=Жанатов HTTP/1.1\r\nHost: here\r\n\r\n".encode("cp1251"))
    assert (answer.status, told(answer)["errors"][0]["pointer"]) == (422, "/query/q")
    assert "UTF-8" in told(answer)["detail"]


REFUSED = {
    "a space in the address": (b"GET /v1/speakers?q=a b HTTP/1.1\r\nHost: here\r\n\r\n", 400),
    "no HTTP": (b"nonsense\r\n\r\n", 400),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
    "no host": (b"GET /v1/topics HTTP/1.1\r\n\r\n", 400),
    "a header that is none": (b"GET /v1/topics HTTP/1.1\r\nHost: here\r\nBad Header: 1\r\n\r\n", 400),
    "a length that is none": (b"POST /v1/extract HTTP/1.1\r\nHost: here\r\nContent-Length: many\r\n\r\n", 400),
    "another coding": (b"POST /v1/extract HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: gzip\r\n\r\n", 400),
    "a chunk without length": (
        b"POST /v1/extract HTTP/1.1\r\nHost: here\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
        400,
    ),
    "a header without end": (b"GET /v1/topics HTTP/1.1\r\nHost: here\r\nX: " + b"a" * 66_000, 431),
    "an address without end": (b"GET /" + b"a" * 66_000, 431),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_parser_refuses_is_a_problem_too(port: int, case: str) -> None:
    sent, status = REFUSED[case]
    answer = say(port, sent)
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (told(answer)["status"], answer.reason) == (status, HTTPStatus(status).phrase)
    assert answer.headers["connection"] == "close"


def test_only_bytes_past_ascii_are_encoded() -> None:
    assert percent_encoded("GET /%D0?q=ж&a=% HTTP/1.1\r".encode()) == b"GET /%D0?q=%D0%B6&a=% HTTP/1.1\r"


def test_a_plain_client_reads_why_its_body_was_refused(port: int) -> None:
    """urllib writes all of its body before it reads a word."""
    body = json.dumps({"text": "а" * 1_100_000}, ensure_ascii=False).encode()
    for _ in range(3):
        asked = urllib.request.Request(f"http://127.0.0.1:{port}/v1/articles", body, {"content-type": "application/json"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(asked, timeout=30)
        assert (refused.value.code, json.load(refused.value)["errors"][0]["pointer"]) == (413, "")


def test_a_plain_client_reads_why_its_kind_of_body_was_refused(port: int) -> None:
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/v1/articles", b"a" * 3_000_000, {"content-type": "a/b"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=30)
    assert refused.value.code == 415


def test_the_answer_comes_before_the_rest_is_read_and_a_silent_client_is_left(port: int) -> None:
    head = b"POST /v1/articles HTTP/1.1\r\nHost: here\r\nContent-Type: text/plain\r\nContent-Length: 3000000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(head + b"a")
        started = time.monotonic()
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")
        assert time.monotonic() - started < unread.MOST_SECONDS
        while line.recv(10_000):
            pass
        assert unread.MOST_SECONDS * 0.9 < time.monotonic() - started < unread.MOST_SECONDS + 10


def test_a_client_that_never_stops_is_cut_off(port: int) -> None:
    head = b"POST /v1/articles HTTP/1.1\r\nHost: here\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"%x\r\n%s\r\n" % (100_000, b"a" * 100_000)
    sent = 0
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line, suppress(ConnectionError):
        line.sendall(head)
        while sent < 100_000_000:
            line.sendall(chunk)
            sent += len(chunk)
    assert 2_000_000 < sent < 2_000_000 + unread.MOST_BYTES + 10_000_000  # and what the sockets hold


def test_a_client_that_asks_first_is_told_at_once(port: int) -> None:
    head = b"POST /v1/articles HTTP/1.1\r\nHost: here\r\nContent-Type: a/b\r\nContent-Length: 99\r\nExpect: 100-continue\r\n\r\n"
    started = time.monotonic()
    assert say(port, head).status == 415
    assert time.monotonic() - started < unread.MOST_SECONDS
