"""What a figure whose own clause says nothing of its status takes from its time and from the sentences around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from app.domain.measure import Status
from app.languages.pack import Pack
from app.pipeline.figures.standing import Standing, mood
from app.pipeline.figures.status_words import StatusWords
from app.pipeline.words.phrasebook import Phrases, Words
from app.pipeline.words.segment import Layout, Sentence

# What a thing to be built will measure, cost and give work to.
_OF_WORKS = frozenset(("capacity", "infrastructure", "project_investment", "jobs"))
_TRADED = frozenset(("trade_turnover", "exports", "imports", "trade_balance", "gdp", "tourists"))
_LONGEST = 60  # words of a sentence that are looked at


@dataclass(frozen=True, slots=True)
class _Works:
    """Words of building: verbs that build, and phrases that tell it is yet to be done."""

    verbs: frozenset[str]
    pending: Phrases[bool]


def read_prospect(metric: str, words: Words, layout: Layout, index: int, dawning: bool, pack: Pack) -> Standing | None:
    """A time to come makes a plan of a figure without a verb; works that are yet to be built lend that to their measures.

    `dawning` tells that the nearest time is all ahead.
    """
    if dawning:
        return Standing(Status.FORECAST if metric in _TRADED else Status.PLANNED, "a time to come")
    if metric not in _OF_WORKS:
        return None
    for place in _neighbours(layout, index):
        cue = _unbuilt(words, layout.sentences[place], _works(pack), StatusWords.of(pack))
        if cue is not None:
            return Standing(Status.PLANNED, cue) if cue else None
    return None


def _neighbours(layout: Layout, index: int) -> Sequence[int]:
    """The sentence itself, the one before it, and the one behind it in the same paragraph."""
    sentences = layout.sentences
    behind = index + 1 < len(sentences) and sentences[index + 1].paragraph == sentences[index].paragraph
    return [index, *((index - 1,) if index else ()), *((index + 1,) if behind else ())]


def _unbuilt(words: Words, sentence: Sentence, works: _Works, status: StatusWords) -> str | None:
    """The word that tells of building to come; empty where it is done, None where nothing is said of it."""
    told: str | None = None
    for at in range(sentence.first, min(sentence.last, sentence.first + _LONGEST)):
        found = works.pending.at(words, at, sentence.last)
        if found is not None:
            return " ".join(token.text for token in words.tokens[found.first : found.last])
        if words.forms[at].isdisjoint(works.verbs) or not words.verb(at):
            continue
        how = mood(words, at)
        if how.tense == "fut" or how.verb == "inf":
            return words.tokens[at].text
        told = "" if how.tense == "past" else told
    return told


@cache
def _works(pack: Pack) -> _Works:
    table = pack["status"].get("works", {})
    return _Works(frozenset(table.get("verbs", ())), Phrases([(phrase, True) for phrase in table.get("pending", ())]))
