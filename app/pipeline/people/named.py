"""Who was named last before a place in the text without anybody saying what they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from app.pipeline.people.actors import Actor
from app.pipeline.people.recognition import held
from app.pipeline.people.roster import Entry, Roster

_MENTIONS_BACK = 40


class NamedBefore:
    """Looks back over the narrator's mentions of one article."""

    def __init__(self, narrated: Sequence[Actor], roster: Roster) -> None:
        self._narrated, self._roster = narrated, roster

    def last(self, actor: Actor) -> Entry | None:
        """The last person named in the nominative whose office nobody has said, nor the catalogue another one."""
        for other in reversed(self._before(actor)):
            entry = self._roster.of(other)
            alone = len(self._roster.entries) == 1
            if (
                entry is not None
                and not entry.offices
                and _may_hold(entry, actor)
                and (alone or self._roster.may_be_subject(other, entry))
            ):
                return entry
        return None

    def just(self, actor: Actor) -> Entry | None:
        """The same person, where nobody else was named since: "… оценивает Шурманов. Экономист указывает"."""
        entry, named = self.last(actor), self._before(actor)
        return entry if entry is not None and named and self._roster.of(named[-1]) is entry else None

    def _before(self, actor: Actor) -> list[Actor]:
        at = bisect_left(self._narrated, actor.first, key=lambda a: a.first)
        return [a for a in self._narrated[max(0, at - _MENTIONS_BACK) : at] if a.name is not None]


def _may_hold(entry: Entry, actor: Actor) -> bool:
    """ "Кәсіпкер" is no president: whether nothing known of somebody speaks against such an office."""
    return entry.person is None or actor.office is None or held(entry.person, actor.office)
