"""Amounts in the text: a number with its unit or counted noun, its hedge and its preposition."""

from __future__ import annotations

from decimal import Decimal

from app.domain.measure import Comparator
from app.domain.record import record, replace
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.figures.compounds import part_of_unit, share_units, with_coins
from app.pipeline.figures.days import Days, days
from app.pipeline.figures.digits import hyphened
from app.pipeline.figures.hedges import changes, during, hedge, levelled
from app.pipeline.figures.lending import lend_units
from app.pipeline.figures.numerals import Grammar, Numeral, grammar, read_factor, read_fraction, read_numeral
from app.pipeline.figures.quantity import OF_TIME, Lead, Quantity
from app.pipeline.figures.tails import compared_behind, lead_by_case, near_by_case, read_tail
from app.pipeline.figures.units import Unit, Units, units
from app.pipeline.words.phrasebook import Found, Words
from app.pipeline.words.segment import Layout, Sentence

__all__ = ["Quantity", "find_quantities"]

_BEYOND = 10**24  # nothing on earth is so many; decimals of the usual precision stay exact below it
_SUMS = 10**9  # nothing is counted in billions: "проектов ещё на 1,2 млрд"


def find_quantities(layout: Layout, pack: Pack) -> tuple[Quantity, ...]:
    """Every amount in the text, in its order; dates, ages, clock times, ordinals and names are none."""
    reader = _Reader(layout, Words.of(layout, pack), grammar(pack), units(pack), days(pack), pack)
    found: list[Quantity] = []
    for sentence in layout.sentences:
        here: list[Quantity] = []
        past = start = sentence.first
        for at in reader.numbers.amounts.between(reader.words, sentence.first, sentence.last):
            if at < past:
                continue
            quantity, past = _read(reader, at, start, sentence)
            if quantity is not None:
                here.append(quantity)
                start = quantity.last
        lent = lend_units(share_units(here, reader.words, reader.numbers), found, sentence.first, reader.words)
        found.extend([quantity for quantity in lent if max(quantity.value, quantity.value_max or 0) < _BEYOND])
    return tuple(found)


def _read(reader: _Reader, at: int, start: int, sentence: Sentence) -> tuple[Quantity | None, int]:
    """The quantity that begins at the token, if one does, and the token to go on from."""
    words, end = reader.words, sentence.last
    phrase = read_fraction(words, at, end, reader.numbers) or read_factor(words, at, end, reader.numbers)
    number = None if phrase is not None and phrase.last - phrase.first > 1 else read_numeral(words, at, end, reader.numbers)
    if number is not None:
        tail = read_tail(words, number.last, end, reader.pack)
        behind = tail.last if tail else number.last
        unit = reader.units.after(words, behind, end, number.value == 1 and number.value_max is None)
        if unit is not None and number.scale > 1:
            unit = reader.units.magnified(words, unit, behind, end)
        unit = unit and reader.often(number, unit, sentence)
        if unit is None or unit.kind == "count":
            unit = reader.signed(number, start) or unit
        if unit is not None and unit.kind == "count" and (number.scale >= _SUMS or number.adjective):
            unit = None
        if unit is not None:
            number, unit = with_coins(words, number, unit, end, reader.numbers, reader.units)
        turned = reader.inverted(number, unit, start)
        if turned is not None:
            return reader.about(*turned, start, sentence), max(number.last, unit.last if unit else 0)
        after = max(number.last, unit.last if unit else 0)
        return (reader.assemble(number, unit, start, sentence) if reader.counts(number, unit, start, sentence) else None), after
    for kind, read in (("percent", read_fraction), ("factor", read_factor)):
        found = read(words, at, end, reader.numbers)
        part = kind == "percent" and found and part_of_unit(words, found, end, reader.numbers, reader.units)
        if found and part and not reader.numbered(found, sentence):
            return reader.assemble(*part, start, sentence), part[1].last if part[1] else part[0].last
        if found is not None and not (kind == "percent" and reader.timed(found, sentence)):
            whole = Numeral(found.first, found.last, found.value)
            return reader.assemble(whole, Unit(kind, kind, Decimal(1), found.last), start, sentence), found.last
    return None, at + 1


