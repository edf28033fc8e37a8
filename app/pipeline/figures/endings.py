"""In which case an amount stands: by the form of its last word, or by the ending glued behind digits, signs and abbreviations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.languages.pack import Pack
from app.pipeline.words.phrasebook import Words

_HYPHENS = frozenset("-‑–")
_NOMINAL = frozenset(("noun", "propn", "adj", "num", "pron", "x"))


@dataclass(frozen=True, slots=True)
class _Endings:
    case_of: dict[str, str]


@cache
def _endings(pack: Pack) -> _Endings:
    listed = pack["numerals"].get("endings", {})
    return _Endings({ending: case for case, endings in listed.items() for ending in endings})


def past_ending(words: Words, at: int, end: int) -> int:
    """The token behind an ending glued on before the token `at` ("7%-ға"); `at` itself where there is none."""
    if at + 1 >= end or words.tokens[at].text not in _HYPHENS or not words.glued(at + 1):
        return at
    return at + 2 if words.tokens[at + 1].key in _endings(words.pack).case_of else at


def cases(words: Words, last: int) -> frozenset[str]:
    """The cases in which the word or number that ends before the token `last` may stand."""
    known = _endings(words.pack).case_of
    token = words.tokens[last - 1]
    if not known or token.kind != "word":
        return frozenset()
    if token.key in known and last > 1 and words.tokens[last - 2].text in _HYPHENS and words.glued(last - 1):
        return frozenset((known[token.key],))
    head, hyphen, ending = token.key.rpartition("-")
    if hyphen and head and ending in known:
        return frozenset((known[ending],))
    nominal = [r for r in words.readings(last - 1) if r.case and r.pos in _NOMINAL]
    return frozenset(str(r.case) for r in nominal if r.lemma == nominal[0].lemma)
