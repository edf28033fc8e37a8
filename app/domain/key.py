"""What a key is: who holds it, what it opens, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Scope(StrEnum):
    """What a key opens. A wire that delivers articles needs not read the archive, nor a reader write to it."""

    READ = "read"
    INGEST = "ingest"
    REVIEW = "review"
    ADMIN = "admin"


_IMPLIED = {Scope.ADMIN: frozenset(Scope), Scope.REVIEW: frozenset((Scope.REVIEW, Scope.READ))}
"""Whoever corrects a fact has to see it; whoever administers does anything. The others imply nothing."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is kept: the token itself is known to its holder alone."""

    id: str
    name: str
    digest: str
    """SHA-256 of the token. That is enough, because a token is 256 random bits: nobody guesses what was hashed."""
    hint: str
    """How the token begins, so that a holder can tell which of the keys theirs is."""
    scopes: frozenset[Scope]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
    per_minute: int | None = None
    """Requests a minute where this key has a limit of its own; 0 is none."""

    def opens(self, scope: Scope) -> bool:
        return any(scope in _IMPLIED.get(held, (held,)) for held in self.scopes)

    def is_valid(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)
