"""Answers given again while the database is as it was: what is asked often is worked out once for each state of the facts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from anyio import to_thread
from prometheus_client import Counter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.conditions import etag_of
from app.services.measuring import REGISTRY
from app.storage.marks import Mark, Marks

KEPT = frozenset(
    {
        "getArticle", "getArticleHistory", "getComparison", "getIndicator", "getIndicatorHistory", "getPair", "getSeries",
        "getSpeaker", "getStatement", "getStatementHistory", "listArticles", "listIndicators", "listPairTimeline", "listPairs",
        "listRates", "listSpeakerIndicators", "listSpeakerStatements", "listSpeakers", "listSpeakerTimeline", "listStatements",
    }
)  # fmt: skip
"""By operationId: answers that are made of the database and the request alone, and of no clock. A new route is not among them."""
NOUNS = frozenset({"articles", "compare", "indicators", "pairs", "rates", "speakers", "statements"})
"""Where those routes lie, so that nobody else waits for a mark."""

_LARGEST = 8
"""An answer that would take more than this part of the room is not kept."""
_OVERHEAD = 1_000
"""Bytes, at most, of what surrounds a kept body."""

AGAIN = Counter("bilateral_answers_given_again", "Answers given as they were, because nothing was written.", registry=REGISTRY)


class Kept(NamedTuple):
    headers: list[tuple[bytes, bytes]]
    body: bytes
    route: Any


class RecentAnswers:
    """Those of one state of the database, in so many bytes at most; who was not asked for longest goes first."""

    def __init__(self, marks: Marks, most_bytes: int) -> None:
        self._marks, self._most = marks, most_bytes
        self._mark: Mark | None = None
        self._answers: OrderedDict[Hashable, Kept] = OrderedDict()
        self._bytes = 0

    async def state(self) -> Mark | None:
        """Of this moment: whatever was committed before it is in it."""
        return self._marks.now() if self._marks.at_hand else await to_thread.run_sync(self._marks.now)

    def turn_to(self, mark: Mark) -> bool:
        """Forgets all answers of another state; says whether there was one."""
        if mark == self._mark:
            return False
        self._mark, self._bytes = mark, 0
        self._answers.clear()
        return True

    def find(self, asked: Hashable) -> Kept | None:
        kept = self._answers.get(asked)
        if kept is not None:
            self._answers.move_to_end(asked)
        return kept

    def keep(self, mark: Mark, asked: Hashable, answer: Kept) -> None:
        """What was begun in a state that is no more is not kept: another would take it for today's."""
        size = _size(answer)
        if mark != self._mark or size * _LARGEST > self._most or asked in self._answers:
            return
        self._answers[asked] = answer
        self._bytes += size
        while self._bytes > self._most:
            self._bytes -= _size(self._answers.popitem(last=False)[1])

    def close(self) -> None:
        self._marks.close()


def _size(kept: Kept) -> int:
    return len(kept.body) + _OVERHEAD


class Recent:
    """The mark is read before an answer is looked for or worked out, so that an answer is never older than its mark.

    Once a commit is acknowledged, to anybody, by any process, the mark is another one and no answer from before it is given.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or _noun(scope["path"]) not in NOUNS:
            await self._app(scope, receive, send)
            return
        resources: Any = scope["app"].state.resources
        recent: RecentAnswers | None = resources.recent
        mark = await recent.state() if recent is not None else None
        if recent is None or mark is None:
            await self._app(scope, receive, send)
            return
        if recent.turn_to(mark):
            # The catalogue looks into the database once a second; an answer that is kept must not be made of an older one.
            resources.living.look_again()
        asked = _asked(scope)
        if kept := recent.find(asked):
            await _give(kept, scope, send)
            return
        keeping = _Keeping(send, lambda headers, body: _keep(recent, mark, asked, scope, headers, body))
        await self._app(scope, receive, keeping.send)


def _noun(path: str) -> str:
    """`statements` of `/v1/statements/…`."""
    return path[4:].partition("/")[0] if path.startswith("/v1/") else ""


def _asked(scope: Scope) -> Hashable:
    """All of a request that any of these routes looks at, letter by letter: the links of an answer repeat its spelling.

    And what the key opens, because a route refuses after this.
    """
    key = scope["state"]["caller"].key
    scopes = key.scopes if key else None
    return scope.get("root_path", ""), scope["path"], scope["query_string"], tuple(Headers(scope=scope).getlist("accept")), scopes


def _keep(recent: RecentAnswers, mark: Mark, asked: Hashable, scope: Scope, headers: Any, body: bytes) -> None:
    route = scope.get("route")
    if getattr(route, "name", None) in KEPT:
        recent.keep(mark, asked, Kept(headers, body, route))


async def _give(kept: Kept, scope: Scope, send: Send) -> None:
    AGAIN.inc()
    scope["route"] = kept.route  # for the layers outside, who tell of it
    # A copy: the layers outside write into the list that they are handed.
    await send({"type": "http.response.start", "status": 200, "headers": list(kept.headers)})
    await send({"type": "http.response.body", "body": kept.body})


class _Keeping:
    """Lets an answer pass, and keeps it where it is whole."""

    def __init__(self, send: Send, keep: Callable[[list[tuple[bytes, bytes]], bytes], None]) -> None:
        self._send, self._keep = send, keep
        self._head: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            self._head = message
            return
        if self._head is not None:
            head, self._head = self._head, None
            if not message.get("more_body"):
                body = message.get("body", b"")
                head["headers"] = [*head["headers"], (b"etag", etag_of(body).encode())]
                self._keep(list(head["headers"]), body)
            await self._send(head)
        await self._send(message)
