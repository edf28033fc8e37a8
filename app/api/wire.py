"""HTTP as it comes over the wire: what uvicorn's parser would answer by itself, in plain text, is answered here as a problem.

A raw Cyrillic address is one of these cases: curl sends `?q=Токаев` as it was typed, and a strict parser refuses it.
"""

from __future__ import annotations

import asyncio
import sys
from http import HTTPStatus
from typing import Any

import h11
import orjson
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.api.answers import ProblemAnswer
from app.errors import BadRequest, Busy, HeadTooLarge, Problem, TooSlow

_NON_ASCII = {byte: f"%{byte:02X}".encode() for byte in range(0x80, 0x100)}
# No path could be read.
_NOWHERE = ""
MOST_BYTES_OF_A_HEAD = 32_768
_FREE_CHUNKS, _LEAST_BYTES_A_CHUNK = 1_000, 32
_UNANSWERED = (h11.IDLE, h11.SEND_RESPONSE)


class Parser(h11.Connection):
    """h11, which lets a body come in chunks of one byte: a second of work for what costs a client nothing."""

    _chunks = _bytes = 0

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        event = super().next_event()
        if isinstance(event, h11.Data):
            self._chunks += event.chunk_start
            self._bytes += len(event.data)
            if self._chunks > _FREE_CHUNKS and self._bytes < self._chunks * _LEAST_BYTES_A_CHUNK:
                raise h11.RemoteProtocolError("the chunks of the body are too small")
        elif isinstance(event, h11.Request):
            self._chunks = self._bytes = 0
        return event


class Wire(H11Protocol):
    """The protocol of uvicorn, with addresses read as they are typed, refusals as problem+json, and an end to patience.

    uvicorn itself waits for ever: for the first byte, for the end of a head, for a client that does not take its answer.
    """

    head_seconds = 10.0
    stalled_seconds = 30.0
    most_connections = 500

    _line_is_over = False
    _patience: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.conn = Parser(h11.SERVER, self.config.h11_max_incomplete_event_size or MOST_BYTES_OF_A_HEAD)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.most_connections:
            self._refuse(Busy("There are too many connections; try again in a moment."))
            return
        self._await_a_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._be_patient()
        self._take_heart()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """The clock stops where a head is whole, and starts anew with the first byte of the next one."""
        super().handle_events()
        if self.conn.their_state is not h11.IDLE:
            self._be_patient()

    def pause_writing(self) -> None:
        """The client takes nothing more of what is waiting for it."""
        super().pause_writing()
        if self._stalled is None:
            self._stalled = self.loop.call_later(self.stalled_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        self._take_heart()
        super().resume_writing()

    def _await_a_head(self) -> None:
        if self._patience is None:
            self._patience = self.loop.call_later(self.head_seconds, self._lose_patience)

    def _be_patient(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _take_heart(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _lose_patience(self) -> None:
        self._patience = None
        if self.conn.trailing_data[0]:
            self._refuse(TooSlow(f"The head of the request did not arrive within {self.head_seconds:g} seconds."))
        else:
            self.transport.close()  # who has said nothing is told nothing

    def data_received(self, data: bytes) -> None:
        """Percent-encodes what is not ASCII in a request line, before the parser sees it; a line may come in pieces.

        A line that is pipelined behind another request in the same packet is left as it is, and refused.
        """
        if self.conn.their_state is h11.IDLE:
            self._await_a_head()
        if self.conn.their_state is h11.IDLE and not self._line_is_over:
            line, end, rest = data.partition(b"\n")
            self._line_is_over = bool(end)
            data = percent_encoded(line) + end + rest
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._line_is_over = False

    def send_400_response(self, msg: str) -> None:
        """uvicorn calls this where its parser gives up."""
        self._refuse(refusal(sys.exc_info()[1]))

    def _refuse(self, problem: Problem) -> None:
        """Nothing can be added to an answer that has begun."""
        if self.conn.our_state in _UNANSWERED:
            body = orjson.dumps(problem.document(_NOWHERE))
            told = {"content-type": ProblemAnswer.media_type, "content-length": str(len(body)), "connection": "close"}
            headers = list({**told, **problem.headers}.items())
            start = h11.Response(status_code=problem.status, headers=headers, reason=HTTPStatus(problem.status).phrase.encode())
            for event in (start, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def percent_encoded(line: bytes) -> bytes:
    """Only bytes past ASCII change: what was percent-encoded by the client stays as it is."""
    return line if line.isascii() else b"".join(_NON_ASCII.get(byte, bytes((byte,))) for byte in line)


def refusal(error: BaseException | None) -> Problem:
    """What the parser could not read, in its own words."""
    if isinstance(error, h11.RemoteProtocolError) and error.error_status_hint == HeadTooLarge.status:
        return HeadTooLarge("The request line and the headers together are too long.")
    return BadRequest(f"This is not HTTP that can be read: {error}. In an address, a space is written %20.")
