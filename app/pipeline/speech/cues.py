"""The words that attribute ("заявил посол", "по словам министра") and whom they attribute to."""

from __future__ import annotations

from bisect import bisect_left

from app.domain.record import replace
from app.languages.pack import Pack, Reading
from app.pipeline.people.actor import Actor, Actors
from app.pipeline.people.phrases import Form, quoted_name
from app.pipeline.speech.cue_tables import (
    adverbs,
    frame_words,
    impersonal_verbs,
    is_content_first,
    negations,
    possessives,
    predicates,
    source_beginnings,
    source_phrases,
    speaking_reading,
    speech_verbs,
    that_words,
    verb_classes,
)
from app.pipeline.speech.frames import REACH, Frames, Source
from app.pipeline.words.lexicon import lemmas
from app.pipeline.words.segment import Layout, Sentence

_LISTENER = 4  # tokens between a verb and a listener in quotation marks: "рассказал в интервью «Газете» посол"
_GERUND = 24  # tokens of a gerund's clause between a verb and its subject
_CLAUSE = 14  # words from the head of a clause to its subject
_REACH_BACK = 80  # and before it, over what the subject is told of in between


class SourceFinder:
    """Finds the sources of one layout, sentence by sentence; `quoted` are the tokens inside quotation marks."""

    def __init__(self, layout: Layout, actors: Actors, pack: Pack, quoted: frozenset[int] = frozenset()) -> None:
        self.layout, self.actors, self.pack, self.quoted = layout, actors, pack, quoted
        self.frames = Frames(layout, actors, pack)
        self._content_first = is_content_first(pack)
        self._by_first, self._by_last = actors.by_first, actors.by_last
        self._places = source_beginnings(pack).places(layout.tokens)

    def beginnings(self, first: int, last: int) -> list[int]:
        """Where in a stretch a source may begin."""
        return self._places[bisect_left(self._places, first) : bisect_left(self._places, last)]

    def may_begin(self, at: int) -> bool:
        """Whether a source may begin with the token at all."""
        return source_beginnings(self.pack).may(self.layout.tokens[at])

    def at(self, at: int, low: int, high: int) -> Source | None:
        """The source whose words begin at a token, with its subject looked for in tokens `low`..`high`."""
        if not self.may_begin(at) or (self._content_first and self.layout.tokens[at].key in that_words(self.pack)):
            return None
        phrase = source_phrases(self.pack).at(self.layout.tokens, at, high)
        if phrase is not None:
            return self._phrase(at, phrase.last, high)
        hit = speech_verbs(self.pack).at(self.layout.tokens, at, high)
        if hit is None:
            return None
        compound = hit.last - hit.first > 1
        words = self.layout.tokens[hit.first : hit.last]
        readings = (speaking_reading(t, self.pack, compound) for t in (words[-1:] if self._content_first else words))
        reading = next((r for r in readings if r is not None), None)
        if reading is None or self._negated(at, low, compound):
            return None
        if reading.verb == "short" and reading.lemma not in predicates(self.pack):
            return self.frames.document(at, hit.last, reading, low, high)
        return self._verb(at, hit.last, hit.value, reading, low, high)

    # ------------------------------------------------------------ phrases

    def _phrase(self, at: int, last: int, high: int) -> Source | None:
        """ "по словам X", and "по его словам" with the pronoun in the middle."""
        tokens = self.layout.tokens
        lemma = " ".join(t.key for t in tokens[at:last])
        actor = self.frames.next(last, min(high, last + 3), "gen")
        if actor is None and last < high and tokens[last].text in '«"“':
            actor = self.frames.next(last + 1, min(high, last + 2), "gen")
        if actor is not None:
            subjects, end = self.frames.joined(actor, high, "gen")
            return Source(at, last, "phrase", lemma, subjects, at, end, side="right", media=self.frames.passes_on(actor))
        return None

    def possessive(self, at: int, high: int) -> Source | None:
        """ "по его словам", "по мнению последнего": a pronoun between the preposition and the noun."""
        tokens = self.layout.tokens
        if at + 2 >= high or tokens[at].kind != "word":
            return None
        if tokens[at + 1].key not in possessives(self.pack):
            return None
        shortened = (tokens[at], tokens[at + 2])
        if source_phrases(self.pack).at(shortened, 0, 2) is None:
            return None
        actor = self.frames.pronoun(at + 1)
        lemma = f"{tokens[at].key} {tokens[at + 2].key}"
        return Source(at, at + 3, "phrase", lemma, (actor,), at, at + 3, side="right")

    # ------------------------------------------------------------ verbs

    def _verb(self, at: int, last: int, phrase: str, reading: Reading, low: int, high: int) -> Source:
        special = self.frames.document(at, last, reading, low, high) or self.frames.quoting(at, last, reading, high)
        if special is not None:
            return special
        if reading.lemma in impersonal_verbs(self.pack):
            return Source(at, last, "document", reading.lemma, (), at, last)  # "сообщается" has no subject
        lemma = phrase if last - at > 1 else reading.lemma
        marks = verb_classes(self.pack).get(lemma, frozenset())
        kind = "conv" if reading.verb == "conv" else "verb"
        that_only, quote_only, plural = "no_parenthesis" in marks, "quote_only" in marks, reading.number == "plur"
        bare = Source(at, last, kind, lemma, (), at, last, that_only, quote_only, plural=plural)
        right = self._right(last, high, reading) if kind == "verb" else None
        left = self._left(at, low, reading)
        if right is not None and not (left is not None and self._prefer_left(at, last, left, right)):
            subjects, end = self.frames.joined(right, high, "nom")
            return replace(bare, subjects=subjects, high=end, side="right", media=self.frames.passes_on(right))
        media = self.frames.media(last, high)
        place = self.frames.place(at, low, reading) if kind == "verb" else None
        if place is not None:
            return replace(bare, kind="document", subjects=(place,), low=place.first - 1, side="left")
        several = self.frames.several(at, last, low, high) if left is None and reading.number == "plur" else ()
        if several:
            low_end, high_end = min(at, several[0].first), max(last, several[-1].last)
            return replace(bare, subjects=several, low=low_end, high=high_end, side="right" if low_end == at else "left")
        if left is not None:
            return replace(bare, subjects=(left,), low=left.first, side="left", media=media or self.frames.passes_on(left))
        return replace(bare, media=media) if media else bare

    def _right(self, last: int, high: int, reading: Reading) -> Actor | None:
        """The first nominative that agrees with the verb, behind it and before the clause is over."""
        at, stop = last, min(high, last + REACH)
        weak: Actor | None = None  # whom it was said to, if anybody stands behind: "заявил ТАСС замминистра"
        while at < stop:
            token = self.layout.tokens[at]
            listener = quoted_name(self.layout.tokens, at, stop) if at <= last + _LISTENER else None
            if listener is not None:
                named = self._by_first.get(at + 1)
                if named is not None and named.kind == "organization" and self._agrees(named, reading):
                    return named
                if listener < len(self.layout.tokens) and self.layout.tokens[listener].kind == "word":
                    at = listener  # "рассказал «Коммерсанту» глава компании"
                    continue
            if token.text in '«“„":;–—' or token.key in that_words(self.pack):
                return weak
            if token.text == "-" and token.start > self.layout.tokens[at - 1].end:
                return weak
            actor = self._by_first.get(at)
            if actor is not None and self._agrees(actor, reading):
                if actor.forms and actor.kind != "outlet":
                    return actor
                weak = weak or actor
            if token.text == ",":
                behind = self._aside(at + 1, stop) if weak is None else self._gerund(at + 1)
                if behind is None:
                    return weak
                at, stop = behind, min(high, max(stop, behind + REACH))
            else:
                at = actor.last if actor is not None else at + 1
        return weak

    def _aside(self, at: int, stop: int) -> int | None:
        """The token behind ", в свою очередь," or ", выступая на форуме," between the verb and its subject."""
        hit = adverbs(self.pack).at(self.layout.tokens, at, stop) if at < stop else None
        if hit is None:
            return self._gerund(at)
        return hit.last + 1 if hit.last < stop and self.layout.tokens[hit.last].text == "," else hit.last

    def _gerund(self, at: int) -> int | None:
        """The token behind the comma that closes what a gerund opens, of which no other verb is a part."""
        tokens, readings = self.layout.tokens, self.pack.morphology.readings
        if at >= len(tokens) or tokens[at].kind != "word" or readings(tokens[at].text)[0].verb != "conv":
            return None
        for n in range(at + 1, min(at + _GERUND, len(tokens))):
            if tokens[n].text == ",":
                return n + 1
            if tokens[n].text in ".;:" or (tokens[n].kind == "word" and readings(tokens[n].text)[0].verb == "fin"):
                return None
        return None

    def _left(self, at: int, low: int, reading: Reading) -> Actor | None:
        """The nearest nominative before the verb that agrees with it; before a gerund, one that can be nothing else."""
        country: Actor | None = None
        doubtful: Actor | None = None
        for n in range(at, max(low, at - _REACH_BACK), -1):
            if self.layout.tokens[n - 1].text in ":;":
                break
            actor = self._by_last.get(n)
            if actor is None or actor.first < low or not self._agrees(actor, reading):
                continue
            if actor.first in self.quoted and at not in self.quoted and actor.kind in ("person", "office", "pronoun"):
                continue
            if self._embedded(actor, at, low):
                continue
            if actor.kind == "outlet" and reading.verb == "conv":
                continue  # "В Минторге ТАСС подтвердили …, отметив, что": whom they told
            if actor.kind == "outlet" and n == at and self._opens(actor.first, low):
                return actor  # "…, но агентство пишет, что": what passes words on
            if actor.kind == "outlet":
                doubtful = doubtful or actor  # "посол в интервью ТАСС говорил": whom it was said to
                continue
            if actor.kind != "country" and reading.verb == "conv" and any(f.case not in ("nom", None) for f in actor.forms):
                doubtful = doubtful or actor  # "общение Путина, отметив": a genitive that looks like a woman's name
                continue
            if actor.kind != "country":
                return actor
            country = country or (actor if at - n <= 2 else None)
        return doubtful or country

    def _embedded(self, actor: Actor, at: int, low: int) -> bool:
        """Whether somebody is named in a clause that is closed before the verb: "оставил вопрос, будет ли союз, но рассказал"."""
        tokens, joining = self.layout.tokens, frame_words(self.pack, "conjunctions")
        if tokens[at - 1].key not in joining or tokens[at - 2].text != "," or actor.last > at - 2:
            return False
        opening = next(
            (n for n in range(actor.first - 1, max(low, actor.first - _CLAUSE) - 1, -1) if tokens[n].text == ","), None
        )
        if opening is None:
            return False
        heads = tokens[opening + 1 : opening + 3]
        embedding, asking = frame_words(self.pack, "embedding"), frame_words(self.pack, "asking")
        own = any(t.key in embedding or lemmas(t.text, self.pack.morphology) & embedding for t in heads)
        return own or any(t.key in asking for t in heads)

    def _opens(self, at: int, low: int) -> bool:
        """Whether a token stands at the head of its clause."""
        before = self.layout.tokens[at - 1]
        return at <= low or before.kind == "mark" or before.key in frame_words(self.pack, "conjunctions")

    def _prefer_left(self, at: int, last: int, left: Actor, right: Actor) -> bool:
        """Whether the subject stands before the verb, when something in the nominative stands on both sides."""
        if right.kind == "country" and left.kind != "country":
            return True
        near = right.first - last <= 1
        between = any(t.text in ',–—-"»' for t in self.layout.tokens[left.last : at])
        return (not near and not between) or (near and not between and right.kind in ("organization", "country", "outlet"))

    def _agrees(self, actor: Actor, reading: Reading) -> bool:
        if actor.governed:
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

    def _negated(self, at: int, low: int, compound: bool) -> bool:
        tokens = self.layout.tokens
        return at > low and tokens[at - 1].key in negations(self.pack) and not compound


def sentence_sources(finder: SourceFinder, sentence: Sentence, covered: frozenset[int] | set[int]) -> list[Source]:
    """Every source in a sentence outside what is already somebody's direct words."""
    found: list[Source] = []
    past = sentence.first
    for at in finder.beginnings(sentence.first, sentence.last):
        if at < past or at in covered:
            continue
        source = finder.possessive(at, sentence.last) or finder.at(at, sentence.first, sentence.last)
        if source is not None:
            found.append(source)
            past = source.last
    return found
