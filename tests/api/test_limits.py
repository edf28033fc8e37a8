"""What attackers send, against a real server: each is answered with a problem or closed, and its memory stays bounded."""

from __future__ import annotations

import gzip
import http.client
import json
import select
import socket
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any

import pytest

from app.api.intake import MOST_HEADERS, MOST_PARAMETERS
from app.api.wire import Wire
from app.domain.key import Scope
from app.services import keys
from app.settings import Settings
from app.storage.database import Database
from tests.api.serving import served
from tests.api.test_wire import get, say, told
from tests.storage.databases import NewDatabase

SOON = 0.5
"""Seconds; how long the impatient server waits, so that nobody has to wait for it."""
WHILE = 30
"""Seconds after which a test gives up waiting; never waited for where all is well."""
MOST_CONNECTIONS = 20


@pytest.fixture(scope="module")
def database(cheap_database: NewDatabase) -> Iterator[Database]:
    with cheap_database() as database:
        yield database


@pytest.fixture(scope="module")
def settings(database: Database) -> Settings:
    """With room for little."""
    return Settings(
        database_url=database.url, cursor_secret="of these tests", max_connections=MOST_CONNECTIONS,
        max_bytes_at_once=300_000, max_body_bytes=200_000, address_requests_per_minute=0,
    )  # fmt: skip


@pytest.fixture(scope="module")
def port(settings: Settings) -> Iterator[int]:
    with served(settings) as port:
        yield port


@pytest.fixture(scope="module")
def impatient(settings: Settings) -> Iterator[int]:
    with served(settings.model_copy(update={"head_seconds": SOON, "body_seconds": SOON})) as port:
        yield port


def head(*more: str, path: str = "/v1/extract", kind: str = "text/plain") -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: here", f"Content-Type: {kind}", *more]
    return "\r\n".join([*lines, "", ""]).encode()


LARGE = head("Content-Length: 199000") + b" " * 198_999 + b"b"
"""Two of these do not fit into the room of the server."""


def closed_after(line: socket.socket) -> tuple[float, bytes]:
    """When the server had enough, and what it said."""
    started, heard = time.monotonic(), b""
    try:
        while piece := line.recv(65_536):
            heard += piece
    except ConnectionError:
        pass
    return time.monotonic() - started, heard


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=WHILE)


def body_of(answer: bytes) -> Any:
    return json.loads(answer.partition(b"\r\n\r\n")[2])


def test_who_says_nothing_is_left(impatient: int) -> None:
    with connected(impatient) as line:
        _, heard = closed_after(line)
    assert heard == b""


def test_a_head_that_trickles_is_ended(impatient: int) -> None:
    """Slowloris: a header now and then, and never the last."""
    with connected(impatient) as line:
        line.settimeout(0.05)
        line.sendall(b"GET /v1/topics HTTP/1.1\r\nHost: here\r\n")
        heard = b""
        for number in range(400):
            try:
                line.sendall(f"X-{number}: a\r\n".encode())
                heard = line.recv(65_536)
                break
            except TimeoutError:
                continue
            except ConnectionError:
                break
        line.settimeout(WHILE)
        heard += closed_after(line)[1]  # the body may come behind the head
    assert heard.startswith(b"HTTP/1.1 408 ")
    assert body_of(heard)["type"] == "/problems/too-slow"


def test_the_second_head_of_a_connection_is_not_waited_for_longer(impatient: int) -> None:
    with connected(impatient) as line:
        line.sendall(get("/healthz"))
        answer = http.client.HTTPResponse(line)
        answer.begin()
        answer.read()
        line.sendall(b"GET /healthz HTTP/1.1\r\n")
        _, heard = closed_after(line)
    assert heard.startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("length", ["Content-Length: 1000", "Transfer-Encoding: chunked"])
def test_a_body_that_trickles_is_ended(impatient: int, length: str) -> None:
    with connected(impatient) as line:
        line.sendall(head(length) + (b"" if "chunked" in length else b"a"))
        _, heard = closed_after(line)
    assert heard.startswith(b"HTTP/1.1 408 ")


def test_a_body_that_comes_at_a_fair_pace_takes_its_time(impatient: int) -> None:
    """Longer than a body may that trickles."""
    most = b"a" * 100_000
    with connected(impatient) as line:
        line.sendall(head(f"Content-Length: {len(most) + 1}") + most)
        time.sleep(2 * SOON)
        line.sendall(b"a")
        answer = http.client.HTTPResponse(line)
        answer.begin()
        assert answer.status == 200


