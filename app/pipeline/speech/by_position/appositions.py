"""Who is meant where something stands between a subject and its verb: an aside between dashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pipeline.people.actors import Actor
from app.pipeline.words.segment import Sentence

if TYPE_CHECKING:
    from app.pipeline.speech.by_position.subjects import Subjects

DASHES = "–—"
_ASIDE = 60  # tokens between two dashes
_SPEAKERS = ("person", "office", "pronoun", "unnamed", "organization")


def before_dashes(subjects: Subjects, dash: int, sentence: Sentence) -> Actor | None:
    """ "some senators — including Mark Dane — cautioned": the phrase before the first of two dashes."""
    tokens = subjects.layout.tokens
    opening = (n for n in range(dash - 2, max(sentence.first, dash - _ASIDE), -1) if tokens[n].text in DASHES)
    first = next((n for n in opening if tokens[n].start > tokens[n - 1].end or tokens[n].text == "—"), None)
    actor = subjects.actors.ending.get(subjects.before_brackets(first, sentence)) if first is not None else None
    if (
        actor is None
        or first is None
        or actor.first < sentence.first
        or actor.governed
        or subjects.has_verb(sentence.first, actor.first)
    ):
        return None
    return subjects.stretched(actor, first) if actor.kind in _SPEAKERS else None
