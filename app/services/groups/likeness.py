"""Whether two statements of one speaker are the same saying: by day, figures and words.

Measured on the articles kept for development: of two sayings of one speaker in one article, or in articles of other days,
no two share four words and half of the shorter. What one outlet cuts or rewords shares more than that. A saying that is
told in one more outlet is worth less than one that is taken for another, so each bound lies well above what chance gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.services.groups.figures import Comparison, Figure, compare
from app.services.wording import likeliest_words

MOST_DAYS = 2
"""An outlet may tell on the next day what was said, or take the day of its own report for that of the saying."""
_SHORTEST_WORD = 4
"""Letters of a word that counts: shorter ones are mostly those that hold any sentence together, in all three languages."""
_FEWEST, _SHARE = 5, 0.6
"""Words that both have, and how much that is of the shorter."""
_FEWEST_ON_ANOTHER_DAY, _SHARE_ON_ANOTHER_DAY = 10, 0.8
"""What is always said again ("we are interested in closer ties") is shorter than that."""
_FEWEST_OF_THE_SAME_TEXT = 3
_SHARE_BESIDE_FIGURES = 0.3


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement as it is compared. `lemmas` are its words in dictionary form, `words` those of them that tell something."""

    id: str
    article_id: str
    stated_on: date
    language: str | None
    lemmas: str
    words: frozenset[str]
    numbers: frozenset[str]
    figures: tuple[Figure, ...]


def wording(
    id_: str, article_id: str, stated_on: date, language: str | None, lemmas: str, figures: tuple[Figure, ...]
) -> Wording:
    words = frozenset(likeliest_words(lemmas))
    numbers = frozenset(word for word in words if word[0].isdigit())
    telling = frozenset(word for word in words - numbers if len(word) >= _SHORTEST_WORD)
    return Wording(id_, article_id, stated_on, language, lemmas, telling, numbers, figures)


def alike(one: Wording, other: Wording) -> bool:
    """Both of one speaker. What one article tells apart is apart."""
    if one.article_id == other.article_id or _days(one, other) > MOST_DAYS:
        return False
    if one.language == other.language and _share(one, other) < _SHARE_BESIDE_FIGURES:
        return False
    told = compare(one.figures, other.figures)
    if told.against:
        return False
    if one.language != other.language:
        return _by_figures(one, other, told)
    return _by_words(one, other, told) or _by_figures(one, other, told)


def _by_words(one: Wording, other: Wording, told: Comparison) -> bool:
    shared = len(one.words & other.words)
    if _days(one, other):
        enough = shared >= _FEWEST_ON_ANOTHER_DAY and _share(one, other) >= _SHARE_ON_ANOTHER_DAY
    elif one.lemmas == other.lemmas:
        return shared >= _FEWEST_OF_THE_SAME_TEXT
    else:
        enough = shared >= _FEWEST and _share(one, other) >= _SHARE
    return enough and (told.equal > 0 or _numbers_fit(one, other))


def _by_figures(one: Wording, other: Wording, told: Comparison) -> bool:
    """Two equal figures, or one of the same day that is seldom the same by chance."""
    days = _days(one, other)
    return (told.equal >= 2 and days <= 1) or (told.rare >= 1 and not days)


def _numbers_fit(one: Wording, other: Wording) -> bool:
    """A cut leaves numbers out and changes none."""
    shorter, longer = sorted((one, other), key=lambda each: len(each.words))
    return shorter.numbers <= longer.numbers


def _share(one: Wording, other: Wording) -> float:
    fewer = min(len(one.words), len(other.words))
    return len(one.words & other.words) / fewer if fewer else 0.0


def _days(one: Wording, other: Wording) -> int:
    return abs((one.stated_on - other.stated_on).days)
