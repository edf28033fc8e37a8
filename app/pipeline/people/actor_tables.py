"""The words of a pack for those who speak, compiled for look-up."""

from __future__ import annotations

from functools import cache, lru_cache

from app.catalog import Catalog
from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.people.phrases import Prepositions
from app.pipeline.words.lexicon import Lexicon, lemmas
from app.pipeline.words.segment import Token


@cache
def office_lexicon(pack: Pack) -> Lexicon[tuple[str, str]]:
    """Office phrases to their role and to what the mention is without a name."""
    lexicon: Lexicon[tuple[str, str]] = Lexicon(pack.morphology)
    table = pack["offices"]
    for group in ("roles", "feminine"):
        for role, phrases in table.get(group, {}).items():
            lexicon.extend(phrases, (role, "office"))
    lexicon.extend(counterparts(pack), ("other", "office"))
    return lexicon.extend(table.get("unnamed", {}).get("words", ()), ("other", "unnamed"))


@cache
def body_lexicon(pack: Pack, catalog: Catalog) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(pack.morphology)
    table = pack["offices"].get("organizations", {})
    lexicon.extend(table.get("outlets", ()), "outlet", capital=True)
    for organization in catalog.organizations.all:
        for spelling in organization.spellings():
            lexicon.add(spelling.strip('«»"“”'), "body", capital=True)
    for outlet in catalog.outlets.all:
        for name in outlet.names:
            if "." not in name:
                lexicon.add(name, "outlet" if outlet.kind != "press_service" else "body", capital=True)
    lexicon.extend(table.get("bodies", ()), "body", capital=True)
    lexicon.extend(table.get("heads", ()), "head")
    return lexicon.extend(table.get("side", ()), "side")


@cache
def listed_bodies(pack: Pack) -> frozenset[str]:
    """Bodies and their heads as the pack lists them, in the nominative."""
    table = pack["offices"].get("organizations", {})
    return frozenset(key(word) for name in ("bodies", "heads") for word in table.get(name, ()))


@cache
def _again(pack: Pack) -> dict[str, tuple[str, ...]]:
    return {word: tuple(of) for word, of in pack["offices"].get("again", {}).items()}


def stands_for(token: Token, pack: Pack) -> tuple[str, ...]:
    """Beginnings of the words for bodies that a common noun may stand for: "ведомство" for a ministry."""
    if token.kind != "word":
        return ()
    again = _again(pack)
    return next((again[lemma] for lemma in sorted(lemmas(token.text, pack.morphology)) if lemma in again), ())


@cache
def firm_words(pack: Pack) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Beginnings of the words for firms, and of those for any other bodies."""
    lines = _again(pack).values()
    firms = {stem for line in lines if "*" in line for stem in line if stem != "*"}
    return tuple(sorted(firms)), tuple(sorted({stem for line in lines for stem in line} - firms))


@cache
def counterparts(pack: Pack) -> frozenset[str]:
    """Words for the other one of two: "гость", "коллега"."""
    return frozenset(word for words in pack["offices"].get("others", {}).values() for word in words)


@lru_cache(maxsize=2_000)
def is_counterpart(head: str, pack: Pack) -> bool:
    """Whether the head of an office, in whatever case, only says that somebody is the other one: "с коллегой Алиевым"."""
    words = counterparts(pack)
    return head in words or any(not words.isdisjoint(lemmas(word, pack.morphology)) for word in head.split())


@cache
def document_words(pack: Pack) -> frozenset[str]:
    """Reports, polls, statements: what speaks for whoever made it."""
    return frozenset(pack["offices"].get("organizations", {}).get("documents", ()))


@cache
def countrywide(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("countrywide", {}).get("words", ()))


@cache
def complement_roles(pack: Pack) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((role, tuple(words)) for role, words in pack["offices"].get("by_complement", {}).items())


@cache
def former_exactly(pack: Pack) -> frozenset[str]:
    """The same words as they stand, in a language that does not inflect them."""
    return frozenset(pack["offices"].get("former", {}).get("words", ()))


@cache
def former_words(pack: Pack) -> tuple[str, ...]:
    return tuple(word[:-2] for word in pack["offices"].get("former", {}).get("words", ()))


@cache
def past_words(pack: Pack) -> frozenset[str]:
    """Words that make the head of a state one of long ago."""
    return frozenset(pack["offices"].get("former", {}).get("of_heads", ()))


@cache
def postpositions(pack: Pack) -> frozenset[str]:
    """Words behind a noun without an ending that govern it."""
    return frozenset(pack["offices"].get("governed", {}).get("behind", ()))


@cache
def pronoun_words(pack: Pack) -> dict[str, str]:
    """Pronouns in the nominative, each with whom it stands for."""
    return {word: which for which, words in pack["pronouns"].get("nominative", {}).items() for word in words}


@cache
def prepositions(pack: Pack, role: str) -> Prepositions:
    table = pack["offices"].get("complements", {})
    opening = {**table.get("any", {}), **table.get(role, {})}
    return Prepositions(opening, dict(table.get("nested", {})), dict(table.get("country", {})))
