"""Who is meant where something stands between a subject and its verb: a name behind an office, an aside between dashes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.text import Span
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


def with_name(subjects: Subjects, actor: Actor) -> Actor:
    """ "Peru's ambassador to Chile, Ana Rios,": an office with the name that stands behind its comma."""
    tokens = subjects.layout.tokens
    if actor.kind != "office" or actor.name is not None or actor.last + 1 >= len(tokens) or tokens[actor.last].text != ",":
        return actor
    named = subjects.actors.starting.get(actor.last + 1)
    if named is None or named.name is None or named.office is not None or any(f.number == "plur" for f in actor.forms):
        return actor
    span = Span(actor.span.start, named.span.end)
    return replace(named, span=span, first=actor.first, office=actor.office, countries=actor.countries)
