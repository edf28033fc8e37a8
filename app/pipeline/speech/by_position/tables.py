"""The words of speech of a pack that tells subjects by position, compiled for look-up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.languages.pack import Pack
from app.pipeline.words.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Verbs:
    """Sets of dictionary forms; `speech.toml` says what each of them means."""

    needs_that: frozenset[str]
    quote_only: frozenset[str]
    also_that: frozenset[str]
    no_parenthesis: frozenset[str]
    hearers: frozenset[str]
    raising: frozenset[str]
    copulas: frozenset[str]
    predicates: frozenset[str]
    not_before: frozenset[str]
    with_particles: frozenset[str]
    always_hearers: frozenset[str]
    auxiliaries: frozenset[str]
    passive: frozenset[str]
    infinitive: frozenset[str]
    quoting: frozenset[str]
    as_saying: frozenset[str]
    media: frozenset[str]


@cache
def verbs_of(pack: Pack) -> Verbs:
    table, speech = pack["speech"].get("verbs", {}), pack["speech"]
    names = (
        "needs_that", "quote_only", "also_that", "no_parenthesis", "hearers", "raising", "copulas", "predicates", "not_before",
        "with_particles", "always_hearers", "auxiliaries", "passive", "infinitive",
    )  # fmt: skip
    quoting = speech.get("quoting", {})
    rest = (quoting.get("verbs", ()), quoting.get("as_saying", ()), speech.get("media", {}).get("verbs", ()))
    return Verbs(*(frozenset(table.get(name, ())) for name in names), *map(frozenset, rest))


@cache
def verb_lexicon(pack: Pack) -> Lexicon[str]:
    """Every verb of speech, of several words too, to its dictionary form."""
    lexicon: Lexicon[str] = Lexicon(pack.morphology)
    table = pack["speech"].get("verbs", {})
    for phrase in dict.fromkeys((*table.get("say", ()), *table.get("quote_only", ()), *verbs_of(pack).quoting)):
        lexicon.add(phrase, phrase)
    return lexicon


@cache
def phrase_lexicon(pack: Pack) -> Lexicon[str]:
    """ "According to", "in the words of"; and what only looks like a report."""
    lexicon: Lexicon[str] = Lexicon(pack.morphology)
    lexicon.extend(pack["speech"].get("sources", {}).get("phrases", ()), "source")
    return lexicon.extend(pack["speech"].get("frames", {}).get("not_reports", ()), "none")


@cache
def words(pack: Pack, section: str, name: str) -> frozenset[str]:
    return frozenset(pack["speech"].get(section, {}).get(name, ()))


@cache
def objective(pack: Pack) -> dict[str, str]:
    """Pronouns behind a preposition, each with whom it stands for."""
    return {word: which for which, found in pack["pronouns"].get("objective", {}).items() for word in found}


@cache
def possessive(pack: Pack) -> dict[str, str]:
    """Pronouns that own something, each with whom it stands for."""
    return {word: which for which, found in pack["pronouns"].get("possessive", {}).items() for word in found}


@cache
def first_person(pack: Pack) -> frozenset[str]:
    """ "I", "our": the words of somebody who speaks for themselves."""
    return frozenset(pack["pronouns"].get("first", {}).get("words", ()))
