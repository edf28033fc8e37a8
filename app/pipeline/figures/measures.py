"""Whether a figure is a level, a change or a share, and which way it points."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from app.domain.measure import Measure
from app.domain.record import record, replace
from app.languages.pack import Pack
from app.pipeline.figures.cue_words import Ground, Vocabulary
from app.pipeline.figures.order import verb_final
from app.pipeline.figures.quantity import Lead, Quantity
from app.pipeline.words.segment import Sentence

_GROWTH_REACH = 10  # words from "прирост" to "составил 5%"
_HEAD_REACH = 30  # words from "рост" at the head of the sentence to its figure
_ELLIPSIS = 14  # words from "составил 12%" to "а импорта – 5%"
_BEHIND_REACH = 4  # words from "на 150 тыс." to "меньше"
_ATTRIBUTES = 2  # between a figure and its word of difference ("10 percent annual growth")
_LEAST_RATIO = 50  # less than half of last year's is told otherwise
_CENT = Decimal("0.01")
# What facts are counted in where an amount is said otherwise, so that rates in a series compare.
_IN_FACTS = {"bp": ("percent", Decimal("0.01"))}


@record(frozen=True, slots=True)
class Amount:
    """What is written to the indicator: measure, signed values and unit."""

    measure: Measure
    value: Decimal
    value_max: Decimal | None
    unit: str


@record(frozen=True, slots=True)
class _Words:
    negative: frozenset[str]
    positive: frozenset[str]
    rates: frozenset[str]


@cache
def _words(pack: Pack) -> _Words:
    table = pack["indicators"]
    balance = table.get("balance", {})
    rates = table.get("rates", {}).get("words", ())
    return _Words(frozenset(balance.get("negative", ())), frozenset(balance.get("positive", ())), frozenset(rates))


def read_amount(quantity: Quantity, metric: str, ground: Ground, sentence: Sentence, known: Vocabulary, pack: Pack) -> Amount:
    """The measure of a figure whose metric is known, and its value with the sign that the words around it give."""
    measure = _measure(quantity, metric, ground, sentence, known, pack)
    direction = _direction(quantity, ground, sentence, known) if measure not in (Measure.LEVEL, Measure.SHARE_PCT) else 1
    if metric == "trade_balance" and measure is Measure.LEVEL:
        direction = _balance(quantity, ground, sentence, pack)
    low, high = exact(quantity.value), None if quantity.value_max is None else exact(quantity.value_max)
    unit = str(quantity.unit)
    if unit in _IN_FACTS:
        unit, size = _IN_FACTS[unit]
        low, high = exact(low * size), None if high is None else exact(high * size)
    if measure is Measure.SHARE_PCT and quantity.value >= _LEAST_RATIO and _ratio(quantity, ground, sentence, known):
        return Amount(Measure.CHANGE_PCT, exact(low - 100), None if high is None else exact(high - 100), unit)
    if measure is Measure.CHANGE_FACTOR:
        if direction < 0 and low:
            low = (1 / low).quantize(_CENT, ROUND_HALF_UP)
        return Amount(measure, exact(low), high, unit)
    if direction < 0:
        low, high = (-low, None) if high is None else (-high, -low)
    return Amount(measure, low, high, unit)


def exact(value: Decimal) -> Decimal:
    """The same value without trailing zeros or an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _measure(quantity: Quantity, metric: str, ground: Ground, sentence: Sentence, known: Vocabulary, pack: Pack) -> Measure:
    if quantity.kind == "factor":
        return Measure.CHANGE_FACTOR
    if quantity.kind == "points":
        return Measure.CHANGE_ABS
    by = quantity.lead is Lead.BY
    if quantity.kind == "percent":
        reached = quantity.lead in (Lead.UNTIL, Lead.FROM, Lead.TOWARD)
        if by or quantity.sign != 0 or _compared(quantity, ground, sentence, known):
            return Measure.CHANGE_PCT
        if (
            _of_growth(quantity, ground, sentence, known)
            if reached
            else grows(_listed(quantity, ground, sentence, known), ground, sentence, known)
        ):
            return Measure.CHANGE_PCT
        rate = any(ground.words.forms[n] & _words(pack).rates for n in range(sentence.first, sentence.last))
        return Measure.LEVEL if metric == "other" and rate else Measure.SHARE_PCT
    changed = by and (_behind(quantity, ground, sentence, known) is not None or _moved(quantity, ground, sentence, known))
    return Measure.CHANGE_ABS if changed else Measure.LEVEL


