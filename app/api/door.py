"""The door: who asks is known before anything else is looked at, and whether their key opens what they ask for."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Any, NamedTuple

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api import scopes
from app.domain.key import Key
from app.errors import CrossSite, Forbidden, Problem, Unauthorized

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
_NO_KEYS = (
    "This server has no keys yet, and answers its own machine only. Its operator makes one with `bilateral keys create`, or "
    "opens it to everybody with `bilateral serve --allow-open`."
)
_OTHER_SITE = (
    "Without a key this server answers its own machine, but no pages of other sites that are open there. Make a key, or name "
    "the site in BILATERAL_CORS_ORIGINS."
)
_NO_KEY = "This needs a key: send it as `Authorization: Bearer bil_…`."
_BAD_KEY = "This key is not known here, was revoked, or has expired."


class Caller(NamedTuple):
    """Who asks: `request.state.caller` of every request. Without a key nobody is told apart but by address."""

    key: Key | None
    address: str
    is_free: bool = False
    """No key exists yet, and the request comes from this machine itself, not passed on for somebody else."""
    refusal: Problem | None = None


class Known:
    """Finds out who asks, and refuses nothing: whoever has to be turned away is counted first."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope.setdefault("state", {})["caller"] = _caller(scope)
        await self._app(scope, receive, send)


class Door:
    """Turns away who has no valid key, before a body is read or a route is looked for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (refusal := scope["state"]["caller"].refusal):
            raise refusal
        await self._app(scope, receive, send)


async def authorize(request: Request) -> None:
    """A dependency of every guarded route: what the key must open stands in `app.api.scopes`."""
    caller: Caller = request.state.caller
    if caller.key is None:
        return
    wanted = scopes.needed(request.scope["route"].name, request.method)
    if not caller.key.opens(wanted):
        held = ", ".join(sorted(caller.key.scopes))
        raise Forbidden(f"This needs a key with the scope {wanted}; this key has: {held}.", wanted)


def _caller(scope: Scope) -> Caller:
    kept: Any = scope["app"].state.resources
    headers = Headers(scope=scope)
    address = scope["client"][0] if scope.get("client") else ""
    guarded = scopes.is_guarded(scope["path"])
    if kept.keys.is_empty:
        is_local = _is_loopback(address) and not any(name in headers for name in _FORWARDED)
        return Caller(None, address, is_local, _without_keys(scope, headers, is_local, kept.settings) if guarded else None)
    token = _token(headers)
    key = kept.keys.find(token) if guarded and token else None
    # A question about what is offered tells nothing that the documents do not.
    if not guarded or key or scope["method"] == "OPTIONS":
        return Caller(key, address)
    return Caller(None, address, False, Unauthorized(_BAD_KEY, "invalid_token") if token else Unauthorized(_NO_KEY))


def _without_keys(scope: Scope, headers: Headers, is_local: bool, settings: Any) -> Problem | None:
    if settings.allow_open:
        return None
    if not is_local:
        return Unauthorized(_NO_KEYS)
    trusted = (*settings.cors_origins, *(f"{scheme}://{headers.get('host', '')}" for scheme in ("http", "https")))
    origin = headers.get("origin")
    strange = origin is not None and scope["method"] not in ("GET", "HEAD", "OPTIONS") and "*" not in trusted
    if (strange and origin not in trusted) or _is_a_site(headers.get("host", "")):
        return CrossSite(_OTHER_SITE)
    return None


def _is_a_site(host: str) -> bool:
    """A name that somebody may have pointed at this machine (DNS rebinding), so that a browser takes us for their site."""
    name = re.sub(r":[0-9]*$", "", host.lower()) if not host.endswith("]") else host
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        name = name.removesuffix(".")
        return "." in name and not name.endswith(".localhost")
    return False


def _token(headers: Headers) -> str | None:
    """Only from the header: an address is written into logs and histories."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _is_loopback(address: str) -> bool:
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return (getattr(ip, "ipv4_mapped", None) or ip).is_loopback
