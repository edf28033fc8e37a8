"""Words that close a clause before the verb of speech: finite verbs, and verbs made nouns of."""

from __future__ import annotations

from functools import lru_cache

from app.languages.pack import Pack
from app.pipeline.people.actors import Actor
from app.pipeline.words.segment import Layout, Token


def is_nominal_clause(token: Token, pack: Pack, cases: tuple[str, ...]) -> bool:
    """Whether a word is a participle with a possessive in one of the cases: жеткенін, қатынайтынын, екенін."""
    return token.kind == "word" and _nominal(token.text, pack, cases)


@lru_cache(maxsize=20_000)
def _nominal(word: str, pack: Pack, cases: tuple[str, ...]) -> bool:
    return any(r.verb == "part" and r.possessive and r.case in cases for r in pack.morphology.readings(word)[:2])


def is_attribute(token: Token, pack: Pack) -> bool:
    """Whether a word can be nothing but a participle before its noun: атаған, айтылған."""
    readings = pack.morphology.readings(token.text) if token.kind == "word" else ()
    return bool(readings) and readings[0].verb == "part" and not readings[0].possessive


def ends_clause(token: Token, pack: Pack) -> bool:
    """Whether a word is, at its likeliest, a finite verb."""
    return token.kind == "word" and pack.morphology.readings(token.text)[0].verb == "fin"


def owns_next(actor: Actor, layout: Layout, pack: Pack) -> bool:
    """Whether an office or body only tells whose the next noun is: "Үкімет отырысында"."""
    if actor.kind not in ("office", "organization", "unnamed") or actor.last >= len(layout.tokens):
        return False
    token = layout.tokens[actor.last]
    if token.kind != "word" or token.capital:
        return False
    first = pack.morphology.readings(token.text)[0]
    return first.pos == "noun" and first.possessive == "3"
