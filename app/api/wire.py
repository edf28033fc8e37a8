"""HTTP as it comes over the wire: what uvicorn's parser would answer by itself, in plain text, is answered here as a problem.

A raw Cyrillic address is one of these cases: curl sends `?q=Токаев` as it was typed, and a strict parser refuses it.
"""

from __future__ import annotations

import sys
from http import HTTPStatus

import h11
import orjson
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.api.answers import ProblemAnswer
from app.errors import BadRequest, HeadTooLarge, Problem

_NON_ASCII = {byte: f"%{byte:02X}".encode() for byte in range(0x80, 0x100)}
# No path could be read.
_NOWHERE = ""
_UNANSWERED = (h11.IDLE, h11.SEND_RESPONSE)


class Wire(H11Protocol):
    """The protocol of uvicorn, with addresses read as they are typed and refusals as problem+json."""

    _line_is_over = False

    def data_received(self, data: bytes) -> None:
        """Percent-encodes what is not ASCII in a request line, before the parser sees it; a line may come in pieces.

        A line that is pipelined behind another request in the same packet is left as it is, and refused.
        """
        if self.conn.their_state is h11.IDLE and not self._line_is_over:
            line, end, rest = data.partition(b"\n")
            self._line_is_over = bool(end)
            data = percent_encoded(line) + end + rest
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._line_is_over = False

    def send_400_response(self, msg: str) -> None:
        """uvicorn calls this where its parser gives up; nothing can be added to an answer that has begun."""
        if self.conn.our_state not in _UNANSWERED:
            self.transport.close()
            return
        problem = refusal(sys.exc_info()[1])
        body = orjson.dumps(problem.document(_NOWHERE))
        headers = [("content-type", ProblemAnswer.media_type), ("content-length", str(len(body))), ("connection", "close")]
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
