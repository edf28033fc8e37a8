"""Whom bodies are named after: "Института имени А.Б. Касенова" tells of nobody who works there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from app.languages.pack import Pack
from app.pipeline.words.segment import Token


def is_named_after(token: Token, pack: Pack) -> bool:
    """Whether the word stands before such a name: "имени", "им."."""
    return token.key in _words(pack)


def name_end(tokens: Sequence[Token], at: int, end: int, pack: Pack) -> int | None:
    """The token behind that name, with initials, a given name or neither before the surname; None where none stands here."""
    last = at
    while last < end and (tokens[last].text == "." or (tokens[last].capital and len(tokens[last].text) == 1)):
        last += 1
    if last == at and last + 1 < end and tokens[last + 1].capital and _is_given(tokens[last], pack):
        last += 1
    return last + 1 if last < end and tokens[last].capital else None


def _is_given(token: Token, pack: Pack) -> bool:
    return any(r.name == "given" and r.known for r in pack.morphology.name_readings(token.text))


@cache
def _words(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("complements", {}).get("named_after", ()))
