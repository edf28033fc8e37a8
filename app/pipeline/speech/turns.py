"""Who has spoken so far in an article, and where."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.speaker import Role, SpeakerKind
from app.pipeline.people.actor import Actor
from app.pipeline.people.holders import LastSpeaker
from app.pipeline.speech.found import Found

_OTHER_WORDS = frozenset((Role.OFFICIAL, Role.EXPERT, Role.SPOKESPERSON))  # of which a text uses one word for another
_UNNAMED_REACH = 3  # paragraphs back in which another word finds somebody without a name
_BACK = 40  # turns that are looked through, so that time stays linear


class Turns:
    """The speakers in the order in which they were found, each with the token of its attribution."""

    def __init__(self, paragraph: Callable[[int], int]) -> None:
        self._paragraph = paragraph
        self._turns: list[tuple[int, Found]] = []
        self._several: set[int] = set()  # turns of more than one
        self._subjects: dict[int, Actor] = {}

    def add(self, at: int, found: Found, subject: Actor | None = None, *, several: bool = False) -> None:
        self._turns.append((at, found))
        if subject is not None:
            self._subjects[at] = subject
        if several:
            self._several.add(at)

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

    def unnamed_near(self, at: int, word: str, role: Role) -> tuple[int, Found] | None:
        """The same, where it was somebody without a name whom that word, or one for the same role, described.

        "An aide said … The aide added", "an official said … The aide added".
        """
        last = self.near(at, _UNNAMED_REACH)
        if last is None or last[0] in self._several or last[1].speaker.kind is not SpeakerKind.UNNAMED:
            return None
        described = word in last[1].speaker.name.casefold().split() or (role in _OTHER_WORDS and last[1].speaker.role is role)
        return last if described else None

    def unnamed_since(self, first: int, pronoun: Actor) -> tuple[int, Found] | None:
        """Somebody without a name, one of them, who spoke behind a token: "a spokesman for Kane said … He added"."""
        turn = self.before(pronoun.first)
        subject = self._subjects.get(turn[0]) if turn is not None else None
        if turn is None or subject is None or turn[0] < first or turn[1].speaker.kind is not SpeakerKind.UNNAMED:
            return None
        if self._paragraph(pronoun.first) - self._paragraph(turn[0]) > 1 or subject.pronoun is not None:
            return None
        genders = {f.gender for f in pronoun.forms} | {None}
        fits = any(f.number == "sing" and f.gender in genders for f in subject.forms)
        return turn if fits and pronoun.pronoun in ("he", "she") and turn[0] not in self._several else None

    def before(self, at: int) -> tuple[int, Found] | None:
        """Whoever spoke last before a token."""
        return next((turn for turn in reversed(self._turns[-_BACK:]) if turn[0] < at), None)
