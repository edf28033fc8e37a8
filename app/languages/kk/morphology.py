"""Kazakh word forms, read by suffix tables: stems that are known first, then what endings alone can tell."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from app.languages.folding import key
from app.languages.kk.forms import Forms, Noun, Verb, has_vowel, infinitive
from app.languages.kk.names import Names
from app.languages.kk.stems import Stems
from app.languages.pack import Reading

_MOST = 8  # readings of one word
# How far a reading is to be believed, best first; a longer stem is believed more.
_KNOWN, _GIVEN, _UNKNOWN = 1.0, 2.0, 5.0
_SURE = 3.0  # what is worse than this is dropped where anything is better
_BELIEVED = {"fin": 4.0, "cond": 4.2, "part": 4.3, "conv": 4.2, "imp": 4.6, "inf": 4.6}
_LETTER = 0.1
_SHORTEST = 5  # letters of a country's name that may as well be another word in some case: судан is "of the water"


class Morphology:
    """Readings of Kazakh words; what was read is kept."""

    def __init__(self) -> None:
        tables = {name: _table(name) for name in ("suffixes", "stems", "countries")}
        self._forms = Forms(tables["suffixes"], tables["stems"]["irregular"])
        self._stems = Stems(tables["stems"], _places(tables["countries"]))
        self._names = Names(tables["stems"]["names"], self._forms, self._stems)
        self._verbal = tuple(tables["suffixes"]["verb_stems"]["endings"])
        self._readings = lru_cache(maxsize=100_000)(self._read)
        self._name_readings = lru_cache(maxsize=20_000)(self._names.readings)
        self._nominative = lru_cache(maxsize=20_000)(self._without_case)

    def readings(self, word: str) -> tuple[Reading, ...]:
        return self._readings(key(word))

    def name_readings(self, word: str) -> tuple[Reading, ...]:
        return self._name_readings(word)

    def name_in_nominative(self, words: tuple[str, ...], case: str | None, feminine: bool | None) -> tuple[str, ...]:
        if case in (None, "nom") or not words:
            return words
        return (*words[:-1], self._names.nominative(words[-1], str(case)))

    def nominative(self, word: str, case: str | None, gender: str | None = None, number: str | None = None) -> str:
        return word if case in (None, "nom") else self._nominative(word, str(case))

    def _without_case(self, word: str, case: str) -> str:
        found = [(self._noun_cost(noun), noun.uncased) for noun in self._forms.nouns(key(word)) if noun.case == case]
        uncased = min(found)[1].rstrip("-") if found else word
        return word[: len(uncased)]

    # ------------------------------------------------------------ readings

    def _read(self, word: str) -> tuple[Reading, ...]:
        if word in self._stems.whole:
            return self._stems.whole[word]
        found = [*self._finite(word), *self._nominal(word), *self._adjectives(word)]
        found.sort(key=lambda row: row[0])
        if found and found[0][0] < _SURE:
            found = [row for row in found if row[0] < _SURE or row[1].name]
        return tuple(dict.fromkeys(reading for _, reading in found[:_MOST])) or (Reading(word, "x", known=False),)

    def _finite(self, word: str) -> Iterator[tuple[float, Reading]]:
        for verb in (*self._forms.finite(word), *self._forms.converbs(word), *self._forms.participles(word)):
            cost = self._verb_cost(verb)
            if cost is not None:
                yield (
                    cost,
                    Reading(
                        infinitive(verb.whole), "verb", tense=verb.tense, verb=verb.form, person=verb.person, known=cost < _SURE
                    ),
                )
        if word in self._stems.verbs:
            yield _KNOWN - _LETTER * len(word) + 0.2, Reading(infinitive(word), "verb", verb="imp", person="2")

    def _nominal(self, word: str) -> Iterator[tuple[float, Reading]]:
        for noun in self._forms.nouns(word):
            if not has_vowel(noun.base) and "-" not in word:
                continue
            cost = self._noun_cost(noun)
            known = cost < _SURE
            yield from self._verbal_noun(noun)
            if noun.base in self._stems.given:
                yield _GIVEN, Reading(noun.base, "propn", noun.case, noun.number, self._names.gender(noun.base), name="given")
            elif not known and self._names.is_surname(noun.base) and noun.possessive is None:
                gender = self._names.gender(noun.base)
                yield 4.4, Reading(noun.base, "propn", noun.case, noun.number, gender, name="surn", known=False)
            if noun.base in self._stems.adjectives and noun.base not in self._stems.nouns:
                case = None if noun.uncased == word == noun.base else noun.case
                yield cost, Reading(noun.base, "adj", case, noun.number, possessive=noun.possessive)
            elif cost < _UNKNOWN + 0.5:
                yield cost, Reading(noun.base, "noun", noun.case, noun.number, known=known, possessive=noun.possessive)

    def _verbal_noun(self, noun: Noun) -> Iterator[tuple[float, Reading]]:
        """Infinitives and participles with the endings of nouns: айтуынша, жеткенін, келетіндігін."""
        if noun.base[-1:] in "ую" and (noun.base in self._stems.infinitives or len(noun.base) > 4):
            known = noun.base in self._stems.infinitives
            cost = (_KNOWN if known else _BELIEVED["inf"]) - _LETTER * len(noun.base)
            yield cost, Reading(noun.base, "verb", noun.case, noun.number, verb="inf", known=known, possessive=noun.possessive)
        if noun.case == "nom" and noun.possessive is None and noun.number == "sing":
            return
        for verb in self._forms.participles(noun.base):
            believed = self._verb_cost(verb)
            if believed is not None:
                yield believed - 0.3, Reading(
                    infinitive(verb.whole), "verb", noun.case, noun.number, verb="part", tense=verb.tense,
                    known=believed < _SURE, possessive=noun.possessive,
                )  # fmt: skip

    def _adjectives(self, word: str) -> Iterator[tuple[float, Reading]]:
        for base in self._forms.places(word):
            if has_vowel(base):
                known = base in self._stems.nouns
                yield (_KNOWN if known else _UNKNOWN - 1) - _LETTER * len(base), Reading(base, "adj", known=known)
        for base in self._forms.times(word):
            if base in self._stems.nouns or base in self._stems.whole:
                yield _KNOWN - _LETTER * len(base), Reading(base, "adj")
        for base, suffix in self._forms.derived(word):
            known = base in self._stems.nouns and word not in self._stems.nouns
            if known or (suffix == "lik" and len(base) > 3):
                yield (_KNOWN if known else _UNKNOWN - 0.5) - _LETTER * len(base), Reading(word, "adj", known=known)

    # ------------------------------------------------------------ belief

    def _verb_cost(self, verb: Verb) -> float | None:
        """None where a form cannot be believed to be a verb's."""
        if verb.stem in self._stems.verbs:
            late = 0.3 if verb.form == "conv" and verb.tense == "pres" else 0.05 if verb.form == "fin" and verb.perfect else 0.0
            return _KNOWN - _LETTER * (len(verb.stem) + 1) + late
        if len(verb.stem) < 3 or not has_vowel(verb.stem) or (verb.form == "conv" and verb.tense == "pres"):
            return None
        if verb.form == "imp" or verb.person == "2" or (verb.form == "fin" and verb.tense == "fut"):
            return None
        made = verb.stem.endswith(self._verbal)
        if verb.form == "fin" and verb.tense == "past" and not made:
            return _UNKNOWN + 0.5
        if verb.form == "conv" and not made:
            return _UNKNOWN + 0.2
        return _BELIEVED[verb.form]

    def _noun_cost(self, noun: Noun) -> float:
        """A known stem first; of unknown ones that which explains most of the word, a lone letter least."""
        if noun.base in self._stems.nouns or noun.base in self._stems.adjectives:
            return _KNOWN - _LETTER * len(noun.base)
        taken = len(noun.uncased) - len(noun.base) + (noun.case != "nom") * 2
        if len(noun.base) < 3 and noun.uncased.startswith(noun.base + "-") and noun.possessive in (None, "3"):
            return _UNKNOWN - _LETTER * taken
        if len(noun.base) < 3 or noun.possessive in ("1", "2", "2polite"):
            return _UNKNOWN + 0.6
        return _UNKNOWN + (0.2 if taken == 1 else -_LETTER * taken)


def _places(countries: dict[str, Any]) -> Iterator[str]:
    """Countries and capitals by their names in one word: Қазақстан is no ablative, Канада no locative."""
    for named in countries["countries"].values():
        for word in (*named.get("name", ()), *named.get("place", ())):
            if " " not in word and not word.isupper() and len(word) > _SHORTEST:
                yield word


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
