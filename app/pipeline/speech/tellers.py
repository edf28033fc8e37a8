"""Who tells of whom: mentions inside what somebody is reported to have said, and that somebody."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.facts import StatementKind
from app.pipeline.people.actor import Actor
from app.pipeline.speech.utterances import Utterance
from app.pipeline.words.segment import Layout

_PEOPLE = frozenset(("person", "office", "pronoun"))
_LONGEST = 200  # tokens of a report; a longer one is a list


class Tellers:
    """The subject of each report by the tokens of its content, where that is one person."""

    def __init__(self, utterances: Iterable[Utterance], layout: Layout) -> None:
        self._by_token: dict[int, Actor] = {}
        for utterance in utterances:
            source = utterance.source
            if source is None or len(source.subjects) != 1 or source.subjects[0].kind not in _PEOPLE:
                continue
            if utterance.kind is StatementKind.DIRECT or utterance.rule == "about_this":
                continue
            for span in utterance.segments:
                first = layout.token_at(span.start)
                for n in range(first, min(layout.token_at(span.end), first + _LONGEST)):
                    self._by_token[n] = source.subjects[0]

    def of(self, token: int) -> Actor | None:
        """Who tells of whoever is mentioned at a token."""
        return self._by_token.get(token)
