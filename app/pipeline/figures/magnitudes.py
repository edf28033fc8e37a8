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
    """ "$45m", "10k": a letter glued to digits that a sign of money, or nothing else it could be, makes a magnitude."""
    before = at - 2
    return before >= 0 and words.tokens[at - 1].kind == "number" and words.tokens[before].key in rules.signs


def value_of(forms: frozenset[str], table: dict[str, Decimal]) -> Decimal | None:
    for form in forms:
        if form in table:
            return table[form]
    return None
