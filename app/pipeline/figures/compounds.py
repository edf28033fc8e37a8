"""Amounts in two pieces: coins behind their money, a fraction of a unit, and numbers in a list under one unit."""

from __future__ import annotations

from decimal import Decimal

from app.domain.record import replace
from app.pipeline.figures.digits import hyphened
from app.pipeline.figures.magnitudes import magnitude
from app.pipeline.figures.numerals import Grammar, Numeral, read_numeral
from app.pipeline.figures.quantity import Quantity
from app.pipeline.figures.units import Unit, Units
from app.pipeline.words.phrasebook import Found, Words

_HUNDRED = Decimal(100)  # coins in the unit, and what a share is of
_MEASURED = ("money", "percent", "points", "physical")


def with_coins(words: Words, number: Numeral, unit: Unit, end: int, rules: Grammar, measures: Units) -> tuple[Numeral, Unit]:
    """ "35 руб. 50 коп.", "7 долларов и 20 центов": one sum, in the larger unit."""
    at = unit.last
    if unit.kind != "money" or unit.multiplier != 1 or number.value_max is not None or at >= end:
        return number, unit
    at += words.tokens[at].text == "." and words.glued(at)
    at += at < end and words.tokens[at].key in rules.listing and words.tokens[at].kind == "word"
    coins = read_numeral(words, at, end, rules) if at < end else None
    if coins is None or coins.value_max is not None or coins.scale > 1 or coins.value >= _HUNDRED:
        return number, unit
    small = measures.after(words, coins.last, end)
    if small is None or small.kind != "money" or small.multiplier >= 1:
        return number, unit
    return replace(number, value=number.value + coins.value * small.multiplier), replace(unit, last=small.last)


def part_of_unit(
    words: Words, share: Found[Decimal], end: int, rules: Grammar, measures: Units
) -> tuple[Numeral, Unit | None] | None:
    """ "half a mile", "четверть процента", "a quarter of a million dollars": so much of one, and no share."""
    at = share.last + (share.last < end and rules.hyphens and hyphened(words, share.last))
    if at < end and at == share.last and words.tokens[at - 1].kind == "mark" and not words.glued(at):
        return None
    link = rules.of_one.at(words, at, end) if at == share.last else None
    at = link.last if link else at
    if at >= end or share.value >= _HUNDRED:
        return None
    scale, behind = magnitude(words, at, end, rules) or (Decimal(1), at)
    unit = measures.after(words, behind, end, one=scale == 1)
    if scale == 1 and (unit is None or not _single(words, unit.last - 1)):
        return None
    if scale == 1 and unit is not None and unit.kind not in _MEASURED and unit.counted not in rules.parted:
        return None
    return Numeral(share.first, behind, share.value / _HUNDRED * scale, scale=scale), unit


def _single(words: Words, at: int) -> bool:
    """Whether the word is not only a plural: "половина процента", never "половина процентов"."""
    readings = words.readings(at)
    return any(r.number != "plur" for r in readings) if readings else False


def share_units(found: list[Quantity], words: Words, rules: Grammar) -> list[Quantity]:
    """Gives numbers in a list the unit that is said once behind it: "5, 6 и 7 процентов", "46 and 32 percent"."""
    out, listed = list(found), False
    for n in range(len(out) - 2, -1, -1):
        between = [words.tokens[at].key for at in range(out[n].last, out[n + 1].first)]
        joined = bool(between) and between[-1] in rules.listing and between[:-1] in ([], [","])
        alike = out[n].kind == "bare" and out[n + 1].kind in _MEASURED and not out[n].scaled
        listed = alike and (joined or (listed and between == [","]))
        if listed:
            scale = out[n + 1].size * out[n + 1].magnitude
            lent = replace(out[n], unit=out[n + 1].unit, kind=out[n + 1].kind, size=out[n + 1].size, carried=True)
            out[n] = replace(lent, value=out[n].value * scale, magnitude=out[n + 1].magnitude)
    return out
