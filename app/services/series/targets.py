"""What became of targets: who set which, when, how it moved, and whether it was reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.measure import Comparator, Measure, Status
from app.services.series.agreement import Value
from app.services.series.lines import KEY, Line, Observation
from app.services.series.sayings import Saying

_YEAR = 366
"""Days of the longest period that tells a yearly level."""
_ALIKE = tuple(name for name in KEY if name != "status")


@dataclass(frozen=True, slots=True)
class Target:
    """A level that somebody wants to reach. `reached` is None while nothing tells; `reached_in` is the period that did."""

    line: Line
    period: tuple[str | None, str | None] | None
    value: Value
    reached: bool | None
    reached_in: Observation | None


def targets_of(lines: Iterable[Line]) -> list[Target]:
    """In the order in which they were set, so that one sees a target move."""
    known = list(lines)
    actual = {_alike(line): line for line in known if line.of("status") == Status.ACTUAL}
    wanted = [line for line in known if line.of("status") == Status.TARGET and line.of("measure") == Measure.LEVEL]
    found = [target for line in wanted for target in _targets(line, actual.get(_alike(line)))]
    return sorted(found, key=lambda target: target.value.in_order[0].order)


def _alike(line: Line) -> tuple[str | None, ...]:
    return tuple(line.of(name) for name in _ALIKE)


def _targets(line: Line, actual: Line | None) -> Iterator[Target]:
    for observation in line.observations:
        for value in observation.values:
            reached, where = _outcome(value, observation, actual)
            yield Target(line, observation.period, value, reached, where)


def _outcome(value: Value, observation: Observation, actual: Line | None) -> tuple[bool | None, Observation | None]:
    """Reached, where every value that stands for a later period is as high; missed, where the last day has passed without one
    that could be: "about 29" does not say that 30 were reached, and not that they were not.
    """
    set_on, wanted = value.in_order[0].stated_on, value.told.low
    deadline = observation.period[1] if observation.period else None
    passed = False
    for told in actual.observations if actual else ():
        end = _year_end(told)
        if end is None or set_on == date.min or end <= set_on:
            continue
        if all(_named(one.told) >= wanted for one in told.standing):
            return True, told
        open_ = any(one.told.high >= wanted for one in told.standing)
        passed = passed or (deadline is not None and end >= date.fromisoformat(deadline) and not open_)
    return (False if passed else None), None


def _named(saying: Saying) -> Decimal:
    """The amount that was named; of "less than 30" the least that it can mean, for 30 it is not."""
    less = Comparator(saying.document["comparator"]) in (Comparator.LT, Comparator.LE)
    return saying.low if less else saying.value


def _year_end(observation: Observation) -> date | None:
    """The last day of a period of a year at most; of others a level tells nothing of a yearly target."""
    start, end = observation.period or (None, None)
    if start is None or end is None:
        return None
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    return last if (last - first).days < _YEAR else None
