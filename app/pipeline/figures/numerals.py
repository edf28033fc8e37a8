"""Numbers as written: digits in groups, number words, magnitudes, ranges and fractions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from app.pipeline.figures.number_words import Grammar, grammar
from app.pipeline.words.phrasebook import Found, Words

ONE = Decimal(1)
_LARGEST = Decimal(10) ** 15  # of two magnitudes in a row ("тысяч миллиардов")
_SIZES = (Decimal(1000), Decimal(10) ** 6, Decimal(10) ** 9, Decimal(10) ** 12)
_MOST_DIGITS = 40  # nothing is counted in more
_ENDING = 3  # letters in an ending behind digits
_CLOSING = 6  # words between the upper end of a range and what closes it ("5 пен 7 млн тонна аралығында")
_JOINTS = "-‑–"
_ONE_OF = frozenset(("sing", None))  # numbers in which a magnitude may stand for one of itself


__all__ = ["Grammar", "Numeral", "grammar", "read_factor", "read_fraction", "read_numeral"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in the tokens `first`..`last`.

    `scale` is the magnitude word that it ends in (1 without one). `bare` is a magnitude alone whose form may be a
    plural ("тысячи фирм"): no number unless a hedge governs it ("больше тысячи фирм"). `more` is "с лишним",
    `adjective` a number that qualifies a noun instead of counting it ("двухмиллиардный кредит").
    """

    first: int
    last: int
    value: Decimal
    value_max: Decimal | None = None
    scale: Decimal = ONE
    bare: bool = False
    more: bool = False
    digits: bool = False
    adjective: bool = False


def read_numeral(words: Words, at: int, end: int, rules: Grammar) -> Numeral | None:
    """The number, or the range of numbers, that begins with the token `at`."""
    if not rules.openers.may(words, at):
        return None
    if words.forms[at] & rules.range_from and at + 1 < end:
        return _spelled_range(words, at, end, rules)
    number = _simple(words, at, end, rules) or _hyphened(words, at, end, rules)
    if number is None or number.bare or number.value_max is not None:
        return number
    if number.last + 1 < end:
        joint = words.tokens[number.last]
        upper = (
            _simple(words, number.last + 1, end, rules) if joint.text in rules.dashes or joint.key in rules.range_joints else None
        )
        if upper is not None and (
            _closed(words, upper, end, rules) if joint.kind == "word" else _dash_joins(words, number, upper)
        ):
            return _range(number.first, number, upper)
    return number


def _closed(words: Words, upper: Numeral, end: int, rules: Grammar) -> bool:
    """Whether a word close behind makes one range of two joined numbers."""
    near = range(upper.last, min(end, upper.last + _CLOSING))
    return any(rules.range_closed.at(words, at, end) is not None for at in near)


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
    return _magnified(words, number, end, rules, lowest)


def _digits(words: Words, at: int, end: int, rules: Grammar) -> Numeral | None:
    tokens = words.tokens
    if len(tokens[at].text) > _MOST_DIGITS or _names_something(words, at, end):
        return None
    written, last = tokens[at].text, at + 1
    while last < end and len(written) <= 12 and _continues(words, last, written):
        written, last = written + tokens[last].text, last + 1
    if last + 1 < end and words.glued(last) and tokens[last].text in _JOINTS and words.glued(last + 1):
        following = tokens[last + 1]
        size = _word(words.forms[last + 1], rules.adjectives)
        if size is not None and (value := decimal_of(written, scaled=True)) is not None:
            return Numeral(at, last + 2, value * size, scale=size, digits=True, adjective=True)
        if following.kind == "word" and (len(following.key) <= _ENDING or following.key in rules.endings):
            exact = decimal_of(written) if following.key in rules.endings else None
            return None if exact is None else Numeral(at, last + 2, exact, digits=True)
    scaled = last < end and _word(words.forms[last], rules.magnitudes) is not None
    value = decimal_of(written, scaled)
    return None if value is None else Numeral(at, last, value, digits=True)


