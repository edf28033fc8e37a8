"""A mention of somebody who could be speaking, and all mentions of a text."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from app.domain.place import by_first
from app.domain.record import record
from app.domain.text import Span
from app.pipeline.people.names import Name
from app.pipeline.people.offices import Office
from app.pipeline.people.phrases import Form


@record(frozen=True, slots=True)
class Actor:
    """A mention of somebody who could speak, as tokens `first`..`last`; `forms` are the cases it may stand in."""

    span: Span
    first: int
    last: int
    kind: str  # person, office, organization, unnamed, pronoun
    forms: frozenset[Form]
    name: Name | None = None
    office: Office | None = None
    pronoun: str | None = None
    countries: tuple[str, ...] = ()
    governed: bool = False  # by a preposition: "в Facebook", "с Токаевым"; so it is no subject
    bare: bool = False  # a body by its common noun alone, as "ведомство" or "там": it stands for one named before

    def may_be(self, case: str) -> bool:
        """Whether the mention can stand in this case; one without cases can stand in any."""
        return not self.forms or any(form.case in (case, None) for form in self.forms)


@record(frozen=True, eq=False)
class Actors:
    """All mentions in the order of the text, and the one that begins or ends at each token."""

    all: tuple[Actor, ...]

    @cached_property
    def by_first(self) -> dict[int, Actor]:
        return {actor.first: actor for actor in self.all}

    @cached_property
    def by_last(self) -> dict[int, Actor]:
        return {actor.last: actor for actor in self.all}

    def inside(self, first: int, last: int) -> tuple[Actor, ...]:
        """The mentions that lie wholly in the tokens `first`..`last`."""
        low, high = bisect_left(self.all, first, key=by_first), bisect_left(self.all, last, key=by_first)
        return tuple(a for a in self.all[low:high] if a.last <= last)
