"""Amounts that leave out their unit take it from the amounts around them, or from the noun that they count."""

from __future__ import annotations

from app.domain.measure import Comparator
from app.domain.record import replace
from app.pipeline.figures.hedges import levelled
from app.pipeline.figures.number_words import grammar
from app.pipeline.figures.quantity import Lead, Quantity
from app.pipeline.figures.units import units
from app.pipeline.words.phrasebook import Words

_LENDERS = 12  # figures back from which one without a unit may take it
_PART_REACH = 14  # words from "58 проектов" to "ещё 21"
_SMALL = 1000  # a sum without a magnitude beside one that has it
_BETWEEN = 8  # tokens from where a change led to where it began
_COUNTED = 10**6  # things are counted in thousands and millions
_VERSIONS = 100  # programs are hardly numbered higher
_CURRENCY = 16  # tokens from "в рублях" to its number
_NAMED = 4  # tokens of a name and a dash before its number
_REACH = 60  # tokens back to the noun that a bare number counts


def lend_units(here: list[Quantity], earlier: list[Quantity], start: int, words: Words) -> list[Quantity]:
    """Gives numbers without a unit the unit of their neighbours, and drops those that stay without any.

    "с 28 до 48 миллионов тонн" lends backwards, "24,1 миллиарда долларов, …превысил 19 миллиардов" forwards.
    """
    out: list[Quantity] = list(here)
    for n, quantity in enumerate(out):
        if quantity.kind == "bare" and n and _goes_on(out[n - 1], quantity, words):
            out[n] = _lend(quantity, out[n - 1], back=False)
        elif quantity.kind == "bare":
            out[n] = _taken(quantity, out[max(0, n - _LENDERS) : n], out[n + 1 : n + 2], start, words)
    for n in range(len(out) - 2, -1, -1):
        if _from_to(out[n], out[n + 1]):
            out[n] = _departing(out[n], out[n + 1])
            if out[n + 1].comparator is Comparator.LE:
                out[n + 1] = replace(out[n + 1], comparator=Comparator.EQ)  # where it led, whatever verb ends the list
        elif out[n].kind == "bare" and _in_row(out[n], out[n + 1], words):
            out[n] = _lend(out[n], out[n + 1], back=True)
    for n, quantity in enumerate(out):
        if quantity.kind == "bare" and quantity.scaled:
            told = _currency_said(quantity, out[n - 1].last if n else start, words)
            if told is not None:
                out[n] = told
                continue
            ahead = next((q for q in out[n + 1 : n + 3] if not q.carried and _lends(q, quantity, words)), None)
            lender = ahead or next((q for q in reversed(earlier[-_LENDERS:]) if _lends(q, quantity, words)), None)
            out[n] = _lend(quantity, lender, back=False) if lender else quantity
    out = [q for n, q in enumerate(out) if not (n and _priced(out[n - 1], q))]
    for n in range(1, len(out)):
        if out[n].comparator is Comparator.LE and _reached(out[n - 1], out[n], words):
            out[n] = replace(out[n], comparator=Comparator.EQ)
        if _to_from(out[n - 1], out[n]) or _began(out[n - 1], out[n], words):
            out[n] = replace(out[n], departs=True)
    return [q for q in out if q.kind != "bare" or q.scaled or _marked(q, words)]


def _in_row(bare: Quantity, counted: Quantity, words: Words) -> bool:
    """ "Ресейден 2500, Украинадан 34 студент": in a row of names each with its number, what is counted is said once."""
    if counted.kind != "count" or bare.magnitude > 1 or words.tokens[min(bare.last, len(words.tokens) - 1)].text != ",":
        return False
    return _named_before(bare, words) and counted.first - bare.last <= _NAMED + 1 and _named_before(counted, words)


def _named_before(quantity: Quantity, words: Words) -> bool:
    """Whether a name stands before a number, a dash between or not, and nothing else does back to a mark."""
    at = quantity.first - 1
    if at >= 0 and words.tokens[at].text in "–—-":
        at -= 1
    return at > 0 and words.tokens[at].kind == "word" and words.tokens[at].capital


