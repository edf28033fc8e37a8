"""The words of a pack for the seats of the catalogue, compiled for look-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from app.catalog import Catalog
from app.domain.speaker import Role
from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.words.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Meaning:
    """What words behind the head of an office may mean; `values` by kind: portfolios, bodies, the kind of a body, a region.

    `of` is the phrase itself where a seat is of it; `filler` is set where the words may also say nothing.
    """

    of: str | None = None
    filler: str | None = None
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class SeatRule:
    """One seat as the pack tells it: what its head is of, and which countries have it."""

    role: Role
    office: str | None
    of: frozenset[str]
    country: str | None
    only: frozenset[str]
    never: frozenset[str]
    national: bool


@dataclass(frozen=True, slots=True)
class SeatTables:
    """`heads` finds the head of an office, `behind` what stands behind it; rules and groups go by the head.

    `around`: in this language what a head is of may stand before it too.
    """

    heads: Lexicon[str]
    modifiers: Lexicon[str]
    behind: Lexicon[Meaning]
    rules: Mapping[str, tuple[SeatRule, ...]]
    groups: Mapping[str, frozenset[str]]
    joining: frozenset[str]
    around: bool


@cache
def seat_tables(pack: Pack, catalog: Catalog) -> SeatTables:
    """The tables of one pack; a pack without them names no seat beyond its roles."""
    table = pack["seats"]
    rules: dict[str, list[SeatRule]] = defaultdict(list)
    for row in table.get("seats", ()):
        for head in row["heads"]:
            rules[key(head)].append(_rule(row))
    groups: dict[str, set[str]] = defaultdict(set)
    for group, heads in table.get("heads", {}).items():
        for head in heads:
            groups[key(head)].add(group)
    heads_lexicon: Lexicon[str] = Lexicon(pack.morphology)
    for head in {**rules, **groups}:
        heads_lexicon.add(head, head)
    modifiers: Lexicon[str] = Lexicon(pack.morphology)
    modifiers.extend(table.get("modifiers", {}).get("words", ()), "")
    return SeatTables(
        heads_lexicon,
        modifiers,
        _behind(pack, catalog, table),
        {head: tuple(found) for head, found in rules.items()},
        {head: frozenset(found) for head, found in groups.items()},
        _joining(pack),
        "around" in table,
    )


def _joining(pack: Pack) -> frozenset[str]:
    """Words that only join the others: conjunctions and prepositions."""
    offices = pack["offices"]
    prepositions = offices.get("complements", {})
    return frozenset(
        (*offices.get("joiners", {}).get("words", ()), *prepositions.get("any", ()), *prepositions.get("country", ()))
    )


def _rule(row: Mapping[str, Any]) -> SeatRule:
    return SeatRule(
        Role(row["role"]),
        row.get("office"),
        frozenset(map(key, row.get("of", ()))),
        row.get("country"),
        frozenset(row.get("only", ())),
        frozenset(row.get("never", ())),
        row.get("national", False),
    )


def _behind(pack: Pack, catalog: Catalog, table: Mapping[str, Any]) -> Lexicon[Meaning]:
    """Every phrase that may stand behind a head, with all that it may mean."""
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    written: dict[str, str] = {}

    def mean(phrases: Iterable[str], kind: str, *meant: str) -> None:
        for phrase in phrases:
            written.setdefault(key(phrase), phrase)
            values[key(phrase)][kind] += meant

    for filler, words in table.get("fillers", {}).items():
        mean(words, "filler", filler)
    for codes, words in table.get("portfolios", {}).items():
        mean(words, "portfolio", *codes.split())
    for code, words in table.get("bodies", {}).items():
        mean(words, "body", code)
    for kind, words in table.get("kinds", {}).items():
        mean(words, "kind", kind)
    for code, words in table.get("regions", {}).items():
        mean(words, "region", code)
    for row in table.get("seats", ()):
        for phrase in row.get("of", ()):
            mean([phrase], "of", key(phrase))
    for organization in catalog.organizations.all:
        names = [n for n in (organization.names.get(pack.code), *organization.aliases.get(pack.code, ())) if n and "«" not in n]
        mean(names, "body", catalog.seats.heads.get(organization.id, organization.id))
        same = next((key(name) for name in names if values[key(name)]["of"]), None)
        if same is not None:  # "Госдума РФ" is the "Госдума" of the seat
            mean(names, "of", same)
    lexicon: Lexicon[Meaning] = Lexicon(pack.morphology)
    for phrase, kinds in values.items():
        lexicon.add(written[phrase], _meaning(kinds))
    return lexicon


def _meaning(kinds: Mapping[str, list[str]]) -> Meaning:
    fillers = kinds.get("filler", [])
    values = {kind: tuple(dict.fromkeys(meant)) for kind, meant in kinds.items() if kind not in ("filler", "of")}
    of = kinds.get("of", [])
    return Meaning(of[0] if of else None, fillers[0] if fillers else None, values)
