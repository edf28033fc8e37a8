"""Which metric a figure measures: by its counted noun, by the words of measure near it, or by the figure before it."""

from __future__ import annotations

from app.pipeline.figures.cue_words import NOTHING, STRONG, WEAK, Reading
from app.pipeline.figures.measures import grows
from app.pipeline.figures.order import verb_final
from app.pipeline.figures.quantity import Lead, Quantity
from app.pipeline.figures.weighing import LEAST, RELATIVE, Measured, Surroundings, best_cue, kind_key

_HANDLED = (None, "cargo", "commodity_supply", "tourists")  # so many a year may be what a facility can handle
_INSIDE = frozenset((Lead.INTO, Lead.BY, Lead.FROM, Lead.OTHER))  # "в девяти школах": a place, no number of things built
_PLACED = ("infrastructure", "cargo")
_PEOPLE = ("jobs", "students", "tourists", "migrants")
_LINKED = {"joint_projects": "project_investment", "agreements": "contract_value", "infrastructure": "project_investment"}
_SUPPLIED = frozenset(("commodity_supply", "energy_supply"))  # "20 тысяч автомобилей на 1,8 млрд долларов"
_DIRECTED = ("exports", "imports")  # nobody sets a goal for one of them without saying so
_TRADE_GOAL = 10**8  # a goal of less is hardly one of trade
_FEW_NOUNS = 2  # nouns in a sentence that says no more than its figure
_ATTENDING = 6  # words between a delegation and its number
_DOING = 10  # words from people to what they do
_CONTENT = 3  # words from an amount to what it is an amount of
_EARLIER = 1.0  # what a word of measure loses with every sentence that it stands back
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
    found = _restated(quantity, around) or best_cue(quantity, around, None) or _before(quantity, around)
    if found is not None and found.metric == NOTHING:
        return None
    return found or _inherited(quantity, around) or _goal(quantity, around)


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
    if quantity.carried and metric is None and (inherited := _inherited(quantity, around)) is not None:
        return inherited
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
            return best_cue(quantity, around, _PEOPLE) or _asked(quantity, around)
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
    supplied = _supplied(around)
    found = best_cue(quantity, around, allowed)
    return found or (
        Reading("commodity_supply", STRONG, quantity.counted or "", quantity.first, "counted noun")
        if supplied and len(allowed) == 2
        else None
    )


def _supplied(around: Surroundings) -> bool:
    """Whether the sentence speaks of selling, buying or delivering."""
    words, sentence = around.ground.words, around.sentence
    return any(words.forms[n] & around.known.supply for n in range(sentence.first, sentence.last))


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
        and around.known.counted.get(quantity.counted) in (None, "companies", "migrants", "infrastructure")
    )


def _linked(quantity: Quantity, around: Surroundings) -> Reading | None:
    """Money that belongs to the projects or documents counted right before it ("93 проекта … 18,3 млрд")."""
    if quantity.kind != "money" or not around.before:
        return None
    previous = around.before[-1]
    metric = _LINKED.get(previous.metric)
    if metric is None and previous.metric in _SUPPLIED and previous.quantity.kind != "money" and quantity.lead is Lead.BY:
        metric = previous.metric
    first, last = previous.quantity.last, quantity.first
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
    return _inherited(quantity, around) if around.known.restated.at(words, at, around.sentence.last) else None


def _before(quantity: Quantity, around: Surroundings) -> Reading | None:
    """The words of measure in the sentences right before, where this one has none; else what the unit says by itself."""
    if quantity.kind not in ("physical", "money") or (quantity.kind == "money" and _measured(around)):
        return None
    key, best, aimed = kind_key(quantity), None, _aimed(quantity, around)
    if key == "t" and _weighed(quantity, around) and _supplied(around):
        return Reading("commodity_supply", LEAST, quantity.as_written, quantity.first, "unit")
    goods = quantity.kind == "physical" and not verb_final(around.ground.words.pack) and _supplied(around)
    if (alike := _as_before(quantity, around)) is not None:
        return alike
    for distance, cue in enumerate(reversed(around.back)):
        for metric, strength in cue.metrics:
            if (aimed and metric in _DIRECTED) or (goods and metric == "capacity"):
                continue
            score = strength - _EARLIER - distance * 0.2
            if quantity.kind == "money" and (metric == "other" or "t" in around.known.takes.get(metric, ())):
                continue
            if key in around.known.takes.get(metric, ()) and (best is None or score > best.score):
                best = Reading(metric, score, cue.text, cue.first, "cue of the sentence before")
    if (
        best is None
        and quantity.kind == "physical"
        and key in around.known.takes.get("commodity_supply", ())
        and _supplied(around)
    ):
        return Reading("commodity_supply", LEAST, quantity.as_written, quantity.first, "unit")
    default = around.known.defaults.get(key) if best is None else None
    return best if default is None else Reading(default, LEAST, quantity.as_written, quantity.first, "unit")


