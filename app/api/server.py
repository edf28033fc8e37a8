"""How the server listens: the protocol with its limits, for whoever starts it."""

from __future__ import annotations

from typing import Any

from app.api.wire import MOST_BYTES_OF_A_HEAD, Wire


def options(*, head_seconds: float, max_connections: int) -> dict[str, Any]:
    """The arguments of `uvicorn.run`, and of its `Config`.

    Forwarded addresses are none of its business: it would believe whatever loopback says. `app.api.layers` believes those
    proxies that the operator names.
    """
    limits = {"head_seconds": head_seconds, "most_connections": max_connections}
    return {
        "http": type("LimitedWire", (Wire,), limits),
        "ws": "none",
        "proxy_headers": False,
        "h11_max_incomplete_event_size": MOST_BYTES_OF_A_HEAD,
        "server_header": False,
        # app.api.logs says how lines look, and each request has one of its own.
        "log_config": None,
        "access_log": False,
    }
