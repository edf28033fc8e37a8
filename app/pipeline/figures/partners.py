"""Which figure of a list stands beside which country ("с Россией – 5,2 млрд, Китай (18,9%)"), and whose partners are listed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache

from app.domain.place import by_first, by_last
from app.domain.record import field, record
from app.languages.pack import Pack
from app.pipeline.figures.order import verb_final
from app.pipeline.figures.places_in_turn import in_rows, told_in_turn
from app.pipeline.figures.quantity import Quantity
from app.pipeline.figures.respective import Row, countries_of, find_rows
from app.pipeline.places.countries import CountryMention
from app.pipeline.words.phrasebook import Phrases, Words

_LINKS = frozenset("–—-−(:/")  # between a country and its figure
_CHAIN = frozenset("(,–—")  # between the figures of one country: "на 41%, до 5 млрд", "на 41% (с 872 до 1232)"
_GAP = 2  # tokens between a country and its figure
_NEXT = 3  # tokens between the figures of one country


@record(frozen=True, slots=True)
class Partners:
    """The country beside each figure, by its first token; `named` are their first tokens, `topic` is the country of the text."""

    beside: dict[int, CountryMention]
    named: frozenset[int]
    topic: str | None
    rows: dict[int, tuple[Row, int]] = field(default_factory=dict)  # the row an amount stands in, and its place there

    @classmethod
    def of(cls, words: Words, named: Sequence[CountryMention], quantities: Sequence[Quantity], outlet: str | None) -> Partners:
        """Looks beside each figure in turn; a country passed through ("через Казахстан") is nobody's partner."""
        aside, joining = _aside(words.pack), _joining(words.pack)
        mentions = [m for m in named if not aside.before(words, m.first, 0)]
        beside: dict[int, CountryMention] = {}
        for n, quantity in enumerate(quantities):
            found = _before(words, mentions, quantity, joining)
            found = found or (_chained(words, mentions, quantities[n - 1], quantity, beside) if n else None)
            found = found or _behind(words, mentions, quantity)
            if found is not None:
                beside[quantity.first] = found
        rows: dict[int, tuple[Row, int]] = {}
        for row in find_rows(words, quantities):
            rows.update({q.first: (row, n) for n, q in enumerate(row.amounts)})
            beside.update({q.first: m for q, m in zip(row.amounts, countries_of(words, row, mentions), strict=False)})
        beside = {**told_in_turn(words, mentions, quantities), **beside}
        listed = in_rows(words, mentions).union(m.first for m in beside.values())
        return cls(beside, listed, _topic(mentions, beside, outlet), rows)

    def listed(self, mention: CountryMention) -> bool:
        """Whether the country stands beside a figure."""
        return mention.first in self.named


def _before(
    words: Words,
    mentions: Sequence[CountryMention],
    quantity: Quantity,
    joining: frozenset[str],
) -> CountryMention | None:
    """The country right before the figure, unless it is the last of several that the figure is of."""
    at = bisect_right(mentions, quantity.first, key=by_last) - 1
    if at < 0 or not _linked(words, mentions[at].last, quantity.first):
        return None
    if at and all(
        words.tokens[n].text == "," or words.tokens[n].key in joining for n in range(mentions[at - 1].last, mentions[at].first)
    ):
        return None
    return mentions[at]


def _linked(words: Words, first: int, last: int) -> bool:
    """Where the verb is last, a country right before a figure may be any part of the clause: a mark has to stand between."""
    if first == last and verb_final(words.pack):
        return False
    if last - first > _GAP + 1:
        return False
    between, allowed = words.tokens[first:last], _between(words.pack)
    marks = sum([token.text in _LINKS for token in between])
    return marks <= _GAP and all(t.text in _LINKS or (marks and t.key in allowed) for t in between)


def _chained(
    words: Words,
    mentions: Sequence[CountryMention],
    previous: Quantity,
    quantity: Quantity,
    beside: dict[int, CountryMention],
) -> CountryMention | None:
    """The country of the figure right before: "в Узбекистан – на 41% (с 872 до 1232 тыс. тонн)"."""
    gap = range(previous.last, quantity.first)
    if len(gap) > _NEXT or any(words.tokens[n].text not in _CHAIN and words.tokens[n].kind != "word" for n in gap):
        return None
    named = bisect_left(mentions, previous.last, key=by_first)
    if named < len(mentions) and mentions[named].first < quantity.first:
        return None
    return beside.get(previous.first)


def _behind(words: Words, mentions: Sequence[CountryMention], quantity: Quantity) -> CountryMention | None:
    """ "5,2 млрд – с Россией", "84,5 тыс. тонн (Китай)": a country behind the figure, set off by a mark."""
    at = bisect_left(mentions, quantity.last, key=by_first)
    if at >= len(mentions) or mentions[at].first - quantity.last > _GAP or mentions[at].first == quantity.last:
        return None
    gap = range(quantity.last, mentions[at].first)
    marked = words.tokens[quantity.last].text in _LINKS
    return mentions[at] if marked and all(words.readings(n)[0].pos == "adp" for n in gap[1:] if words.readings(n)) else None


def _topic(mentions: Sequence[CountryMention], beside: dict[int, CountryMention], outlet: str | None) -> str | None:
    """The country named most often outside the list, else that of the outlet where it is named."""
    listed = {m.first for m in beside.values()}
    common = Counter(m.code for m in mentions if m.first not in listed).most_common(2)
    if common and common[0][1] > 1 and (len(common) == 1 or common[0][1] > common[1][1]):
        return common[0][0]
    return outlet if any(m.code == outlet for m in mentions) else None


@cache
def _aside(pack: Pack) -> Phrases[bool]:
    return Phrases([(phrase, True) for phrase in pack["relations"].get("aside", {}).get("before", ())])


@cache
def _joining(pack: Pack) -> frozenset[str]:
    return frozenset(pack["counted"].get("joining", {}).get("words", ()))


@cache
def _between(pack: Pack) -> frozenset[str]:
    return frozenset(pack["relations"].get("listed", {}).get("between", ()))
