"""Weighs the words of measure around a figure against each other and against the figure before it."""

from __future__ import annotations

from app.domain.measure import Per
from app.domain.record import record, replace
from app.pipeline.figures.cue_words import STRONG, WEAK, Cue, Ground, Reading, Vocabulary
from app.pipeline.figures.endings import cases
from app.pipeline.figures.measures import grows
from app.pipeline.figures.order import verb_final
from app.pipeline.figures.quantity import Lead, Quantity
from app.pipeline.words.phrasebook import Words
from app.pipeline.words.segment import Sentence

RELATIVE = frozenset(("percent", "points", "factor"))
_DASHES = frozenset("–—-")
_ENDS = frozenset(",.;)")
_STEP = 0.08
_ASIDE = 3  # words between "оның" and the worth of it
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
_SUPPLIED = frozenset(("commodity_supply", "energy_supply"))
_DIRECTED = frozenset(("exports", "imports"))
_RATE = 1.0  # what "a year" adds to a capacity


@record(frozen=True, slots=True)
class Measured:
    """A figure of which the metric is known, as later figures look back on it."""

    quantity: Quantity
    metric: str


@record(frozen=True, slots=True)
class Surroundings:
    """What stands around a figure: its sentence, the words of measure in it, the figures before it there and earlier.

    `listed` tells that it stands beside one of several countries.
    """

    ground: Ground
    sentence: Sentence
    cues: tuple[Cue, ...]
    back: tuple[Cue, ...]
    before: tuple[Measured, ...]
    earlier: tuple[Measured, ...]
    known: Vocabulary
    listed: bool = False

    def measured_last(self) -> Measured | None:
        """The figure right before this one, in the sentence or earlier."""
        return next(iter((self.before or self.earlier)[-1:]), None)


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
        best = _of_thing(best, key, around)
    if best is not None and plain and best.metric in _DIRECTED:
        best = _of_good(best, key, around)
    if best is not None and key in RELATIVE and best.metric in _DIRECTED:
        best = _of_listed_good(best, around)
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


def _of_thing(best: Reading, key: str, around: Surroundings) -> Reading:
    """ "Оның құны – 90 млрд рубль": the worth of what was named before, in the sentence or the one before it."""
    words, worth = around.ground.words, around.known.worth
    near = range(max(around.sentence.first, best.at - _ASIDE), best.at)
    if not _worth(words, best.at, worth) or not any(words.forms[n] & around.known.anaphora for n in near):
        return best
    here = [cue for cue in around.cues if cue.last <= best.at]
    for cue in reversed([*around.back, *here]):
        named = [(strength, metric) for metric, strength in cue.metrics if key in around.known.takes.get(metric, ())]
        if named and not _worth(words, cue.first, worth):
            return replace(best, metric=max(named)[1], rule="worth of what was named")
    return best


def _of_good(best: Reading, key: str, around: Surroundings) -> Reading:
    """ "Китай закупает вино. Объём поставок составил 16 млн": deliveries of the good that the sentence before names."""
    if any(metric in _SUPPLIED for cue in around.cues for metric, _ in cue.metrics) or verb_final(around.ground.words.pack):
        return best
    for cue in reversed(around.back):
        for metric, strength in cue.metrics:
            if metric in _SUPPLIED and strength >= STRONG and key in around.known.takes.get(metric, ()):
                return replace(best, metric=metric, rule="good of the sentence before")
    return best


def _of_listed_good(best: Reading, around: Surroundings) -> Reading:
    """ "Украина – 10 млн бутылок, рост экспорта 26%": the exports are those of the good that the list is of."""
    last = around.measured_last()
    if last is None or not around.listed or last.metric not in _SUPPLIED or not around.before:
        return best
    return replace(best, metric=last.metric, rule="good of the list")


def _worth(words: Words, at: int, worth: frozenset[str]) -> bool:
    """Whether a word of measure is one of worth or size, an adjective before it or not."""
    return any(not words.forms[n].isdisjoint(worth) for n in range(at, min(at + 2, len(words.tokens))))


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
    dashed = cue.first == quantity.last + 1 and ground.words.tokens[quantity.last].text in _DASHES
    if dashed and (verb_final(ground.words.pack) or _told_alone(cue, around)):
        return _ADJACENT - _STEP  # "3,5 млрд доллары – экспорт"
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
