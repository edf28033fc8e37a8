"""Russian word forms, read with pymorphy3 (OpenCorpora dictionary) behind a cache."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pymorphy3

from app.languages.folding import key
from app.languages.pack import Reading
from app.languages.ru.dictionary import DictionaryReader, Grammar
from app.languages.ru.names import both_parts_decline, is_of_syllables, nominative_name, unknown_name

_POS = {
    "NOUN": "noun", "ADJF": "adj", "ADJS": "adj", "COMP": "adj", "VERB": "verb", "INFN": "verb", "PRTF": "verb",
    "PRTS": "verb", "GRND": "verb", "NUMR": "num", "ADVB": "adv", "NPRO": "pron", "PRED": "verb", "PREP": "adp",
    "CONJ": "cconj", "PRCL": "part", "INTJ": "intj",
}  # fmt: skip
_VERB = {"VERB": "fin", "INFN": "inf", "PRTF": "part", "PRTS": "short", "GRND": "conv", "PRED": "fin", "ADJS": "fin"}
_CASE = {"nomn": "nom", "gent": "gen", "datv": "dat", "accs": "acc", "ablt": "ins", "loct": "loc", "gen2": "gen",
         "loc2": "loc", "acc2": "acc", "gen1": "gen", "voct": "nom"}  # fmt: skip
_NUMBER = {"sing": "sing", "plur": "plur"}
_GENDER = {"masc": "masc", "femn": "fem", "neut": "neut"}
_TENSE = {"past": "past", "pres": "pres", "futr": "fut"}
_PERSON = {"1per": "1", "2per": "2", "3per": "3"}
_KEPT = 100_000  # words remembered
_NAMES = (("Surn", "surn"), ("Patr", "patr"), ("Name", "given"))


class Morphology:
    """Readings of Russian words; the analyser is shared and its answers are kept."""

    def __init__(self) -> None:
        self._analyser = pymorphy3.MorphAnalyzer(lang="ru")
        self._dictionary = DictionaryReader(self._analyser, _grammar)
        self._readings = lru_cache(maxsize=_KEPT)(self._read)
        self._written: dict[str, tuple[Reading, ...]] = {}
        self._nominative_word = lru_cache(maxsize=20_000)(self._decline_back)
        self._name_readings = lru_cache(maxsize=20_000)(self._read_name)
        self._nominative = lru_cache(maxsize=20_000)(self._put_back)

    def readings(self, word: str) -> tuple[Reading, ...]:
        known = self._written.get(word)
        return known if known is not None else self._first_met(word)

    def _first_met(self, word: str) -> tuple[Reading, ...]:
        if len(self._written) > _KEPT:
            self._written.clear()
        found = self._written[word] = self._readings(key(word))  # all spellings of a word share what is known of it
        return found

    def name_readings(self, word: str) -> tuple[Reading, ...]:
        return self._name_readings(word)

    def _read(self, word: str) -> tuple[Reading, ...]:
        return self._dictionary.readings(word) or self._guessed(word)

    def _guessed(self, word: str) -> tuple[Reading, ...]:
        return tuple(Reading(key(parse.normal_form), *_grammar(parse.tag), bool(parse.is_known)) for parse in self._parses(word))

    def _parses(self, word: str) -> list[Any]:
        """The analyser's parses; it knows nothing of letters that have no name in Unicode, and raises."""
        try:
            return list(self._analyser.parse(key(word)))
        except ValueError:
            return list(self._analyser.parse("x"))

    def _read_name(self, word: str) -> tuple[Reading, ...]:
        known = tuple(r for r in self.readings(word) if r.name and r.known and r.number != "plur")
        return known or unknown_name(key(word))

    def name_in_nominative(self, words: tuple[str, ...], case: str | None, feminine: bool | None) -> tuple[str, ...]:
        if case in (None, "nom"):
            return words
        feminine = self._sex(words, case) if feminine is None else feminine
        shortest = 2 if len(words) > 1 else 3
        kept = words[:-1] if is_of_syllables(words) else ()
        return kept + tuple(self._nominative_word(word, case, feminine, shortest) for word in words[len(kept) :])

    def _sex(self, words: tuple[str, ...], case: str) -> bool | None:
        """What a given name in that case says of its bearer: "Ольги Зиминой" is a woman."""
        given = (r for w in words for r in self.readings(w) if r.known and r.name == "given" and r.lemma != key(w))
        genders = {r.gender for r in given if r.case == case}
        return genders == {"fem"} if len(genders) == 1 else None

    def _decline_back(self, word: str, case: str, feminine: bool | None, shortest: int) -> str:
        """A hyphenated name is put right part by part: in "Касым-Жомарта" only the last part changes."""
        head, hyphen, last = word.rpartition("-")
        if hyphen and both_parts_decline(head):
            head = nominative_name(head, case, feminine)
        known = self._known_nominatives(last, case, None if feminine is None else ("fem" if feminine else "masc"))
        changed = next((nominative for nominative in known if nominative != last), None)
        return head + hyphen + (changed or next(iter(known), None) or nominative_name(last, case, feminine, shortest))

    def _known_nominatives(self, word: str, case: str, gender: str | None) -> list[str]:
        """Of a name that the dictionary knows in that case and gender, the likeliest first."""
        fits = [
            r.name is not None and r.known and r.case == case and r.number != "plur" and gender in (None, r.gender or gender)
            for r in self.readings(word)
        ]
        if not any(fits):
            return []  # as of most words asked; a parse costs many times a look-up
        found = []
        for parse, fit in zip(self._parses(word), fits, strict=True):
            if fit:
                inflected = parse.inflect({"nomn"})
                found += [_as_written(inflected.word, word)] if inflected is not None else []
        return found

    def nominative(self, word: str, case: str | None, gender: str | None = None, number: str | None = None) -> str:
        short = _ABBREVIATION.fullmatch(word)
        if short is not None and (short[1] != word or not self.readings(word)[0].known):
            return short[1]  # "в МИДе", "по данным ВЦИОМ"; "СОВЕТА" is a word that a headline shouts
        return word if case in (None, "nom") else self._nominative(word, case, gender, number)

    def _put_back(self, word: str, case: str, gender: str | None, number: str | None) -> str:
        fits = [
            r.case == case and gender in (None, r.gender or gender) and number in (None, r.number) for r in self.readings(word)
        ]
        if not any(fits):
            return word
        for parse, fit in zip(self._parses(word), fits, strict=True):
            if fit:
                inflected = parse.inflect({"nomn"})
                if inflected is not None:
                    return _as_written(inflected.word, word)
        return word