def _continues(words: Words, at: int, written: str) -> bool:
    """Whether the token is a further group of thousands ("18 400"): three digits after one space."""
    token, before = words.tokens[at], words.tokens[at - 1]
    head = token.text.partition(",")[0]
    spaced = token.start - before.end == 1 and not written.startswith("0")
    return (
        token.kind == "number"
        and spaced
        and len(head) == 3
        and head.isdigit()
        and written.isdigit()
        and (len(written) <= 3 if len(before.text) == len(written) else True)
    )


def _names_something(words: Words, at: int, end: int) -> bool:
    """A number that belongs to a name or a code: "РИТМ-200", "«Сила Сибири – 2»", "№ 5", "14:25"."""
    tokens = words.tokens
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < end else None
    if before is not None and before.text in "№#@":
        return True
    if before is not None and words.glued(at):
        hyphened = before.text in _JOINTS and at > 1 and words.glued(at - 1) and tokens[at - 2].kind == "word"
        if hyphened or before.kind == "word" or before.text in "/:_":
            return True
    if after is not None and words.glued(at + 1):
        if after.text in ":/" and at + 2 < end and words.glued(at + 2) and tokens[at + 2].kind == "number":
            return True
        if after.text in '»”"' and before is not None and ((before.kind == "word" and before.capital) or before.text in "-–—"):
            return True
        return after.kind == "word" and len(after.text) == 1 and after.text.isupper()
    return False


def decimal_of(written: str, scaled: bool = False) -> Decimal | None:
    """Digits with a decimal comma or point; None for dates and the like ("27.11.2024").

    A point before three digits groups thousands ("1.200 человек") unless a magnitude follows ("1.234 млрд").
    """
    groups = written.replace(",", ".").split(".")
    if len(groups) == 1:
        return Decimal(written)
    if len(groups) == 2:
        thousands = not scaled and "." in written and len(groups[1]) == 3 and groups[0] != "0" and len(groups[0]) <= 3
        return Decimal("".join(groups)) if thousands else Decimal(f"{groups[0]}.{groups[1]}")
    if all(len(group) == 3 for group in groups[1:]) and len(set(written) & set(",.")) == 1:
        return Decimal("".join(groups))
    return None


def _spelled(words: Words, at: int, end: int, rules: Grammar) -> Numeral | None:
    """Number words: descending hundreds, tens and ones, or a magnitude standing for one of itself."""
    half = rules.halving.at(words, at, end)
    if half is not None:  # "жарты миллион"
        scaled = half.last < end and _word(words.forms[half.last], rules.magnitudes) is not None
        return Numeral(at, half.last, Decimal("0.5")) if scaled else None
    total, last, least = Decimal(0), at, Decimal(10**6)
    while last < end:
        if 1 < total < 10 and last == at + 1 and words.forms[last] & rules.hundreds:
            total, least, last = total * 100, Decimal(100), last + 1
            continue
        value = _word(words.forms[last], rules.words)
        if value is None or value >= least or (least < 10 or 10 < least < 20):
            break
        total, least, last = total + value, (_floor(value)), last + 1
    if last > at:
        return Numeral(at, last, total)
    whole = _word(words.forms[at], rules.whole)
    if whole is not None:
        return Numeral(at, at + 1, whole, scale=max((s for s in _SIZES if whole * 2 >= s), default=ONE))
    compound = next((rules.compounds[form] for form in words.forms[at] if form in rules.compounds), None)
    if compound is not None:
        return Numeral(at, at + 1, compound[0], scale=compound[1], adjective=True)
    if words.forms[at].isdisjoint(rules.magnitudes):
        return None
    return _lone_magnitude(words, at, rules)


def _floor(value: Decimal) -> Decimal:
    """What the next number word must stay below: a hundred after "двести", ten after "двадцать" and in "он екі"."""
    return Decimal(100) if value >= 100 else Decimal(10) if value >= 20 or value == 10 else Decimal(1)


