"""Kazakh words taken apart: nouns into stem, number, possessor and case, verbs into stem, tense and person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.languages.kk.sounds import Sounds, Suffixes

_VOWELS = "аәеоөұүыіэяёиую"
_SOFTENED = {"п": "б", "к": "г", "қ": "ғ"}
_STANDING = (None, "1plur", "2polite")  # behind these possessives, as behind none, a case has its usual shape


@dataclass(frozen=True, slots=True)
class Noun:
    """A nominal form: `base` is the stem, `uncased` the word without its case ending."""

    base: str
    case: str
    possessive: str | None
    number: str
    uncased: str


@dataclass(frozen=True, slots=True)
class Verb:
    """A verbal form of a stem; `form` is fin, part, conv, inf, cond or imp."""

    stem: str
    form: str
    tense: str | None
    person: str | None
    negative: bool
    whole: str  # the stem with its negation, of which the dictionary form is made
    perfect: bool = False  # -ған, which is a participle's first


class Forms:
    """Takes words apart by the tables of suffixes; which of the results are words is for the stems to say."""

    def __init__(self, table: Mapping[str, Any], irregular: Mapping[str, str]) -> None:
        sounds = Sounds(table["sounds"])
        self._irregular, self._hardened = irregular, table["alternations"]

        def slot(templates: Mapping[str, str]) -> Suffixes:
            return Suffixes(templates, table["archiphonemes"], sounds)

        verb, full, short = table["verb"], table["person"]["full"], table["person"]["short"]
        self._plural, self._possessive, self._case = slot(table["plural"]), slot(table["possessive"]), slot(table["case"])
        self._case_3, self._case_1 = slot(table["case_after"]["3"]), slot(table["case_after"]["1"])
        self.plain_case, self.possessed_case = self._case, self._case_3
        self._where, self._where_3 = slot({"": table["attributive"]["plain"]}), slot({"": table["attributive"]["after_3"]})
        self._when, self._derived = slot({"": table["attributive"]["time"]}), slot(table["derived"])
        self._negation = slot({"": verb["negation"]})
        self._abstract = slot({"": verb["abstract"]})
        endings: dict[str, str] = {}
        for tense, name, persons in (
            ("past", "past", short), ("cond", "conditional", short), ("pres", "present", full),
            ("perf", "perfect", {**full, "3": ""}), ("fut", "intent", {**full, "3": "", "1plur": "пIз", "1": "пIн"}),
            ("aim", "purpose", {**full, "3": ""}), ("aor", "aorist", {**full, "3": ""}),
            ("imp", "wish", {"3": ""}), ("imp", "call", {"1plur": ""}),
        ):  # fmt: skip
            endings.update({f"{tense} {person}": verb[name] + ending for person, ending in persons.items()})
        endings["pres 3"] = verb["present"] + verb["present_third"]
        endings["perf 1plur"] = verb["perfect"] + "бIз"
        self._finite = slot(endings)
        self._participle = slot({"past": verb["perfect"], "pres": verb["habitual"]})
        self._converb = slot({"past": verb["converb"], "pres": verb["present"], "limit": verb["limit"], "since": verb["since"]})

    # ------------------------------------------------------------ nouns

    def nouns(self, word: str) -> Iterator[Noun]:
        """Every way to take a word apart as a nominal form, the word as its own stem first."""
        yield from self._of(word, "nom", self._possessors(word))
        for rest, case in self._case.off(word):
            yield from self._of(rest, case, (p for p in self._possessors(rest) if p[1] in _STANDING))
        for rest, case in self._case_3.off(word):
            yield from self._of(rest, case, (p for p in self._possessors(rest) if p[1] == "3"))
        for rest, case in self._case_1.off(word):
            yield from self._of(rest, case, (p for p in self._possessors(rest) if p[1] in ("1", "2")))

    def _possessors(self, word: str) -> Iterator[tuple[str, str | None]]:
        yield word, None
        for stem, possessive in self._possessive.off(word):
            yield stem, possessive
            yield from ((other, possessive) for other in self._restored(stem))

    def _of(self, uncased: str, case: str, possessed: Iterator[tuple[str, str | None]]) -> Iterator[Noun]:
        for stem, possessive in possessed:
            yield Noun(stem.rstrip("-"), case, possessive, "sing", uncased)
            for base, _ in self._plural.off(stem):
                yield Noun(base.rstrip("-"), case, possessive, "plur", uncased)

    def _restored(self, stem: str) -> Iterator[str]:
        """The stem before a vowel softened or shortened it: дерег- is дерек, халқ- халық."""
        if stem in self._irregular:
            yield self._irregular[stem]
        elif stem[-1:] in self._hardened:
            yield stem[:-1] + self._hardened[stem[-1]]

    def places(self, word: str) -> Iterator[str]:
        """The nouns whose place makes this adjective: Қазақстандағы, арасындағы."""
        for stem, _ in self._where.off(word):
            for base, possessive in self._possessors(stem):
                if possessive in _STANDING:
                    yield base.rstrip("-")
        for rest, _ in self._where_3.off(word):
            yield from (base.rstrip("-") for base, possessive in self._possessors(rest) if possessive == "3")

    def times(self, word: str) -> Iterator[str]:
        """The nouns of time that make this adjective: жылғы."""
        yield from (stem for stem, _ in self._when.off(word))

    def derived(self, word: str) -> Iterator[tuple[str, str]]:
        """The noun that makes this adjective, and by which suffix: қазақстандық, маңызды, шексіз."""
        yield from self._derived.off(word)

    # ------------------------------------------------------------ verbs

    def finite(self, word: str) -> Iterator[Verb]:
        for stem, ending in self._finite.off(word):
            tense, person = ending.split()
            form = {"cond": "cond", "imp": "imp"}.get(tense, "fin")
            shown = {"perf": "past", "aor": "fut", "aim": "fut", "cond": None, "imp": None}.get(tense, tense)
            yield from self._verbs(stem, form, shown, person[:1], perfect=tense == "perf")

    def participles(self, word: str) -> Iterator[Verb]:
        """Participles, and their abstract nouns: келген, келгендік."""
        for base in (word, *(stem for stem, _ in self._abstract.off(word))):
            for stem, tense in self._participle.off(base):
                yield from self._verbs(stem, "part", tense, None)

    def converbs(self, word: str) -> Iterator[Verb]:
        for stem, tense in self._converb.off(word):
            yield from self._verbs(stem, "conv", tense, None)

    def _verbs(self, stem: str, form: str, tense: str | None, person: str | None, *, perfect: bool = False) -> Iterator[Verb]:
        for whole in (stem, *self._restored(stem)):
            yield Verb(whole, form, tense, person, False, whole, perfect)
        for bare, _ in self._negation.off(stem):
            yield Verb(bare, form, tense, person, True, stem, perfect)


def infinitive(stem: str) -> str:
    """The dictionary form of a verb: айт is айту, оқы is оқу, қой is қою, шық is шығу."""
    stem = stem[:-1] + _SOFTENED.get(stem[-1:], stem[-1:])
    if stem[-1:] in "ыі":
        return stem[:-1] + "у"
    return stem[:-1] + "ю" if stem[-1:] == "й" else stem + "у"


def has_vowel(stem: str) -> bool:
    """Whether a stem can be spoken."""
    return any(letter in _VOWELS for letter in stem)