def _currency_said(quantity: Quantity, start: int, words: Words) -> Quantity | None:
    """ "Торговля в рублях приближается к 2,5 трлн": a currency said since the last amount; an aside may stand between."""
    table = words.pack["hedges"].get("prepositions", {})
    into = frozenset(table.get(Lead.INTO.value, ()))
    for at in range(quantity.first - 1, max(start, quantity.first - _CURRENCY), -1):
        if words.tokens[at - 1].key not in into or words.tokens[at].kind != "word":
            continue
        unit = units(words.pack).after(words, at, at + 1)
        commas = sum(words.tokens[n].text == "," for n in range(at, quantity.first))
        if unit is not None and unit.kind == "money" and commas in (0, 2):
            value = quantity.value * unit.multiplier
            return replace(quantity, kind="money", unit=unit.code, carried=True, value=value, size=unit.multiplier)
    return None


def _marked(quantity: Quantity, words: Words) -> bool:
    """Digits with a mark inside are an amount even without a unit ("rose to 16,321.71"); a version of something is none.

    So is a part of several ("31 of the 67 counties"), and people of whom something is told ("4 were killed").
    """
    if 1 < quantity.value < _SMALL and words.tokens[min(quantity.last, len(words.tokens) - 1)].key in grammar(words.pack).part_of:
        return True
    chain, written = units(words.pack).chain, words.tokens[quantity.number].text
    if chain is None or not chain.bare or not ("," in written or "." in written):
        return False
    before = quantity.number - 1
    return not (before >= 0 and words.tokens[before].capital and "," not in written and quantity.value < _VERSIONS)


def _taken(quantity: Quantity, before: list[Quantity], behind: list[Quantity], start: int, words: Words) -> Quantity:
    """A bare number with its unit: of a noun said since the last amount, else of an amount, else of a noun further back."""
    since = max(start, before[-1].last if before else start, quantity.first - _REACH)
    if quantity.magnitude <= _COUNTED and (counted := _count(quantity, behind, since, words)).kind == "count":
        return counted
    lender = next((q for q in reversed(before) if _lends(q, quantity, words)), None)
    if lender is not None:
        return _lend(quantity, lender, back=False)
    return _count(quantity, behind, max(start, quantity.first - _REACH), words)


def _departing(lower: Quantity, upper: Quantity) -> Quantity:
    """The first end of "с 28 до 48 миллионов тонн": it takes from the second what it does not say itself."""
    measured = upper.kind not in ("bare", "count") and not upper.carried
    if (lower.kind == "bare" and upper.kind != "bare") or (lower.carried and measured):
        bare = replace(lower, value=lower.value / lower.size, size=type(lower.size)(1))
        lower = _lend(bare, upper, back=True)
    elif lower.kind == upper.kind == "money" and lower.unit == upper.unit and not lower.scaled and lower.value < _SMALL:
        # "с $1,5 до $4,5 млрд": the magnitude is said once, the sign twice
        lower = replace(lower, value=lower.value * upper.magnitude, magnitude=upper.magnitude)
    return replace(lower, departs=True, per=lower.per or upper.per)


def _count(quantity: Quantity, following: list[Quantity], start: int, words: Words) -> Quantity:
    """A bare number counts what "число", or in "с двух до четырёх" any counted noun, names before it."""
    ends = (bool(following) and _from_to(quantity, following[0]) and following[0].kind == "bare") or quantity.lead is Lead.UNTIL
    told = quantity.magnitude == 1000 and levelled(words, quantity.first, start, words.pack)
    anywhere = told or (ends and not quantity.scaled)
    counted = units(words.pack).counted_before(words, quantity.first, start, anywhere=anywhere)
    if counted is None:
        return quantity
    rate = quantity.per or units(words.pack).rate(words, start, quantity.first)
    return replace(quantity, kind="count", unit="count", counted=counted, carried=True, per=rate)


def _priced(price: Quantity, amount: Quantity) -> bool:
    """ "128 долларов за тысячу кубометров": what the price is for, and no amount of its own."""
    return (
        price.kind == "money"
        and amount.lead is Lead.FOR
        and amount.first - price.last <= 1
        and amount.value <= 1000 * amount.size
    )


