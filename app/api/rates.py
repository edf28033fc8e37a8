"""How many requests each caller may send, and how many are worked on at once; what is left is told with every answer."""

from __future__ import annotations

import math
from collections import Counter, OrderedDict
from ipaddress import IPv6Address, ip_address, ip_network
from time import monotonic
from typing import Any, NamedTuple

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import problems
from app.api.door import Caller
from app.api.scopes import UNCOUNTED
from app.errors import Busy, Problem, TooManyRequests

WINDOW = 60
_MOST_REMEMBERED = 50_000
_SHARE = 4
"""One caller may take up a quarter of what is worked on at once."""


class Quota(NamedTuple):
    """So many requests in a minute, under the name that tells a client which of the limits it has met."""

    policy: str
    requests: int


class Left(NamedTuple):
    """What is left of a quota after a request, and in how many seconds it is whole again; or when the next one may come."""

    quota: Quota
    remaining: int
    seconds: float
    refused: bool

    @property
    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers-10 writes them."""
        name, seconds = self.quota.policy, math.ceil(self.seconds)
        told = {
            "RateLimit-Policy": f'"{name}";q={self.quota.requests};w={WINDOW}',
            "RateLimit": f'"{name}";r={self.remaining};t={seconds}',
        }
        return told | ({"Retry-After": str(seconds)} if self.refused else {})


class Buckets:
    """A bucket a caller, filled evenly: one number each, the time at which it is full again (GCRA).

    A minute's worth may come at once, and then only as much as has flowed in since. Who was not seen for longest is forgotten
    first, so that addresses by the million take no more room than the most that are remembered.
    """

    def __init__(self, most: int = _MOST_REMEMBERED) -> None:
        self._most = most
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def take(self, who: str, quota: Quota, now: float) -> Left:
        each = WINDOW / quota.requests
        full_at = max(self._full_at.pop(who, now), now)
        wait = full_at + each - WINDOW - now
        if refused := wait > 1e-9:
            self._full_at[who] = full_at
            return Left(quota, 0, wait, refused)
        self._full_at[who] = full_at + each
        if len(self._full_at) > self._most:
            self._full_at.popitem(last=False)
        remaining = int((WINDOW - (full_at + each - now)) / each + 1e-9)
        return Left(quota, remaining, full_at + each - now, refused)


class Rates:
    """What is counted, as long as the application lives; addresses cannot crowd out keys."""

    def __init__(self) -> None:
        self.by_key, self.by_address = Buckets(), Buckets()
        self.at_once: Counter[str] = Counter()


class Limited:
    """Answers 429 to who asks too often and 503 where too much is going on, before anything is done for the request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == UNCOUNTED:
            await self._app(scope, receive, send)
            return
        kept: Any = scope["app"].state.resources
        caller: Caller = scope["state"]["caller"]
        left, who, at_once = _counted(kept.rates, caller, kept.settings), _who(caller), kept.rates.at_once

        async def send_telling(message: Message) -> None:
            if left and message["type"] == "http.response.start":
                MutableHeaders(raw=message["headers"]).update(left.headers)
            await send(message)

        if refusal := _refusal(left, caller, at_once, kept.settings.max_requests_at_once):
            await problems.answer(Request(scope), refusal)(scope, receive, send_telling)
            return
        at_once[who] += 1
        try:
            await self._app(scope, receive, send_telling)
        finally:
            at_once[who] -= 1
            if not at_once[who]:
                del at_once[who]


def _counted(rates: Rates, caller: Caller, settings: Any) -> Left | None:
    """None where nothing limits the caller: 0 in the settings or of the key, or the machine itself while no key exists."""
    if caller.is_free:
        return None
    own = caller.key.per_minute if caller.key else None
    if caller.key:
        quota = Quota("key", settings.key_requests_per_minute if own is None else own)
    else:
        quota = Quota("address", settings.address_requests_per_minute)
    buckets = rates.by_key if caller.key else rates.by_address
    return buckets.take(_who(caller), quota, monotonic()) if quota.requests else None


def _refusal(left: Left | None, caller: Caller, at_once: Counter[str], most: int) -> Problem | None:
    if left and left.refused:
        most_a_minute = f"{left.quota.requests:,} requests a minute"
        return TooManyRequests(f"This {left.quota.policy} may send {most_a_minute}; Retry-After says when the next may come.")
    if at_once.total() >= most:
        return Busy("Too many requests are being worked on; try again in a moment.")
    if not caller.is_free and at_once[_who(caller)] >= most // _SHARE:
        return TooManyRequests(f"At most {most // _SHARE} requests of one caller are worked on at once.")
    return None


def _who(caller: Caller) -> str:
    return caller.key.id if caller.key else network_of(caller.address)


def network_of(address: str) -> str:
    """The address; of IPv6 the network of 64 bits that one subscriber has, with more addresses than can be counted."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or ip_network((ip, 64), strict=False).network_address)
    return str(ip)
