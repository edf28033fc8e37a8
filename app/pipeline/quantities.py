"""Amounts in the text: a number with its unit or counted noun, its hedge and its preposition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from app.domain.measure import Comparator, Per
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.hedges import changes, hedge, hedged_after, levelled
from app.pipeline.numerals import Grammar, Numeral, grammar, read_factor, read_fraction, read_numeral
from app.pipeline.phrasebook import Found, Words
from app.pipeline.segment import Layout, Sentence
from app.pipeline.units import Unit, Units, units

_SUMS = 10**9  # nothing is counted in billions: "проектов ещё на 1,2 млрд"
_LENDERS = 12  # figures back from which one without a unit may take it
_REACH = 60  # tokens back to the noun that a bare number counts


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount: the tokens `first`..`last` run from the hedge to the unit or counted noun.

    `kind` is money, percent, points, factor, physical, count, or bare (no unit of its own: "выйти на 10 млрд").
    `counted` is the dictionary form of the counted noun, `sign` -1 or 1 for a written sign, `preposition` the word
    that leads in the number ("на 5 %" is a change, "в 2 раза" a factor), `carried` tells that the unit is a neighbour's;
    `departs` that a change starts from it ("с 53 до 70");
    `magnitude` and `size` are the factors that the magnitude word and the unit contributed to the value.
    """

    span: Span
    as_written: str
    first: int
    last: int
    number: int
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    kind: str
    comparator: Comparator = Comparator.EQ
    counted: str | None = None
    per: Per | None = None
    preposition: str | None = None
    sign: int = 0
    magnitude: Decimal = Decimal(1)
    size: Decimal = Decimal(1)
    carried: bool = False
    departs: bool = False

    @property
    def scaled(self) -> bool:
        """Whether a magnitude word is part of the number."""
        return self.magnitude > 1


def find_quantities(layout: Layout, pack: Pack) -> tuple[Quantity, ...]:
    """Every amount in the text, in its order; dates, ages, clock times, ordinals and names are none."""
    reader = _Reader(layout, Words.of(layout, pack), grammar(pack), units(pack), pack)
    found: list[Quantity] = []
    for sentence in layout.sentences:
        here: list[Quantity] = []
        at = start = sentence.first
        while at < sentence.last:
            quantity, at = _read(reader, at, start, sentence)
            if quantity is not None:
                here.append(quantity)
                start = quantity.last
        found.extend(_carry(here, found, sentence.first, reader))
    return tuple(found)


def _read(reader: _Reader, at: int, start: int, sentence: Sentence) -> tuple[Quantity | None, int]:
    """The quantity that begins at the token, if one does, and the token to go on from."""
    words, end = reader.words, sentence.last
    share = read_fraction(words, at, end, reader.numbers)
    number = None if share is not None and share.last - share.first > 1 else read_numeral(words, at, end, reader.numbers)
    if number is not None:
        tail = hedged_after(words, number.last, end, reader.pack)
        unit = reader.units.after(words, tail[0] if tail else number.last, end)
        if unit is None or unit.kind == "count":
            unit = reader.units.sign(words, number.first, start) or unit
        if unit is not None and unit.kind == "count" and number.scale >= _SUMS:
            unit = None
        after = max(number.last, unit.last if unit else 0)
        return (reader.assemble(number, unit, start, sentence) if reader.counts(number, unit, start, sentence) else None), after
    for kind, read in (("percent", read_fraction), ("factor", read_factor)):
        found = read(words, at, end, reader.numbers)
        if found is not None and not (kind == "percent" and reader.timed(found, sentence)):
            whole = Numeral(found.first, found.last, found.value)
            return reader.assemble(whole, Unit(kind, kind, Decimal(1), found.last), start, sentence), found.last
    return None, at + 1


