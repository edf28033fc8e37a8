"""The pairs that an article gives figures of, beside those that its words bring together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.domain.country import Pair
from app.domain.facts import Indicator

_FIGURES = 2  # of one pair, from which on the article is about that pair too
_MOST = 8  # pairs of one article


def with_told(pairs: tuple[Pair, ...], figures: Iterable[Indicator]) -> tuple[Pair, ...]:
    """The pairs with those of which several figures are told; a pair met in one comparison only is not."""
    told = Counter(figure.pairs[0] for figure in figures if len(figure.pairs) == 1)
    more = [pair for pair, figures in told.most_common() if figures >= _FIGURES and pair not in pairs]
    return (*pairs, *more)[: max(_MOST, len(pairs))]
