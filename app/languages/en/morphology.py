"""English word forms: rules of spelling over lists of words and exceptions, which `morphology.toml` and `names.toml` hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from app.languages.en.inflection import forms_in_s, pasts, present_participles, singulars
from app.languages.folding import key
from app.languages.pack import Reading, read_tables

_CLOSED = ("det", "pron", "num", "adp", "cconj", "sconj", "part", "adv", "adj")
_POSSESSIVE = "'s"


class Morphology:
    """Readings of English words; unknown ones are judged by their endings. The answers are kept."""

    def __init__(self) -> None:
        tables = read_tables(__package__ or "app.languages.en")
        words = tables["morphology"]
        self._closed = _closed(words["closed"])
        self._irregular = dict(words["nouns"]["irregular"])
        self._unchanged = frozenset(words["nouns"]["unchanged"])
        self._nouns = frozenset(words["nouns"]["common"]) | frozenset(words["verbs"]["further"])
        self._rather_nouns = frozenset(words["verbs"]["rather_nouns"]) | frozenset(words["verbs"]["further"])
        self._verbs = _verb_forms(words)
        self._auxiliaries = frozenset(words["auxiliaries"])
        self._endings = [(ending, pos) for pos, endings in words["endings"].items() for ending in endings]
        self._endings.sort(key=lambda pair: -len(pair[0]))
        self._given = {key(w): gender for gender, found in tables["names"]["given"].items() for w in found}
        self._readings = lru_cache(maxsize=100_000)(self._read)

    def readings(self, word: str) -> tuple[Reading, ...]:
        return self._readings(key(word), word[:1].isupper())

    def name_readings(self, word: str) -> tuple[Reading, ...]:
        folded = key(word)
        given = self._given.get(folded)
        gender = given if given in ("masc", "fem") else None
        return (Reading(folded, "propn", number="sing", gender=gender, name="given" if given else "surn", known=bool(given)),)

    def name_in_nominative(self, words: tuple[str, ...], case: str | None, feminine: bool | None) -> tuple[str, ...]:
        return words  # a possessive ending is a token of its own

    def nominative(self, word: str, case: str | None, gender: str | None = None, number: str | None = None) -> str:
        return word

    # ------------------------------------------------------------ reading

    def _read(self, word: str, capital: bool) -> tuple[Reading, ...]:
        if word == _POSSESSIVE:
            return (Reading(word, "part", case="gen"), Reading("be", "verb", verb="fin", person="3", number="sing"))
        found = [*self._closed_readings(word), *self._open_readings(word)]
        given = self._given.get(word) if capital else None
        gender = given if given in ("masc", "fem") else None
        name = [Reading(word, "propn", number="sing", gender=gender, name="given")] if given else []
        if not found:
            guessed = self._guessed(word)
            proper = [Reading(word, "propn", number="sing", known=False)] if capital else []
            found = [*name, *proper, *guessed]
            name = []
        return tuple(dict.fromkeys([*found, *name]))

    def _closed_readings(self, word: str) -> Iterable[Reading]:
        return self._closed.get(word, ())

    def _open_readings(self, word: str) -> list[Reading]:
        nouns, verbs = list(self._noun_readings(word)), list(self._verbs.get(word, ()))
        if any(r.lemma in self._auxiliaries for r in verbs):
            return verbs
        rather_noun = nouns and any(r.lemma in self._rather_nouns or not verbs for r in nouns)
        return [*nouns, *verbs] if rather_noun else [*verbs, *nouns]

    def _noun_readings(self, word: str) -> Iterable[Reading]:
        if word in self._irregular:
            yield Reading(self._irregular[word], "noun", number="plur")
        elif word in self._nouns or word in self._unchanged or word in self._rather_nouns:
            yield Reading(word, "noun", number="sing")
        elif word.endswith("s"):
            known = [s for s in singulars(word) if s in self._nouns or s in self._rather_nouns]
            yield from (Reading(s, "noun", number="plur") for s in known)

    def _guessed(self, word: str) -> Iterable[Reading]:
        """By its ending; what may be a plural is one, what may be a verb's form too."""
        if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
            yield from (Reading(s, "noun", number="plur", known=False) for s in singulars(word))
        elif word.endswith("ed") and len(word) > 4:
            for stem in singulars(word, "ed"):
                yield Reading(stem, "verb", verb="part", tense="past", known=False)
                yield Reading(stem, "verb", verb="fin", tense="past", known=False)
        elif word.endswith("ing") and len(word) > 5:
            yield from (Reading(stem, "verb", verb="conv", known=False) for stem in singulars(word, "ing"))
            yield Reading(word, "noun", number="sing", known=False)
        else:
            pos = next((pos for ending, pos in self._endings if word.endswith(ending) and len(word) > len(ending) + 2), "noun")
            yield Reading(word, pos, number="sing" if pos == "noun" else None, verb="inf" if pos == "verb" else None, known=False)


def _closed(table: Mapping[str, Iterable[str]]) -> dict[str, tuple[Reading, ...]]:
    """Words of the closed classes; the order of classes settles which reading is the likeliest."""
    found: dict[str, list[Reading]] = {}
    for pos in _CLOSED:
        for word in table.get(pos, ()):
            found.setdefault(word, []).append(Reading(word, pos))
    return {word: tuple(readings) for word, readings in found.items()}


def _verb_forms(words: Mapping[str, Any]) -> dict[str, tuple[Reading, ...]]:
    """Every form of every verb of the lists."""
    forms: dict[str, list[Reading]] = {}

    def add(form: str, lemma: str, verb: str, **more: str) -> None:
        forms.setdefault(form, []).append(Reading(lemma, "verb", verb=verb, **more))  # type: ignore[arg-type]

    for lemma, found in words["auxiliaries"].items():
        for form in found:
            add(form, lemma, "fin")
    irregular = words["verbs"]["irregular"]
    lemmas = {*words["verbs"]["common"], *words["verbs"]["further"], *irregular}
    for lemma in sorted(lemmas - {"be"}):
        add(lemma, lemma, "fin", tense="pres", number="plur")
        add(lemma, lemma, "inf")
        for form in forms_in_s(lemma):
            add(form, lemma, "fin", tense="pres", number="sing", person="3")
        past, _, participle = irregular[lemma].partition(" ") if lemma in irregular else ("", "", "")
        for form in [past] if past else pasts(lemma):
            add(form, lemma, "fin", tense="past")
        for form in [participle or past] if past else pasts(lemma):
            add(form, lemma, "part", tense="past")
    for lemma in sorted(lemmas):
        for form in present_participles(lemma):
            add(form, lemma, "conv")
    add("be", "be", "inf")
    add("been", "be", "part", tense="past")
    return {form: tuple(readings) for form, readings in forms.items()}
