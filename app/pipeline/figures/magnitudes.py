"""The magnitude behind a number: a word, a word behind a hyphen, or a letter glued to the digits of a sum."""

from __future__ import annotations

from decimal import Decimal

from app.pipeline.figures.digits import hyphened
from app.pipeline.figures.number_words import Grammar
from app.pipeline.words.phrasebook import Words


def magnitude(words: Words, at: int, end: int, rules: Grammar) -> tuple[Decimal, int] | None:
    """The magnitude word at the token, over a hyphen where the language joins with one ("5-billion"), and the token behind it."""
    if rules.hyphens and at + 1 < end and hyphened(words, at):
        at += 1
    size = value_of(words.forms[at], rules.magnitudes) if at < end else None
    if size is None and at < end and words.glued(at):
        size = rules.glued.get(words.tokens[at].key) if _clipped(words, at, rules) else None
    return None if size is None else (size, at + 1)


def _clipped(words: Words, at: int, rules: Grammar) -> bool:
    """ "$45m", "10.1m passengers": a letter glued to digits that a sign of money or a counted noun makes a magnitude."""
    if at < 1 or words.tokens[at - 1].kind != "number":
        return False
    if at > 1 and words.tokens[at - 2].key in rules.signs:
        return True
    behind = words.readings(at + 1)[:1] if at + 1 < len(words.tokens) else ()
    return any(r.pos == "noun" and r.number == "plur" for r in behind)


def value_of(forms: frozenset[str], table: dict[str, Decimal]) -> Decimal | None:
    for form in forms:
        if form in table:
            return table[form]
    return None