def _reached(change: Quantity, level: Quantity, words: Words) -> bool:
    """ "импорт – на 29,5%, до 833,5 млн": behind a change, "до" tells where it led."""
    between = words.tokens[change.last : level.first]
    changed = change.kind in ("percent", "points", "factor") and change.lead in (Lead.BY, Lead.INTO)
    return changed and level.lead is Lead.UNTIL and all(t.kind == "mark" for t in between) and len(between) <= 2


def _from_to(lower: Quantity, upper: Quantity) -> bool:
    """ "с 53 до 70": the two ends of a change, side by side."""
    return lower.lead is Lead.FROM and upper.lead is Lead.UNTIL and 0 <= upper.first - lower.last <= (3 if lower.per else 1)


def _goes_on(lower: Quantity, upper: Quantity, words: Words) -> bool:
    """ "с 79,46 руб. до 83,59": the unit is said at the first end alone."""
    if lower.kind not in ("money", "percent") or lower.lead is not Lead.FROM or upper.lead is not Lead.UNTIL or upper.scaled:
        return False
    between = [t.text for t in words.tokens[lower.last : upper.number]]
    behind = words.tokens[upper.last].kind if upper.last < len(words.tokens) else "mark"
    return len([text for text in between if text != "."]) == 1 and behind == "mark"


def _to_from(upper: Quantity, lower: Quantity) -> bool:
    """ "до 80 процентов с 57": the same the other way round."""
    return upper.lead is Lead.UNTIL and lower.lead is Lead.FROM and 0 <= lower.first - upper.last <= (3 if upper.per else 1)


def _began(reached: Quantity, start: Quantity, words: Words) -> bool:
    """ "up from $8.7 billion last year", "to $10 billion in 2026, from $8.7 billion": where a change to a like amount began."""
    if start.lead is not Lead.FROM or (reached.kind, reached.unit) != (start.kind, start.unit):
        return False
    near = 0 < start.first - reached.last <= _BETWEEN
    return near and (_moved_from(start, words) or (reached.lead is Lead.UNTIL and not _verb(words, reached.last, start.first)))


def _verb(words: Words, first: int, last: int) -> bool:
    return any(words.verb(n) for n in range(first, last))


def _lends(lender: Quantity, borrower: Quantity, words: Words) -> bool:
    """Whether a number may be of the same kind: magnitudes go with money and amounts, small numbers with counts."""
    if borrower.scaled:
        alike = lender.kind in ("money", "physical") or (lender.kind == "count" and borrower.value < 10**9)
        return alike and (lender.scaled or lender.value >= 1000)
    measures = units(words.pack)
    if _moved_from(borrower, words):
        return 0 < borrower.first - lender.last <= 8
    near = 0 < borrower.first - lender.last <= 8
    if lender.kind == "factor":
        return near and borrower.lead is Lead.INTO
    if lender.lead is Lead.UNTIL and borrower.lead is Lead.FROM:
        return borrower.first - lender.last <= 1
    ends = borrower.last >= len(words.tokens) or words.tokens[borrower.last].kind == "mark"
    counts = lender.kind == "count" and lender.value < 10**5 and lender.counted not in measures.never
    part = counts and measures.part(words, borrower, max(0, borrower.first - 4))
    far = part and 0 < borrower.first - lender.last <= _PART_REACH
    return counts and (far or (near and (ends or borrower.per is not None)))


def _moved_from(borrower: Quantity, words: Words) -> bool:
    """ "seven flights a week, up from three": what a change began from is of the same kind."""
    at = borrower.first - 2
    moved = frozenset(words.pack["hedges"].get("moved", {}).get("words", ()))
    return borrower.lead is Lead.FROM and at >= 0 and words.tokens[at].key in moved


def _lend(borrower: Quantity, lender: Quantity, back: bool) -> Quantity:
    scale = lender.size * (lender.magnitude if back and not borrower.scaled else 1)
    return replace(
        borrower,
        unit=lender.unit,
        kind=lender.kind,
        counted=lender.counted,
        carried=True,
        value=borrower.value * scale,
        per=borrower.per or (lender.per if back or lender.kind == "count" else None),
    )
