"""Which metric a figure measures: by its counted noun, by the words of measure near it, or by the figure before it."""

from __future__ import annotations

from app.pipeline.figures.cue_words import NOTHING, STRONG, WEAK, Reading
from app.pipeline.figures.quantity import Lead, Quantity
from app.pipeline.figures.surroundings import Surroundings
from app.pipeline.figures.unnamed import before, goal_of_trade, grown, inherited, named_since, supplied
from app.pipeline.figures.weighing import LEAST, best_cue

_HANDLED = (None, "cargo", "commodity_supply", "tourists")  # so many a year may be what a facility can handle
_INSIDE = frozenset((Lead.INTO, Lead.BY, Lead.FROM, Lead.OTHER))  # "в девяти школах": a place, no number of things built
_PLACED = ("infrastructure", "cargo")
_PEOPLE = ("jobs", "students", "tourists", "migrants")
_LINKED = {"joint_projects": "project_investment", "agreements": "contract_value", "infrastructure": "project_investment"}
_SUPPLIED = frozenset(("commodity_supply", "energy_supply"))  # "20 тысяч автомобилей на 1,8 млрд долларов"
_ATTENDING = 6  # words between a delegation and its number
_DOING = 10  # words from people to what they do
_CONTENT = 3  # words from an amount to what it is an amount of
_BETWEEN = 8  # words between "49 проектов" and the sum that belongs to them


def read_metric(quantity: Quantity, around: Surroundings) -> Reading | None:
    """The metric and what it rests on; None where the figure measures no relation."""
    if _foreign(quantity, around):
        return None
    linked = _linked(quantity, around)
    if linked is not None:
        return linked
    if quantity.kind == "count":
        return _of_count(quantity, around)
    found = _restated(quantity, around) or best_cue(quantity, around, None) or before(quantity, around)
    if found is not None and found.metric == NOTHING:
        return None
    found = found or (grown(quantity, around) if named_since(quantity, around) else None)
    return found or inherited(quantity, around) or goal_of_trade(quantity, around) or grown(quantity, around)


def _foreign(quantity: Quantity, around: Surroundings) -> bool:
    """ "1.1 million tons of carbon dioxide": an amount of what no country delivers to another."""
    words, known = around.ground.words, around.known
    behind = range(quantity.last, min(around.sentence.last, quantity.last + _CONTENT))
    return quantity.kind == "physical" and any(words.forms[n] & known.foreign for n in behind)


def _of_count(quantity: Quantity, around: Surroundings) -> Reading | None:
    """A counted noun tells its metric, unless the words around it say more ("граждан" who visit are tourists)."""
    noun, known = quantity.counted or "", around.known
    if noun in known.never or _denied(quantity, around) or _some_one(quantity, around):
        return None
    metric = known.counted.get(noun)
    if quantity.carried and metric is None and (same := inherited(quantity, around)) is not None:
        return same
    if noun == known.often:
        return best_cue(quantity, around, ("flights",))
    if (
        metric in _HANDLED
        and quantity.per is not None
        and (able := best_cue(quantity, around, ("capacity",))) is not None
        and able.score >= WEAK
    ):
        return able
    if noun in known.people or metric is None:
        person = noun in known.people or _is_people(quantity, around)
        if person:
            return best_cue(quantity, around, _PEOPLE) or _asked(quantity, around) or _next_of_list(quantity, around)
        return _product(quantity, around)
    if metric == "migrants":
        metric = _doing(quantity, around) or metric
    if noun in known.places:
        return best_cue(quantity, around, ("students",))
    if metric in _PLACED and quantity.lead in _INSIDE:
        return None
    if metric == "commodity_supply":
        return _product(quantity, around)
    return Reading(metric, STRONG, noun, quantity.first, "counted noun")


def _some_one(quantity: Quantity, around: Surroundings) -> bool:
    """ "хотя бы по одному заводу", "с одной компанией": "one" as a word and in an oblique case counts nothing."""
    words = around.ground.words
    if quantity.value != 1 or quantity.value_max is not None or words.tokens[quantity.number].kind != "word":
        return False
    cases = {r.case for r in words.readings(quantity.number)}
    return bool(cases - {None}) and not cases & {"nom", "acc", None}


def _asked(quantity: Quantity, around: Surroundings) -> Reading | None:
    """ "Сколько граждан работает в России? – Около 350 тысяч человек.": what they do is said just before."""
    for cue in reversed(around.back):
        metric = next((metric for metric, strength in cue.metrics if metric in _PEOPLE and strength >= STRONG), None)
        if metric is not None:
            return Reading(metric, LEAST, cue.text, cue.first, "cue of the sentence before")
    return None


