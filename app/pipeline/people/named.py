"""Who was named last before a place in the text without anybody saying what they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from app.domain.place import by_first
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor
from app.pipeline.people.agreement import is_plural
from app.pipeline.people.grammar import grammar_of
from app.pipeline.people.recognition import held
from app.pipeline.people.roster import Entry, Roster
from app.pipeline.words.segment import Layout

_MENTIONS_BACK = 40
_SENTENCES_BACK = 4


class NamedBefore:
    """Looks back over the narrator's mentions of one article."""

    def __init__(self, narrated: Sequence[Actor], roster: Roster, layout: Layout) -> None:
        self._narrated, self._roster, self._layout = narrated, roster, layout

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
        if actor.office is not None and self._so_called(actor, actor.office.head):
            return None
        entry, named = self.last(actor), self._before(actor)
        return entry if entry is not None and named and self._roster.of(named[-1]) is entry else None

    def _so_called(self, actor: Actor, head: str) -> bool:
        """Whether somebody named before holds an office of that very word: "House Speaker Kane … the speaker"."""
        held = (o.head.split() for e in self._roster.entries[:_MENTIONS_BACK] for at, o in e.offices if at < actor.first)
        return any(head in words for words in held)

    def between(self, first: int, last: int) -> bool:
        """Whether anybody is named between two tokens."""
        low = bisect_left(self._narrated, first, key=by_first)
        high = bisect_left(self._narrated, last, key=by_first)
        return any(a.name is not None for a in self._narrated[low:high])

    def another_between(self, first: int, last: int, entry: Entry | None) -> bool:
        """Whether anybody else is named between two tokens."""
        low, high = (bisect_left(self._narrated, n, key=by_first) for n in (first, last))
        return any(a.name is not None and self._roster.of(a) is not entry for a in self._narrated[low:high])

    def several_since(self, actor: Actor, at: int) -> Actor | None:
        """ "They" behind "the leaders met": several people who are the subject of a near sentence behind a token."""
        low, high = (bisect_left(self._narrated, n, key=by_first) for n in (at + 1, actor.first))
        here = self._layout.sentence_number(actor.first)
        for other in reversed(self._narrated[max(low, high - _MENTIONS_BACK) : high] if actor.pronoun == "they" else ()):
            number = self._layout.sentence_number(other.first)
            if here - number > _SENTENCES_BACK:
                return None
            if other.kind == "office" and other.name is None and not other.governed and is_plural(other, "nom"):
                return other if other.first - self._layout.sentences[number].first <= 1 else None
        return None

    def _before(self, actor: Actor) -> list[Actor]:
        at = bisect_left(self._narrated, actor.first, key=by_first)
        return [a for a in self._narrated[max(0, at - _MENTIONS_BACK) : at] if a.name is not None]


def is_apposed(actor: Actor, layout: Layout, pack: Pack) -> bool:
    """ "Kane, a close ally of the mayor's, left": what somebody is, told behind a comma, and nobody else."""
    tokens = layout.tokens
    if actor.name is not None or not actor.first or tokens[actor.first - 1].text != ",":
        return False
    grammar, first = grammar_of(pack), tokens[actor.first]
    behind_name = actor.first > 1 and tokens[actor.first - 2].capital and not first.capital  # "Kane, chairman of the board,"
    return first.key in grammar.indefinite or (behind_name and first.key not in grammar.articles)


def _may_hold(entry: Entry, actor: Actor) -> bool:
    """ "Кәсіпкер" is no president: whether nothing known of somebody speaks against such an office."""
    return entry.person is None or actor.office is None or held(entry.person, actor.office)
