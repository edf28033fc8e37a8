"""Who speaks where nothing but the manner is told before a colon: "A second senator was blunter: “It’s over.”"."""

from __future__ import annotations

from app.pipeline.speech.by_position.subjects import Subjects
from app.pipeline.speech.by_position.tables import verbs_of, words
from app.pipeline.speech.frames import Source
from app.pipeline.words.segment import Sentence

_SPEAKERS = frozenset(("person", "office", "unnamed", "pronoun"))


def by_manner(subjects: Subjects, colon: int, sentence: Sentence) -> Source | None:
    """The subject of "was blunter" that ends before a colon."""
    tokens, at = subjects.layout.tokens, colon - 1
    if at <= sentence.first or tokens[colon].text != ":" or tokens[at].key not in words(subjects.pack, "quoting", "manners"):
        return None
    copula = at - 1
    while copula > sentence.first and tokens[copula].key in words(subjects.pack, "quoting", "degrees"):
        copula -= 1
    readings = subjects.pack.morphology.readings(tokens[copula].text)
    if not any(r.lemma in verbs_of(subjects.pack).copulas and r.verb == "fin" for r in readings):
        return None
    found = subjects.left(copula, sentence)
    if not found or found[0].kind not in _SPEAKERS:
        return None
    return Source(at, colon, "verb", tokens[at].key, found, found[0].first, colon, side="left")