def test_connections_have_an_end(port: int) -> None:
    with ExitStack() as stack:
        lines = [stack.enter_context(connected(port)) for _ in range(MOST_CONNECTIONS + 5)]
        until, answered = time.monotonic() + WHILE, []
        while len(answered) < 5:
            assert time.monotonic() < until
            answered, _, _ = select.select(lines, [], [], 0.1)
        _, heard = closed_after(answered[0])
    assert heard.startswith(b"HTTP/1.1 503 ")
    assert body_of(heard)["type"] == "/problems/busy"
    until_status(200, port, get("/healthz"))


def test_bodies_at_once_have_an_end_and_room_comes_back(port: int) -> None:
    """Two bodies of 199 kB do not fit into 300 kB; when the first is gone, the second does."""
    with connected(port) as first:
        first.sendall(head("Content-Length: 199001") + b"a" * 199_000)
        refused = until_status(503, port, LARGE)
        assert (refused.headers["retry-after"], told(refused)["type"]) == ("1", "/problems/busy")
    until_status(200, port, LARGE)


def until_status(wanted: int, port: int, sent: bytes) -> http.client.HTTPResponse:
    """The server may need a moment to notice what happened on another connection."""
    until = time.monotonic() + WHILE
    while (answer := say(port, sent)).status != wanted:
        assert time.monotonic() < until
        time.sleep(0.05)
    return answer


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "in chunks"])
def test_an_oversized_body_is_refused(port: int, announced: bool) -> None:
    body = b"a" * 250_000
    sent = head(f"Content-Length: {len(body)}") + body if announced else (
        head("Transfer-Encoding: chunked") + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    )  # fmt: skip
    answer = say(port, sent)
    assert (answer.status, told(answer)["type"]) == (413, "/problems/too-large")


def test_chunks_of_a_byte_are_refused_before_they_cost_anything(port: int) -> None:
    answer = say(port, head("Transfer-Encoding: chunked") + b"1\r\na\r\n" * 50_000)
    assert answer.status == 400
    assert "chunks" in told(answer)["detail"]


def test_a_bomb_is_not_unfolded(port: int) -> None:
    """50 MB in 50 kB; and one that keeps within the limit of a body finds no room beside another."""
    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packed.compress(b"a" * 1_000_000) for _ in range(50)) + packed.flush()
    assert len(bomb) < 100_000
    answer = say(port, head("Content-Encoding: gzip", f"Content-Length: {len(bomb)}") + bomb)
    assert (answer.status, told(answer)["type"]) == (413, "/problems/too-large")
    small = gzip.compress(b"a" * 199_000)
    with connected(port) as first:
        first.sendall(head("Content-Length: 199001") + b"a" * 199_000)
        until_status(503, port, head("Content-Encoding: gzip", f"Content-Length: {len(small)}") + small)
    until_status(200, port, LARGE)  # the room is there again for the tests that follow


def test_json_without_end_of_its_depth_is_refused(port: int) -> None:
    for body in (b"[" * 150_000, b'{"text":' * 20_000, b'{"a":[' * 20_000 + b"1"):
        answer = say(port, head(f"Content-Length: {len(body)}", kind="application/json") + body)
        assert (answer.status, answer.headers["content-type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("count", [MOST_PARAMETERS + 1, 3_000])
def test_parameters_by_the_thousand_are_refused(port: int, count: int) -> None:
    answer = say(port, get("/v1/statements?" + "&".join(["country=KZ"] * count)))
    assert (answer.status, told(answer)["errors"][0]["pointer"]) == (422, "/query")


def test_headers_by_the_thousand_are_refused(port: int) -> None:
    for count in (MOST_HEADERS, 4_000):
        flood = "".join(f"X-{number}: a\r\n" for number in range(count))
        answer = say(port, f"GET /healthz HTTP/1.1\r\nHost: here\r\n{flood}\r\n".encode())
        assert (answer.status, told(answer)["type"]) == (431, "/problems/head-too-large")


def test_without_a_key_a_body_is_not_even_waited_for(cheap_database: NewDatabase, settings: Settings) -> None:
    with cheap_database() as database, database.session() as session:
        key, _ = keys.create(session, "wire", [Scope.ADMIN])
        session.commit()
        with served(settings.model_copy(update={"database_url": database.url})) as port:
            with connected(port) as line:
                line.sendall(head("Content-Length: 150000"))
                assert line.recv(65_536).startswith(b"HTTP/1.1 401 ")
            assert say(port, head("Content-Length: 3", f"Authorization: Bearer {key}") + b"abc").status == 200


def test_who_does_not_take_the_answer_is_left(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large page is asked for again and again, and nothing is read of it."""
    monkeypatch.setattr(Wire, "stalled_seconds", SOON)
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    with line:
        line.settimeout(WHILE)
        line.connect(("127.0.0.1", port))
        line.sendall(get("/openapi.json") * 40)
        until = time.monotonic() + WHILE
        with suppress(ConnectionError):
            while time.monotonic() < until:
                line.sendall(b"\r\n")
                time.sleep(0.05)
        assert time.monotonic() < until
