"""The furniture table of a pack, made ready for use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.page.lines import Wordings


@dataclass(frozen=True)
class Rules:
    """One member an entry of `furniture.toml`, which says what each of them means."""

    exact: Wordings
    starts: Wordings
    sentences: Wordings
    headings: Wordings
    labels: Wordings
    credits: Wordings
    authors: Wordings
    posts: Wordings
    brackets: Wordings
    roots: Wordings
    menu: Wordings
    counters: frozenset[str]
    counted: frozenset[str]
    tickers: frozenset[str]

    @cached_property
    def inside(self) -> frozenset[str]:
        """The words that furniture within a line begins with."""
        return self.starts.firsts | self.sentences.firsts | self.labels.firsts | self.brackets.firsts

    @cached_property
    def anywhere(self) -> Wordings:
        """The phrases that furniture within a line begins with."""
        return self.starts.with_those_of(self.sentences, self.labels, self.brackets)


@cache
def rules_of(pack: Pack) -> Rules:
    """The rules of a pack; a pack without the table masks by shape alone."""
    table = pack["furniture"]
    return Rules(
        exact=_wordings(table, "lines", "exact"),
        starts=_wordings(table, "lines", "starts"),
        sentences=_wordings(table, "lines", "sentences"),
        headings=_wordings(table, "headings", "phrases"),
        labels=_wordings(table, "captions", "labels"),
        credits=_wordings(table, "captions", "credits"),
        authors=_wordings(table, "captions", "authors"),
        posts=_wordings(table, "captions", "posts"),
        brackets=_wordings(table, "brackets", "words"),
        roots=_wordings(table, "menu", "roots"),
        menu=_wordings(table, "menu", "words"),
        counters=_keys(table, "counters", "words"),
        counted=_keys(table, "counters", "needed"),
        tickers=_keys(table, "tickers", "codes"),
    )


def _wordings(table: Mapping[str, Any], section: str, name: str) -> Wordings:
    return Wordings(table.get(section, {}).get(name, ()))


def _keys(table: Mapping[str, Any], section: str, name: str) -> frozenset[str]:
    return frozenset(key(part) for phrase in table.get(section, {}).get(name, ()) for part in phrase.split())
