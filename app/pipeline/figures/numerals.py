"""Numbers as written: digits in groups, number words, magnitudes, ranges and fractions."""

from __future__ import annotations

from decimal import Decimal

from app.domain.record import replace
from app.pipeline.figures.digits import continues, decimal_of, fraction_behind, hyphened, names_something
from app.pipeline.figures.magnitudes import magnitude, value_of
from app.pipeline.figures.number_words import Grammar, grammar
from app.pipeline.figures.numeral import ONE, Numeral
from app.pipeline.figures.ranges import alike, dash_joins, past_sign, past_unit, repeats
from app.pipeline.words.phrasebook import Found, Words

_LARGEST = Decimal(10) ** 15  # of two magnitudes in a row ("тысяч миллиардов")
_SIZES = (Decimal(1000), Decimal(10) ** 6, Decimal(10) ** 9, Decimal(10) ** 12)
_MOST_DIGITS = 40  # nothing is counted in more
_ENDING = 3  # letters in an ending behind digits
_CLOSING = 6  # words between the upper end of a range and what closes it ("5 пен 7 млн тонна аралығында")
_ONE_OF = frozenset(("sing", None))  # numbers in which a magnitude may stand for one of itself


__all__ = ["Grammar", "Numeral", "grammar", "read_factor", "read_fraction", "read_numeral"]


def read_numeral(words: Words, at: int, end: int, rules: Grammar) -> Numeral | None:
    """The number, or the range of numbers, that begins with the token `at`; amounts and dates ask for the same ones."""
    asked = (at, end)
    if asked in words.numerals:
        known: Numeral | None = words.numerals[asked]
        return known
    number = words.numerals[asked] = _read_numeral(words, at, end, rules)
    return number


def _read_numeral(words: Words, at: int, end: int, rules: Grammar) -> Numeral | None:
    if not rules.openers.may(words, at) or (at > 1 and words.tokens[at - 2].kind == "number" and hyphened(words, at - 1)):
        return None  # the second half of "2-1" is no number by itself
    if words.forms[at] & rules.range_from and at + 1 < end:
        return _spelled_range(words, at, end, rules)
    number = _simple(words, at, end, rules) or _hyphened(words, at, end, rules)
    if number is None or number.bare or number.value_max is not None:
        return number
    upper = _joined(words, number, end, rules)
    if upper is None:
        return number
    apart = words.tokens[number.last].start > words.tokens[number.last - 1].end  # "$189 млн — 3,7% всего" is no range
    return _range(number.first, number, upper) or (number if apart else None)


def _joined(words: Words, lower: Numeral, end: int, rules: Grammar) -> Numeral | None:
    """The number that a dash or a joining word makes the upper end of a range."""
    at = past_unit(words, lower.last, end, rules)
    at += lower.scale > ONE and at < end and words.tokens[at].text == "." and words.glued(at)  # "2 тыс. – 5 тыс."
    if at + 1 >= end:
        return None
    joint, after = words.tokens[at], past_sign(words, at + 1, end, rules)
    if joint.text not in rules.dashes and joint.key not in rules.range_joints:
        return None
    upper = _simple(words, after, end, rules)
    if upper is None or (words.tokens[at - 1].key in rules.repeated and not repeats(words, lower.last, upper.last, end)):
        return None
    if after > at + 1 and not (lower.first and words.tokens[lower.first - 1].key == words.tokens[after - 1].key):
        return None
    if joint.kind != "word":
        return upper if dash_joins(words, at, lower, upper) else None
    closed = _closed(words, upper, end, rules) if rules.range_closed.firsts else alike(words, lower, upper, rules)
    return upper if closed else None


def _closed(words: Words, upper: Numeral, end: int, rules: Grammar) -> bool:
    """Whether a word close behind makes one range of two joined numbers."""
    return rules.range_closed.within(words, upper.last, min(end, upper.last + _CLOSING), end) is not None


def read_fraction(words: Words, at: int, end: int, rules: Grammar) -> Found[Decimal] | None:
    """A share of a hundred in words ("на пятую часть"), in percent."""
    return rules.fractions.at(words, at, end)


def read_factor(words: Words, at: int, end: int, rules: Grammar) -> Found[Decimal] | None:
    """A factor in one word ("вдвое", "удвоилось")."""
    return rules.factors.at(words, at, end)


def _simple(words: Words, at: int, end: int, rules: Grammar, lowest: bool = False) -> Numeral | None:
    """One number without a range: digits or words, with its magnitude; `lowest` takes no smaller group behind it."""
    number = _digits(words, at, end, rules) if words.tokens[at].kind == "number" else _spelled(words, at, end, rules)
    if number is None or number.adjective:
        return number
    if lowest or not number.digits:
        return _magnified(words, number, end, rules, lowest)
    return _again(words, _magnified(words, _again(words, number, end, rules), end, rules), end, rules)


