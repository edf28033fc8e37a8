"""Words and phrases of one layout by their place: which words are verbs, where phrases begin and end, what is tied to them."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

from app.domain.record import replace
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor
from app.pipeline.people.grammar import Grammar, grammar_of
from app.pipeline.people.noun_phrases import NounPhrase, Phrases
from app.pipeline.people.placed import Placed
from app.pipeline.speech.by_position.tables import words
from app.pipeline.words.segment import Layout, Sentence

DASHES = "–—"
COMMAS = "," + DASHES
BACK = 60  # tokens of an apposition or relative clause between a subject and its verb
PHRASE = 12  # tokens from the beginning of a phrase to a word inside it


class Phrasing:
    """Reads them; `quoted` are the tokens inside quotation marks."""

    def __init__(self, layout: Layout, actors: Placed, pack: Pack, quoted: frozenset[int]) -> None:
        self.layout, self.actors, self.pack, self.quoted = layout, actors, pack, quoted
        self.grammar: Grammar = grammar_of(pack)
        self.phrases = Phrases(layout, pack, {})
        self.adverbs = words(pack, "frames", "adverbs")
        self._inside = {n for actor in actors.phrases for n in range(actor.first, actor.last)}
        self.person_ending = {actor.last: actor for actor in actors.phrases if actor.kind == "person"}
        self._verbs = list(accumulate((self.verbal(n) for n in range(len(layout.tokens))), initial=0))

    def verbal(self, at: int) -> bool:
        """Whether a token is a finite verb and no part of a noun phrase; there is none behind the end of the text."""
        if at >= len(self.layout.tokens):
            return False
        token = self.layout.tokens[at]
        if token.kind != "word" or at in self.quoted or not _may_be_verb(token.text, self.pack):
            return False
        if at and self.layout.tokens[at - 1].key in self.grammar.infinitive:
            return False
        owns = at and token.key in self.grammar.possessive and self._owns(at - 1)
        return not owns and not self.in_phrase(at)

    def _owns(self, at: int) -> bool:
        """Whether "'s" behind a word shows whose something is: behind a noun, and not in "he's", "that's"."""
        token = self.layout.tokens[at]
        return token.kind == "word" and self.pack.morphology.readings(token.text)[0].pos in ("noun", "propn", "adj", "x")

    def in_phrase(self, at: int) -> bool:
        """Whether the word stands inside a noun phrase: "the report", "trade talks"."""
        return at in self._inside

    def has_verb(self, first: int, last: int) -> bool:
        """Whether any of the tokens is a finite verb."""
        return first < last and self._verbs[last] > self._verbs[first]

    def has_verb_or_quote(self, first: int, last: int) -> bool:
        """The same, a verb inside quotation marks counting too."""
        return self.has_verb(first, last) or any(n in self.quoted for n in range(first, min(last, first + BACK)))

    def is_time(self, actor: Actor) -> bool:
        return self.phrases.is_time(bare(actor))

    def tied(self, actor: Actor, end: int) -> list[int]:
        return self.phrases.tied(bare(actor), end)

    def whole(self, actor: Actor, end: int) -> tuple[Actor, int]:
        """A phrase with what is tied to it: "two people | familiar with the matter"; a name stands alone."""
        if actor.kind in ("pronoun", "country", "outlet") or actor.name is not None:
            return actor, actor.last
        ends = self.tied(actor, end)
        return (self.stretched(actor, ends[-1]), ends[-1]) if ends else (actor, actor.last)

    def stretched(self, actor: Actor, last: int) -> Actor:
        if last <= actor.last or actor.kind not in ("phrase", "unnamed", "office", "organization"):
            return actor
        span = Span(actor.span.start, self.layout.tokens[last - 1].end)
        office = replace(actor.office, span=Span(actor.office.span.start, span.end), anaphoric=False) if actor.office else None
        return replace(actor, span=span, last=last, office=office)

    def before_brackets(self, at: int, sentence: Sentence) -> int:
        """Before "(R-Ohio)" behind a name."""
        tokens = self.layout.tokens
        if at <= sentence.first or tokens[at - 1].text not in ")]":
            return at
        return next((n for n in range(at - 2, max(sentence.first, at - PHRASE), -1) if tokens[n].text in "(["), at)


def bare(actor: Actor) -> NounPhrase:
    return NounPhrase(actor.first, actor.first, actor.last)


@lru_cache(maxsize=50_000)
def _may_be_verb(word: str, pack: Pack) -> bool:
    """Whether a word can be a finite verb at all; every word of a text is asked."""
    readings = pack.morphology.readings(word)
    able = readings[0].pos in ("verb", "part") or (readings[0].pos == "noun" and readings[0].known)
    return able and any(r.verb == "fin" and r.pos == "verb" for r in readings)
