"""Which language a text is in, and whether that is beyond doubt."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Set
from functools import cache
from importlib.resources import files
from typing import Any
from unicodedata import normalize

from app.domain.record import record
from app.languages.folding import key
from app.languages.registry import readable

# Enough to tell any language; a longer text is sampled at its beginning, middle and end.
_SAMPLE = 1500
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# As `folding.key` spells the words of the table.
_LEVELLED = (*((mark, "'") for mark in "’ʻʼ`‘"), ("ё", "е"))
# What a common word and a letter of the alphabet beyond the basic ones speak for a language; what a letter that
# its alphabet lacks speaks against it; how little is left where none of its typical letters stands in a longer text.
_COMMON, _LETTER, _FOREIGN, _UNTYPICAL = 2.0, 1.0, 2.0, 0.5
_LONGER = 6
# Scripts of several languages: their table, their blocks (Latin is what is nothing else), their basic letters.
_SCRIPTS = {
    "Cyrl": ("cyrillic", (("\u0400", "\u052f"), ("\u1c80", "\u1c8f")), frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")),
    "Arab": ("arabic", (("\u0600", "\u06ff"), ("\u0750", "\u077f")), frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")),
    "Latn": ("latin", (), frozenset("abcdefghijklmnopqrstuvwxyz")),
}
# Two common words, and nothing against them.
_ENOUGH = 4.0
# Of a few words the model is never sure. Below this it says nothing against words and letters, or else must find another language
# so many times likelier than theirs; and so many times likelier than one that is read here, where no letter tells them apart.
# Measured on the sentences of the development gold, on figures of economic news and on short sentences in 14 other languages.
_TOLD, _DOUBT, _OURS = 0.5, 10.0, 4.0


@record(frozen=True, slots=True)
class Detected:
    """`code` is BCP 47 without region, None where the text has no letters; `script` as in ISO 15924."""

    code: str | None
    sure: bool
    script: str | None = None


def detect(text: str) -> Detected:
    """The language of a text: by its script, its letters and its commonest words; failing these, by a trained model."""
    sample = normalize("NFC", _sample(text)).lower()
    letters = _letters(sample)
    script = _script(letters)
    if script is None:
        return Detected(None, False)
    if script not in _SCRIPTS:
        return Detected(script, True)
    (best, score), (_, second) = _ranked(sample, letters, script)[:2]
    if score >= _ENOUGH and score >= 1.2 * second:
        return Detected(best, score >= 1.5 * second, script)
    return _modelled(_sample(text), script, best if score > second else None)


def read_surely(text: str) -> str | None:
    """The language of a part of a text, where its letters and commonest words leave no doubt; the model is not asked."""
    sample = normalize("NFC", _sample(text)).lower()
    letters = _letters(sample)
    script = _script(letters)
    if script not in _SCRIPTS:
        return None
    (best, score), (_, second) = _ranked(sample, letters, script)[:2]
    return best if score >= _ENOUGH and score >= 1.5 * second else None


@cache
def alphabet_of(code: str) -> frozenset[str]:
    """The letters of a language that is told by its letters and words; none of any other."""
    for script, (name, _, basic) in _SCRIPTS.items():
        if code in _table()[name]:
            language = _languages(script)[code]
            return (basic | language.letters) - language.lacking
    return frozenset()


def script_of(letters: Set[str]) -> str:
    """The script that most of these letters are basic letters of."""
    return max(_SCRIPTS, key=lambda script: len(letters & _SCRIPTS[script][2]))


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    third, middle = _SAMPLE // 3, len(text) // 2
    return f"{text[:third]} {text[middle : middle + third]} {text[-third:]}"


def _letters(sample: str) -> dict[str, int]:
    """How often each character occurs: of the few there are, counting each costs less than looking at all one by one."""
    return {char: sample.count(char) for char in set(sample)}


def _script(letters: Mapping[str, int]) -> str | None:
    """`Cyrl`, `Latn`, `Arab`, or the language of a script that has one alone; the script with most letters."""
    counts: Counter[str] = Counter()
    for char, number in letters.items():
        if char.isalpha():
            counts[_script_of(char)] += number
    if not counts:
        return None
    # A Japanese text has more Chinese characters than kana.
    if counts["ja"] and counts["ja"] * 10 > counts["zh"]:
        return "ja"
    return counts.most_common(1)[0][0]


@cache
def _script_of(char: str) -> str:
    for script, (_, blocks, _) in _SCRIPTS.items():
        if any(first <= char <= last for first, last in blocks):
            return script
    for code, ranges in _table()["scripts"].items():
        if any(first <= char <= last for first, _, last in ranges):
            return str(code)
    return "Latn"


def _ranked(text: str, letters: Mapping[str, int], script: str) -> list[tuple[str, float]]:
    """The languages of a script by what speaks for them, best first, in a text in lower case."""
    levelled = text
    for written, level in _LEVELLED:
        levelled = levelled.replace(written, level)
    words = _WORD.findall(levelled)
    basic = _SCRIPTS[script][2]
    special = {char: n for char, n in letters.items() if char not in basic and char.isalpha() and _script_of(char) == script}
    speakers = _speakers(script)
    common = Counter([code for word in words if word in speakers for code in speakers[word]])
    scores = {}
    for code, language in _languages(script).items():
        own = sum([n for char, n in special.items() if char in language.letters]) if special else 0
        lacking = sum([letters[char] for char in language.lacking if char in letters]) if language.lacking else 0
        foreign = sum(special.values()) - own + lacking
        scores[code] = _COMMON * common.get(code, 0) + _LETTER * own - _FOREIGN * foreign
        if len(words) >= _LONGER and language.typical and language.typical.isdisjoint(letters):
            scores[code] *= _UNTYPICAL
    return sorted(scores.items(), key=lambda item: -item[1])


@cache
def _speakers(script: str) -> dict[str, list[str]]:
    """Which languages a common word speaks for."""
    speakers: dict[str, list[str]] = {}
    for code, row in _table()[_SCRIPTS[script][0]].items():
        for word in {key(word) for word in row["words"]}:
            speakers.setdefault(word, []).append(code)
    return speakers


def _modelled(text: str, script: str, best: str | None) -> Detected:
    """The guess of py3langid (0.9 s to load and 75 MB, hence only here), which knows no Uzbek, Tajik or Tatar."""
    ranked = _model().rank(text)
    (code, probability), likely = ranked[0], dict(ranked)
    if best and (probability < _TOLD or likely.get(best, 0.0) * _DOUBT >= probability):
        return Detected(best, best == code, script)
    plain = all(char in _SCRIPTS[script][2] for char in text.lower() if char.isalpha() and _script_of(char) == script)
    ours = max(readable() & _languages(script).keys(), key=lambda read: likely.get(read, 0.0), default=None)
    if ours and plain and code not in readable() and likely.get(ours, 0.0) * _OURS >= probability:
        return Detected(ours, False, script)
    return Detected(str(code), bool(probability >= 0.95), script)


@record(frozen=True, slots=True)
class _Language:
    letters: frozenset[str]
    typical: frozenset[str]
    lacking: frozenset[str]


@cache
def _languages(script: str) -> dict[str, _Language]:
    return {
        code: _Language(*(frozenset(row.get(name, "")) for name in ("letters", "typical", "lacking")))
        for code, row in _table()[_SCRIPTS[script][0]].items()
    }


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("app.languages") / "detection.toml").read_text(encoding="utf-8"))


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
