"""The words that hold a sentence together in a language that tells subjects by their position, compiled for look-up."""

from __future__ import annotations

from functools import cache

from app.domain.record import record
from app.languages.pack import Pack


@record(frozen=True, slots=True)
class Grammar:
    """One member a line of the pack's `grammar.toml`, which says what each of them means."""

    articles: frozenset[str]
    definite: frozenset[str]
    possessive: frozenset[str]
    of: frozenset[str]
    ties: frozenset[str]
    behind: frozenset[str]
    joiners: frozenset[str]
    relative: frozenset[str]
    persons: frozenset[str]
    infinitive: frozenset[str]
    destination: frozenset[str]
    topic: frozenset[str]
    when: frozenset[str]
    occasions: frozenset[str]
    times: frozenset[str]
    nominative: frozenset[str]
    agreeing: frozenset[str]
    indefinite: frozenset[str]
    clausal: frozenset[str]
    human: frozenset[str]
    bound: frozenset[str]


@cache
def subject_by_position(pack: Pack) -> bool:
    """Whether place, and not case, shows who does what."""
    return bool(pack["grammar"].get("sentence", {}).get("subject") == "position")


@cache
def grammar_of(pack: Pack) -> Grammar:
    table = pack["grammar"].get("phrases", {})
    names = (
        "articles", "definite", "possessive", "of", "ties", "behind", "and", "relative", "persons", "infinitive", "destination",
        "topic", "when", "occasions", "times", "nominative", "agreeing", "indefinite", "clausal", "human", "bound",
    )  # fmt: skip
    return Grammar(*(frozenset(table.get(name, ())) for name in names))
