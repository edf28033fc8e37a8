"""Lone surnames that the article names in full nowhere: what tells that "Kane" is a person and no firm."""

from __future__ import annotations

from collections import Counter

from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor
from app.pipeline.people.grammar import grammar_of
from app.pipeline.words.segment import Layout

_AFTER = 12  # mentions behind a surname among which a pronoun points back at it
_SENTENCES = 2  # sentences behind it in which one does
_OLDEST = 110
_LABELS = 2  # paragraphs that a name with a colon opens
_STANDING = ("person", "office", "unnamed")  # others whom the pronoun could mean


def lone_surnames(found: list[Actor], layout: Layout, pack: Pack) -> frozenset[str]:
    """The keys of words that an age, "who", or a "he" with nobody else before it shows to be surnames."""
    labels = Counter(tokens_key for a in found if (tokens_key := _label(a, layout)) is not None)
    named = next((n for n, a in enumerate(found) if a.kind == "person"), len(found))
    told: set[str] = set()
    for n, actor in enumerate(found):
        if not _is_lone(actor, layout, pack):
            continue
        near = found[n + 1 : n + 1 + _AFTER]
        if (
            labels[layout.tokens[actor.first].key] >= _LABELS
            or _aged(actor, layout)
            or _who(actor, layout, pack)
            or (n < named and _pointed_at(actor, near, layout))
        ):
            told.add(key(layout.tokens[actor.last - 1].text))
    return frozenset(told)


def _is_lone(actor: Actor, layout: Layout, pack: Pack) -> bool:
    """One capitalised word that no dictionary knows, and no article before it."""
    token = layout.tokens[actor.last - 1]
    if actor.kind not in ("organization", "phrase") or actor.last - actor.first != 1 or not token.capital or token.upper:
        return False
    return not pack.morphology.readings(token.text)[0].known and not actor.countries


def _label(actor: Actor, layout: Layout) -> str | None:
    """ "Flannery: …": the word with which a paragraph begins, before a colon."""
    tokens = layout.tokens
    if actor.last >= len(tokens) or tokens[actor.last].text != ":" or actor.last - actor.first != 1:
        return None
    opens = layout.paragraphs[layout.sentences[layout.sentence_number(actor.first)].paragraph].first == actor.first
    return tokens[actor.first].key if opens else None


def _aged(actor: Actor, layout: Layout) -> bool:
    """ "Smith, 42,"."""
    tokens, at = layout.tokens, actor.last
    if at + 2 >= len(tokens) or tokens[at].text != "," or tokens[at + 2].text != ",":
        return False
    number = tokens[at + 1].text
    return number.isdecimal() and len(number) <= 3 and 1 < int(number) < _OLDEST


def _who(actor: Actor, layout: Layout, pack: Pack) -> bool:
    """ "Kane, who lost": "which" would be a firm."""
    tokens, at = layout.tokens, actor.last
    if actor.first and tokens[actor.first - 1].text == ",":
        return False  # "Carla Bern, R-Ohio, who"
    return at + 1 < len(tokens) and tokens[at].text == "," and tokens[at + 1].key in grammar_of(pack).human


def _pointed_at(actor: Actor, near: list[Actor], layout: Layout) -> bool:
    """ "Kane was asked about it. He said": a pronoun in a later sentence with nobody else before it."""
    if actor.governed or actor.last >= len(layout.tokens) or layout.tokens[actor.last].kind != "word":
        return False
    here = layout.sentence_number(actor.first)
    for other in near:
        if layout.sentence_number(other.first) > here + _SENTENCES:
            return False
        if other.kind == "pronoun" and other.pronoun in ("he", "she"):
            return layout.sentence_number(other.first) > here
        if other.kind in _STANDING:
            return False
    return False
