"""What stands beside a subject without being it: an aside between dashes before the verb, an apposition behind it."""

from __future__ import annotations

from app.pipeline.people.actor import Actor
from app.pipeline.speech.by_position.phrasing import COMMAS, DASHES, Phrasing
from app.pipeline.speech.by_position.tables import words
from app.pipeline.words.segment import Sentence

_APPOSED = 40  # tokens of an apposition behind a subject that follows its verb
_ASIDE = 60  # tokens between two dashes
_SPEAKERS = ("person", "office", "pronoun", "unnamed", "organization")


def before_dashes(phrasing: Phrasing, dash: int, sentence: Sentence) -> Actor | None:
    """ "some senators — including Mark Dane — cautioned": the phrase before the first of two dashes."""
    tokens = phrasing.layout.tokens
    opening = (n for n in range(dash - 2, max(sentence.first, dash - _ASIDE), -1) if tokens[n].text in DASHES)
    first = next((n for n in opening if tokens[n].start > tokens[n - 1].end or tokens[n].text == "—"), None)
    actor = phrasing.actors.ending.get(phrasing.before_brackets(first, sentence)) if first is not None else None
    if (
        actor is None
        or first is None
        or actor.first < sentence.first
        or actor.governed
        or phrasing.has_verb(sentence.first, actor.first)
    ):
        return None
    return phrasing.stretched(actor, first) if actor.kind in _SPEAKERS else None


def behind_apposition(phrasing: Phrasing, at: int, sentence: Sentence) -> int:
    """The token behind ", an analyst in Seoul" or ", who chairs the board"; `at` itself where there is none."""
    tokens = phrasing.layout.tokens
    if at + 1 >= sentence.last or tokens[at].text not in COMMAS:
        return at
    head = tokens[at + 1]
    apart = head.key in phrasing.grammar.articles or head.key in phrasing.grammar.relative or head.kind == "number"
    if not apart and not _is_participle(phrasing, at + 1):
        apposed = phrasing.actors.starting.get(at + 1)
        if apposed is None or apposed.kind not in ("office", "organization"):
            return at
        if apposed.last < sentence.last and phrasing.verbal(apposed.last):
            return at
    for n in range(at + 1, min(at + _APPOSED, sentence.last)):
        if tokens[n].text in COMMAS and not _in_list(phrasing, n, sentence):
            clause = head.key in phrasing.grammar.definite and phrasing.has_verb(at + 1, n)
            return at if clause else n  # "According to the trend, this goal will be met, he said"
    return sentence.last


def _is_participle(phrasing: Phrasing, at: int) -> bool:
    """ "According to the complaint, filed in May, …"."""
    tokens = phrasing.layout.tokens
    token = tokens[at]
    readings = phrasing.pack.morphology.readings(token.text) if token.kind == "word" and not token.capital else ()
    tied = at + 1 < len(tokens) and tokens[at + 1].key in phrasing.grammar.ties
    return tied and any(r.verb == "part" for r in readings)


def _in_list(phrasing: Phrasing, comma: int, sentence: Sentence) -> bool:
    """The comma of "investment, industry and trade"."""
    joiners, tokens = words(phrasing.pack, "frames", "and"), phrasing.layout.tokens
    near = any(tokens[n].key in joiners for n in range(comma + 2, min(comma + 4, sentence.last)))
    return near and tokens[comma + 1].key not in joiners
