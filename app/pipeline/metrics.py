"""Which metric a figure measures: by its counted noun, by the words of measure near it, or by the figure before it."""

from __future__ import annotations

from dataclasses import dataclass

from app.pipeline.cue_words import STRONG, Cue, Ground, Reading, Vocabulary
from app.pipeline.quantities import Quantity
from app.pipeline.segment import Sentence

_ADJACENT = 1.5  # a noun right behind the figure, governed by it: "60% товарооборота"
_BEHIND = 0.8  # any other word behind the figure
_PREVIOUS = 2.2  # the figure before it in the sentence
_LEAST = 0.35  # below this the words are too far to mean the figure
_PEOPLE = ("jobs", "students", "tourists", "migrants")
_LINKED = {"joint_projects": "project_investment", "agreements": "contract_value"}
_BETWEEN = 8  # words between "49 проектов" and the sum that belongs to them


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of which the metric is known, as later figures look back on it."""

    quantity: Quantity
    metric: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a figure: its sentence, the words of measure in it, the figures before it there and earlier."""

    ground: Ground
    sentence: Sentence
    cues: tuple[Cue, ...]
    before: tuple[Measured, ...]
    earlier: tuple[Measured, ...]
    known: Vocabulary


def read_metric(quantity: Quantity, around: Surroundings) -> Reading | None:
    """The metric and what it rests on; None where the figure measures no relation."""
    linked = _linked(quantity, around)
    if linked is not None:
        return linked
    if quantity.kind == "count":
        return _of_count(quantity, around)
    return _best(quantity, around, None) or _inherited(quantity, around)


def kind_key(quantity: Quantity) -> str:
    """The name under which a metric admits an amount."""
    return str(quantity.unit) if quantity.kind == "physical" else quantity.kind


def _of_count(quantity: Quantity, around: Surroundings) -> Reading | None:
    """A counted noun tells its metric, unless the words around it say more ("граждан" who visit are tourists)."""
    noun, known = quantity.counted or "", around.known
    if noun in known.never or _denied(quantity, around):
        return None
    metric = known.counted.get(noun)
    if noun in known.people or metric is None:
        person = noun in known.people or _is_people(quantity, around)
        found = _best(quantity, around, _PEOPLE) if person else None
        return found if person else _product(quantity, around)
    if metric == "migrants":
        return _best(quantity, around, ("tourists", "students", "jobs")) or Reading(
            metric, STRONG, noun, quantity.first, "counted noun"
        )
    if noun == "место":
        return _best(quantity, around, ("students",))
    if metric == "commodity_supply":
        return _product(quantity, around)
    return Reading(metric, STRONG, noun, quantity.first, "counted noun")


def _product(quantity: Quantity, around: Surroundings) -> Reading | None:
    """Things made or sold: "70 тысяч автомобилей в год" is a capacity, "поставили 300 автобусов" a supply."""
    allowed = ("capacity",) if quantity.counted not in around.known.counted else ("capacity", "commodity_supply")
    if quantity.per is None and len(allowed) == 1:
        return None
    words = around.ground.words
    supplied = any(words.forms[n] & around.known.supply for n in range(around.sentence.first, around.sentence.last))
    found = _best(quantity, around, allowed)
    return found or (
        Reading("commodity_supply", STRONG, quantity.counted or "", quantity.first, "counted noun")
        if supplied and len(allowed) == 2
        else None
    )


def _is_people(quantity: Quantity, around: Surroundings) -> bool:
    words = around.ground.words
    return any(r.animate for r in words.readings(quantity.last - 1)[:1])


def _denied(quantity: Quantity, around: Surroundings) -> bool:
    """A delegation, an audience or the dead: counted, but no measure of relations."""
    words = around.ground.words
    start = max(around.sentence.first, quantity.first - 6)
    near = any(words.forms[n] & around.known.deny for n in range(start, quantity.first))
    return (
        near
        and quantity.counted is not None
        and around.known.counted.get(quantity.counted) in (None, "companies", "migrants", "infrastructure")
    )


def _linked(quantity: Quantity, around: Surroundings) -> Reading | None:
    """Money that belongs to the projects or documents counted right before it ("93 проекта … 18,3 млрд")."""
    if quantity.kind != "money" or not around.before:
        return None
    previous = around.before[-1]
    metric = _LINKED.get(previous.metric)
    first, last = previous.quantity.last, quantity.first
    if metric is None or last - first > _BETWEEN or around.ground.hard[last] > around.ground.hard[first]:
        return None
    words = around.ground.words
    if any(words.verb(n) for n in range(first, last)) or around.ground.commas[last] > around.ground.commas[first]:
        return None
    return Reading(metric, STRONG, previous.quantity.as_written, previous.quantity.first, "belongs to a count")


def _best(quantity: Quantity, around: Surroundings, only: tuple[str, ...] | None) -> Reading | None:
    """The word of measure that weighs most among those that admit such an amount."""
    key, best = kind_key(quantity), None
    for cue in around.cues:
        if cue.first < quantity.last and quantity.first < cue.last:
            continue
        for metric, strength in cue.metrics:
            if (only is None or metric in only) and key in around.known.takes.get(metric, ()):
                score = strength + _position(cue, quantity, around)
                if best is None or score > best.score:
                    best = Reading(metric, score, cue.text, cue.first)
    if only is None and around.before and quantity.kind in ("percent", "points", "factor"):
        previous = around.before[-1]
        score = _PREVIOUS - around.ground.cost(previous.quantity.last, quantity.first)
        if key in around.known.takes.get(previous.metric, ()) and (best is None or score > best.score):
            best = Reading(previous.metric, score, previous.quantity.as_written, previous.quantity.first, "previous figure")
    return best if best is not None and best.score >= _LEAST else None


def _position(cue: Cue, quantity: Quantity, around: Surroundings) -> float:
    if cue.last <= quantity.first:
        return -around.ground.cost(cue.last, quantity.first)
    cost = around.ground.cost(quantity.last, cue.first)
    return (_ADJACENT if _attributes(around, quantity.last, cue.first) else -_BEHIND) - cost


def _attributes(around: Surroundings, first: int, last: int) -> bool:
    """Whether only attributes stand between: "60% всего товарооборота"."""
    words = around.ground.words
    return all(any(r.pos in ("adj", "pron", "det") or r.verb == "part" for r in words.readings(n)) for n in range(first, last))


def _inherited(quantity: Quantity, around: Surroundings) -> Reading | None:
    """A figure without a word of its own continues an earlier one: "Это на 22 процента больше", "выйти на 10 млрд"."""
    words, sentence = around.ground.words, around.sentence
    pointed = quantity.carried or quantity.kind in ("percent", "factor", "points")
    pointed = pointed or any(words.forms[n] & around.known.anaphora for n in range(sentence.first, sentence.last))
    if not pointed:
        return None
    key, relative = kind_key(quantity), quantity.kind in ("percent", "factor", "points")
    for previous in reversed(around.before or around.earlier):
        alike = previous.quantity.kind == quantity.kind and previous.quantity.unit == quantity.unit
        if (relative or alike or quantity.carried) and key in around.known.takes.get(previous.metric, ()):
            earlier = previous.quantity
            return Reading(previous.metric, _LEAST, earlier.as_written, earlier.first, "previous figure")
    return None
