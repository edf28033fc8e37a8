"""Phrases of a pack found by dictionary form, in any inflection, in one pass over the tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress
from operator import attrgetter
from typing import Generic, TypeVar

from app.domain.record import record
from app.languages.folding import key
from app.languages.pack import Morphology
from app.pipeline.words.segment import Token

Value = TypeVar("Value")
_NO_FORMS: frozenset[str] = frozenset()
_TEXT = attrgetter("text")
_ENDING = 2  # letters of the case of an abbreviation
_KEPT = 50_000  # words remembered for each lexicon


@lru_cache(maxsize=100_000)
def lemmas(word: str, morphology: Morphology) -> frozenset[str]:
    """Every dictionary form that a word form may belong to, itself included."""
    return frozenset({key(word), *(reading.lemma for reading in morphology.readings(word))})


@record(frozen=True, slots=True)
class Hit(Generic[Value]):
    """A phrase found in the tokens from `first` (inclusive) to `last` (exclusive)."""

    first: int
    last: int
    value: Value


@record(frozen=True, slots=True)
class _Entry(Generic[Value]):
    words: tuple[frozenset[str], ...]
    exact: tuple[str, ...] | None
    capital: bool
    value: Value


@dataclass(slots=True)
class Lexicon(Generic[Value]):
    """Phrases by the dictionary forms of their words. An all-capitals phrase ("КНР") is matched as written."""

    morphology: Morphology
    _by_first: dict[str, list[_Entry[Value]]] = field(default_factory=dict)
    # What a written word begins, longest first, kept once it was asked: most words begin nothing.
    _begins: dict[str, tuple[_Entry[Value], ...]] = field(default_factory=dict)

    def add(self, phrase: str, value: Value, *, capital: bool = False) -> None:
        """Adds a phrase given in its dictionary form; with `capital`, its first word must be capitalised."""
        words = phrase.split()
        exact = tuple(words) if phrase.isupper() and len(phrase) < 8 else None
        sets = tuple(lemmas(word, self.morphology) for word in words)
        entry = _Entry(sets, exact, capital, value)
        for lemma in sets[0]:
            self._by_first.setdefault(lemma, []).append(entry)
        self._begins.clear()

    def extend(self, phrases: Iterable[str], value: Value, *, capital: bool = False) -> Lexicon[Value]:
        for phrase in phrases:
            self.add(phrase, value, capital=capital)
        return self

    def find(self, tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[Hit[Value]]:
        """The longest phrase at each place, left to right, without overlaps."""
        found: list[Hit[Value]] = []
        at, end = first, len(tokens) if last is None else last
        begins = self._begins
        for place in compress(range(at, end), [known is None or known for known in map(begins.get, map(_TEXT, tokens[at:end]))]):
            if place < at:
                continue
            hit = self.at(tokens, place, end)
            if hit is not None:
                found.append(hit)
                at = hit.last
        return found

    def opens(self, tokens: Sequence[Token]) -> bool:
        """Whether any of the words may begin a phrase."""
        begins = self._begins
        begun = list(map(begins.get, map(_TEXT, tokens)))
        if None in begun:
            begun = [self._begun_by(token.text, token.kind == "word") for token in tokens]
        return any(begun)

    def begins(self, word: str) -> bool:
        """Whether a phrase may begin with this word, as it is written."""
        return bool(self._begun_by(word))

    def at(self, tokens: Sequence[Token], at: int, end: int) -> Hit[Value] | None:
        """The longest phrase that begins with the token `at`; none behind the end."""
        if at >= end:
            return None
        token = tokens[at]
        begun = self._begins.get(token.text)
        if begun is None:
            begun = self._begun_by(token.text, token.kind == "word")
        if not begun:
            return None
        following: frozenset[str] | None = None
        for entry in begun:
            last = at + len(entry.words)
            if last == at + 1:
                return Hit(at, last, entry.value)
            if following is None:
                following = self._following(tokens, at + 1, end)
            if entry.exact is None and entry.words[1].isdisjoint(following):
                continue  # nearly every time
            if last <= end and self._goes_on(entry, tokens, at):
                return Hit(at, last, entry.value)
        return None

    def _following(self, tokens: Sequence[Token], at: int, end: int) -> frozenset[str]:
        """The dictionary forms of a word, none of what is no word or behind the end."""
        return lemmas(tokens[at].text, self.morphology) if at < end and tokens[at].kind == "word" else _NO_FORMS

    def _begun_by(self, word: str, is_word: bool = True) -> tuple[_Entry[Value], ...]:
        """The phrases whose first word this may be, none of a number or a mark; remembered."""
        known = self._begins.get(word)
        if known is not None:
            return known
        if len(self._begins) > _KEPT:
            self._begins.clear()
        forms = lemmas(word, self.morphology) if is_word else _NO_FORMS
        if self._by_first.keys().isdisjoint(forms):  # as of most words
            known = self._begins[word] = ()
            return known
        entries = [
            entry
            for lemma in forms
            for entry in self._by_first.get(lemma, ())
            if (word[0].isupper() or not entry.capital) and (entry.exact is None or _abbreviates(word, entry.exact[0]))
        ]
        entries.sort(key=lambda entry: -len(entry.words))
        known = self._begins[word] = tuple(entries)
        return known

    def _goes_on(self, entry: _Entry[Value], tokens: Sequence[Token], at: int) -> bool:
        """Whether the words behind the first are those of the phrase."""
        if entry.exact is not None:
            return all(_abbreviates(tokens[at + n].text, entry.exact[n]) for n in range(1, len(entry.exact)))
        morphology, wanted = self.morphology, entry.words
        for n in range(2, len(wanted)):  # the first two have been looked at
            token = tokens[at + n]
            if token.kind != "word" or wanted[n].isdisjoint(lemmas(token.text, morphology)):
                return False
        return True


def _abbreviates(word: str, capitals: str) -> bool:
    """Whether a word is an abbreviation as written, or with an ending: of a case ("МИДе"), or behind a hyphen ("АҚШ-тың")."""
    if word == capitals or not word.startswith(capitals):
        return word == capitals
    ending = word[len(capitals) :]
    return ending.removeprefix("-").islower() and (ending[0] == "-" or len(ending) <= _ENDING)