def _again(words: Words, number: Numeral, end: int, rules: Grammar) -> Numeral:
    """ "1 500 000 (полтора миллиона) рублей": past the brackets in which digits are said again in words."""
    at = number.last + 1
    if at >= end or words.keys[at - 1] != "(" or words.tokens[at].kind != "word":
        return number
    spelled = _spelled(words, at, end, rules)
    spelled = spelled and _magnified(words, spelled, end, rules)
    closed = spelled is not None and spelled.last < end and words.tokens[spelled.last].text == ")"
    return replace(number, last=spelled.last + 1) if spelled and closed and spelled.value == number.value else number


def _digits(words: Words, at: int, end: int, rules: Grammar) -> Numeral | None:
    tokens = words.tokens
    if len(tokens[at].text) > _MOST_DIGITS or names_something(words, at, end, rules.digits):
        return None
    written, last = tokens[at].text, at + 1
    while last < end and len(written) <= 12 and continues(words, last, written, rules.digits):
        written, last = written + tokens[last].text, last + 1
    if not rules.hyphens and last + 1 < end and hyphened(words, last):
        following = tokens[last + 1]
        size = value_of(words.forms[last + 1], rules.adjectives)
        if size is not None and (value := decimal_of(written, rules.digits, scaled=True)) is not None:
            return Numeral(at, last + 2, value * size, scale=size, digits=True, adjective=True)
        if following.kind == "word" and (len(following.key) <= _ENDING or following.key in rules.endings | rules.ordinals):
            exact = decimal_of(written, rules.digits) if following.key in rules.endings else None
            return None if exact is None else Numeral(at, last + 2, exact, digits=True)
    part = fraction_behind(words, last, end) if written.isdecimal() else None
    last = part.last if part else last
    scaled = magnitude(words, last, end, rules) is not None
    value = decimal_of(written, rules.digits, scaled)
    return None if value is None else Numeral(at, last, value + (part.value if part else 0), digits=True)


def _spelled(words: Words, at: int, end: int, rules: Grammar) -> Numeral | None:
    """Number words: descending hundreds, tens and ones, or a magnitude standing for one of itself."""
    half = rules.halving.at(words, at, end)
    if half is not None:  # "жарты миллион"
        scaled = magnitude(words, half.last, end, rules) is not None
        return Numeral(at, half.last, Decimal("0.5")) if scaled else None
    if words.tokens[at].key in rules.articles:
        return Numeral(at, at + 1, ONE) if _sized(words, at + 1, end, rules) else None
    total, last, least = Decimal(0), at, Decimal(10**6)
    while last < end:
        if 1 <= total < 100 and total == int(total) and words.forms[last] & rules.hundreds:
            total, least, last = total * 100, Decimal(100), last + 1
            continue
        last += last > at and last + 1 < end and _joins(words, last, least, rules)
        value = value_of(words.forms[last], rules.words)
        if value is None or value >= least or (least < 10 or 10 < least < 20):
            break
        total, least, last = total + value, _floor(value), last + 1
    if last > at:
        pronoun = total == 1 and at > 0 and words.tokens[at - 1].key in rules.not_one
        return None if pronoun else Numeral(at, last, total)
    whole = value_of(words.forms[at], rules.whole)
    if whole is not None:
        return Numeral(at, at + 1, whole, scale=max((s for s in _SIZES if whole * 2 >= s), default=ONE))
    compound = next((rules.compounds[form] for form in words.forms[at] if form in rules.compounds), None)
    if compound is not None:
        return Numeral(at, at + 1, compound[0], scale=compound[1], adjective=True)
    if words.forms[at].isdisjoint(rules.magnitudes):
        return None
    return _lone_magnitude(words, at, rules)


def _sized(words: Words, at: int, end: int, rules: Grammar) -> bool:
    """Whether a magnitude or hundred follows, as in "a million", "a hundred"."""
    return at < end and (not words.forms[at].isdisjoint(rules.magnitudes) or not words.forms[at].isdisjoint(rules.hundreds))


def _joins(words: Words, at: int, least: Decimal, rules: Grammar) -> bool:
    """Whether a hyphen or a joining word leads on to a smaller number: "twenty-two", "two hundred and six"."""
    value = value_of(words.forms[at + 1], rules.words)
    if value is None or value >= least:
        return False
    return (rules.hyphens and hyphened(words, at)) or (least == 100 and words.tokens[at].key in rules.joining)


def _floor(value: Decimal) -> Decimal:
    """What the next number word must stay below: a hundred after "двести", ten after "двадцать" and in "он екі"."""
    return Decimal(100) if value >= 100 else Decimal(10) if value >= 20 or value == 10 else Decimal(1)