def _compared(quantity: Quantity, ground: Ground, sentence: Sentence, known: Vocabulary) -> bool:
    """ "5 percent lower", "a 10 percent annual growth": a word of difference behind the figure, attributes passed over."""
    words, at = ground.words, quantity.last
    while at < sentence.last and at < quantity.last + _ATTRIBUTES and any(r.pos == "adj" for r in words.readings(at)[:1]):
        if words.forms[at] & known.behind:
            return True
        at += 1
    return at < sentence.last and bool(words.forms[at] & known.behind)


def _of_growth(quantity: Quantity, ground: Ground, sentence: Sentence, known: Vocabulary) -> bool:
    """ "growth slowed to 2.7 percent": a rate of growth that came to be so much."""
    if not known.rate or verb_final(ground.words.pack):
        return False
    return any(ground.words.forms[at] & known.rate for at in _clause_back(quantity, ground, sentence, _GROWTH_REACH))


def _listed(quantity: Quantity, ground: Ground, sentence: Sentence, known: Vocabulary) -> Quantity:
    """The same figure seen from the head of its list: "rose by 20.3 percent, 10 percent and 9 percent"."""
    words, first = ground.words, quantity.first
    behind = words.tokens[quantity.last] if quantity.last < sentence.last else None
    if not words.number(first) or (behind is not None and behind.kind == "word" and behind.key not in known.joining):
        return quantity  # "rose by 23%, almost 60% of payments …"
    while first - 3 >= sentence.first:
        at = first - 1
        while at > sentence.first and at > first - 3 and (words.tokens[at].text == "," or words.tokens[at].key in known.joining):
            at -= 1
        if at == first - 1 or not (words.forms[at] & known.percent) or not words.number(at - 1):
            break
        first = at - 1
    return quantity if first == quantity.first else replace(quantity, first=first)


def grows(quantity: Quantity, ground: Ground, sentence: Sentence, known: Vocabulary) -> bool:
    """A word of growth or fall in the same clause, close before the figure ("прибавил 15%", "рост составил 5%").

    What grew "и составила 21,3%" is a level again.
    """
    levelled = False
    if verb_final(ground.words.pack):
        return _changes_behind(quantity, ground, sentence, known) or _noun_of_change(quantity, ground, sentence, known)
    near = quantity.first - _GROWTH_REACH
    for at in _clause_back(quantity, ground, sentence, _HEAD_REACH):
        forms = ground.words.forms[at]
        if forms & known.percent:
            return _goes_on(quantity, ground, sentence, known)
        if at < near and (at > sentence.first + 1 or ground.words.verb(at)):
            continue  # farther off only the subject of the sentence tells: "Рост товарооборота … составил 5%"
        if forms & (known.up | known.down) and not (at and ground.words.forms[at - 1] & known.idle):
            return not (levelled and ground.words.verb(at))
        levelled = levelled or bool(forms & known.levels)
    return _goes_on(quantity, ground, sentence, known)


def _goes_on(quantity: Quantity, ground: Ground, sentence: Sentence, known: Vocabulary) -> bool:
    """ "Рост экспорта составил 12%, импорта – 5%": a clause without a verb, which goes on with the growth told before it.

    A share says what it is ("а доля Китая – 30%", "30% пришлось на Китай").
    """
    words = ground.words
    if _told_behind(quantity, ground, sentence):
        return False
    for at in range(quantity.first - 1, max(sentence.first, quantity.first - _ELLIPSIS) - 1, -1):
        if words.forms[at] & known.percent:
            while at > sentence.first and words.number(at - 1):
                at -= 1
            rate = not any(r.pos == "adp" for r in words.readings(at - 1)[:1])  # "вырос на 12%, из них 5% – зерно" is none
            return rate and not ground.joined(at, quantity.first) and grows(replace(quantity, first=at), ground, sentence, known)
        if words.verb(at) or words.forms[at] & known.portions:
            return False
    return False


def _told_behind(quantity: Quantity, ground: Ground, sentence: Sentence) -> bool:
    """Whether the clause has its verb, or what the figure is of, behind the figure."""
    words = ground.words
    for at in range(quantity.last, min(sentence.last, quantity.last + _GROWTH_REACH)):
        if words.tokens[at].kind != "word" or ground.hard[at + 1] > ground.hard[at]:
            return False
        if words.verb(at) or any(r.pos == "noun" and r.case == "gen" for r in words.readings(at)[:1]):
            return True
    return False


