"""What a figure without a word of its own measures: by the sentences before, the figure before, a goal."""

from __future__ import annotations

from app.pipeline.figures.cue_words import NOTHING, STRONG, Reading
from app.pipeline.figures.measures import grows
from app.pipeline.figures.order import verb_final
from app.pipeline.figures.quantity import Lead, Quantity
from app.pipeline.figures.surroundings import Measured, Surroundings
from app.pipeline.figures.weighing import LEAST, RELATIVE, kind_key

_SUPPLIED = frozenset(("commodity_supply", "energy_supply"))  # "20 тысяч автомобилей на 1,8 млрд долларов"
_DIRECTED = ("exports", "imports")  # nobody sets a goal for one of them without saying so
_NOUNS = ("noun", "propn")
_TRADE_GOAL = 10**8  # a goal of less is hardly one of trade
_FEW_NOUNS = 2  # nouns in a sentence that says no more than its figure
_SHARED = 4  # tokens of "с долей в"
_EARLIER = 1.0  # what a word of measure loses with every sentence that it stands back


def before(quantity: Quantity, around: Surroundings) -> Reading | None:
    """The words of measure in the sentences right before, where this one has none; else what the unit says by itself."""
    if quantity.kind == "percent" and around.listed and not around.cues and not around.before:
        return _as_before(quantity, around)
    if quantity.kind not in ("physical", "money") or (quantity.kind == "money" and _measured(around)):
        return None
    key, best, aimed = kind_key(quantity), None, _aimed(quantity, around)
    if key == "t" and _weighed(quantity, around) and supplied(around):
        return Reading("commodity_supply", LEAST, quantity.as_written, quantity.first, "unit")
    goods = quantity.kind == "physical" and quantity.per is None and not verb_final(around.ground.words.pack)
    goods = goods and supplied(around)
    if (alike := _as_before(quantity, around)) is not None:
        return alike
    for distance, cue in enumerate(reversed(around.back)):
        for metric, strength in cue.metrics:
            if (aimed and metric in _DIRECTED) or (goods and metric in ("capacity", NOTHING)):
                continue
            score = strength - _EARLIER - distance * 0.2
            flows = metric == "other" and around.known.flows.at(around.ground.words, cue.first, cue.last) is not None
            if quantity.kind == "money" and not flows and (metric == "other" or "t" in around.known.takes.get(metric, ())):
                continue
            if key in around.known.takes.get(metric, ()) and (best is None or score > best.score):
                best = Reading(metric, score, cue.text, cue.first, "cue of the sentence before")
    if (
        best is None
        and quantity.kind == "physical"
        and key in around.known.takes.get("commodity_supply", ())
        and supplied(around)
    ):
        return Reading("commodity_supply", LEAST, quantity.as_written, quantity.first, "unit")
    default = around.known.defaults.get(key) if best is None else None
    return best if default is None else Reading(default, LEAST, quantity.as_written, quantity.first, "unit")


def grown(quantity: Quantity, around: Surroundings) -> Reading | None:
    """ "Товарооборот растёт. За квартал рост составил 43%.": what grew is named in the sentence right before."""
    if quantity.kind not in RELATIVE or around.cues or around.before or verb_final(around.ground.words.pack):
        return None
    if not grows(quantity, around.ground, around.sentence, around.known):
        return None
    key = kind_key(quantity)
    for cue in reversed(around.back):
        named = [(s, m) for m, s in cue.metrics if s >= STRONG and key in around.known.takes.get(m, ())]
        if named:
            return Reading(max(named)[1], LEAST, cue.text, cue.first, "cue of the sentence before")
    return None


def named_since(quantity: Quantity, around: Surroundings) -> bool:
    """Whether the sentence before names a measure behind the last figure, so that a change is rather one of that."""
    last = around.earlier[-1].quantity.last if around.earlier else 0
    key = kind_key(quantity)
    return any(
        cue.first >= last and any(s >= STRONG and key in around.known.takes.get(m, ()) for m, s in cue.metrics)
        for cue in around.back[-1:]
    )


def inherited(quantity: Quantity, around: Surroundings) -> Reading | None:
    """A figure without a word of its own continues an earlier one: "Это на 22 процента больше", "выйти на 10 млрд"."""
    words, sentence = around.ground.words, around.sentence
    pointed = (
        _share_of_it(quantity, around)
        or quantity.carried
        or bool(around.before and quantity.kind in RELATIVE)
        or _says_no_more(quantity, around)
    )
    pointing = around.known.anaphora | (around.known.volumes if quantity.lead is Lead.BY else frozenset())
    pointed = pointed or any(words.forms[n] & pointing for n in range(sentence.first, sentence.last))
    if not pointed or (not around.before and _fraction(quantity, around)):
        return None
    key, relative = kind_key(quantity), quantity.kind in RELATIVE
    for previous in _candidates(quantity, around):
        alike = previous.quantity.kind == quantity.kind and previous.quantity.unit == quantity.unit
        if (relative or alike or quantity.carried) and key in around.known.takes.get(previous.metric, ()):
            earlier = previous.quantity
            return Reading(previous.metric, LEAST, earlier.as_written, earlier.first, "previous figure")
    return None


def _share_of_it(quantity: Quantity, around: Surroundings) -> bool:
    """ "Россия осталась главным покупателем с долей в 65,4%": a share of what was spoken of."""
    words, known, first = around.ground.words, around.known, quantity.first
    if quantity.kind != "percent":
        return False
    opening = max(around.sentence.first, first - _SHARED)
    if known.shares.before(words, first, opening) is None:
        return False
    return any(words.forms[n] & known.partners for n in range(around.sentence.first, first))


def goal_of_trade(quantity: Quantity, around: Surroundings) -> Reading | None:
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


def supplied(around: Surroundings) -> bool:
    """Whether the sentence speaks of selling, buying or delivering."""
    words, sentence = around.ground.words, around.sentence
    return any(words.forms[n] & around.known.supply for n in range(sentence.first, sentence.last))


def _as_before(quantity: Quantity, around: Surroundings) -> Reading | None:
    """ "Поставили 2 млн тонн. Увеличение объёмов предусмотрено до 3 млн тонн.": as the figure before, if nothing says else.

    Money and shares go on so beside the next country of a list: "С Россией – 5 млрд. На втором месте Китай – 4 млрд".
    """
    listed = quantity.kind in ("money", "percent") and around.listed
    if quantity.kind != "physical" and not listed:
        return None
    takes, key = around.known.takes, kind_key(quantity)
    last = next((m for m in reversed(around.earlier) if m.quantity.unit == quantity.unit), None)
    if last is None or (last.metric not in _SUPPLIED and not listed):
        return None
    said = (*around.cues, *(cue for cue in around.back if cue.first > last.quantity.last))
    if any(key in takes.get(metric, ()) and metric != last.metric for cue in said for metric, _ in cue.metrics):
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
    told = [words.known[n].readings for n in outside[:40]]
    return sum([bool(readings) and readings[0].pos in _NOUNS for readings in told]) <= _FEW_NOUNS
