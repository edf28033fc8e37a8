"""Whose seat is meant by "the leader of" a country and by "the head of" a body: what constitutions and charters say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.catalog.tables import toml
from app.domain.speaker import Role


@dataclass(frozen=True, slots=True)
class Seats:
    """`heads` gives the code under which the head of an organisation is dated; `led` the role and office of a leader."""

    heads: Mapping[str, str] = field(hash=False)
    led: Mapping[str, tuple[Role, str | None]] = field(hash=False)
    open: frozenset[str] = frozenset()

    def leader(self, country: str) -> tuple[Role, str | None] | None:
        """The seat of a country's leader: its head of state, save where another leads; None where either may be meant."""
        return None if country in self.open else self.led.get(country, (Role.HEAD_OF_STATE, None))


def read_seats() -> Seats:
    """The seats of the released data."""
    tables = toml("seats.toml")
    leaders = tables["leaders"]
    heads = {organization: bloc for bloc, organizations in tables["bodies"].items() for organization in organizations}
    by_government = dict.fromkeys(leaders["government"], (Role.HEAD_OF_GOVERNMENT, None))
    supreme = dict.fromkeys(leaders["supreme"], (Role.OFFICIAL, "supreme_leader"))
    return Seats(heads, {**by_government, **supreme}, frozenset(leaders["open"]))