@record(frozen=True, slots=True)
class _Reader:
    """What reading one document needs."""

    layout: Layout
    words: Words
    numbers: Grammar
    units: Units
    days: Days
    pack: Pack

    def counts(self, number: Numeral, unit: Unit | None, start: int, sentence: Sentence) -> bool:
        """Whether the number is an amount: not of time, not a year, and not the plural in "тысячи людей"."""
        if (unit is not None and unit.kind == "never") or self.dated(number, unit, sentence):
            return False
        if self.indefinite(number) and (unit is None or unit.kind in ("count", "physical")):
            return False
        if number.bare:
            leading = hedge(self.words, number.first, start, sentence.first, self.pack, relative=False)
            return (leading.hedged and leading.lead is None) or leading.lead in (Lead.UNTIL, Lead.FROM)
        if unit is None and number.digits and number.scale == 1:
            year = number.value == int(number.value) and 1800 <= number.value <= 2199
            return not year or levelled(self.words, number.first, start, self.pack)
        if unit is not None and unit.kind == "factor" and self.units.always_factor:
            return True
        if unit is not None and unit.kind == "factor":
            before = hedge(self.words, number.first, start, sentence.first, self.pack, relative=True)
            return before.lead is Lead.INTO or changes(self.words, number.first, unit.last, sentence, self.pack)
        if unit is not None and unit.kind == "count" and number.digits and number.scale == 1 and 1900 <= number.value <= 2100:
            before = hedge(self.words, number.first, start, sentence.first, self.pack, relative=False)
            return before.lead not in (Lead.INTO, Lead.FROM, Lead.UNTIL, Lead.TOWARD)
        return unit is not None or number.value_max is None or number.scale > 1

    def indefinite(self, number: Numeral) -> bool:
        """Whether the number is one word that stands for "one" and for "a"."""
        return number.last - number.first == 1 and not self.words.forms[number.first].isdisjoint(self.numbers.indefinite)

    def signed(self, number: Numeral, start: int) -> Unit | None:
        """The sign of money before a number, or before the lower end of a range that a word opens."""
        opened = number.value_max is not None and not self.words.number(number.first)
        if not opened:
            minus = number.first - 1 > start and self.words.tokens[number.first - 1].text in "-−–"
            at = number.first - (minus and self.words.glued(number.first))  # "$-136 million"
            return self.units.sign(self.words, at, start)
        sign = self.units.sign(self.words, number.first + 2, number.first + 1) if number.first + 2 < number.last else None
        return sign and replace(sign, first=None)

    def often(self, number: Numeral, unit: Unit, sentence: Sentence) -> Unit:
        """ "five times" is how often, where nothing beside it tells of a change and the number is whole."""
        if self.units.chain is None or unit.kind != "factor" or number.value != int(number.value):
            return unit
        if changes(self.words, number.first, unit.last, sentence, self.pack):
            return unit
        return Unit("count", "count", Decimal(1), unit.last, self.units.often)

    def dated(self, number: Numeral, unit: Unit | None, sentence: Sentence) -> bool:
        """Whether the digits are a day beside its month, or a year, where such dates are written with bare numbers."""
        if not self.days.bare or not number.digits or number.scale > 1 or (unit is not None and unit.kind != "count"):
            return False
        if self.days.beside_month(self.words, number.first, number.last, sentence):
            return True
        year = len(self.words.tokens[number.first].text) == 4 and 1800 <= number.value <= 2199
        return year and not hedge(self.words, number.first, sentence.first, sentence.first, self.pack, relative=False).hedged

    def inverted(self, number: Numeral, unit: Unit | None, start: int) -> tuple[Numeral, Unit | None, Lead | None] | None:
        """ "миллиардов пять", "процентов на двадцать": the magnitude or unit before its number makes it about so many."""
        words, at = self.words, number.first - 1
        form = self.numbers.inverted
        if form is None or number.scale > 1 or number.value_max is not None or (number.digits and number.value >= 1000):
            return None
        lead = hedge(words, number.first, at, at, self.pack, relative=False).lead if at > start else None
        at -= lead is not None
        if at < start or not form.at(words, at):
            return None
        size = next((self.numbers.magnitudes[form] for form in words.forms[at] if form in self.numbers.magnitudes), None)
        if size is not None and len(words.tokens[at].key) > 4:
            return replace(number, first=at, value=number.value * size, scale=size), unit, lead
        before = self.units.after(words, at, number.first)
        counts = unit is not None and (unit.kind != "count" or before is None or before.kind != "percent")
        if before is None or before.kind not in ("percent", "money") or counts:
            return None
        return replace(number, first=at), replace(before, last=number.last), lead

    def about(self, number: Numeral, unit: Unit | None, lead: Lead | None, start: int, sentence: Sentence) -> Quantity:
        """An inverted amount, approximate by its word order."""
        quantity = self.assemble(number, unit, start, sentence)
        comparator = Comparator.APPROX if quantity.comparator is Comparator.EQ else quantity.comparator
        return replace(quantity, comparator=comparator, lead=lead or quantity.lead)

    def timed(self, share: Found[Decimal], sentence: Sentence) -> bool:
        """ "первая половина года", "четверть века": a fraction of time is no figure."""
        words, rules = self.words, self.numbers
        hyphen = rules.hyphens and share.last < sentence.last and hyphened(words, share.last)  # "a half-brother"
        behind = share.last < sentence.last and words.forms[share.last] & rules.not_before
        return hyphen or bool(behind) or self.numbered(share, sentence)

    def numbered(self, share: Found[Decimal], sentence: Sentence) -> bool:
        """Whether the share is told by its place in a row: "первая половина", or tells one itself: "a third person"."""
        words, rules = self.words, self.numbers
        before = share.first > sentence.first and words.forms[share.first - 1] & rules.not_behind
        place = share.last < sentence.last and words.tokens[share.last - 1].key in rules.places
        named = place and any(r.pos in ("noun", "adj") for r in words.readings(share.last)[:1])
        return bool(before) or bool(named)

    def minus(self, at: int, start: int) -> bool:
        """The word for a minus before a number ("minus 12 degrees"), and not in "plus or minus 3"."""
        said = at > start and self.words.tokens[at - 1].key in self.numbers.minus
        return said and (at - 1 <= start or self.words.forms[at - 2].isdisjoint(self.numbers.listing))

    def assemble(self, number: Numeral, unit: Unit | None, start: int, sentence: Sentence) -> Quantity:
        """The quantity with its hedge, its span and its value in base units."""
        words, end, kind = self.words, sentence.last, unit.kind if unit else "bare"
        left = number.first if unit is None or unit.first is None else min(number.first, unit.first)
        inner = left < number.first and words.tokens[number.first - 1].text in "-−–"  # "$-136 million"
        sign = -1 if inner or self.minus(left, start) else _sign(words, left, start)
        relative = kind in ("percent", "points", "factor")
        leading = hedge(words, left, start, sentence.first, self.pack, relative=relative)
        if unit is not None and unit.code in OF_TIME:
            leading = during(words, leading, left, self.pack)
        last = _without_stop(words, max(number.last, unit.last if unit else 0))
        comparator = leading.comparator
        if comparator is Comparator.EQ and number.more:
            comparator = Comparator.GT
        tail = read_tail(words, number.last, end, self.pack) or read_tail(words, last, end, self.pack)
        if tail is not None and (comparator is Comparator.EQ or tail.comparator is None):
            last = max(last, tail.last)
        compared = compared_behind(words, last, end, self.pack)
        if comparator is Comparator.EQ:
            near = Comparator.APPROX if words.tokens[number.last - 1].key in self.numbers.about else comparator
            comparator = (tail.comparator if tail else None) or compared or near_by_case(words, last, self.pack) or near
        lead = leading.lead or (tail.lead if tail else None)
        if lead is None and tail is None and compared is None:
            before = start if start == leading.first and start > sentence.first else 0
            lead = lead_by_case(words, last, end, before, self.pack, relative=relative)
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
            per=self.units.per(words, leading.first, last, start, sentence.first, end),
            lead=lead,
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
