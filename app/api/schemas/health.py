"""Whether the service lives, and whether it can work."""

from __future__ import annotations

from typing import Literal

from app.api.schemas.shape import Shape


class Health(Shape):
    """The process answers; nothing else is promised."""

    status: Literal["ok"]


class ReadinessChecks(Shape):
    """What was looked at, and what was found."""

    database: str
    migrations: str
    packs: str


class Readiness(Shape):
    """The database answers and has every migration, and the dictionaries are loaded."""

    status: Literal["ready"]
    detail: str
    """At which revision the tables are."""
    checks: ReadinessChecks