def _lone_magnitude(words: Words, at: int, rules: Grammar) -> Numeral | None:
    """ "миллиард долларов": a magnitude without a number counts one, if its form can be a singular."""
    token = words.tokens[at]
    readings = [r for r in rules.morphology.readings(token.key) if r.lemma in rules.magnitudes]
    numbers = {reading.number for reading in readings}
    if at and words.tokens[at - 1].key in rules.some:
        return None
    if numbers.isdisjoint(_ONE_OF) or token.key in rules.never_alone:
        return None
    scale = rules.magnitudes[readings[0].lemma]
    return Numeral(at, at + 1, scale, scale=scale, bare="plur" in numbers)


def _magnified(words: Words, number: Numeral, end: int, rules: Grammar, lowest: bool = False) -> Numeral:
    """Takes the magnitude behind the number, and further smaller groups ("3 млрд 100 млн")."""
    value, last, scale, more, bare = number.value, number.last, number.scale, False, number.bare
    if number.digits and last < end and words.tokens[last].text == "+" and words.glued(last):
        last, more = last + 1, True  # "30+ млн евро"
    extra = rules.more.at(words, last, end) if last < end else None
    if extra is not None and (extra.value or magnitude(words, extra.last, end, rules) is not None):
        value, last, more = value + (Decimal("0.5") if extra.value else 0), extra.last, more or not extra.value
    while last < end:
        sized = magnitude(words, last, end, rules)
        if sized is None or sized[0] * scale > _LARGEST:
            break
        value, scale, last, bare = value * sized[0], scale * sized[0], sized[1], number.bare
        if last < end and words.tokens[last].text == "." and words.glued(last) and _goes_on(words, last + 1, end):
            last += 1
    half = rules.more.at(words, last, end) if extra is None and scale > ONE and last < end else None
    if half is not None and half.value:
        value, last = value + scale / 2, half.last  # "31 мың жарым"
    least = scale if number.value == int(number.value) else ONE
    while least >= 1000 and last < end and not lowest:
        joined = not number.digits and words.tokens[last].key in rules.joining and last + 1 < end
        lower = _simple(words, last + joined, end, rules, lowest=True)
        if lower is None or (joined and (lower.digits or lower.scale > ONE)) or not _completes(lower, least, bare, number.digits):
            break
        value, last, bare, least = value + lower.value, lower.last, False, lower.scale
    return number if last == number.last else replace(number, last=last, value=value, scale=scale, more=more, bare=bare)


def _completes(lower: Numeral, scale: Decimal, bare: bool, digits: bool) -> bool:
    """Whether a smaller number goes on the number before it: "3 млрд 100 млн", "тысяча двести"."""
    if lower.bare or not lower.scale < scale or lower.value >= scale or (lower.scale == ONE and digits and not lower.digits):
        return False
    if lower.scale > ONE or (lower.digits and scale == 1000 and 100 <= lower.value < 1000):
        return not bare
    return not lower.digits


def _goes_on(words: Words, at: int, end: int) -> bool:
    """Whether the full stop of an abbreviated magnitude stands inside the phrase ("4 тыс. компаний")."""
    return at < end and words.tokens[at].text not in ".,;:»)"


def _hyphened(words: Words, at: int, end: int, rules: Grammar) -> Numeral | None:
    """ "два-три миллиарда": two number words in one token."""
    token = words.tokens[at]
    if token.kind != "word" or token.key.count("-") != 1:
        return None
    low, high = (value_of(_all_forms(part, rules), rules.words) for part in token.key.split("-"))
    if low is None or high is None or low >= high:
        return None
    upper = _magnified(words, Numeral(at, at + 1, high), end, rules)
    return replace(upper, value=low * upper.scale, value_max=upper.value)


def _all_forms(word: str, rules: Grammar) -> frozenset[str]:
    return frozenset((word, "=" + word, *(r.lemma for r in rules.morphology.readings(word)))) if word else frozenset()


def _spelled_range(words: Words, at: int, end: int, rules: Grammar) -> Numeral | None:
    """ "от 5 до 7 миллионов" is one number with two ends."""
    lower = _simple(words, past_sign(words, at + 1, end, rules), end, rules)
    if lower is None:
        return None
    joint = past_unit(words, lower.last, end, rules)
    if joint + 1 >= end or words.forms[joint].isdisjoint(rules.range_to):
        return None
    upper = _simple(words, past_sign(words, joint + 1, end, rules), end, rules)
    return None if upper is None else _range(at, lower, upper)


def _range(first: int, lower: Numeral, upper: Numeral) -> Numeral | None:
    """Two ends as one number; a magnitude said once belongs to both."""
    shared = lower.scale == ONE and upper.scale > ONE and lower.value * upper.scale < upper.value
    low = lower.value * upper.scale if shared else lower.value
    if low >= upper.value:
        return None
    return Numeral(first, upper.last, low, upper.value, upper.scale, digits=lower.digits)
