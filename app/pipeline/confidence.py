"""How sure a fact is: what it rests on, weighed by figures learned from annotated articles.

The weights are a logistic regression over what each fact says of itself and of its evidence. scripts/calibrate
learns them and writes `confidence.toml`; nothing here knows a language.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from app.domain.facts import Indicator, Statement
from app.domain.record import replace

_FEW, _MANY = 4, 60  # words
_HIGHEST = 0.99
"""Nothing that was learned from a few hundred facts is surer than this."""


def weigh_statements(statements: tuple[Statement, ...], language: str) -> tuple[Statement, ...]:
    """The statements, each with the chance that its words and its speaker are right."""
    return tuple(replace(s, confidence=sureness("statement", statement_grounds(s, language))) for s in statements)


def weigh_indicators(indicators: tuple[Indicator, ...], language: str) -> tuple[Indicator, ...]:
    """The indicators, each with the chance that metric, measure, value, comparator, status and pair are right."""
    return tuple(replace(i, confidence=sureness("indicator", indicator_grounds(i, language))) for i in indicators)


def sureness(kind: str, grounds: frozenset[str]) -> float | None:
    """From 0 to 1, two decimals; None where nothing was learned about this kind of fact."""
    weights = _learned().get(kind)
    if not weights:
        return None
    total = weights["bias"] + sum([weights.get(ground, 0.0) for ground in grounds])
    return round(min(_HIGHEST, 1 / (1 + math.exp(-total))), 2)


def statement_grounds(statement: Statement, language: str) -> frozenset[str]:
    """What speaks for or against a statement, as names of weights."""
    speaker, words = statement.speaker, len(statement.text.split())
    grounds = {
        f"language {language}",
        f"kind {statement.kind}",
        f"rule {statement.evidence.rule}",
        f"speaker {speaker.kind}",
        f"resolved by {speaker.resolved_by}",
    }
    if speaker.kind == "person":
        grounds.add("in the catalogue" if speaker.wikidata else "not in the catalogue")
    if statement.co_speakers:
        grounds.add("several speakers")
    if words < _FEW or words > _MANY:
        grounds.add("few words" if words < _FEW else "many words")
    return frozenset(grounds)


def indicator_grounds(indicator: Indicator, language: str) -> frozenset[str]:
    """What speaks for or against an indicator, as names of weights."""
    grounds = {
        f"language {language}",
        f"metric {indicator.metric}",
        f"measure {indicator.measure}",
        f"status {indicator.status}",
        f"rule {indicator.evidence.rule}",
        f"pairs {min(len(indicator.pairs), 2)}",
        f"unit {indicator.unit if indicator.unit in ('count', 'percent', 'factor') else 'money or physical'}",
        "said" if indicator.statement_id else "told",
        "dated" if indicator.period else "undated",
    }
    if indicator.comparator != "eq":
        grounds.add("hedged")
    grounds.update(filter(None, map(_source, indicator.evidence.steps)))
    return frozenset(grounds)


@lru_cache(maxsize=2_000)
def _source(step: str) -> str | None:
    """Where a step found what it says, without the words and countries of the article: `pair: countries of the clause`."""
    topic, _, told = step.partition(": ")
    if topic == "pair":
        return "pair " + " ".join(word for word in told.split() if not word.rstrip(",").isupper())
    if topic == "status":
        return "status unsaid" if told.startswith("nothing") else "status said"
    return None


@cache
def _learned() -> Mapping[str, Mapping[str, float]]:
    found = files(__package__) / "confidence.toml"
    return tomllib.loads(found.read_text(encoding="utf-8")) if found.is_file() else {}
