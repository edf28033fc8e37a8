"""What tells that two numbers are the ends of one range: their signs, units, words between and the verb before."""

from __future__ import annotations

from app.pipeline.figures.number_words import Grammar
from app.pipeline.figures.numeral import ONE, Numeral
from app.pipeline.words.phrasebook import Words

_WIDEST = 3  # times the lower end, behind a verb of change


def past_unit(words: Words, at: int, end: int, rules: Grammar) -> int:
    """A unit that both ends of a range repeat stands behind the lower one too: "5% to 7%"."""
    return at + 1 if at < end and words.tokens[at].key in rules.repeated else at


def repeats(words: Words, at: int, other: int, end: int) -> bool:
    return other < end and words.tokens[at].key == words.tokens[other].key


def past_sign(words: Words, at: int, end: int, rules: Grammar) -> int:
    return at + 1 if at + 1 < end and words.tokens[at].key in rules.signs else at


def alike(words: Words, lower: Numeral, upper: Numeral, rules: Grammar) -> bool:
    """ "2 to 3 percent", never "from 2 to 3" (a change) nor "2022 to 2023"."""
    before = lower.first - 1 - (lower.first > 0 and words.tokens[lower.first - 1].key in rules.signs)
    opened = before >= 0 and words.tokens[before].key in rules.not_ranged
    before -= before > 0 and words.tokens[before].key in rules.by
    if before >= 0 and upper.value > _WIDEST * lower.value and not words.forms[before].isdisjoint(rules.moving):
        return False  # "gained $5 to $1,250", "fell by 14,000 to 252,000"
    return not opened and lower.value < upper.value and not (lower.scale == ONE and 1900 <= lower.value <= 2199)


def dash_joins(words: Words, at: int, lower: Numeral, upper: Numeral) -> bool:
    """Both sides of the dash are set alike ("5–7", "5 – 7")."""
    dash = words.tokens[at]
    left, right = dash.start - words.tokens[at - 1].end, words.tokens[at + 1].start - dash.end
    return left == right and left <= 1 and lower.digits == upper.digits
