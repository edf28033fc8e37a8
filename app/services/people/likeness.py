"""How alike two spellings of a name are: case endings, initials, other transliterations and a slip of the pen count little."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.catalog.spelling import endings, sounds

_STEM = 3  # letters that two inflected forms have in common at least
_ENDING = 5  # letters of a case ending at most: "Мирзиёевтің", "Берлускони-дан"
_LEAST = 0.72
_SLIP = 0.93  # of two forms that differ by more than an ending, the best
_INFLECTED = 0.97
_LENGTHENED = 0.78  # the same with an ending that no case has
_INITIAL = 0.9
_BEGUN = 0.8  # the beginning of a name, as somebody types it
_LEFT_OUT = 0.9  # a word of the question that the name does not have: a patronymic, a title


@dataclass(slots=True)
class Spellings:
    """All known spellings of many names, and whose they are."""

    _spelled: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    _with: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(list))
    _words: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, known: Iterable[tuple[str, str]]) -> Spellings:
        """From pairs of a spelling and the id of whoever is spelled so."""
        made = cls()
        for spelling, whose in known:
            if words := sounds(spelling):
                made._spelled[words].add(whose)
        for words in made._spelled:
            for word in set(words):
                made._with[word].append(words)
        made._words = sorted(made._with)
        return made

    def search(self, asked: str) -> dict[str, float]:
        """Whoever may be meant, each with the likeness of the best spelling, from `_LEAST` to 1."""
        wanted = sounds(asked)
        near = [self._near(word) for word in wanted]
        found: dict[str, float] = {}
        for spelling in {spelling for known in near for word in known for spelling in self._with[word]}:
            likeness = _likeness(wanted, near, spelling)
            if likeness >= _LEAST:
                for one in self._spelled[spelling]:
                    found[one] = max(found.get(one, 0.0), likeness)
        return found

    def _near(self, word: str) -> dict[str, float]:
        """The known words that one word of the question may stand for, and how well."""
        if len(word) == 1:
            return {known: 1.0 if known == word else _INITIAL for known in self._words if known[0] == word}
        alike = process.extract(word, self._words, scorer=OSA.normalized_similarity, score_cutoff=_LEAST, limit=None)
        found = {known: likeness if likeness == 1 else likeness * _SLIP for known, likeness, _ in alike}
        for known, likeness in self._inflected(word):
            found[known] = max(likeness, found.get(known, 0.0))
        return found

    def _inflected(self, word: str) -> Iterator[tuple[str, float]]:
        """Words that differ from this one by an ending only, and words that it begins."""
        stem = word[:_STEM]
        at = bisect_left(self._words, stem)
        while at < len(self._words) and self._words[at].startswith(stem):
            known = self._words[at]
            common = _common(word, known)
            lost, added = len(known) - common, len(word) - common
            if lost <= (2 if common > _STEM + 1 else 0) and added <= _ENDING:
                told = word[common:] in endings() or not added
                yield known, (_INFLECTED if told else _LENGTHENED) - 0.01 * lost - 0.005 * added
            elif common == len(word) >= _STEM:
                yield known, _BEGUN
            at += 1


def _likeness(wanted: tuple[str, ...], near: list[dict[str, float]], spelling: tuple[str, ...]) -> float:
    """Of all words asked for, each matched with another word of the name; longer words count more."""
    total = matched = 0.0
    free = list(spelling)
    missing = 0
    for word, known in sorted(zip(wanted, near, strict=True), key=lambda pair: -len(pair[0])):
        best = max(free, key=lambda name: known.get(name, 0.0), default=None)
        alike = known.get(best, 0.0) if best is not None else 0.0
        if best is None or not alike:
            missing += 1
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