def _next_of_list(quantity: Quantity, around: Surroundings) -> Reading | None:
    """ "65 тысяч кыргызстанцев в Турции, а в Корее – 14 тысяч человек": people of the kind that was counted before them."""
    if not around.before or not around.listed or around.before[-1].metric not in _PEOPLE:
        return None
    earlier = around.before[-1].quantity
    return Reading(around.before[-1].metric, LEAST, earlier.as_written, earlier.first, "previous figure")


def _same_of_list(quantity: Quantity, around: Surroundings) -> Reading | None:
    """ "Россия – 53 млн бутылок. Китай – 7 млн бутылок": the next country's number of the same things."""
    said = (m for m in reversed((*around.earlier, *around.before)) if m.quantity.counted == quantity.counted)
    last = next(said, None) if around.listed and quantity.counted is not None else None
    if last is None:
        return None
    return Reading(last.metric, LEAST, last.quantity.as_written, last.quantity.first, "figure before")


def _doing(quantity: Quantity, around: Surroundings) -> str | None:
    """What the counted people do, said in the same sentence close by."""
    words, sentence, ground = around.ground.words, around.sentence, around.ground
    behind = range(quantity.last, min(sentence.last, quantity.last + _DOING))
    working = any(
        words.forms[n] & around.known.working for n in range(max(sentence.first, quantity.first - _DOING), quantity.first)
    )
    for at in (*behind, *range(max(sentence.first, quantity.first - _DOING), quantity.last)):
        found = around.known.doing.at(words, at, sentence.last)
        own = ground.joined(at, quantity.first) if at < quantity.last else not working or ground.joined(quantity.last, at)
        if found is not None and own:
            return found.value
    return None


def _product(quantity: Quantity, around: Surroundings) -> Reading | None:
    """Things made or sold: "70 тысяч автомобилей в год" is a capacity, "поставили 300 автобусов" a supply."""
    allowed = ("capacity",) if quantity.counted not in around.known.counted else ("capacity", "commodity_supply")
    if quantity.per is None and len(allowed) == 1:
        able = best_cue(quantity, around, allowed) if quantity.counted in around.known.made else None
        return able if able is not None and able.score >= WEAK else None
    found = best_cue(quantity, around, allowed) or _same_of_list(quantity, around)
    return found or (
        Reading("commodity_supply", STRONG, quantity.counted or "", quantity.first, "counted noun")
        if supplied(around) and len(allowed) == 2
        else None
    )


def _is_people(quantity: Quantity, around: Surroundings) -> bool:
    words = around.ground.words
    return any(r.animate for r in words.readings(quantity.last - 1)[:1])


def _denied(quantity: Quantity, around: Surroundings) -> bool:
    """A delegation, an audience or the dead: counted, but no measure of relations."""
    words = around.ground.words
    start, end = max(around.sentence.first, quantity.first - _ATTENDING), min(around.sentence.last, quantity.last + _ATTENDING)
    near = any(words.forms[n] & around.known.deny for n in (*range(start, quantity.first), *range(quantity.last, end)))
    return (
        near
        and quantity.counted is not None
        and around.known.counted.get(quantity.counted) in (None, "companies", "migrants", "infrastructure", "tourists")
    )


def _linked(quantity: Quantity, around: Surroundings) -> Reading | None:
    """Money that belongs to the projects or documents counted right before it ("93 проекта … 18,3 млрд")."""
    if quantity.kind != "money" or not around.before:
        return None
    previous = around.before[-1]
    metric = _LINKED.get(previous.metric)
    first, last = previous.quantity.last, quantity.first
    worth = quantity.lead is Lead.BY or (first < last and bool(around.ground.words.forms[last - 1] & around.known.sums))
    worth = worth and not any(named == "contract_value" for cue in around.cues for named, _ in cue.metrics)
    if metric is None and previous.metric in _SUPPLIED and previous.quantity.kind != "money" and worth:
        metric = previous.metric
    if metric is None or last - first > _BETWEEN or around.ground.hard[last] > around.ground.hard[first]:
        return None
    words = around.ground.words
    if any(words.forms[n] & around.known.costing for n in range(first, last)):
        first = last  # "143 проекта, которые оцениваются в 33,5 млрд": a verb of cost leads from one to the other
    if any(words.verb(n) for n in range(first, last)) or around.ground.commas[last] > around.ground.commas[first]:
        return None
    return Reading(metric, STRONG, previous.quantity.as_written, previous.quantity.first, "belongs to a count")


def _restated(quantity: Quantity, around: Surroundings) -> Reading | None:
    """ "95% этой суммы": the figure before, named by a noun behind this one."""
    words, at = around.ground.words, quantity.last
    if at >= around.sentence.last or not around.before:
        return None
    return inherited(quantity, around) if around.known.restated.at(words, at, around.sentence.last) else None
