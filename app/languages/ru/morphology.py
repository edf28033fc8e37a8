"""Russian word forms, read with pymorphy3 (OpenCorpora dictionary) behind a cache."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pymorphy3

from app.languages.folding import key
from app.languages.pack import Reading

_POS = {
    "NOUN": "noun", "ADJF": "adj", "ADJS": "adj", "COMP": "adj", "VERB": "verb", "INFN": "verb", "PRTF": "verb",
    "PRTS": "verb", "GRND": "verb", "NUMR": "num", "ADVB": "adv", "NPRO": "pron", "PRED": "verb", "PREP": "adp",
    "CONJ": "cconj", "PRCL": "part", "INTJ": "intj",
}  # fmt: skip
_VERB = {"VERB": "fin", "INFN": "inf", "PRTF": "part", "PRTS": "fin", "GRND": "conv", "PRED": "fin", "ADJS": "fin"}
_CASE = {"nomn": "nom", "gent": "gen", "datv": "dat", "accs": "acc", "ablt": "ins", "loct": "loc", "gen2": "gen",
         "loc2": "loc", "acc2": "acc", "gen1": "gen", "voct": "nom"}  # fmt: skip
_NUMBER = {"sing": "sing", "plur": "plur"}
_GENDER = {"masc": "masc", "femn": "fem", "neut": "neut"}
_TENSE = {"past": "past", "pres": "pres", "futr": "fut"}
_PERSON = {"1per": "1", "2per": "2", "3per": "3"}
_NAMES = (("Surn", "surn"), ("Patr", "patr"), ("Name", "given"))


class Morphology:
    """Readings of Russian words; the analyser is shared and its answers are kept."""

    def __init__(self) -> None:
        self._analyser = pymorphy3.MorphAnalyzer(lang="ru")
        self.readings = lru_cache(maxsize=100_000)(self._readings)

    def _readings(self, word: str) -> tuple[Reading, ...]:
        return tuple(_reading(parse) for parse in self._analyser.parse(key(word)))

    def nominative(self, words: tuple[str, ...], feminine: bool | None) -> tuple[str, ...]:
        return words


def _reading(parse: Any) -> Reading:
    tag = parse.tag
    pos = str(tag.POS) if tag.POS else "X"
    grammemes = tag.grammemes
    return Reading(
        lemma=key(parse.normal_form),
        pos="propn" if pos == "NOUN" and grammemes & {"Surn", "Name", "Patr", "Geox", "Orgn"} else _POS.get(pos, "x"),
        case=_CASE.get(str(tag.case)),
        number=_NUMBER.get(str(tag.number)),
        gender=_GENDER.get(str(tag.gender)),
        verb="imp" if tag.mood == "impr" else _VERB.get(pos),
        tense=_TENSE.get(str(tag.tense)),
        person=_PERSON.get(str(tag.person)),
        name=next((short for long, short in _NAMES if long in grammemes), None),
        animate={"anim": True, "inan": False}.get(str(tag.animacy)),
    )