def _ratio(quantity: Quantity, ground: Ground, sentence: Sentence, known: Vocabulary) -> bool:
    """ "98,7% к прошлому году" is so much of what it was: down by 1.3."""
    at, words = quantity.last, ground.words
    if at >= sentence.last or words.tokens[at].key not in known.ratio:
        return False
    return any(words.forms[n] & known.compared for n in range(at + 1, min(sentence.last, at + 1 + _BEHIND_REACH)))


def _moved(quantity: Quantity, ground: Ground, sentence: Sentence, known: Vocabulary) -> bool:
    """ "увеличит мощность ещё на 25 млн тонн": the nearest verb of the clause, or a noun nearer still, is one of change."""
    if verb_final(ground.words.pack):
        return _changes_behind(quantity, ground, sentence, known)
    for at in _clause_back(quantity, ground, sentence, _GROWTH_REACH):
        if ground.words.forms[at] & (known.up | known.down):
            return True
        if ground.words.verb(at):
            return False
    return False


def _changes_behind(quantity: Quantity, ground: Ground, sentence: Sentence, known: Vocabulary) -> bool:
    """Whether the first verb behind, or a noun nearer still, is one of change ("30 пайыз өсті")."""
    for at in range(quantity.last, min(sentence.last, quantity.last + _GROWTH_REACH)):
        if ground.hard[at + 1] > ground.hard[at]:
            return False
        if ground.words.forms[at] & (known.up | known.down):
            return True
        if ground.words.verb(at) or ground.words.number(at):
            return False
    return False


def _noun_of_change(quantity: Quantity, ground: Ground, sentence: Sentence, known: Vocabulary) -> bool:
    """The same before the figure, up to the verb of the clause before ("өсім 5 пайызды құрады")."""
    for at in _clause_back(quantity, ground, sentence, _GROWTH_REACH):
        changes = not ground.words.forms[at].isdisjoint(known.up | known.down)
        if changes and not any(r.verb in ("fin", "conv", "cond") for r in ground.words.readings(at)[:1]):
            return True
        if changes or ground.words.verb(at) or ground.words.forms[at] & known.percent:
            return False
    return False


def _clause_back(quantity: Quantity, ground: Ground, sentence: Sentence, reach: int) -> Iterator[int]:
    """The tokens before a figure, nearest first, as far as its clause goes."""
    for at in range(quantity.first - 1, max(sentence.first, quantity.first - reach) - 1, -1):
        if ground.hard[at + 1] > ground.hard[at]:
            return
        yield at


def _direction(quantity: Quantity, ground: Ground, sentence: Sentence, known: Vocabulary) -> int:
    """-1 for a fall: by the written sign, a comparative behind, the nearest word of change before, or one behind."""
    if quantity.sign:
        return quantity.sign
    words = ground.words
    if quantity.lead is Lead.UNTIL and _of_growth(quantity, ground, sentence, known):
        return 1
    behind = _behind(quantity, ground, sentence, known)
    if behind is not None:
        return -1 if words.forms[behind] & known.down else 1
    before, ahead = range(quantity.first - 1, sentence.first - 1, -1), range(quantity.last, sentence.last)
    for at in (*ahead, *before) if verb_final(words.pack) else (*before, *ahead):
        if words.forms[at] & known.down:
            return -1
        if words.forms[at] & known.up:
            return 1
    return 1


def _behind(quantity: Quantity, ground: Ground, sentence: Sentence, known: Vocabulary) -> int | None:
    """ "на 150 тыс. меньше": the comparative behind the figure."""
    for at in range(quantity.last, min(sentence.last, quantity.last + _BEHIND_REACH)):
        if ground.words.tokens[at].text in ",;:()":
            return None
        if ground.words.forms[at] & known.behind:
            return at
    return None


def _balance(quantity: Quantity, ground: Ground, sentence: Sentence, pack: Pack) -> int:
    """A deficit is negative: the nearest word to the left that leans either way."""
    leaning = _words(pack)
    for at in range(quantity.first - 1, sentence.first - 1, -1):
        if ground.words.forms[at] & leaning.negative:
            return -1
        if ground.words.forms[at] & leaning.positive:
            return 1
    return 1
