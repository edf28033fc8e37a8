"""Phrases of a pack matched by dictionary form at a given token, forwards or backwards."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import compress
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from app.domain.record import field, record
from app.languages.pack import Pack, Reading
from app.pipeline.words.segment import Layout, Token

Value = TypeVar("Value")
_KEPT = 50_000  # words remembered for each set of phrases
# The value of the phrase that is this word alone, in a tuple if there is one, and the longer phrases.
_Entries: TypeAlias = tuple[tuple[Value, ...], tuple[tuple[tuple[frozenset[str], ...], Value], ...]]
_NOTHING: Any = ((), ())
_ABSENT: frozenset[str] = frozenset()
_KEY, _FORMS = attrgetter("key"), attrgetter("forms")
_Index: TypeAlias = dict[str, list[tuple[tuple[frozenset[str], ...], Value]]]


class _Known(NamedTuple):
    """What stages ask of a token again and again: its dictionary forms, its readings, whether it is a number, whether a verb."""

    forms: frozenset[str]
    readings: tuple[Reading, ...]
    number: bool
    verb: bool


@cache
def _known(pack: Pack) -> dict[str, _Known]:
    """Every token met so far; words, numbers and marks never share a key."""
    return {}


def _know(token: Token, pack: Pack, known: dict[str, _Known]) -> _Known:
    if len(known) > _KEPT:
        known.clear()
    readings = pack.morphology.readings(token.key) if token.kind == "word" else ()
    forms = frozenset((token.key, "=" + token.key, *(reading.lemma for reading in readings)))
    number = token.kind == "number" or any(reading.pos == "num" for reading in readings)
    verb = any(reading.verb in ("fin", "inf", "conv", "imp", "short") for reading in readings[:1])
    found = known[token.key] = _Known(forms, readings, number, verb)
    return found


@record(frozen=True, slots=True)
class Words:
    """The tokens of a document, each with all the dictionary forms it may belong to (and its own form, marked "=")."""

    tokens: tuple[Token, ...]
    forms: tuple[frozenset[str], ...]
    pack: Pack
    keys: tuple[str, ...]
    known: tuple[_Known, ...] = field(compare=False, repr=False)
    # The numbers read so far, by their first token and where reading had to stop: several stages ask.
    numerals: dict[tuple[int, int], Any] = field(default_factory=dict, compare=False, repr=False)
    # Where constructions of each kind may begin, found in one pass when first asked for.
    openings: dict[Openers, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, layout: Layout, pack: Pack) -> Words:
        """The words of a layout; all stages that ask share them."""
        made = _made.get(layout)
        if made is None or made.pack is not pack:
            known, keys = _known(pack), tuple(map(_KEY, layout.tokens))
            asked = tuple([known.get(key) or _know(layout.tokens[n], pack, known) for n, key in enumerate(keys)])
            made = _made[layout] = cls(layout.tokens, tuple(map(_FORMS, asked)), pack, keys, asked)
        return made

    def verb(self, at: int) -> bool:
        """Whether the token is, at its likeliest, a finite verb, a short participle, an infinitive or a converb."""
        return self.known[at].verb

    def number(self, at: int) -> bool:
        """Whether the token is a number in digits or in words."""
        return self.known[at].number

    def readings(self, at: int) -> tuple[Reading, ...]:
        """What the word may be; nothing for numbers and marks."""
        return self.known[at].readings

    def glued(self, at: int) -> bool:
        """Whether nothing stands between the token and the one before it."""
        return at > 0 and self.tokens[at - 1].end == self.tokens[at].start


_made: WeakKeyDictionary[Layout, Words] = WeakKeyDictionary()


@record(frozen=True, slots=True)
class Found(Generic[Value]):
    """A phrase that covers the tokens `first`..`last` (exclusive)."""

    first: int
    last: int
    value: Value


class Openers:
    """Which written words can begin a construction at all, by the dictionary forms that do."""

    def __init__(self, *forms: Iterable[str]) -> None:
        self.forms = frozenset().union(*forms) if forms else frozenset[str]()
        self._known: dict[str, bool] = {}

    def may(self, words: Words, at: int) -> bool:
        """Whether the token is a number, a hyphened word or one of the forms; anything else begins nothing."""
        token = words.tokens[at]
        known = self._known.get(token.key)
        if known is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            begins = "-" in token.key or not self.forms.isdisjoint(words.forms[at])
            known = self._known[token.key] = begins if token.kind == "word" else token.kind == "number"
        return known

    def between(self, words: Words, at: int, end: int) -> tuple[int, ...]:
        """The tokens of a stretch that may begin something."""
        places = words.openings.get(self)
        if places is None:
            places = self._places(words)
        return places[bisect_left(places, at) : bisect_left(places, end)]

    def _places(self, words: Words) -> tuple[int, ...]:
        answers = list(map(self._known.get, words.keys))
        if None in answers:
            answers = [self.may(words, at) if answer is None else answer for at, answer in enumerate(answers)]
        words.openings[self] = found = tuple(compress(range(len(answers)), answers))
        return found


class Phrases(Generic[Value]):
    """A set of phrases; the longest that fits is found.

    A phrase is written as dictionary forms: "рабочий место" fits "рабочих мест". "=более" fits this form only,
    "иена|йена" either word. The full stop of an abbreviation inside a phrase is passed over ("долл. США").
    """

    def __init__(self, table: Mapping[Any, Iterable[str]] | Iterable[tuple[str, Value]]) -> None:
        pairs = ((p, value) for value, ps in table.items() for p in ps) if isinstance(table, Mapping) else table
        self._ahead: _Index[Value] = {}
        self._behind: _Index[Value] = {}
        # What a written word begins or ends, kept once it was asked: most words begin nothing.
        self._begins: dict[str, _Entries[Value]] = {}
        self._ends: dict[str, _Entries[Value]] = {}
        for phrase, value in pairs:
            words = tuple(frozenset(word.split("|")) for word in phrase.split())
            for first in words[0]:
                self._ahead.setdefault(first, []).append((words, value))
            for last in words[-1]:
                self._behind.setdefault(last, []).append((words[::-1], value))

    @property
    def firsts(self) -> frozenset[str]:
        """The forms that a phrase begins with."""
        return frozenset(self._ahead)

    def at(self, words: Words, at: int, end: int) -> Found[Value] | None:
        """The longest phrase that begins with the token `at` and ends before the token `end`."""
        if at >= end:
            return None
        entries = self._begins.get(words.keys[at]) or _entries(words, at, self._ahead, self._begins)
        if entries is _NOTHING:
            return None
        alone, longer = entries
        best: Found[Value] | None = None
        following = words.forms[at + 1] if longer and at + 1 < end else _ABSENT
        for phrase, value in longer:
            if phrase[1].isdisjoint(following) and "." not in following:  # nearly every time
                continue
            last = _run(words, phrase, at, 1, end)
            if last is not None and (best is None or last > best.last):
                best = Found(at, last, value)
        return best or (Found(at, at + 1, alone[0]) if alone else None)

    def within(self, words: Words, first: int, last: int, end: int) -> Found[Value] | None:
        """The first phrase that begins with one of the tokens `first`..`last` (exclusive) and ends before `end`."""
        begins, keys = self._begins, words.keys
        for at in range(first, last):
            if begins.get(keys[at]) is not _NOTHING and (found := self.at(words, at, end)) is not None:
                return found
        return None

    def before(self, words: Words, at: int, start: int) -> Found[Value] | None:
        """The longest phrase that ends right before the token `at` and begins at the token `start` or later."""
        if at - 1 < start:
            return None
        entries = self._ends.get(words.keys[at - 1]) or _entries(words, at - 1, self._behind, self._ends)
        if entries is _NOTHING:
            return None
        alone, longer = entries
        best: Found[Value] | None = None
        preceding = words.forms[at - 2] if longer and at - 2 >= start else _ABSENT
        for phrase, value in longer:
            if phrase[1].isdisjoint(preceding) and "." not in preceding:
                continue
            first = _run(words, phrase, at - 1, -1, start - 1)
            if first is not None and (best is None or first + 1 < best.first):
                best = Found(first + 1, at, value)
        return best or (Found(at - 1, at, alone[0]) if alone else None)


def _entries(words: Words, at: int, index: _Index[Value], kept: dict[str, _Entries[Value]]) -> _Entries[Value]:
    """What the word may begin (or end): most words nothing, of which there is one for all."""
    if len(kept) > _KEPT:
        kept.clear()
    if index.keys().isdisjoint(words.forms[at]):
        nothing: _Entries[Value] = _NOTHING
        kept[words.keys[at]] = nothing
        return nothing
    found = [entry for form in words.forms[at] for entry in index.get(form, ())]
    alone = tuple(value for phrase, value in found if len(phrase) == 1)
    longer = tuple(entry for entry in found if len(entry[0]) > 1)
    entries = kept[words.keys[at]] = (alone, longer)
    return entries


def _run(words: Words, phrase: tuple[frozenset[str], ...], at: int, step: int, stop: int) -> int | None:
    """The token after the phrase when walking from `at`, None where it does not fit."""
    for n, wanted in enumerate(phrase):
        if n and at != stop and words.tokens[at].text == "." and words.glued(at) and "." not in wanted:
            at += step
        if at == stop or wanted.isdisjoint(words.forms[at]):
            return None
        at += step
    return at
