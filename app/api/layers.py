"""What every request passes on its way in, and its answer on the way out: each layer in order, with the reason for its place."""

from __future__ import annotations

from collections.abc import Collection

from fastapi import FastAPI
from starlette.middleware import Middleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.api.compression import Compressed
from app.api.conditions import Conditional
from app.api.cors import Cors
from app.api.deprecations import Deprecating
from app.api.door import Door, Known
from app.api.head import HeadAsGet
from app.api.intake import Intake
from app.api.problems import LastDoor
from app.api.rates import Limited
from app.api.recent import Recent
from app.api.repeating import Repeatable
from app.api.seen import Seen
from app.api.unread import ReadOff


def install(app: FastAPI, trusted_proxies: str, cors_origins: Collection[str] = ()) -> None:
    """The first of the list is the outermost: it meets a request first and an answer last.

    A layer may raise any `Problem` of `app.errors` as long as it stands behind LastDoor.
    """
    layers: list[Middleware] = [
        # Outermost: whatever is answered has its id, its line and its number. It cares for no address.
        Middleware(Seen),
        # Before anybody asks for an address. Without a name here, what is said of forwarding is not believed.
        *([Middleware(ProxyHeadersMiddleware, trusted_proxies)] if trusted_proxies else []),
        # Before anything that refuses: a preflight carries no key, and a page may read refusals too. Not there unless wanted.
        *([Middleware(Cors, origins=cors_origins)] if cors_origins else []),
        # Whatever refuses a body unread, behind here: the client gets the answer and not a broken connection.
        Middleware(ReadOff),
        # HEAD is GET for all that follows; outside LastDoor, so that a failure has no body either.
        Middleware(HeadAsGet),
        # Who asks: `request.state.caller` for layers and routes behind here.
        Middleware(Known),
        # Whoever asks too often is answered without further ado, with or without a key.
        Middleware(Limited),
        # What is deprecated says so in every answer that a route or a layer below gives.
        Middleware(Deprecating),
        # Problems raised by routes and by the layers below become answers here.
        Middleware(LastDoor),
        # Nobody without a key is let through to what follows.
        Middleware(Door),
        # Bodies are measured and timed for whatever reads them.
        Middleware(Intake),
        # Outside the tags, which are of the answer as it is: the compressed form has its own.
        Middleware(Compressed),
        # Outside Repeatable: a kept answer is one to POST, which has no tag to compare.
        Middleware(Conditional),
        # Inside the tags, which it spares; what is given again goes out like what is worked out.
        Middleware(Recent),
        # Whether a caller may ask at all must be known before here: a kept answer is given without asking any route.
        # Innermost: it keeps what the routes say, not what the layers outside make of it for one client.
        Middleware(Repeatable),
    ]
    for layer, arguments, options in reversed(layers):  # the framework puts each new one outside those before
        app.add_middleware(layer, *arguments, **options)
