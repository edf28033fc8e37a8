"""The words that attribute ("заявил посол", "по словам министра") and whom they attribute to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.text import Span
from app.languages.pack import Pack, Reading
from app.pipeline.actors import Actor, Actors
from app.pipeline.cue_tables import (
    adverbs,
    document_prepositions,
    document_verbs,
    media_words,
    negations,
    possessives,
    quoted_words,
    quoting_verbs,
    source_phrases,
    speaking_reading,
    speech_verbs,
    that_words,
    verb_classes,
)
from app.pipeline.lexicon import lemmas
from app.pipeline.phrases import Form
from app.pipeline.segment import Layout, Sentence

_REACH = 14  # tokens between a verb of speech and a subject behind it
_REACH_BACK = 80  # and before it, over what the subject is told of in between


@dataclass(frozen=True, slots=True)
class Source:
    """A verb or phrase of speech in tokens `first`..`last`, with its subject and all that belongs to both.

    `kind` is verb, conv (a gerund), phrase, document ("говорится в сообщении") or quoting ("цитирует … X").
    `low`..`high` are the tokens of the whole attribution; `media` says that an outlet merely passes words on.
    """

    first: int
    last: int
    kind: str
    lemma: str
    subjects: tuple[Actor, ...]
    low: int
    high: int
    that_only: bool = False
    quote_only: bool = False
    side: str = "none"  # where the subject stands: left, right, none
    media: bool = False

    @property
    def subject(self) -> Actor | None:
        return self.subjects[0] if self.subjects else None


class SourceFinder:
    """Finds the sources of one layout, sentence by sentence."""

    def __init__(self, layout: Layout, actors: Actors, pack: Pack) -> None:
        self.layout, self.actors, self.pack = layout, actors, pack
        self._by_first, self._by_last = actors.by_first, actors.by_last

    def at(self, at: int, low: int, high: int) -> Source | None:
        """The source whose words begin at a token, with its subject looked for in tokens `low`..`high`."""
        token = self.layout.tokens[at]
        if token.kind != "word":
            return None
        phrase = source_phrases(self.pack).at(self.layout.tokens, at, high)
        if phrase is not None:
            return self._phrase(at, phrase.last, high)
        hit = speech_verbs(self.pack).at(self.layout.tokens, at, high)
        if hit is None:
            return None
        compound = hit.last - hit.first > 1
        readings = (speaking_reading(t, self.pack, compound) for t in self.layout.tokens[hit.first : hit.last])
        reading = next((r for r in readings if r is not None), None)
        if reading is None or self._negated(at, low, compound):
            return None
        return self._verb(at, hit.last, hit.value, reading, low, high)

    # ------------------------------------------------------------ phrases

    def _phrase(self, at: int, last: int, high: int) -> Source | None:
        """ "по словам X", and "по его словам" with the pronoun in the middle."""
        tokens = self.layout.tokens
        lemma = " ".join(t.key for t in tokens[at:last])
        actor = self._next(last, min(high, last + 3), "gen")
        if actor is None and last < high and tokens[last].text in '«"“':
            actor = self._next(last + 1, min(high, last + 2), "gen")
        if actor is not None:
            subjects, end = self._joined(actor, high, "gen")
            return Source(at, last, "phrase", lemma, subjects, at, end, side="right", media=actor.kind == "outlet")
        return None

    def possessive(self, at: int, high: int) -> Source | None:
        """ "по его словам", "по мнению последнего": a pronoun between the preposition and the noun."""
        tokens = self.layout.tokens
        if at + 2 >= high or tokens[at].kind != "word":
            return None
        which = possessives(self.pack).get(tokens[at + 1].key)
        if which is None:
            return None
        shortened = (tokens[at], tokens[at + 2])
        if source_phrases(self.pack).at(shortened, 0, 2) is None:
            return None
        pronoun = tokens[at + 1]
        form = Form("gen", "plur" if which == "they" else "sing", {"he": "masc", "she": "fem"}.get(which))
        actor = Actor(Span(pronoun.start, pronoun.end), at + 1, at + 2, "pronoun", frozenset({form}), pronoun=which)
        lemma = f"{tokens[at].key} {tokens[at + 2].key}"
        return Source(at, at + 3, "phrase", lemma, (actor,), at, at + 3, side="right")

    # ------------------------------------------------------------ verbs

    def _verb(self, at: int, last: int, phrase: str, reading: Reading, low: int, high: int) -> Source:
        special = self._document(at, last, reading, high) or self._quoting(at, last, reading, high)
        if special is not None:
            return special
        lemma = phrase if last - at > 1 else reading.lemma
        marks = verb_classes(self.pack).get(lemma, frozenset())
        kind = "conv" if reading.verb == "conv" else "verb"
        bare = Source(at, last, kind, lemma, (), at, last, "no_parenthesis" in marks, "quote_only" in marks)
        right = self._right(last, high, reading) if kind == "verb" else None
        left = self._left(at, low, reading)
        if right is not None and not (left is not None and self._prefer_left(at, last, left, right)):
            subjects, end = self._joined(right, high, "nom")
            return replace(bare, subjects=subjects, high=end, side="right", media=right.kind == "outlet")
        media = self._media(last, high)
        place = self._place(at, low, reading) if kind == "verb" else None
        if place is not None:
            return replace(bare, kind="document", subjects=(place,), low=place.first - 1, side="left")
        if left is not None:
            return replace(bare, subjects=(left,), low=left.first, side="left", media=media or left.kind == "outlet")
        return replace(bare, media=media)

    def _right(self, last: int, high: int, reading: Reading) -> Actor | None:
        """The first nominative that agrees with the verb, behind it and before the clause is over."""
        at, stop = last, min(high, last + _REACH)
        while at < stop:
            token = self.layout.tokens[at]
            if token.text in '«“„":;–—' or token.key in that_words(self.pack):
                return None
            if token.text == "-" and token.start > self.layout.tokens[at - 1].end:
                return None
            actor = self._by_first.get(at)
            if actor is not None and self._agrees(actor, reading):
                return actor
            if token.text == ",":
                behind = self._aside(at + 1, stop)
                if behind is None:
                    return None
                at = behind
            else:
                at = actor.last if actor is not None else at + 1
        return None

    def _aside(self, at: int, stop: int) -> int | None:
        """The token behind ", в свою очередь," between the verb and its subject."""
        hit = adverbs(self.pack).at(self.layout.tokens, at, stop) if at < stop else None
        if hit is None:
            return None
        return hit.last + 1 if hit.last < stop and self.layout.tokens[hit.last].text == "," else hit.last

    def _left(self, at: int, low: int, reading: Reading) -> Actor | None:
        """The nearest nominative before the verb that agrees with it."""
        country: Actor | None = None
        for n in range(at, max(low, at - _REACH_BACK), -1):
            if self.layout.tokens[n - 1].text in ":;":
                break
            actor = self._by_last.get(n)
            if actor is None or actor.first < low or not self._agrees(actor, reading):
                continue
            if actor.kind != "country":
                return actor
            country = country or (actor if at - n <= 2 else None)
        return country

    def _prefer_left(self, at: int, last: int, left: Actor, right: Actor) -> bool:
        """Whether the subject stands before the verb, when something in the nominative stands on both sides."""
        if right.kind == "country" and left.kind != "country":
            return True
        near = right.first - last <= 1
        between = any(t.text in ',–—-"»' for t in self.layout.tokens[left.last : at])
        return (not near and not between) or (near and not between and right.kind in ("organization", "country"))

    def _agrees(self, actor: Actor, reading: Reading) -> bool:
        if actor.kind == "pronoun" and actor.pronoun is None:
            return False
        wanted = Form("nom", reading.number, reading.gender if reading.tense == "past" else None)
        if reading.verb == "conv":
            wanted = Form("nom", None, None)
        if not actor.forms:
            return True
        if any(f.agrees(wanted) for f in actor.forms):
            return True
        # A woman in an office whose noun is masculine: "министр заявила"; names of bodies are treated by sense.
        return (
            actor.office is not None
            and wanted.gender == "fem"
            and any(f.agrees(Form("nom", wanted.number, None)) for f in actor.forms)
        )

    def _joined(self, actor: Actor, high: int, case: str) -> tuple[tuple[Actor, ...], int]:
        """The subject and whoever is joined to it by "и"."""
        subjects, end = [actor], actor.last
        tokens = self.layout.tokens
        while end + 1 < high and tokens[end].key == "и":
            more = self._by_first.get(end + 1)
            if more is None or not more.may_be(case) or more.kind not in ("person", "office"):
                break
            subjects.append(more)
            end = more.last
        return tuple(subjects), end

    def _next(self, at: int, stop: int, case: str) -> Actor | None:
        """The actor that begins within a few tokens and may stand in the case."""
        for n in range(at, stop):
            actor = self._by_first.get(n)
            if actor is not None:
                return actor if actor.may_be(case) else None
            if self.layout.tokens[n].kind != "word":
                return None
        return None

    # ------------------------------------------------------------ special frames

    def _document(self, at: int, last: int, reading: Reading, high: int) -> Source | None:
        """ "говорится в сообщении Минфина", "сообщили в пресс-службе": a body that stands behind the words."""
        tokens = self.layout.tokens
        if reading.lemma not in document_verbs(self.pack) or (reading.number != "plur" and not reading.lemma.endswith("ся")):
            return None
        start = next((n for n in range(last, min(last + 3, high)) if tokens[n].key in document_prepositions(self.pack)), None)
        if start is None:
            return None
        for n in range(start + 1, min(start + 6, high)):
            actor = self._by_first.get(n)
            if actor is not None and actor.kind in ("organization", "outlet", "country"):
                return Source(
                    at, last, "document", reading.lemma, (actor,), at, actor.last, side="right", media=actor.kind == "outlet"
                )
            if tokens[n].kind != "word":
                break
        return None

    def _quoting(self, at: int, last: int, reading: Reading, high: int) -> Source | None:
        """ "цитирует РИА президента", "передал слова президента": the one quoted is not the subject."""
        tokens = self.layout.tokens
        if reading.lemma in quoting_verbs(self.pack):
            for n in range(last, min(last + _REACH, high)):
                actor = self._by_first.get(n)
                able = actor is not None and actor.kind in ("person", "office")
                if able and actor is not None and any(f.case in ("acc", "gen") for f in actor.forms):
                    return Source(at, last, "quoting", reading.lemma, (actor,), at, actor.last, side="right")
            return None
        following = (
            lemmas(tokens[last].text, self.pack.morphology) if last < high and tokens[last].kind == "word" else frozenset()
        )
        if following & quoted_words(self.pack):
            actor = self._next(last + 1, min(last + 3, high), "gen")
            if actor is not None:
                return Source(at, last, "quoting", reading.lemma, (actor,), at, actor.last, side="right")
        return None

    def _place(self, at: int, low: int, reading: Reading) -> Actor | None:
        """ "В министерстве пояснили, что": a plural without a subject, and the body in which it was said."""
        if reading.number != "plur":
            return None
        for n in range(at, max(low, at - _REACH), -1):
            actor = self._by_last.get(n)
            if actor is not None and actor.kind in ("organization", "country") and actor.first > low:
                before = self.layout.tokens[actor.first - 1]
                if before.key in document_prepositions(self.pack) and actor.may_be("loc"):
                    return actor
            if self.layout.tokens[n - 1].kind != "word":
                return None
        return None

    def _media(self, last: int, high: int) -> bool:
        """Whether the nearest words behind the verb are a reporter or an outlet: a sourcing formula."""
        for n in range(last, min(last + 3, high)):
            token = self.layout.tokens[n]
            if token.kind == "word" and (lemmas(token.text, self.pack.morphology) & media_words(self.pack) or "." in token.text):
                return True
        return False

    def _negated(self, at: int, low: int, compound: bool) -> bool:
        tokens = self.layout.tokens
        return at > low and tokens[at - 1].key in negations(self.pack) and not compound


def sentence_sources(finder: SourceFinder, sentence: Sentence, covered: frozenset[int] | set[int]) -> list[Source]:
    """Every source in a sentence outside what is already somebody's direct words."""
    found: list[Source] = []
    at = sentence.first
    while at < sentence.last:
        if at in covered:
            at += 1
            continue
        source = finder.possessive(at, sentence.last) or finder.at(at, sentence.first, sentence.last)
        if source is None:
            at += 1
            continue
        found.append(source)
        at = source.last
    return found
