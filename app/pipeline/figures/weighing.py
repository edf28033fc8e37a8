"""Weighs the words of measure around a figure against each other and against the figure before it."""

from __future__ import annotations

from app.domain.measure import Per
from app.domain.record import replace
from app.pipeline.figures.cue_words import WEAK, Cue, Ground, Reading
from app.pipeline.figures.endings import cases
from app.pipeline.figures.goods import of_good, of_listed_good, of_thing, same_good
from app.pipeline.figures.measures import grows
from app.pipeline.figures.order import verb_final
from app.pipeline.figures.quantity import Lead, Quantity
from app.pipeline.figures.surroundings import Surroundings

RELATIVE = frozenset(("percent", "points", "factor"))
_DASHES = frozenset("–—-")
_ENDS = frozenset(",.;)")
_STEP = 0.08
LEAST = 0.1  # below this the words are too far to mean the figure
_ADJACENT = 1.5  # a noun right behind the figure, governed by it: "60% товарооборота"
_CONTENT = 0.3  # the same behind a unit: "10 млн тонн грузов" says what is weighed, not what is measured
_BEHIND = 0.8  # any other word behind the figure
_COMPLEMENT = 1.0  # a word that completes another: "тарифы на транзит"
_PREVIOUS = 2.2  # the figure before it in the sentence
_BESIDE = 1.7  # the same for a figure of the same kind
_PARALLEL = 1.2  # beside the next country of a list: "с Узбекистаном – 300 млн, а с Кыргызстаном – 20 млн"
_RELATED = 1.0  # of what a relative clause goes on about: "8,7 млн тонн, что на 17% меньше"
_RELATIVE_CLAUSE = 3  # tokens of its comma, its "что" and an adverb
_CARRIED = 3.5  # the same for one that takes its unit from it
_ACCOUNTING = 3  # words from "account" to its share
_DASHED = 2  # tokens of a dash and a preposition
_DIRECTED = frozenset(("exports", "imports"))
_RATE = 1.0  # what "a year" adds to a capacity


def kind_key(quantity: Quantity) -> str:
    """The name under which a metric admits an amount."""
    return str(quantity.unit) if quantity.kind == "physical" else quantity.kind


def best_cue(quantity: Quantity, around: Surroundings, only: tuple[str, ...] | None) -> Reading | None:
    """The word of measure that weighs most among those that admit such an amount."""
    key, best, plain = kind_key(quantity), None, False
    of_economy = _of_economy(quantity, around)
    for cue in around.cues:
        if (cue.first < quantity.last and quantity.first < cue.last) or _counted_already(cue, around):
            continue
        for metric, strength in cue.metrics:
            if metric == "gdp" and of_economy:
                continue
            if (only is None or metric in only) and key in around.known.takes.get(metric, ()):
                score = strength + _position(cue, quantity, around) + _yearly(metric, quantity)
                if best is None or score > best.score:
                    best, plain = Reading(metric, score, cue.text, cue.first), strength <= WEAK
    if best is not None and best.metric == "project_investment" and best.score < WEAK and _contracted(around):
        best = replace(best, metric="contract_value")
    if best is not None and only is None:
        best = of_thing(best, key, around)
    if best is not None and plain and best.metric in _DIRECTED:
        best = of_good(best, key, around)
    if best is not None and key in RELATIVE and best.metric in _DIRECTED:
        best = same_good(of_listed_good(best, around), around)
    previous = _previous(quantity, around, key) if only is None else None
    if previous is not None and (best is None or previous.score > best.score):
        best = previous
    if best is None or best.score < LEAST:
        return None
    return None if key in RELATIVE and _bare_share(quantity, best, around) else best


def _of_economy(quantity: Quantity, around: Surroundings) -> bool:
    """ "Приток инвестиций составил 1,9% ВВП": the economy is what the share is of, and something before it is the share."""
    if quantity.kind != "percent" or quantity.lead is Lead.BY:
        return False
    behind = any(cue.first == quantity.last and cue.metrics[0][0] == "gdp" for cue in around.cues)
    return behind and any(
        cue.last <= quantity.first and any("percent" in around.known.takes.get(m, ()) and m != "gdp" for m, _ in cue.metrics)
        for cue in around.cues
    )


def _yearly(metric: str, quantity: Quantity) -> float:
    """So much a year is more likely what a facility can do."""
    return _RATE if metric == "capacity" and quantity.per is Per.YEAR else 0.0


def _bare_share(quantity: Quantity, reading: Reading, around: Surroundings) -> bool:
    """A share that nothing near it is the whole of.

    A share of things counted needs its noun right behind ("15% предприятий", never "компания … 5,3%"), any other a
    word of measure in its own clause.
    """
    if (
        around.listed
        or _accounts(quantity, around)
        or quantity.kind != "percent"
        or quantity.lead is Lead.BY
        or reading.metric in ("local_currency_share", "other")
    ):
        return False
    ground = around.ground
    if quantity.sign or grows(quantity, ground, around.sentence, around.known):
        return False
    takes = around.known.takes[reading.metric]
    if "money" not in takes and "t" not in takes:
        return reading.at < quantity.first or not _attributes(around, quantity.last, reading.at)
    first, last = min(reading.at, quantity.last), max(reading.at, quantity.first)
    return reading.rule == "cue" and not ground.joined(first, last)


