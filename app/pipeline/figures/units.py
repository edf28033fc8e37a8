"""What a number counts: currencies, physical units, percent, and the nouns that news about relations counts."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from app.domain.measure import Per
from app.domain.record import record, replace
from app.languages.pack import Pack
from app.pipeline.figures.digits import hyphened
from app.pipeline.figures.endings import past_ending
from app.pipeline.figures.government import Governed
from app.pipeline.figures.izafet import Izafet
from app.pipeline.figures.nouns import Chain, before_attributes, opens_clause
from app.pipeline.figures.quantity import Quantity
from app.pipeline.words.phrasebook import Openers, Phrases, Words

_PER_NEAR = 4  # words between an amount and "в год"
_PER_REACH = 8  # words between "в год" and the number it rates
_NOUNS = ("noun", "propn")
_ADJECTIVES = 4  # attributes between a number and the noun it counts


@record(frozen=True, slots=True)
class Unit:
    """A unit that ends before the token `last`; `first` is set where it stands before the number ("$5 млрд").

    `kind` is money, percent, points, factor, physical, count, or never (time, age, temperature: no figure).
    """

    kind: str
    code: str
    multiplier: Decimal
    last: int
    counted: str | None = None
    first: int | None = None


@record(frozen=True, slots=True)
class Units:
    """The units of a pack, compiled."""

    table: Phrases[tuple[str, str, Decimal]]
    counted: Phrases[str]
    counting: frozenset[str]
    counting_of: frozenset[str]  # between such a word and what it counts ("the number of flights")
    implied: Phrases[str]
    never: frozenset[str]
    among: Phrases[bool]
    often: str
    joining: frozenset[str]
    times: frozenset[str]
    always_factor: bool
    izafet: Izafet | None
    plural: Governed
    noun: Governed
    timed: frozenset[str | None]
    chain: Chain | None
    scaled: Phrases[tuple[str, str]]
    no_rate: frozenset[str]
    after_number: Phrases[Per]
    around: Phrases[Per]
    rates: Openers

    def magnified(self, words: Words, unit: Unit, at: int, end: int) -> Unit:
        """What a unit is behind a magnitude: "5 million pounds" are money."""
        found = self.scaled.at(words, at, end)
        return unit if found is None else Unit(found.value[0], found.value[1], Decimal(1), found.last)

    def after(self, words: Words, at: int, end: int, one: bool = False) -> Unit | None:
        """The unit or counted noun behind the number that ends before the token `at`, with an ending glued to it ("7%-ға")."""
        unit = self._after(words, at, end, one)
        last = 0 if unit is None else past_ending(words, unit.last, end)
        return unit if unit is None or last == unit.last else replace(unit, last=last)

    def _after(self, words: Words, at: int, end: int, one: bool) -> Unit | None:
        if at < end and words.tokens[at].text == "." and words.glued(at):
            at += 1
        if at + 1 < end and words.tokens[at].kind == "mark" and words.tokens[at + 1].kind == "number" and words.glued(at + 1):
            return None  # "$3 billion. ¥10,000": the sign is of the next number
        tied = self.chain is not None and at + 1 < end and hyphened(words, at)  # "a 10-km road"
        at += tied
        if at >= end:
            return None
        if not tied and at + 1 < end and hyphened(words, at):  # "50-процентный рост"
            adjective = self.table.at(words, at + 1, end)
            return Unit(*adjective.value, adjective.last) if adjective and adjective.value[0] == "percent" else None
        if words.forms[at] & self.times:
            rated = at + 1 < end and self.after_number.at(words, at + 1, end) is not None
            return (
                Unit("count", "count", Decimal(1), at + 1, self.often) if rated else Unit("factor", "factor", Decimal(1), at + 1)
            )
        found = self.table.at(words, at, end)
        if found is not None:
            kind, code, multiplier = found.value
            if kind == "never" and self.timed and not any(r.case in self.timed for r in words.readings(found.last - 1)):
                return None
            if kind != "never" or not self.counted.at(words, at, end):
                return Unit(kind, code, multiplier, found.last)
        if self.chain is not None:
            return _tied(words, at) if tied else self._head(words, at, end, one, self.chain)
        if self.izafet is not None:
            named = self.izafet.head(words, at, end, self.counted)
            last = self._joined(words, named.last, end) if named else at
            return Unit("count", "count", Decimal(1), last, named.value) if named else None
        return self._noun(words, at, end)

    def _head(self, words: Words, at: int, end: int, one: bool, chain: Chain) -> Unit | None:
        """The head of a chain of nouns, and a second one joined to it."""
        head = chain.head(words, at, end, one, self.counted)
        if head is None:
            return None
        measured = self.table.at(words, head.first, end)
        if measured is not None and measured.value[0] == "physical":  # "10 straight days"
            return Unit(*measured.value, measured.last)
        if any(words.tokens[n].kind == "number" for n in range(at, head.first)):
            return Unit("count", "count", Decimal(1), at, head.value)  # "six 55-megawatt reactors": the measure is its own
        return Unit("count", "count", Decimal(1), self._joined(words, head.last, end), head.value)

    def sign(self, words: Words, at: int, start: int) -> Unit | None:
        """A currency sign or code before the number."""
        found = self.table.before(words, at, start)
        if found is not None and not all(_written(words, n) for n in range(found.first, at)):
            found = self.table.before(words, at, at - 1)
        if found is None or found.value[0] != "money" or not _written(words, at - 1):
            return None
        return Unit("money", found.value[1], found.value[2], 0, first=found.first)

    def part(self, words: Words, number: Quantity, start: int) -> bool:
        """Whether the number is a part of those counted before: "из них 85 работают", "500 of them"."""
        behind = self.among.at(words, number.last, len(words.tokens))
        return behind is not None or self.among.before(words, number.first, start) is not None

    def counted_before(self, words: Words, at: int, start: int, *, anywhere: bool) -> str | None:
        """What a number without a noun counts: "число рейсов возрастет до 70", "Туристов приехало 350 тысяч".

        The noun stands behind "число" or opens its clause; with `anywhere`, the nearest one will do.
        """
        nearest = None
        for place in range(at - 1, start - 1, -1):
            implied = self.implied.at(words, place, at)
            if implied is not None:
                return implied.value
            known = self.counted.at(words, place, at)
            if known is None or known.value in self.never or not self.plural.at(words, known.last - 1):
                continue
            if known.last < at and words.forms[known.last] & self.counting:  # "рейс саны"
                return known.value
            if self.izafet is not None and not anywhere:
                continue
            head = before_attributes(words, place, start)
            head -= head - 1 >= start and words.tokens[head].key in self.counting_of
            if opens_clause(words, head, start):
                return known.value
            if words.forms[head] & self.counting:
                return known.value
            nearest = nearest or known.value
        return nearest if anywhere else None

    def rate(self, words: Words, start: int, at: int) -> Per | None:
        """ "количество еженедельных рейсов": how often, said anywhere before the number."""
        found = (self.around.at(words, place, at) for place in range(start, at))
        return next((rate.value for rate in found if rate), None)

    def per(self, words: Words, first: int, last: int, start: int, opening: int, end: int) -> Per | None:
        """How often: "21 рейс в неделю", "ежегодно до 5 млн тонн"."""
        for at in self.rates.between(words, last, min(end, last + _PER_NEAR + 1)):
            if any(words.tokens[n].kind != "word" and words.keys[n] != "." for n in range(last, at + 1)):
                break
            found = self.after_number.at(words, at, end) or self.around.at(words, at, end)
            if found is not None and not (found.last < end and words.tokens[found.last].key in self.no_rate):
                return found.value
        for at in self.rates.between(words, max(start, first - _PER_REACH), first):
            found = self.around.at(words, at, first)
            if found is None and (start == opening or at > start + _PER_NEAR):  # nearer, it rates the amount before
                found = self.after_number.at(words, at, first)
            if found is not None and all(words.tokens[n].kind == "word" for n in range(at, first)):
                return found.value
        return None

    def _noun(self, words: Words, at: int, end: int) -> Unit | None:
        """The first noun behind at most a few attributes: "22 тысяч новых рабочих мест"."""
        for place in range(at, min(end, at + 1 + _ADJECTIVES)):
            if words.tokens[place].kind != "word":
                return None
            known = self.counted.at(words, place, end)
            if known is not None and not (place + 1 < end and known.last == place + 1 and self._leads(words, place, end)):
                return Unit("count", "count", Decimal(1), self._joined(words, known.last, end), known.value)
            if place > at:
                unit = self.table.at(words, place, end)
                if unit is not None:
                    return Unit(unit.value[0], unit.value[1], unit.value[2], unit.last)
            readings = words.readings(place)
            if place > at and words.tokens[place].key in self.joining and _attribute(words, place - 1, place + 1):
                continue  # "24 межправительственных и межведомственных документа"
            if not any(r.pos in ("adj", "num") or r.verb == "part" for r in readings):
                noun = readings[0]
                governed = noun.pos in _NOUNS and any(place == at or self.noun.fits(r) for r in readings)
                return Unit("count", "count", Decimal(1), place + 1, noun.lemma) if governed and len(noun.lemma) > 1 else None
        return None

    def _leads(self, words: Words, place: int, end: int) -> bool:
        """Whether a word that is also a counted noun is an attribute here: "рабочих" before "мест", "групп"."""
        if not any(r.pos == "adj" for r in words.readings(place)):
            return False
        return any(r.pos == "noun" and self.noun.fits(r) for r in words.readings(place + 1)[:1])

    def _joined(self, words: Words, last: int, end: int) -> int:
        """ "35 меморандумов и соглашений": a second counted noun under the same number."""
        if last + 1 < end and words.tokens[last].key in self.joining:
            second = self.counted.at(words, last + 1, end)
            if second is not None and self.plural.at(words, last + 1):
                return second.last
        return last


def _attribute(words: Words, *places: int) -> bool:
    """Whether adjectives in the genitive stand at all the places."""
    return all(n < len(words.tokens) and any(r.pos == "adj" and r.case == "gen" for r in words.readings(n)[:2]) for n in places)


def _tied(words: Words, at: int) -> Unit | None:
    """ "a 38-story tower": the noun that a hyphen ties to digits; "two-way" counts nothing."""
    readings = words.readings(at)
    noun = bool(readings) and readings[0].pos == "noun" and words.tokens[at - 2].kind == "number"
    return Unit("count", "count", Decimal(1), at + 1, readings[0].lemma) if noun else None


def _written(words: Words, at: int) -> bool:
    """Whether a word of a sign is written as one: "USD 5", "A$5", "Rs 5", never "a $5 ticket"."""
    token = words.tokens[at]
    return token.kind != "word" or token.upper or (token.capital and (len(token.text) > 1 or words.glued(at + 1)))


@cache
def units(pack: Pack) -> Units:
    """The pack's units and counted nouns."""
    table, counted = pack["units"], pack["counted"]
    entries: list[tuple[str, tuple[str, str, Decimal]]] = []
    for kind in ("money", "percent", "points"):
        entries += [(p, (kind, code, Decimal(1))) for code, phrases in table.get(kind, {}).items() for p in phrases]
    entries += [(p, ("physical", code, Decimal(str(size)))) for p, (code, size) in table.get("physical", {}).items()]
    entries += [(p, (kind, code, Decimal(size))) for p, (kind, code, size) in table.get("parts", {}).items()]
    entries += [(p, ("never", "", Decimal(1))) for p in table.get("never", {}).get("nouns", ())]
    nouns = [noun for listed in counted.get("metric", {}).values() for noun in listed]
    nouns += [*counted.get("people", {}).get("nouns", ()), *counted.get("never", {}).get("nouns", ())]
    nouns += [
        noun for noun in (counted.get("often", {}).get("noun"),) if noun and noun not in table.get("factor", {}).get("times", ())
    ]
    per = table.get("per", {})

    def often(name: str) -> Phrases[Per]:
        return Phrases([(p, Per(code)) for code, phrases in per.get(name, {}).items() for p in phrases])

    factor = table.get("factor", {})
    times, always = frozenset(factor.get("times", ())), bool(factor.get("always", False))
    counting = frozenset(counted.get("counting", {}).get("words", ()))
    counting_of = frozenset(counted.get("counting", {}).get("of", ()))
    implied = Phrases(list(counted.get("implied", {}).items()))
    known = Phrases([(noun, noun) for noun in nouns])
    never = frozenset(counted.get("never", {}).get("nouns", ()))
    among = Phrases([(phrase, True) for phrase in counted.get("among", {}).get("phrases", ())])
    joining = frozenset(counted.get("joining", {}).get("words", ()))
    rate = str(counted.get("often", {}).get("noun", ""))
    form = counted.get("form", {})
    plural, noun = Governed.of(form.get("several", {})), Governed.of(form.get("behind", {}))
    timed = frozenset(case or None for case in table.get("never", {}).get("cases", ()))
    after_number, around = often("after"), often("around")
    return Units(
        Phrases(entries),
        known,
        counting,
        counting_of,
        implied,
        never,
        among,
        rate,
        joining,
        times,
        always,
        Izafet.of(counted.get("form", {}), pack["numerals"]),
        plural,
        noun,
        timed,
        Chain.of(form),
        Phrases([(p, (kind, code)) for p, (kind, code) in table.get("scaled", {}).items()]),
        frozenset(per.get("not_before", ())),
        after_number,
        around,
        Openers(after_number.firsts, around.firsts),
    )
