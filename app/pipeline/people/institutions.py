"""Names of bodies that look like names of people: "General Staff", "Civil Liberties Union"."""

from __future__ import annotations

from app.pipeline.people.noun_phrases import NounPhrase
from app.pipeline.people.person_names import PersonNames
from app.pipeline.words.lexicon import Hit
from app.pipeline.words.segment import Layout


def is_institution(layout: Layout, bodies: dict[int, Hit[str]], names: PersonNames, phrase: NounPhrase) -> bool:
    """Whether a body's head closes a phrase that no given name opens."""
    tokens, last = layout.tokens, phrase.last
    hit = next((h for n in range(phrase.body, last) if (h := bodies.get(n)) and h.last == last), None)
    if hit is None or last - phrase.body < 2 or not tokens[last - 1].capital:
        return False
    return hit.last - hit.first > 1 or not any(names.is_given(t.text) for t in tokens[phrase.body : last - 1])