@dataclass(frozen=True, slots=True)
class _Reader:
    """What reading one document needs."""

    layout: Layout
    words: Words
    numbers: Grammar
    units: Units
    pack: Pack

    def counts(self, number: Numeral, unit: Unit | None, start: int, sentence: Sentence) -> bool:
        """Whether the number is an amount: not of time, not a year, and not the plural in "тысячи людей"."""
        if unit is not None and unit.kind == "never":
            return False
        if number.bare:
            leading = hedge(self.words, number.first, start, sentence.first, self.pack, relative=False)
            return (leading.hedged and leading.preposition is None) or leading.preposition in ("до", "от")
        if unit is None and number.digits and number.scale == 1:
            year = number.value == int(number.value) and 1800 <= number.value <= 2199
            return not year or levelled(self.words, number.first, start, self.pack)
        if unit is not None and unit.kind == "factor":
            before = hedge(self.words, number.first, start, sentence.first, self.pack, relative=True)
            return before.preposition in ("в", "во") or changes(self.words, number.first, unit.last, sentence, self.pack)
        if unit is not None and unit.kind == "count" and number.digits and number.scale == 1 and 1900 <= number.value <= 2100:
            return number.first == start or self.words.tokens[number.first - 1].key not in ("в", "с", "до", "к")
        return unit is not None or number.value_max is None or number.scale > 1

    def timed(self, share: Found[Decimal], sentence: Sentence) -> bool:
        """ "первая половина года", "четверть века": a fraction of time is no figure."""
        words, rules = self.words, self.numbers
        before = share.first > sentence.first and words.forms[share.first - 1] & rules.not_behind
        return bool(before or (share.last < sentence.last and words.forms[share.last] & rules.not_before))

    def assemble(self, number: Numeral, unit: Unit | None, start: int, sentence: Sentence) -> Quantity:
        """The quantity with its hedge, its span and its value in base units."""
        words, end, kind = self.words, sentence.last, unit.kind if unit else "bare"
        left = number.first if unit is None or unit.first is None else min(number.first, unit.first)
        sign = _sign(words, left, start)
        leading = hedge(words, left, start, sentence.first, self.pack, relative=kind in ("percent", "points", "factor"))
        last = _without_stop(words, max(number.last, unit.last if unit else 0))
        comparator = leading.comparator
        if comparator is Comparator.EQ and number.more:
            comparator = Comparator.GT
        tail = hedged_after(words, number.last, end, self.pack) or hedged_after(words, last, end, self.pack)
        if comparator is Comparator.EQ and tail is not None:
            last, comparator = max(last, tail[0]), tail[1]
        size = unit.multiplier if unit else Decimal(1)
        span = Span(words.tokens[leading.first].start, words.tokens[last - 1].end)
        return Quantity(
            span=span,
            as_written=span.of(self.layout.text),
            first=leading.first,
            last=last,
            number=number.first,
            value=number.value * size,
            value_max=None if number.value_max is None else number.value_max * size,
            unit=unit.code if unit else None,
            kind=kind,
            comparator=comparator,
            counted=unit.counted if unit else None,
            per=self.units.per(words, leading.first, last, start, end),
            preposition=leading.preposition,
            sign=sign,
            magnitude=number.scale,
            size=size,
        )


def _without_stop(words: Words, last: int) -> int:
    return last - 1 if words.tokens[last - 1].text == "." else last


def _sign(words: Words, at: int, start: int) -> int:
    """A plus or minus written right before the number ("+30,6%")."""
    if at - 1 < start or not words.glued(at):
        return 0
    mark = words.tokens[at - 1].text
    free = at - 2 < start or not words.glued(at - 1) or words.tokens[at - 2].text in "(["
    return 0 if not free else 1 if mark == "+" else -1 if mark in "-−–" else 0


def _carry(here: list[Quantity], earlier: list[Quantity], start: int, reader: _Reader) -> list[Quantity]:
    """Gives numbers without a unit the unit of their neighbours, and drops those that stay without any.

    "с 28 до 48 миллионов тонн" lends backwards, "24,1 миллиарда долларов, …превысил 19 миллиардов" forwards.
    """
    out: list[Quantity] = list(here)
    for n, quantity in enumerate(out):
        if quantity.kind == "bare":
            lender = next((q for q in reversed(out[max(0, n - _LENDERS) : n]) if _lends(q, quantity, reader.words)), None)
            out[n] = (
                _lend(quantity, lender, back=False)
                if lender
                else _count(quantity, out[n + 1 : n + 2], max(start, quantity.first - _REACH), reader)
            )
    for n in range(len(out) - 2, -1, -1):
        if out[n].kind in ("bare", "count") and out[n].counted is None and _from_to(out[n], out[n + 1]):
            out[n] = _lend(out[n], out[n + 1], back=True)
        elif out[n].per is None and _from_to(out[n], out[n + 1]):
            out[n] = replace(out[n], per=out[n + 1].per)
    for n, quantity in enumerate(out):
        if quantity.kind == "bare" and quantity.scaled:
            lender = next((q for q in out[n + 1 : n + 3] if not q.carried and _lends(q, quantity, reader.words)), None)
            lender = lender or next((q for q in reversed(earlier[-_LENDERS:]) if _lends(q, quantity, reader.words)), None)
            out[n] = _lend(quantity, lender, back=False) if lender else quantity
    out = [q for n, q in enumerate(out) if not (n and _priced(out[n - 1], q))]
    for n in range(1, len(out)):
        if out[n].comparator is Comparator.LE and _reached(out[n - 1], out[n], reader.words):
            out[n] = replace(out[n], comparator=Comparator.EQ)
    starts = (
        (n + 1 < len(out) and _from_to(out[n], out[n + 1])) or (n > 0 and _to_from(out[n - 1], out[n])) for n in range(len(out))
    )
    out = [replace(q, departs=True) if departs else q for q, departs in zip(out, list(starts), strict=True)]
    return [q for q in out if q.kind != "bare" or q.scaled]


