"""Figures sorted into lines of the same measure, unit, direction and status, and each line into observations by period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from app.domain.measure import Measure, Status
from app.services.documents import Document
from app.services.series.agreement import Agreement, Value, agreement_of, standing, values_of
from app.services.series.sayings import Saying

KEY = ("measure", "unit", "per", "reporter", "partner", "status")
"""What figures have in common that can be put in one line: the exports of one country are not the imports of the other."""

_MEASURES, _STATUSES = tuple(Measure), tuple(Status)
Stretch = tuple[str | None, str | None] | None
"""The two ends of a period, one of which may be open; None where the text gives none."""


@dataclass(frozen=True)
class Observation:
    """What was said of one period."""

    period: Stretch
    values: list[Value]

    @property
    def agreement(self) -> Agreement:
        return agreement_of(self.values, self.standing)

    @cached_property
    def standing(self) -> list[Value]:
        return standing(self.values)


@dataclass(frozen=True, slots=True)
class Line:
    """`additions` are figures that come on top of others ("ещё 49 проектов"): no values of the line."""

    key: tuple[str | None, ...]
    observations: list[Observation]
    additions: list[Saying]

    def of(self, name: str) -> str | None:
        return self.key[KEY.index(name)]


def lines_of(figures: Iterable[Document]) -> list[Line]:
    """Levels before changes, actual before target; of those alike, the line that was told of most."""
    sorted_out: dict[tuple[str | None, ...], list[Saying]] = defaultdict(list)
    for figure in figures:
        sorted_out[tuple(figure[name] for name in KEY)].append(Saying.of(figure))
    lines = [_line(key, sayings) for key, sayings in sorted_out.items()]
    return sorted(lines, key=lambda line: _rank(line, len(sorted_out[line.key])))


def _line(key: tuple[str | None, ...], sayings: list[Saying]) -> Line:
    added = [saying for saying in sayings if saying.document["additional_to"] is not None]
    by_period: dict[Stretch, list[Saying]] = defaultdict(list)
    for saying in sayings:
        if saying.document["additional_to"] is None:
            by_period[_stretch(saying.document)].append(saying)
    observations = [observation for period, told in by_period.items() for observation in _observations(period, told)]
    return Line(key, sorted(observations, key=_place), sorted(added, key=lambda saying: saying.order))


def _observations(period: Stretch, told: list[Saying]) -> Iterator[Observation]:
    """Figures without a period may be of different times: they confirm each other, and never dispute."""
    values = values_of(told)
    if period is None:
        yield from (Observation(None, [value]) for value in values)
    else:
        yield Observation(period, values)


def _stretch(figure: Document) -> Stretch:
    period = figure["period"]
    return (period["start"], period["end"]) if period else None


def _place(observation: Observation) -> tuple[bool, str, str, str]:
    """In the order of the periods, the longer of two with one end first; those without a period last, as they were stated."""
    first = observation.values[0].in_order[0]
    start, end = observation.period or (None, None)
    return observation.period is None, end or start or "", start or "", str(first.stated_on)


def _rank(line: Line, told: int) -> tuple[int, int, int, str]:
    measure, status = Measure(line.of("measure") or ""), Status(line.of("status") or "")
    return _MEASURES.index(measure), _STATUSES.index(status), -told, str(line.key)
