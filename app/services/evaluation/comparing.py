"""Two sets of facts about one article side by side: what agrees, what is missing, what is too much."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from app.services.evaluation.marked import FIELDS, Facts, MarkedIndicator, MarkedStatement

Fact = TypeVar("Fact", MarkedStatement, MarkedIndicator)
Matches = list[tuple[int, int]]

# An indicator is right as a whole when these agree; the period is counted apart.
JOINT = ("metric", "measure", "comparator", "status", "pair")
# Half of the characters in common make it the same statement; nine tenths make its bounds right.
LOOSE, STRICT = 0.5, 0.9
_EXTRA_WORDS = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one fact of an answer is right as a whole: the `index`-th of its `kind` ("statement" or "indicator").

    A statement is right with its speaker, an indicator with all that `JOINT` names.
    """

    kind: str
    index: int
    confidence: float | None
    right: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Counts to be summed over articles, a line for each disagreement, and a verdict on each fact that is judged."""

    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)


def compare(gold: Facts, answer: Facts) -> Comparison:
    """Everything in which an answer agrees with what is marked, and in which it does not."""
    made = Comparison()
    _compare_statements(gold, answer, made)
    _compare_indicators(gold, answer, made)
    if gold.pairs is not None:
        _compare_pairs(gold.pairs, answer.pairs or set(), made)
    return made


def _compare_pairs(gold: set[str | None], answer: set[str | None], made: Comparison) -> None:
    _count(made.counts, "pairs", len(gold & answer), len(answer - gold), len(gold - answer))
    if gold != answer:
        made.notes.append(f"pairs: gold {sorted(map(str, gold))} got {sorted(map(str, answer))}")


def _compare_statements(gold: Facts, answer: Facts, made: Comparison) -> None:
    counts, notes = made.counts, made.notes
    strict = _align(gold.statements, answer.statements, lambda g, p: _at_least(STRICT, g, p))
    strictly_wrong = _too_much(answer.statements, strict, gold.ignore["statements"])
    _count(counts, "statement_strict", len(strict), len(strictly_wrong), len(gold.statements) - len(strict))
    matches = _align(gold.statements, answer.statements, lambda g, p: _at_least(LOOSE, g, p))
    wrong = _too_much(answer.statements, matches, gold.ignore["statements"])
    _count(counts, "statement", len(matches), len(wrong), len(gold.statements) - len(matches))
    judged = dict.fromkeys(wrong, False)
    for one, other in matches:
        judged[other] = _compare_statement(gold.statements[one], answer.statements[other], made)
    made.verdicts.extend(Verdict("statement", n, answer.statements[n].confidence, judged[n]) for n in sorted(judged))
    right = counts["speaker.right"]
    _count(counts, "attributed", right, len(matches) + len(wrong) - right, len(gold.statements) - right)
    notes += [f"missed statement ({g.kind}): {g.shown}" for g in _missed(gold.statements, matches)]
    notes += [f"false statement: {answer.statements[n].shown}" for n in wrong]


def _compare_statement(gold: MarkedStatement, got: MarkedStatement, made: Comparison) -> bool:
    """Whether the speaker is right."""
    counts, notes, shown = made.counts, made.notes, gold.shown[:90]
    if not _judge(counts, "kind", gold.kind == got.kind):
        notes.append(f"kind: gold {gold.kind} got {got.kind}: {shown}")
    if not _judge(counts, "statement_pairs", set(gold.pairs) == set(got.pairs)):
        notes.append(f"statement pairs: gold {gold.pairs} got {got.pairs}: {shown}")
    if (overlap := _overlap(gold.chars, got.chars)) < STRICT:
        notes.append(f"bounds: overlap {overlap:.2f}: gold {gold.shown[:70]!r} got {got.shown[:70]!r}")
    if not (right := _judge(counts, "speaker", same_speaker(gold.names, got.names))):
        notes.append(f"speaker: gold {gold.names[:2]} got {got.names[:2]}: {shown}")
    return right


def _compare_indicators(gold: Facts, answer: Facts, made: Comparison) -> None:
    counts, notes = made.counts, made.notes
    matches = _align(gold.indicators, answer.indicators, _same_amount)
    wrong = _too_much(answer.indicators, matches, gold.ignore["indicators"])
    _count(counts, "value", len(matches), len(wrong), len(gold.indicators) - len(matches))
    judged = dict.fromkeys(wrong, False)
    judged |= {p: _compare_indicator(gold.indicators[g], answer.indicators[p], made) for g, p in matches}
    whole = sum(judged.values())
    made.verdicts.extend(Verdict("indicator", n, answer.indicators[n].confidence, judged[n]) for n in sorted(judged))
    _count(counts, "indicator", whole, len(matches) + len(wrong) - whole, len(gold.indicators) - whole)
    notes += [f"missed indicator: {g.shown!r} {_told(g)}" for g in _missed(gold.indicators, matches)]
    extra = [answer.indicators[n] for n in wrong]
    notes += [f"false indicator: {p.shown!r} {_told(p)} {p.fields['metric']}" for p in extra]


def _compare_indicator(gold: MarkedIndicator, got: MarkedIndicator, made: Comparison) -> bool:
    """Whether it is right as a whole. Where gold says `other`, any metric will do and is not counted."""
    counts, notes = made.counts, made.notes
    right = {name: gold.fields[name] == got.fields[name] for name in FIELDS}
    if gold.fields["metric"] == "other":
        right["metric"] = True
    for name in FIELDS:
        if name != "metric" or gold.fields[name] != "other":
            _judge(counts, name, right[name])
    if gold.names and not _judge(counts, "said_by", same_speaker(gold.names, got.names)):
        notes.append(f"indicator {gold.shown!r}: said by {gold.names[:1]} got {got.names[:1]}")
    differing = [f"{name} {gold.fields[name]!r}≠{got.fields[name]!r}" for name in FIELDS if not right[name]]
    if differing:
        notes.append(f"indicator {gold.shown!r}: {', '.join(differing)}")
    return all(right[name] for name in JOINT)


def same_speaker(gold: Sequence[str], got: Sequence[str]) -> bool:
    """Some accepted form is contained in some given form that has at most four words more."""
    wanted = [words for words in map(_words, gold) if words]
    return any(g <= p and len(p) <= len(g) + _EXTRA_WORDS for p in map(_words, got) for g in wanted)


def _words(name: str) -> frozenset[str]:
    folded = unicodedata.normalize("NFC", name).casefold().replace("ё", "е")
    return frozenset(re.findall(r"\w+", folded))


def _align(gold: Sequence[Fact], got: Sequence[Fact], score: Callable[[Fact, Fact], float]) -> Matches:
    """Pairs them off greedily, the best score first; each is used once."""
    rows = sorted(((score(g, p), i, k) for i, g in enumerate(gold) for k, p in enumerate(got)), reverse=True)
    used_gold: set[int] = set()
    used_got: set[int] = set()
    matches: Matches = []
    for value, i, k in rows:
        if value > 0 and i not in used_gold and k not in used_got:
            used_gold.add(i)
            used_got.add(k)
            matches.append((i, k))
    return matches


def _at_least(bar: float, gold: MarkedStatement, got: MarkedStatement) -> float:
    overlap = _overlap(gold.chars, got.chars)
    return overlap if overlap >= bar else 0


def _same_amount(gold: MarkedIndicator, got: MarkedIndicator) -> float:
    return 1 + _overlap(gold.chars, got.chars) if gold.amount == got.amount and gold.chars & got.chars else 0


def _overlap(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _too_much(got: Sequence[Fact], matches: Matches, ignore: Sequence[frozenset[int]]) -> list[int]:
    """Places of what was found and is not marked, unless most of it lies in a stretch that is not judged."""
    matched = {k for _, k in matches}
    spare = [(k, p) for k, p in enumerate(got) if k not in matched]
    return [k for k, p in spare if not any(len(p.chars & stretch) * 2 >= len(p.chars) for stretch in ignore)]


def _missed(gold: Sequence[Fact], matches: Matches) -> list[Fact]:
    matched = {i for i, _ in matches}
    return [g for i, g in enumerate(gold) if i not in matched]


def _count(counts: Counter[str], name: str, right: int, too_much: int, missed: int) -> None:
    counts[f"{name}.tp"] += right
    counts[f"{name}.fp"] += too_much
    counts[f"{name}.fn"] += missed


def _judge(counts: Counter[str], name: str, right: bool) -> bool:
    counts[f"{name}.right"] += right
    counts[f"{name}.all"] += 1
    return right


def _told(indicator: MarkedIndicator) -> str:
    low, high, unit = indicator.amount
    return f"{low}–{high} {unit}" if high is not None else f"{low} {unit}"
