"""How one currency leads to another: by a rate between the two, told in either direction, or through a third."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.exchange import Rate

Currencies = tuple[str, str]
MOST_BETWEEN = 4
"""Currencies that are tried as the one between: what a page costs must not grow with the table."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A rate on the way; `inverse` where it was told the other way round, and is divided by."""

    rate: Rate
    inverse: bool

    @property
    def factor(self) -> Fraction:
        told = Fraction(self.rate.rate)
        return 1 / told if self.inverse else told


@dataclass(frozen=True, slots=True)
class Step:
    """A rate that would do, if there is one of the day."""

    told: Currencies
    inverse: bool


Way = tuple[Step, ...]
Legs = tuple[Leg, ...]


def ways(known: Collection[Currencies], from_: str, to: str) -> list[Way]:
    """The direct rate first, then the one the other way round, then through one third currency.

    A third that both rates have as their base comes first: such rates are of one table (the ECB's are all of a euro).
    """
    found: list[Way] = [(step,) for step in _steps(known, from_, to)]
    others = {code for pair in known if from_ in pair for code in pair} & {code for pair in known if to in pair for code in pair}
    between = sorted(others - {from_, to}, key=lambda code: ((code, from_) not in known, (code, to) not in known, code))
    for code in between[:MOST_BETWEEN]:
        found += [(one, other) for one in _steps(known, from_, code)[:1] for other in _steps(known, code, to)[:1]]
    return found


def first_open(open_to: Iterable[Way], rates: Mapping[tuple[Currencies, date], Rate], day: date) -> Legs | None:
    """The rates of the first way of which all are told; of ways through others, the one whose rates are latest."""
    found = [legs for way in open_to if (legs := _legs(way, rates, day))]
    direct = next((legs for legs in found if len(legs) == 1), None)
    return direct or max(found, key=oldest, default=None)


def oldest(legs: Legs) -> date:
    return min(leg.rate.day for leg in legs)


def _steps(known: Collection[Currencies], from_: str, to: str) -> list[Step]:
    return [Step(pair, inverse) for pair, inverse in (((from_, to), False), ((to, from_), True)) if pair in known]


def _legs(way: Way, rates: Mapping[tuple[Currencies, date], Rate], day: date) -> Legs | None:
    told = [(rates.get((step.told, day)), step.inverse) for step in way]
    return tuple(Leg(rate, inverse) for rate, inverse in told if rate) if all(rate for rate, _ in told) else None
