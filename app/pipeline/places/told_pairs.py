"""The pairs that an article gives figures of, beside those that its words bring together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.domain.country import Pair
from app.domain.facts import Indicator

_FIGURES = 2  # of one pair, from which on the article is about that pair too
_PARTNERS = 3  # of one country, from which on the article goes through them one by one
_MOST = 8  # pairs of one article


def with_told(pairs: tuple[Pair, ...], figures: Iterable[Indicator]) -> tuple[Pair, ...]:
    """The pairs with those of which several figures are told; a pair met in one comparison only is not.

    One figure of each will do where the words bring no two countries together, and where a country's partners are gone through.
    """
    told = Counter(figure.pairs[0] for figure in figures if len(figure.pairs) == 1)
    partners = Counter(code for pair in told for code in (pair.first, pair.second))
    alone = not pairs and sum(told.values()) >= _FIGURES
    more = [
        pair
        for pair, times in told.most_common()
        if pair not in pairs and (alone or times >= _FIGURES or max(partners[pair.first], partners[pair.second]) >= _PARTNERS)
    ]
    return (*pairs, *more)[: max(_MOST, len(pairs))]
