"""Words that close a clause before the verb of speech: finite verbs, and verbs made nouns of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from app.languages.pack import Pack
from app.pipeline.people.actor import Actor
from app.pipeline.speech.cue_tables import frame_words
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


def asks(content: Sequence[Token], quoted: bool, pack: Pack) -> bool:
    """ "қашан кететінін айтты", "сұрай ма деп сұрады": what was told is a topic or a question, not words that state something."""
    keys = [token.key for token in content]
    if quoted:
        return bool(keys) and keys[-1] in frame_words(pack, "asking")
    questions, any_ = frame_words(pack, "questions"), frame_words(pack, "whatever")
    following = [*keys[1:], ""]
    return any(
        one not in any_ and (key in questions or f"{key} {one}" in questions) for key, one in zip(keys, following, strict=False)
    )


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
