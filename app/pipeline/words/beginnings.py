"""Which written words can begin a construction at all: most words of a text begin nothing, and each is asked once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress
from operator import attrgetter

from app.pipeline.words.segment import Token

_TEXT = attrgetter("text")
_KEPT = 50_000  # words remembered for each construction


class Beginnings:
    """The answers to a question about a word as it is written, kept."""

    def __init__(self, asked: Callable[[str], bool]) -> None:
        self._asked = asked
        self._known: dict[str, bool] = {}

    def places(self, tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[int]:
        """Where among the tokens `first`..`last` (exclusive) the construction may begin."""
        part = tokens[first:last]
        answers = list(map(self._known.get, map(_TEXT, part)))
        if None in answers:
            answers = [self.may(token) for token in part]
        return list(compress(range(first, first + len(answers)), answers))

    def may(self, token: Token) -> bool:
        """Whether the construction may begin with a token: with no number and no mark."""
        known = self._known.get(token.text)
        if known is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            known = self._known[token.text] = token.kind == "word" and self._asked(token.text)
        return known