def _previous(quantity: Quantity, around: Surroundings, key: str) -> Reading | None:
    """The figure before in the sentence: what grew by a percentage, or what another sum is set beside."""
    if not around.before:
        return None
    nearest, relative = around.before[-1], quantity.kind in RELATIVE
    previous = nearest
    if (
        nearest.quantity.kind in RELATIVE
        and not relative
        and len(around.before) > 1
        and around.before[-2].metric == nearest.metric
    ):
        told = around.before[-2]  # "310 тыс. тонн, что в 2,4 раза превышает объём января, который составил 127 тыс. тонн"
        previous = told if told.quantity.unit == quantity.unit else nearest
    alike = previous.quantity.kind == quantity.kind and previous.quantity.unit == quantity.unit
    level = (
        previous.quantity.kind in RELATIVE
        and quantity.kind in ("money", "physical")
        and _grown_to(previous.quantity, quantity, around)
    )
    if not (relative or alike or level) or key not in around.known.takes.get(previous.metric, ()):
        return None
    score = (
        _PREVIOUS if relative else _CARRIED if quantity.carried and quantity.kind == "physical" else _BESIDE
    ) - around.ground.cost(nearest.quantity.last, quantity.first)
    score += (
        _PARALLEL if alike and around.listed else _RELATED if relative and _related(nearest.quantity, quantity, around) else 0.0
    )
    return Reading(previous.metric, score, previous.quantity.as_written, previous.quantity.first, "previous figure")


def _related(earlier: Quantity, change: Quantity, around: Surroundings) -> bool:
    """ "8,7 млн тонн, что на 17% меньше": the change is told of the figure right before it."""
    words = around.ground.words
    that = words.pack["status"].get("that", {}).get("words", ())
    between = words.tokens[earlier.last : change.first]
    return 2 <= len(between) <= _RELATIVE_CLAUSE and between[0].text == "," and between[1].key in that


def _grown_to(change: Quantity, level: Quantity, around: Surroundings) -> bool:
    """ "подскочил на 34,9% и составил 17,8 млрд": a verb and no noun between a change and the level it led to."""
    words = around.ground.words
    between = range(change.last, level.first)
    told = [r.pos for n in between for r in words.readings(n)[:1] if words.tokens[n].kind == "word"]
    return around.ground.joined(change.last, level.first) and "verb" in told and not {"noun", "propn"} & set(told)


def _counted_already(cue: Cue, around: Surroundings) -> bool:
    """A noun that an earlier figure counts speaks through that figure ("740 тысяч граждан, на 4% больше")."""
    return any(m.quantity.first <= cue.first < m.quantity.last for m in around.before)


def _contracted(around: Surroundings) -> bool:
    """Whether the worth of something is that of a contract spoken of in the same sentence."""
    words = around.ground.words
    nouns = (cue for cue in around.cues if any(r.pos == "noun" for r in words.readings(cue.first)[:1]))
    return any(metric == "contract_value" for cue in nouns for metric, _ in cue.metrics)


def _position(cue: Cue, quantity: Quantity, around: Surroundings) -> float:
    ground, key = around.ground, kind_key(quantity)
    complement = _COMPLEMENT if any(key in around.known.takes.get(metric, ()) for metric in cue.head) else 0.0
    if cue.last == quantity.first and quantity.kind == "percent" and _owns(cue, ground):
        return _ADJACENT
    if cue.last <= quantity.first:
        return -ground.cost(cue.last, quantity.first) - complement
    cost = ground.cost(quantity.last, cue.first)
    if _attributes(around, quantity.last, cue.first) and not _accounts(quantity, around):
        return (_CONTENT if quantity.kind == "physical" else _ADJACENT) - cost
    dashed = cue.first > quantity.last and ground.words.tokens[quantity.last].text in _DASHES
    dashed = dashed and _attributes(around, quantity.last + 1, cue.first)
    if dashed and (verb_final(ground.words.pack) or _told_alone(cue, around)):
        return _ADJACENT - _STEP  # "3,5 млрд доллары – экспорт", "95% – белорусский экспорт"
    if _led(around, quantity.last, cue.first):
        return _ADJACENT - cost
    same = ground.joined(quantity.last, cue.first)
    return -cost - complement - (_BEHIND if same else 2 * _BEHIND)


def _accounts(quantity: Quantity, around: Surroundings) -> bool:
    """ "exports account for 95 percent of the trade": the share is of what stands before the verb."""
    near = range(max(around.sentence.first, quantity.first - _ACCOUNTING), quantity.first)
    return any(not around.ground.words.forms[n].isdisjoint(around.known.accounting) for n in near)


def _owns(cue: Cue, ground: Ground) -> bool:
    """ "Экспорттың 70 пайызы": the whole of a share, in the genitive right before it."""
    return verb_final(ground.words.pack) and "gen" in cases(ground.words, cue.last)


def _told_alone(cue: Cue, around: Surroundings) -> bool:
    """ "1,05 млрд – экспорт Узбекистана": nothing but nouns up to the next mark, so that the word has no figure of its own."""
    words, end = around.ground.words, around.sentence.last
    for at in range(cue.first, end):
        if words.tokens[at].kind != "word":
            return at > cue.first and not words.number(at) and words.tokens[at].text in _ENDS
        if words.verb(at) or words.number(at):
            return False
    return True


def _led(around: Surroundings, first: int, last: int) -> bool:
    """ "и 92 млн – на импорт": a dash and a preposition lead from the figure to what it is of."""
    words = around.ground.words
    if last - first != _DASHED or words.tokens[first].text not in _DASHES:
        return False
    return any(r.pos == "adp" for r in words.readings(first + 1)[:1])


def _attributes(around: Surroundings, first: int, last: int) -> bool:
    """Whether only attributes stand between: "60% всего товарооборота"."""
    words = around.ground.words
    within = around.known.within
    return all(
        words.tokens[n].key in within or any(r.pos in ("adj", "pron", "det") or r.verb == "part" for r in words.readings(n))
        for n in range(first, last)
    )
