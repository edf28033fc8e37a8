"""What the OpenCorpora dictionary knows of a Russian word form, read out of the tables of pymorphy3."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from app.languages.folding import key
from app.languages.pack import Reading

Text: TypeAlias = str | None
# What a tag says, in the order of `Reading`, from its part of speech to whether it is animate.
Grammar: TypeAlias = tuple[str, Text, Text, Text, Text, Text, Text, Text, bool | None]


class _Form(NamedTuple):
    """One place of a paradigm: what to cut off a form that stands there and what makes the rest its dictionary form."""

    head: int
    tail: int
    first: bool
    before: str
    behind: str
    tag: str
    grammar: Grammar


class DictionaryReader:
    """Readings as `MorphAnalyzer.parse` orders them, by the likeliest tag.

    A parse of pymorphy3 builds each reading twice and carries what inflection needs. Most words are only ever read, and there are
    few places of paradigms, so that what a place says of its words is kept and a word costs two look-ups.
    """

    def __init__(self, analyser: Any, grammar: Callable[[Any], Grammar]) -> None:
        self._tables, self._substitutes = analyser.dictionary, analyser.char_substitutes
        self._chance = analyser.prob_estimator.p_t_given_w
        self._grammar = grammar
        self._form = lru_cache(maxsize=50_000)(self._place)

    def readings(self, word: str) -> tuple[Reading, ...]:
        """Of a word in lower case; nothing for what is not in the dictionary."""
        found = [
            (fixed, self._form(paradigm, place))
            for fixed, places in self._tables.words.similar_items(word, self._substitutes)
            for paradigm, place in places
        ]
        if len(found) > 1:
            chances = [self._chance.get(f"{word}:{form.tag}", 0) for _, form in found]
            if any(chances):
                found = [found[n] for n in sorted(range(len(found)), key=lambda n: -chances[n])]
        return tuple([Reading(key(_lemma(fixed, form)), *form.grammar, True) for fixed, form in found])

    def _place(self, paradigm: int, place: int) -> _Form:
        tables = self._tables
        rows = tables.paradigms[paradigm]
        count = len(rows) // 3  # a paradigm is all its endings, then all its tags, then all its beginnings
        head, tail = tables.paradigm_prefixes[rows[2 * count + place]], tables.suffixes[rows[place]]
        before, behind = tables.paradigm_prefixes[rows[2 * count]], tables.suffixes[rows[0]]
        tag = tables.gramtab[rows[count + place]]
        return _Form(len(head), len(tail), place == 0, before, behind, str(tag), self._grammar(tag))


def _lemma(word: str, form: _Form) -> str:
    return word if form.first else form.before + word[form.head : len(word) - form.tail] + form.behind
