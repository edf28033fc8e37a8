"""Text as it was submitted, and stretches of it."""

from __future__ import annotations

import hashlib

from app.domain.record import record


@record(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch `[start, end)` in Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@record(frozen=True, slots=True)
class Article:
    """What a client submitted: the text, and whatever it says about it.

    `published_at` is an ISO date or RFC 3339 date-time kept as given; `publisher_country` is ISO 3166-1
    alpha-2; `language` is BCP 47. Every field but the text may be missing, and is then read from the text.
    """

    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    publisher_country: str | None = None
    published_at: str | None = None
    language: str | None = None
    external_id: str | None = None

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the metadata that the client gave."""
        names = ("title", "published_at", "publisher", "publisher_country", "url", "language", "external_id")
        return tuple(name for name in names if getattr(self, name) is not None)


def digest(visible_text: str) -> str:
    """The identity of an article: SHA-256 of its visible text, runs of white space counting as one space."""
    return _fingerprint(" ".join(visible_text.split()))


def fact_id(prefix: str, article_digest: str, *words: object) -> str:
    """An id that the same fact of the same article always gets: `st_…`, `in_…`, `gr_…`."""
    key = "\x1f".join([article_digest, *map(str, words)])
    return f"{prefix}_{_fingerprint(key)[:20]}"


def _fingerprint(text: str) -> str:
    """SHA-256 as an identity: nothing is kept secret by it, and OpenSSL is quicker where it is told so."""
    return hashlib.sha256(text.encode(), usedforsecurity=False).hexdigest()
