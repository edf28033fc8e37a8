"""Who has spoken so far in an article, and where."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.speaker import SpeakerKind
from app.pipeline.people.holders import LastSpeaker
from app.pipeline.speech.found import Found

_BACK = 40  # turns that are looked through, so that time stays linear


class Turns:
    """The speakers in the order in which they were found, each with the token of its attribution."""

    def __init__(self, paragraph: Callable[[int], int]) -> None:
        self._paragraph = paragraph
        self._turns: list[tuple[int, Found]] = []

    def add(self, at: int, found: Found) -> None:
        self._turns.append((at, found))

    def last(self) -> LastSpeaker:
        if not self._turns:
            return LastSpeaker(None, 0)
        at, found = self._turns[-1]
        return LastSpeaker(found.entry, self._paragraph(at))

    def near(self, at: int, reach: int) -> tuple[int, Found] | None:
        """Whoever spoke last, not more than so many paragraphs before."""
        last = self._turns[-1] if self._turns else None
        return last if last is not None and self._paragraph(at) - self._paragraph(last[0]) <= reach else None

    def body_near(self, at: int, reach: int) -> tuple[int, Found] | None:
        """The same, where it was a body."""
        last = self.near(at, reach)
        return last if last is not None and last[1].speaker.kind is SpeakerKind.ORGANIZATION else None

    def unnamed_near(self, at: int, word: str) -> tuple[int, Found] | None:
        """The same, where it was somebody without a name whom that word described: "an aide said … The aide added"."""
        last = self.near(at, 1)
        unnamed = last is not None and last[1].speaker.kind is SpeakerKind.UNNAMED
        return last if unnamed and last is not None and word in last[1].speaker.name.casefold().split() else None

    def before(self, at: int) -> tuple[int, Found] | None:
        """Whoever spoke last before a token."""
        return next((turn for turn in reversed(self._turns[-_BACK:]) if turn[0] < at), None)
