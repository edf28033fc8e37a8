"""The words of measure around a figure, weighed by how near they stand and on which side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from app.domain.record import record, replace
from app.languages.pack import Pack
from app.pipeline.figures.each_country import each_country
from app.pipeline.figures.order import verb_final
from app.pipeline.words.phrasebook import Openers, Phrases, Words
from app.pipeline.words.segment import Sentence

STRONG, WEAK = 3.0, 2.0
NOTHING = ""  # what a word measures that tells nothing of relations: the harvest, wages
_ANY = ("money", "percent", "points", "factor", "t", "m3", "L")
_COMPLEMENT = 3  # words between a noun of measure and its complement
_STEP, _COMMA, _HARD = 0.08, 0.5, 1.2
_SOFT_MARKS = frozenset(",:—–")
_HARD_MARKS = frozenset(";()")


@record(frozen=True, slots=True)
class Cue:
    """A word of measure in the tokens `first`..`last`, with the metrics it may mean and how plainly.

    `head` are the metrics of the word that it completes ("тарифы на транзит").
    """

    first: int
    last: int
    metrics: tuple[tuple[str, float], ...]
    text: str
    head: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Reading:
    """What a figure measures, and the cue that says so."""

    metric: str
    score: float
    cue: str
    at: int
    rule: str = "cue"


@record(frozen=True, slots=True)
class Vocabulary:
    """The metric words of a pack, compiled."""

    openers: Openers
    cues: Phrases[tuple[tuple[str, float], ...]]
    flows: Phrases[bool]
    shares: Phrases[bool]  # before a share of what was spoken of
    partners: frozenset[str]  # who has such a share
    goods: Phrases[str]
    supply: frozenset[str]
    takes: dict[str, frozenset[str]]
    up: frozenset[str]
    down: frozenset[str]
    behind: frozenset[str]
    idle: frozenset[str]
    world: Phrases[bool]
    anaphora: frozenset[str]
    volumes: frozenset[str]
    deny: frozenset[str]
    counted: dict[str, str]
    people: frozenset[str]
    never: frozenset[str]
    doing: Phrases[str]
    defaults: dict[str, str]
    restated: Phrases[bool]
    mirrored: frozenset[str]
    percent: frozenset[str]
    goals: frozenset[str]
    worth: frozenset[str]
    places: frozenset[str]
    residing: frozenset[str]
    working: frozenset[str]
    often: str
    levels: frozenset[str]
    ratio: frozenset[str]
    compared: frozenset[str]
    accounting: frozenset[str]
    foreign: frozenset[str]
    costing: frozenset[str]
    sums: frozenset[str]
    made: frozenset[str]
    nation: Phrases[bool]  # one country's trade without its name
    inward: Phrases[bool]
    outward: Phrases[bool]
    buying: frozenset[str]
    selling: frozenset[str]
    abroad: frozenset[str]  # selling to other countries and buying from them
    strangers: frozenset[str]  # of people: from other countries
    rate: frozenset[str]  # a growth in percent ("growth slowed to 2.7 percent")
    joining: frozenset[str]
    portions: frozenset[str]  # what says that a percentage is a share
    within: frozenset[str]  # between a share and what it is a share of ("60 percent of all trade")


@cache
def vocabulary(pack: Pack) -> Vocabulary:
    """Compiles `indicators.toml` and `counted.toml` of a pack."""
    table, counted = pack["indicators"], pack["counted"]
    cues: dict[str, list[tuple[str, float]]] = {}
    for metric, groups in table.get("cues", {}).items():
        for strength, name in ((STRONG, "strong"), (WEAK, "weak"), (STRONG, "flows")):
            for phrase in each_country(groups.get(name, ()), pack):
                cues.setdefault(phrase, []).append((metric, strength))
    for phrase in table.get("nothing", {}).get("phrases", ()):
        cues.setdefault(phrase, []).append((NOTHING, STRONG))
    goods = table.get("goods", {})

    def words(section: str, name: str) -> frozenset[str]:
        return frozenset(table.get(section, {}).get(name, ()))

    def phrases(section: str, name: str) -> Phrases[bool]:
        return Phrases([(phrase, True) for phrase in table.get(section, {}).get(name, ())])

    measured = Phrases([(phrase, tuple(metrics)) for phrase, metrics in cues.items()])
    named = Phrases([(good, metric) for metric, listed in goods.items() if metric != "supply" for good in listed])
    return Vocabulary(
        Openers(measured.firsts, named.firsts),
        measured,
        Phrases([(phrase, True) for groups in table.get("cues", {}).values() for phrase in groups.get("flows", ())]),
        phrases("share", "before"),
        words("share", "of"),
        named,
        frozenset(goods.get("supply", ())),
        {metric: frozenset(kinds) for metric, kinds in {**table.get("takes", {}), NOTHING: _ANY}.items()},
        words("growth", "up"),
        words("growth", "down"),
        words("growth", "behind"),
        words("growth", "idle"),
        phrases("world", "phrases"),
        words("anaphora", "words"),
        words("anaphora", "grown"),
        words("deny", "left"),
        {noun: metric for metric, nouns in counted.get("metric", {}).items() for noun in nouns},
        frozenset(counted.get("people", {}).get("nouns", ())),
        frozenset(counted.get("never", {}).get("nouns", ())),
        Phrases([(phrase, metric) for metric, listed in table.get("people", {}).items() for phrase in listed]),
        dict(table.get("defaults", {})),
        phrases("restated", "phrases"),
        words("mirrored", "words"),
        frozenset(phrase for phrases_ in pack["units"].get("percent", {}).values() for phrase in phrases_),
        words("goals", "words"),
        words("worth", "words"),
        frozenset(counted.get("places", {}).get("nouns", ())),
        frozenset(counted.get("people", {}).get("residing", ())),
        frozenset(counted.get("people", {}).get("working", ())),
        str(counted.get("often", {}).get("noun", "")),
        frozenset(pack["hedges"].get("levels", {}).get("words", ())),
        words("ratio", "behind"),
        words("ratio", "to"),
        words("within", "accounting"),
        words("deny", "content"),
        words("linked", "verbs"),
        words("linked", "sums"),
        frozenset(counted.get("made", {}).get("nouns", ())),
        phrases("nation", "phrases"),
        phrases("nation", "into"),
        phrases("nation", "out"),
        words("nation", "buying"),
        words("nation", "selling"),
        words("abroad", "words"),
        words("abroad", "people"),
        words("growth", "rate"),
        frozenset(counted.get("joining", {}).get("words", ())),
        words("within", "portions"),
        words("within", "words"),
    )


@record(frozen=True, slots=True)
class Ground:
    """The document's tokens with the clause boundaries counted up to each of them."""

    words: Words
    commas: tuple[int, ...]
    hard: tuple[int, ...]

    @classmethod
    def of(cls, words: Words) -> Ground:
        tokens, keys = words.tokens, words.keys
        turns = frozenset(words.pack["indicators"].get("turns", {}).get("words", ()))
        commas = accumulate([key in _SOFT_MARKS for key in keys], initial=0)  # a mark is its own key
        ends = _HARD_MARKS | turns
        # Most languages need no look at the word before: there a boundary is told by the token alone.
        hard = (
            accumulate((_boundary(words, at, turns) for at in range(len(tokens))), initial=0)
            if verb_final(words.pack)
            # A clause goes on behind what stands in brackets, so that the closing one takes the opening one back.
            else accumulate([-1 if key == ")" else key in ends for key in keys], initial=0)
        )
        return cls(words, tuple(commas), tuple(hard))

    def joined(self, first: int, last: int) -> bool:
        """Whether no boundary of clauses stands between two places."""
        return self.commas[first] == self.commas[last] and self.hard[first] == self.hard[last]

    def cost(self, first: int, last: int) -> float:
        """How far two places are from each other, in words and boundaries."""
        if first >= last:
            return 0.0
        commas, hard = self.commas[last] - self.commas[first], abs(self.hard[last] - self.hard[first])
        return (last - first) * _STEP + commas * _COMMA + hard * _HARD


