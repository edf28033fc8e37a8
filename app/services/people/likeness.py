"""How alike two spellings of a name are: case endings, initials, other transliterations and a slip of the pen count little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.catalog.folding import fold
from app.catalog.sound import endings, initials, is_title, sounds

_LONGEST = 5  # letters of a case ending at most: "Мирзиёевтің", "Берлускони-дан"
_STEM = 3  # letters at the beginning of a name that somebody may have typed so far
_LEAST = 0.72
_SLIP = 0.93  # of two forms that differ by more than an ending, the best
_WHOLE = 0.8  # of two whole names, where word by word there is no good match
_INFLECTED = 0.97
_EITHER = 0.995  # a man's name in a case that is a woman's name as well, with a given name or an initial beside it; alone 1
_LENGTHENED = 0.78  # the same with an ending that no case has
_INITIAL = 0.9
_BEGUN = 0.8  # the beginning of a name, as somebody types it
_LEFT_OUT = 0.9  # a word of the question that the name does not have: a patronymic, a title
_VOWELS = frozenset("aeiou")


@dataclass(slots=True)
class Spellings:
    """All known spellings of many names, and whose they are."""

    _spelled: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    _with: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(list))
    _begun: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _initial: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _words: list[str] = field(default_factory=list)
    _names: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, known: Iterable[tuple[str, str]]) -> Spellings:
        """From pairs of a spelling and the id of whoever is spelled so."""
        made = cls()
        for spelling, whose in known:
            if words := sounds(spelling):
                made._spelled[words].add(whose)
                made._remember(words, initials(spelling))
        for spelled in made._spelled:
            for word in set(spelled):
                made._with[word].append(spelled)
        made._words = list(made._with)
        made._names = [" ".join(spelled) for spelled in made._spelled if len(spelled) > 1]
        return made

    def search(self, asked: str) -> dict[str, float]:
        """Whoever may be meant, each with the likeness of the best spelling, from `_LEAST` to 1."""
        wanted = sounds(asked)
        either = (_EITHER if len(wanted) > 1 else 1.0) if not fold(asked).isascii() else _INFLECTED
        near = [self._near(word, either) for word in wanted]
        titled = {word for word in wanted if is_title(word)}
        found: dict[str, float] = {}
        for spelling in {spelling for known in near for word in known for spelling in self._with[word]}:
            likeness = _likeness(wanted, near, spelling, titled)
            if likeness >= _LEAST:
                for one in self._spelled[spelling]:
                    found[one] = max(found.get(one, 0.0), likeness)
        if len(wanted) > 1 and max(found.values(), default=0.0) < _SLIP:
            for one, likeness in self._as_a_whole(wanted):
                found[one] = max(found.get(one, 0.0), likeness)
        return found

    def _as_a_whole(self, wanted: tuple[str, ...]) -> Iterator[tuple[str, float]]:
        """Names that differ by a slip in a short word, or at the space between two: "Яри Лапид", "Пию шГоял"."""
        alike = process.extract(" ".join(wanted), self._names, scorer=OSA.normalized_similarity, score_cutoff=_WHOLE, limit=None)
        for spelling, likeness, _ in alike:
            yield from ((one, likeness * _SLIP) for one in self._spelled[tuple(spelling.split())])

    def _remember(self, words: tuple[str, ...], letters: tuple[str, ...]) -> None:
        for word, letter in zip(words, letters, strict=True):
            for initial in (letter, word[0]):
                self._initial[initial].add(word)
            for end in range(1, min(len(word), _STEM) + 1):
                self._begun[word[:end]].add(word)

    def _near(self, word: str, either: float) -> dict[str, float]:
        """The known words that one word of the question may stand for, and how well."""
        if len(word) == 1:
            return {known: 1.0 if known == word else _INITIAL for known in self._initial.get(word, ())}
        alike = process.extract(word, self._words, scorer=OSA.normalized_similarity, score_cutoff=_LEAST, limit=None)
        found = {known: likeness if likeness == 1 else likeness * _SLIP for known, likeness, _ in alike}
        for known, likeness in self._inflected(word, either):
            found[known] = max(likeness, found.get(known, 0.0))
        return found

    def _inflected(self, word: str, either: float) -> Iterator[tuple[str, float]]:
        """Words that differ from this one by an ending only, and words that it begins."""
        yield from self._declined(word, either)
        for known in self._begun.get(word[:_STEM], ()):
            common = _common(word, known)
            if common == len(word) >= _STEM:
                yield known, _BEGUN
            elif len(known) - common <= (2 if common > _STEM + 1 else 0) and len(word) - common <= _LONGEST:
                yield known, _LENGTHENED - 0.01 * (len(known) - common) - 0.005 * (len(word) - common)

    def _declined(self, word: str, either: float) -> Iterator[tuple[str, float]]:
        """Names of which this is a case: with an ending behind them, or in the place of their last vowel.

        `either` is the likeness of a man's name in a case that is a woman's name too.
        """
        exact = word in self._with
        for at in range(max(1, len(word) - _LONGEST), len(word)):
            stem, ending = word[:at], word[at:]
            if ending in endings("endings") and stem in self._with:
                yield stem, either if exact and ending in endings("feminine") else _INFLECTED - 0.005 * len(ending)
            if ending in endings("instead"):
                yield from ((stem + vowel, _INFLECTED - 0.005 * len(ending)) for vowel in _VOWELS if stem + vowel in self._with)


def _likeness(wanted: tuple[str, ...], near: list[dict[str, float]], spelling: tuple[str, ...], titled: Set[str]) -> float:
    """Of all words asked for, each matched with another word of the name; longer words count more, titles need not match."""
    total = matched = 0.0
    free = list(spelling)
    missing = 0
    for word, known in sorted(zip(wanted, near, strict=True), key=lambda pair: -len(pair[0])):
        best = max(free, key=lambda name: known.get(name, 0.0), default=None)
        alike = known.get(best, 0.0) if best is not None else 0.0
        if best is None or not alike:
            missing += word not in titled
            continue
        free.remove(best)
        total += len(word)
        matched += len(word) * alike
    if not total or missing > (len(wanted) - 1) // 2:
        return 0.0
    return matched / total * _LEFT_OUT**missing * (1 - 0.02 * len(free))


def _common(one: str, other: str) -> int:
    """How many letters two words have in common at their beginning."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