def _as_written(word: str, model: str) -> str:
    """The capitals of `model` on `word`; ё where the model has it."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    at = model.casefold().find("ё")
    if at < 0:
        word = word.replace("ё", "е")
    elif word[at : at + 1] == "е":
        word = word[:at] + "ё" + word[at + 1 :]
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


# Capitals only, with the ending of a case or without one.
_ABBREVIATION = re.compile(r"([А-ЯЁ]{2,7})(?:[а-яё]{1,3})?")


@lru_cache(maxsize=10_000)
def _grammar(tag: Any) -> Grammar:
    """What a tag of the dictionary says, in the order of `Reading`: it has few tags, and many words of each."""
    pos = str(tag.POS) if tag.POS else "X"
    grammemes = tag.grammemes
    shown = _POS.get(pos, "x")
    if pos == "NOUN" and grammemes & {"Surn", "Name", "Patr", "Geox", "Orgn"}:
        shown = "propn"
    elif pos == "ADJF" and "Apro" in grammemes:
        shown = "det"
    return (
        shown,
        _CASE.get(str(tag.case)),
        _NUMBER.get(str(tag.number)),
        _GENDER.get(str(tag.gender)),
        "imp" if str(tag.mood) == "impr" else _VERB.get(pos),
        _TENSE.get(str(tag.tense)),
        _PERSON.get(str(tag.person)),
        next((short for long, short in _NAMES if long in grammemes), None),
        {"anim": True, "inan": False}.get(str(tag.animacy)),
    )
