"""Who is meant by a verb of speech without a subject: whoever spoke just before."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.record import record
from app.languages.pack import Pack
from app.pipeline.people.agreement import verb_agrees
from app.pipeline.people.named import NamedBefore
from app.pipeline.people.roster import Entry
from app.pipeline.speech.found import Found
from app.pipeline.speech.steps import where
from app.pipeline.speech.turns import Turns
from app.pipeline.speech.utterances import Utterance
from app.pipeline.words.segment import Layout


@record(frozen=True, slots=True)
class Silent:
    """Finds the subject that an attribution leaves out, in one article."""

    layout: Layout
    pack: Pack
    turns: Turns
    named: NamedBefore
    genders: Mapping[Entry, bool]

    def subject(self, utterance: Utterance) -> Found | None:
        """Whoever spoke just before in the same or the last paragraph, where nothing tells of somebody else."""
        source, last = utterance.source, self.turns.near(utterance.at, 1)
        if last is None or source is None or source.kind == "document" or source.plural:
            return None  # "заявили в министерстве" is not the speaker before
        at, found = last
        if utterance.rule == "that_clause_silent" and not self._may_go_on(utterance.at, at, found):
            return None
        told = f'no subject → "{found.speaker.name}", {where(self.layout, source.first, at)}'
        return Found(found.speaker, found.entry, (told, *found.steps))

    def _may_go_on(self, verb: int, before: int, found: Found) -> bool:
        """ "«…», – сказал Касенов. Также добавил, что …": nobody else is named in between, and the verb's gender is his."""
        readings = self.pack.morphology.readings(self.layout.tokens[verb].text)
        gender = next((r.gender for r in readings if r.tense == "past"), None)
        return verb_agrees(gender, found.entry, self.genders) and not self.named.another_between(before, verb, found.entry)