def _boundary(words: Words, at: int, turns: frozenset[str]) -> int:
    """Whether a clause ends at the token of a language whose verb is last.

    There clauses go on over an aside, so that its brackets take each other back, and a comma behind
    a verb that can stand by itself ends one.
    """
    token = words.tokens[at]
    if token.text in _HARD_MARKS or token.key in turns:
        return -1 if token.text == ")" else 1
    if token.text != "," or not at:
        return 0
    return any(r.verb in ("fin", "cond") for r in words.readings(at - 1)[:1])


def find_cues(words: Words, sentence: Sentence, known: Vocabulary) -> tuple[Cue, ...]:
    """Every word of measure in a sentence; a named good turns "экспорт" into its supply."""
    found: list[Cue] = []
    past = sentence.first
    supplied: bool | None = None
    for at in known.openers.between(words, sentence.first, sentence.last):
        if at < past or words.tokens[at].kind != "word":
            continue
        good = known.goods.at(words, at, sentence.last)
        cue = known.cues.at(words, at, sentence.last)
        if cue is not None and (good is None or cue.last >= good.last):
            metrics = _specified(words, cue.last, sentence.last, cue.value, known)
            found.append(Cue(at, cue.last, metrics, _text(words, at, cue.last)))
            past = cue.last
        elif good is not None:
            if supplied is None:
                supplied = any(words.forms[n] & known.supply for n in range(sentence.first, sentence.last))
            found.append(Cue(at, good.last, ((good.value, STRONG if supplied else WEAK - 0.5),), _text(words, at, good.last)))
            past = good.last
    return tuple(_ranked(words, found))


def _ranked(words: Words, cues: list[Cue]) -> Iterator[Cue]:
    """Marks the words of measure that only complete the one before: "тарифы на транзит", "дефицит в торговле"."""
    for n, cue in enumerate(cues):
        between = range(cues[n - 1].last, cue.first) if n else range(0)
        close = n > 0 and len(between) <= _COMPLEMENT and all(_leads_in(words, at) for at in between)
        yield replace(cue, head=tuple(metric for metric, _ in cues[n - 1].metrics)) if close else cue


def _leads_in(words: Words, at: int) -> bool:
    """A preposition or an attribute, as stands between a noun and its complement."""
    return words.tokens[at].kind == "word" and any(r.pos in ("adp", "adj") or r.verb == "part" for r in words.readings(at)[:1])


def _specified(
    words: Words, at: int, end: int, metrics: tuple[tuple[str, float], ...], known: Vocabulary
) -> tuple[tuple[str, float], ...]:
    """ "экспорт муки" is the supply of a named good, whatever "экспорт" alone would be."""
    if not any(metric in ("exports", "imports", "commodity_supply") for metric, _ in metrics):
        return metrics
    for place in range(at, min(end, at + 4)):
        if words.tokens[place].kind != "word":
            break
        good = known.goods.at(words, place, end)
        if good is not None:
            return ((good.value, STRONG),)
        if not any(r.pos in ("adj", "adp", "det", "part") or r.verb == "part" for r in words.readings(place)):
            break
    return metrics


def _text(words: Words, first: int, last: int) -> str:
    return " ".join(token.text for token in words.tokens[first:last])
