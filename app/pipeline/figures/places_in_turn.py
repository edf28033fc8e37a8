"""Countries of one sentence that all tell where to or where from, each with figures of its own behind it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from app.domain.place import by_first
from app.languages.pack import Pack
from app.pipeline.figures.quantity import Quantity
from app.pipeline.places.countries import CountryMention
from app.pipeline.places.lists import direction
from app.pipeline.words.phrasebook import Words

_ENDS = frozenset(".!?")
_APART = 40  # tokens from one country of such a list to the next


def told_in_turn(words: Words, mentions: Sequence[CountryMention], quantities: Sequence[Quantity]) -> dict[int, CountryMention]:
    """ "Ресейге 5 млн, ал Қытайға 3 млн тонна жіберілді": the country that each figure is told of, by its first token.

    Of countries that share a figure ("Ресей мен Қытайға 5 млн") none is told of alone.
    """
    found: dict[int, CountryMention] = {}
    for row in _rows(words, mentions) if words.pack["pairs"].get("listed") else ():
        if len({mention.code for mention, _ in row}) < 2:
            continue
        for mention, end in row:
            at = bisect_left(quantities, mention.last, key=by_first)
            while at < len(quantities) and quantities[at].first < end:
                if not _joined(words, mentions, mention):
                    found[quantities[at].first] = mention
                at += 1
    return found


def in_rows(words: Words, mentions: Sequence[CountryMention]) -> frozenset[int]:
    """The first tokens of the countries of such lists, and of those that share a figure with one."""
    found: set[int] = set()
    for row in _rows(words, mentions) if words.pack["pairs"].get("listed") else ():
        if len({mention.code for mention, _ in row}) < 2:
            continue
        for mention, _ in row:
            found.add(mention.first)
            if _joined(words, mentions, mention):
                found.add(mentions[bisect_left(mentions, mention.first, key=by_first) - 1].first)
    return frozenset(found)


def _rows(words: Words, mentions: Sequence[CountryMention]) -> Iterator[list[tuple[CountryMention, int]]]:
    """The countries of a sentence that stand in one such case, each with where what is told of it ends."""
    row: list[tuple[CountryMention, int]] = []
    case: str | None = None
    for mention in mentions:
        own = direction(mention, words.tokens, words.pack)
        if own is None:
            continue
        if row and own == case and mention.first - row[-1][0].last <= _APART and _end(words, row[-1][0].last) > mention.first:
            row[-1] = (row[-1][0], mention.first)
        elif row:
            yield row
            row = []
        row.append((mention, _end(words, mention.last)))
        case = own
    if row:
        yield row


def _end(words: Words, at: int) -> int:
    """The end of the sentence, or as far as a figure of such a list may stand."""
    last = min(len(words.tokens), at + _APART)
    closes = (n for n in range(at, last - 1) if words.tokens[n].text in _ENDS and not words.glued(n + 1))
    return next(closes, last)


def _joined(words: Words, mentions: Sequence[CountryMention], mention: CountryMention) -> bool:
    """Whether a comma or a conjunction and another country stand right before: both share what is told."""
    at = bisect_left(mentions, mention.first, key=by_first) - 1
    if at < 0 or mention.first - mentions[at].last != 1:
        return False
    between = words.tokens[mention.first - 1]
    return between.text == "," or between.key in _joining(words.pack)


@cache
def _joining(pack: Pack) -> frozenset[str]:
    return frozenset(pack["counted"].get("joining", {}).get("words", ()))