def _as_before(quantity: Quantity, around: Surroundings) -> Reading | None:
    """ "Поставили 2 млн тонн. Увеличение объёмов предусмотрено до 3 млн тонн.": as the figure before, if nothing says else."""
    if quantity.kind != "physical" or not around.earlier or around.cues:
        return None
    last = around.earlier[-1]
    between = any(cue.first > last.quantity.last for cue in around.back)
    if between or last.quantity.unit != quantity.unit or last.metric not in _SUPPLIED:
        return None
    return Reading(last.metric, LEAST, last.quantity.as_written, last.quantity.first, "figure before")


def _weighed(quantity: Quantity, around: Surroundings) -> bool:
    """ "ввезли 2 тысячи тонн кондитерских изделий": what is weighed stands behind the unit, whatever it is."""
    words, at = around.ground.words, quantity.last
    while at < around.sentence.last and any(r.pos == "adj" and r.case == "gen" for r in words.readings(at)[:1]):
        at += 1
    return at < around.sentence.last and any(r.pos == "noun" and r.case == "gen" for r in words.readings(at)[:1])


def _measured(around: Surroundings) -> bool:
    """Whether the sentence has a word of measure that money could be meant by."""
    if not verb_final(around.ground.words.pack):
        return bool(around.cues)
    return any("money" in around.known.takes.get(metric, ()) for cue in around.cues for metric, _ in cue.metrics)


def _inherited(quantity: Quantity, around: Surroundings) -> Reading | None:
    """A figure without a word of its own continues an earlier one: "Это на 22 процента больше", "выйти на 10 млрд"."""
    words, sentence = around.ground.words, around.sentence
    pointed = quantity.carried or bool(around.before and quantity.kind in RELATIVE) or _says_no_more(quantity, around)
    pointed = pointed or any(words.forms[n] & around.known.anaphora for n in range(sentence.first, sentence.last))
    if not pointed or (not around.before and _fraction(quantity, around)):
        return None
    key, relative = kind_key(quantity), quantity.kind in RELATIVE
    for previous in _candidates(quantity, around):
        alike = previous.quantity.kind == quantity.kind and previous.quantity.unit == quantity.unit
        if (relative or alike or quantity.carried) and key in around.known.takes.get(previous.metric, ()):
            earlier = previous.quantity
            return Reading(previous.metric, LEAST, earlier.as_written, earlier.first, "previous figure")
    return None


def _fraction(quantity: Quantity, around: Surroundings) -> bool:
    """ "it could be half of that": a share in words, which of nothing named before it in the sentence says nothing."""
    words = around.ground.words
    changes = quantity.lead is Lead.BY or grows(quantity, around.ground, around.sentence, around.known)
    return quantity.kind == "percent" and words.tokens[quantity.number].kind == "word" and not changes


def _candidates(quantity: Quantity, around: Surroundings) -> list[Measured]:
    """The figures that one may continue, nearest first; a goal without a word of measure is rather one of all trade."""
    found = list(reversed(around.before or around.earlier))
    return sorted(found, key=lambda m: m.metric in _DIRECTED) if _aimed(quantity, around) else found


def _aimed(quantity: Quantity, around: Surroundings) -> bool:
    """Whether a sum stands behind a word of goal that says no more ("Межеміз – 2 млрд доллар")."""
    words, first = around.ground.words, around.sentence.first
    aimed = quantity.kind == "money" and verb_final(words.pack)
    return aimed and any(words.forms[n] & around.known.goals for n in range(first, quantity.first))


def _says_no_more(quantity: Quantity, around: Surroundings) -> bool:
    """ "В 2021 году было 66%.": hardly a noun besides the figure, so it speaks of what was spoken of."""
    words, sentence = around.ground.words, around.sentence
    outside = [n for n in range(sentence.first, sentence.last) if not quantity.first <= n < quantity.last]
    return sum(any(r.pos in ("noun", "propn") for r in words.readings(n)[:1]) for n in outside[:40]) <= _FEW_NOUNS


def _goal(quantity: Quantity, around: Surroundings) -> Reading | None:
    """A sum that two countries set as a goal and say no more of is that of their trade."""
    words, sentence = around.ground.words, around.sentence
    if quantity.kind != "money" or quantity.value < _TRADE_GOAL:
        return None
    last = sentence.last if verb_final(words.pack) else quantity.first
    goal = next((n for n in range(sentence.first, last) if words.forms[n] & around.known.goals), None)
    return (
        None
        if goal is None
        else Reading("trade_turnover", LEAST, words.tokens[goal].text, goal, "goal without a word of measure")
    )
