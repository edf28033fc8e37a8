"""Of which good a word of trade speaks that names none: of the sentence before, of the list, of the thing just named."""

from __future__ import annotations

from app.domain.record import replace
from app.pipeline.figures.cue_words import STRONG, Reading
from app.pipeline.figures.order import verb_final
from app.pipeline.figures.surroundings import Surroundings
from app.pipeline.words.phrasebook import Words

_ASIDE = 3  # words between "оның" and the worth of it
_SUPPLIED = frozenset(("commodity_supply", "energy_supply"))
_DIRECTED = frozenset(("exports", "imports"))


def of_thing(best: Reading, key: str, around: Surroundings) -> Reading:
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


def of_good(best: Reading, key: str, around: Surroundings) -> Reading:
    """ "Китай закупает вино. Объём поставок составил 16 млн": deliveries of the good that the sentence before names."""
    if any(metric in _SUPPLIED for cue in around.cues for metric, _ in cue.metrics) or verb_final(around.ground.words.pack):
        return best
    for cue in reversed(around.back):
        for metric, strength in cue.metrics:
            if metric in _SUPPLIED and strength >= STRONG and key in around.known.takes.get(metric, ()):
                return replace(best, metric=metric, rule="good of the sentence before")
    return best


def of_listed_good(best: Reading, around: Surroundings) -> Reading:
    """ "Украина – 10 млн бутылок, рост экспорта 26%": the exports are those of the good that the list is of."""
    last = around.measured_last()
    if last is None or not around.listed or last.metric not in _SUPPLIED or not around.before:
        return best
    return replace(best, metric=last.metric, rule="good of the list")


def same_good(best: Reading, around: Surroundings) -> Reading:
    """ "Импорт газа составил 5 млн. Импорт сократился вдвое": the same word of trade, of a good in the sentence before."""
    if best.metric not in _DIRECTED or around.before or not around.earlier or around.earlier[-1].metric not in _SUPPLIED:
        return best
    words, forms = around.ground.words, around.ground.words.forms
    if not (best.at + 1 < len(forms) and words.verb(best.at + 1)):
        return best  # "Экспорт Грузии в Польшу вырос": a word of its own says whose or of what
    same = [cue for cue in around.back if cue.metrics[0][0] in _SUPPLIED and forms[cue.first] & forms[best.at]]
    return replace(best, metric=same[-1].metrics[0][0], rule="good of the sentence before") if same else best


def _worth(words: Words, at: int, worth: frozenset[str]) -> bool:
    """Whether a word of measure is one of worth or size, an adjective before it or not."""
    return any(not words.forms[n].isdisjoint(worth) for n in range(at, min(at + 2, len(words.tokens))))