def _count(quantity: Quantity, following: list[Quantity], start: int, reader: _Reader) -> Quantity:
    """A bare number counts what "число", or in "с двух до четырёх" any counted noun, names before it."""
    ends = (bool(following) and _from_to(quantity, following[0]) and following[0].kind == "bare") or quantity.preposition == "до"
    told = quantity.magnitude == 1000 and levelled(reader.words, quantity.first, start, reader.pack)
    anywhere = told or (ends and not quantity.scaled)
    counted = reader.units.counted_before(reader.words, quantity.first, start, anywhere=anywhere)
    if counted is None:
        return quantity
    rate = quantity.per or reader.units.rate(reader.words, start, quantity.first)
    return replace(quantity, kind="count", unit="count", counted=counted, carried=True, per=rate)


def _priced(price: Quantity, amount: Quantity) -> bool:
    """ "128 долларов за тысячу кубометров": what the price is for, and no amount of its own."""
    return (
        price.kind == "money"
        and amount.preposition == "за"
        and amount.first - price.last <= 1
        and amount.value <= 1000 * amount.size
    )


def _reached(change: Quantity, level: Quantity, words: Words) -> bool:
    """ "импорт – на 29,5%, до 833,5 млн": behind a change, "до" tells where it led."""
    between = words.tokens[change.last : level.first]
    changed = change.kind in ("percent", "points", "factor") and change.preposition in ("на", "в")
    return changed and words.tokens[level.first].key == "до" and all(t.kind == "mark" for t in between) and len(between) <= 2


def _from_to(lower: Quantity, upper: Quantity) -> bool:
    """ "с 53 до 70": the two ends of a change, side by side."""
    return (
        lower.preposition in ("с", "со", "от")
        and upper.preposition == "до"
        and 0 <= upper.first - lower.last <= (3 if lower.per else 1)
    )


def _to_from(upper: Quantity, lower: Quantity) -> bool:
    """ "до 80 процентов с 57": the same the other way round."""
    return upper.preposition == "до" and lower.preposition in ("с", "со") and 0 <= lower.first - upper.last <= 1


def _lends(lender: Quantity, borrower: Quantity, words: Words) -> bool:
    """Whether a number may be of the same kind: magnitudes go with money and amounts, small numbers with counts."""
    if borrower.scaled:
        alike = lender.kind in ("money", "physical") or (lender.kind == "count" and borrower.value < 10**9)
        return alike and (lender.scaled or lender.value >= 1000)
    measures = units(words.pack)
    near = 0 < borrower.first - lender.last <= 8
    if lender.kind == "factor":
        return near and borrower.preposition in ("в", "во")
    if lender.preposition == "до" and borrower.preposition in ("с", "со"):
        return borrower.first - lender.last <= 1
    ends = borrower.last >= len(words.tokens) or words.tokens[borrower.last].kind == "mark"
    counts = lender.kind == "count" and lender.value < 10**5 and lender.counted not in measures.never
    return (
        counts and near and (ends or borrower.per is not None or measures.part(words, borrower.first, max(0, borrower.first - 4)))
    )


def _lend(borrower: Quantity, lender: Quantity, back: bool) -> Quantity:
    scale = lender.size * (lender.magnitude if back and not borrower.scaled else 1)
    return replace(
        borrower,
        unit=lender.unit,
        kind=lender.kind,
        counted=lender.counted,
        carried=True,
        value=borrower.value * scale,
        per=borrower.per or (lender.per if back else None),
    )
