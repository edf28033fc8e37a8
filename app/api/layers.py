"""What every request passes on its way in, and its answer on the way out: each layer in order, with the reason for its place."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware import Middleware

from app.api.door import Door
from app.api.head import HeadAsGet
from app.api.problems import LastDoor
from app.api.repeating import Repeatable
from app.api.unread import ReadOff


def install(app: FastAPI) -> None:
    """The first of the list is the outermost: it meets a request first and an answer last.

    A layer may raise any `Problem` of `app.errors` as long as it stands behind LastDoor.
    """
    layers: list[Middleware] = [
        # Whatever refuses a body unread, behind here: the client gets the answer and not a broken connection.
        Middleware(ReadOff),
        # HEAD is GET for all that follows; outside LastDoor, so that a failure has no body either.
        Middleware(HeadAsGet),
        # Problems raised by routes and by the layers below become answers here.
        Middleware(LastDoor),
        # Who asks; nobody else is let through to what follows. `request.state.caller` tells layers and routes behind it.
        Middleware(Door),
        # Whether a caller may ask at all must be known before here: a kept answer is given without asking any route.
        # Innermost: it keeps what the routes say, not what the layers outside make of it for one client.
        Middleware(Repeatable),
    ]
    for layer, arguments, options in reversed(layers):  # the framework puts each new one outside those before
        app.add_middleware(layer, *arguments, **options)
