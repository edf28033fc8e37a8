"""Which phrases something governs, so that they are no subjects: "by Kane", "asked Kane", but "as Kane visited the border"."""

from __future__ import annotations

from app.languages.pack import Pack
from app.pipeline.people.actor import Actor
from app.pipeline.people.noun_phrases import Phrases
from app.pipeline.words.segment import Layout

_NO_SUBJECTS = ("phrase", "pronoun", "country")


def is_governed(layout: Layout, pack: Pack, at: int, last: list[Actor]) -> bool:
    """Whether a preposition or a verb stands before a phrase; in "by Sky News’ Jane Kane" it stands before the owner."""
    before = layout.tokens[at - 1] if at else None
    if before is None:
        return False
    if before.text in "'’" and last and last[0].last == at - 1:
        return last[0].governed
    return before.kind == "word" and pack.morphology.readings(before.text)[0].pos in ("adp", "verb")


def opens_clause(phrases: Phrases, actor: Actor) -> bool:
    """ "as Kane visited the border": somebody behind a word that is a conjunction here, and at once a verb."""
    tokens = phrases.layout.tokens
    opens = actor.first == 1 or tokens[actor.first - 2].kind == "mark"  # "As the minister noted", no "before the court should"
    if (
        actor.kind in _NO_SUBJECTS
        or (actor.name is None and not opens)
        or tokens[actor.first - 1].key not in phrases.grammar.clausal
    ):
        return False
    following = tokens[actor.last] if actor.last < len(tokens) else None
    return following is not None and following.kind == "word" and phrases.finite(actor.last)
