"""The stems that the Kazakh pack knows, and in how far a form of another stem is believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.languages.folding import key
from app.languages.kk.forms import infinitive
from app.languages.pack import Reading


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(key, words))


class Stems:
    """The words of the stem table by part of speech."""

    def __init__(self, table: Mapping[str, Any], places: Iterable[str] = ()) -> None:
        self.nouns = _keys((*(word for words in table["nouns"].values() for word in words), *places))
        self.adjectives = _keys(word for words in table["adjectives"].values() for word in words)
        self.verbs = _keys(word for words in table["verbs"].values() for word in words)
        self.infinitives = frozenset(map(infinitive, self.verbs))
        self.given = _keys(table["names"]["given"])
        self.whole: dict[str, tuple[Reading, ...]] = {}
        for pos, words in table["particles"].items():
            for word in map(key, words):
                self.whole[word] = (*self.whole.get(word, ()), Reading(word, pos))
        for form, (lemma, pos, more) in table["forms"].items():
            self.whole[key(form)] = (Reading(key(lemma), pos, **more),)
