"""Gold annotations and extracted answers in one common shape, so that they can be laid side by side."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

KINDS = ("statements", "indicators")
FIELDS = ("metric", "measure", "comparator", "status", "pair", "period")

Marked = Mapping[str, Any]
Amount = tuple[Decimal | None, Decimal | None, str]

_SHOWN = 160


@dataclass(frozen=True, slots=True)
class MarkedStatement:
    chars: frozenset[int]
    names: list[str]
    kind: str
    pairs: list[str | None]
    shown: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class MarkedIndicator:
    chars: frozenset[int]
    amount: Amount
    fields: dict[str, Any]
    names: list[str]
    shown: str
    confidence: float | None = None


@dataclass(slots=True)
class Facts:
    """`ignore` are, by kind of fact, stretches where an extra one is neither right nor wrong; `pairs` may be left open."""

    statements: list[MarkedStatement] = field(default_factory=list)
    indicators: list[MarkedIndicator] = field(default_factory=list)
    pairs: set[str | None] | None = None
    ignore: dict[str, list[frozenset[int]]] = field(default_factory=lambda: {kind: [] for kind in KINDS})


def from_gold(text: str, gold: Marked, name: str) -> Facts:
    """What is marked in an annotated article; ValueError where a marked stretch is not in the text."""
    facts = Facts(pairs={_pair(p) for p in gold["pairs"]} if "pairs" in gold else None)
    for said in gold.get("statements", []):
        chars = frozenset(c for part in said["segments"] for c in _locate(text, part, name))
        shown = "".join(text[c] for c in sorted(chars))[:_SHOWN]
        pairs = [_pair(p) for p in said.get("pairs", [])]
        facts.statements.append(MarkedStatement(chars, said.get("speaker") or [], said.get("kind", ""), pairs, shown))
    for told in gold.get("indicators", []):
        chars = frozenset(_locate(text, told, name))
        shown = told.get("text") or text[told["start"] : told["end"]]
        facts.indicators.append(MarkedIndicator(chars, _amount(told), _fields(told), told.get("speaker") or [], shown))
    for part in gold.get("ignore", []):
        # Of both kinds, unless it says of which.
        for kind in KINDS if isinstance(part, str) or "of" not in part else (part["of"],):
            facts.ignore[kind].append(frozenset(_locate(text, part, name)))
    return facts


def from_answer(text: str, answer: Marked) -> Facts:
    """The facts of an extraction document, as `POST /v1/extract` answers."""
    facts = Facts(pairs={_pair(p) for p in answer.get("pairs", [])})
    for said in answer.get("statements", []):
        chars = frozenset(c for part in said["segments"] for c in _trimmed(text, part["start"], part["end"]))
        pairs = [_pair(p) for p in said.get("pairs", [])]
        names, kind, shown = _names(said.get("speaker")), said.get("kind", ""), said.get("text", "")[:_SHOWN]
        facts.statements.append(MarkedStatement(chars, names, kind, pairs, shown, said.get("confidence")))
    for told in answer.get("indicators", []):
        chars = frozenset(_trimmed(text, told["span"]["start"], told["span"]["end"]))
        names, shown = _names(told.get("speaker")), told.get("as_written", "")
        facts.indicators.append(MarkedIndicator(chars, _amount(told), _fields(told), names, shown, told.get("confidence")))
    return facts


def _trimmed(text: str, start: int, end: int) -> range:
    """The stretch without white space and punctuation at its edges (%, $ and currency signs stay)."""
    while start < end and _is_edge(text[start]):
        start += 1
    while end > start and _is_edge(text[end - 1]):
        end -= 1
    return range(start, end)


def _is_edge(character: str) -> bool:
    return character.isspace() or (unicodedata.category(character).startswith("P") and character != "%")


def _locate(text: str, part: str | Marked, name: str) -> range:
    """A marked stretch: a substring, `{"text", "occurrence"}` or `{"start", "end"}`."""
    if not isinstance(part, str) and "start" in part:
        return _trimmed(text, part["start"], part["end"])
    wanted, nth = (part, 1) if isinstance(part, str) else (part["text"], part.get("occurrence", 1))
    at = -1
    for _ in range(nth):
        at = text.find(wanted, at + 1)
        if at < 0:
            raise ValueError(f"{name}: not in the text: {wanted!r}")
    return _trimmed(text, at, at + len(wanted))


def _names(speaker: Marked | None) -> list[str]:
    """Every form under which an answer names its speaker; `names` may hold one form or several a language."""
    if not speaker:
        return []
    forms = [speaker.get("name"), speaker.get("role_as_written"), *(speaker.get("names") or {}).values()]
    flat = [form for some in forms for form in (some if isinstance(some, list) else [some])]
    return [form for form in flat if form]


def _amount(told: Marked) -> Amount:
    low, high = _decimal(told["value"]), _decimal(told.get("value_max"))
    return low, (None if high == low else high), (told.get("unit") or "").upper()


def _decimal(value: object) -> Decimal | None:
    if value in (None, ""):
        return None
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return None


def _fields(told: Marked) -> dict[str, Any]:
    fields = {name: told.get(name) for name in FIELDS}
    return fields | {"pair": _pair(told.get("pair")), "period": _period(told.get("period"))}


def _pair(value: object) -> str | None:
    return "-".join(sorted(str(value).upper().split("-"))) if value else None


def _period(value: Marked | None) -> tuple[str | None, str | None] | None:
    if not value:
        return None
    start, end = value.get("start"), value.get("end")
    return (start, end) if start or end else None