def _lone_magnitude(words: Words, at: int, rules: Grammar) -> Numeral | None:
    """ "миллиард долларов": a magnitude without a number counts one, if its form can be a singular."""
    token = words.tokens[at]
    readings = [r for r in rules.morphology.readings(token.key) if r.lemma in rules.magnitudes]
    numbers = {reading.number for reading in readings}
    if numbers.isdisjoint(_ONE_OF) or token.key in rules.never_alone:
        return None
    scale = rules.magnitudes[readings[0].lemma]
    return Numeral(at, at + 1, scale, scale=scale, bare="plur" in numbers)


def _word(forms: frozenset[str], table: dict[str, Decimal]) -> Decimal | None:
    for form in forms:
        if form in table:
            return table[form]
    return None


def _magnified(words: Words, number: Numeral, end: int, rules: Grammar, lowest: bool = False) -> Numeral:
    """Takes the magnitude behind the number, and further smaller groups ("3 млрд 100 млн")."""
    value, last, scale, more, bare = number.value, number.last, number.scale, False, number.bare
    extra = rules.more.at(words, last, end) if last < end else None
    if extra is not None and (extra.value or (extra.last < end and _word(words.forms[extra.last], rules.magnitudes) is not None)):
        value, last, more = value + (Decimal("0.5") if extra.value else 0), extra.last, not extra.value
    while last < end:
        size = _word(words.forms[last], rules.magnitudes)
        if size is None or size * scale > _LARGEST:
            break
        value, scale, last, bare = value * size, scale * size, last + 1, number.bare
        if last < end and words.tokens[last].text == "." and words.glued(last) and _goes_on(words, last + 1, end):
            last += 1
    if scale >= 1000 and last < end and not lowest:
        lower = _simple(words, last, end, rules, lowest=True)
        if lower is not None and _completes(lower, scale, bare):
            value, last, bare = value + lower.value, lower.last, False
    return number if last == number.last else replace(number, last=last, value=value, scale=scale, more=more, bare=bare)


def _completes(lower: Numeral, scale: Decimal, bare: bool) -> bool:
    """Whether a smaller number goes on the number before it: "3 млрд 100 млн", "тысяча двести"."""
    if lower.bare or not lower.scale < scale or lower.value >= scale:
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
    low, high = (_word(_all_forms(part, rules), rules.words) for part in token.key.split("-"))
    if low is None or high is None or low >= high:
        return None
    upper = _magnified(words, Numeral(at, at + 1, high), end, rules)
    return replace(upper, value=low * upper.scale, value_max=upper.value)


def _all_forms(word: str, rules: Grammar) -> frozenset[str]:
    return frozenset((word, "=" + word, *(r.lemma for r in rules.morphology.readings(word)))) if word else frozenset()


def _spelled_range(words: Words, at: int, end: int, rules: Grammar) -> Numeral | None:
    """ "от 5 до 7 миллионов" is one number with two ends."""
    lower = _simple(words, at + 1, end, rules)
    if lower is None:
        return None
    joint = lower.last + (1 if lower.last < end and words.tokens[lower.last].text == "%" else 0)
    if joint + 1 >= end or words.forms[joint].isdisjoint(rules.range_to):
        return None
    upper = _simple(words, joint + 1, end, rules)
    return None if upper is None else _range(at, lower, upper)


def _range(first: int, lower: Numeral, upper: Numeral) -> Numeral | None:
    """Two ends as one number; a magnitude said once belongs to both."""
    shared = lower.scale == ONE and upper.scale > ONE and lower.value * upper.scale < upper.value
    low = lower.value * upper.scale if shared else lower.value
    if low >= upper.value:
        return None
    return Numeral(first, upper.last, low, upper.value, upper.scale, digits=lower.digits)


def _dash_joins(words: Words, lower: Numeral, upper: Numeral) -> bool:
    """Both sides of the dash are set alike ("5–7", "5 – 7"), and neither is a year."""
    dash = words.tokens[lower.last]
    left, right = dash.start - words.tokens[lower.last - 1].end, words.tokens[lower.last + 1].start - dash.end
    alike = left == right and left <= 1
    return alike and lower.digits == upper.digits
