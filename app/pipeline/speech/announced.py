"""Quotations that stand alone in a paragraph: whoever the paragraph before brought in says them."""

from __future__ import annotations

from functools import cache

from app.domain.record import record, replace
from app.languages.pack import Pack
from app.pipeline.people.actor import Actors
from app.pipeline.speech.cue_tables import frame_words
from app.pipeline.speech.cues import SourceFinder, sentence_sources
from app.pipeline.speech.frames import Source
from app.pipeline.speech.quotes import Quote
from app.pipeline.words.lexicon import Lexicon
from app.pipeline.words.segment import Layout, Sentence

_FEWEST = 5  # words; anything shorter may be a name
_LAST_MARKS = frozenset(".!?…")


@record(frozen=True, slots=True)
class Announced:
    """Finds who is brought in right before a quotation of one layout."""

    layout: Layout
    sources: SourceFinder
    actors: Actors
    pack: Pack
    covered: set[int]

    def source(self, quote: Quote) -> Source | None:
        """Whoever speaks or takes the floor in the sentence before, where the quotation is all that is left of a paragraph."""
        tokens, paragraph = self.layout.tokens, self.layout.paragraphs[quote.paragraph]
        words = sum(t.kind == "word" for t in tokens[quote.open : quote.close])
        if not quote.closed or not quote.open or words < _FEWEST or not self._ends(quote):
            return None
        before, whole = self.layout.sentence_at(tokens[quote.open - 1].start), quote.open == paragraph.first
        if before is None or before.last > quote.open or self._told_behind(quote):
            return None
        if whole and tokens[before.last - 1].text == ":":
            return colon_subject(self.actors, before.first, before.last - 1)
        if tokens[before.last - 1].text not in _LAST_MARKS:
            return None
        return (self._speaks(before) if whole else self._told(before, quote)) or self.floor(before)

    def _ends(self, quote: Quote) -> bool:
        last = self.layout.paragraphs[quote.last_paragraph].last
        return all(t.text in _LAST_MARKS for t in self.layout.tokens[quote.close + 1 : last])

    def _told_behind(self, quote: Quote) -> bool:
        """Whether the next paragraph tells whose words they were: "Об этом заявил посол"."""
        number = quote.last_paragraph + 1
        if number >= len(self.layout.paragraphs):
            return False
        first = self.layout.paragraphs[number].first
        opening = " ".join(t.key for t in self.layout.tokens[first : first + 2])
        return opening in frame_words(self.pack, "about_this") or opening.split(" ")[0] in frame_words(self.pack, "so")

    def _speaks(self, before: Sentence) -> Source | None:
        """The last verb of speech of the sentence whose subject is a person."""
        for n in range(before.last - 1, before.first - 1, -1):
            source = self.sources.at(n, before.first, before.last) if n not in self.covered else None
            if source is not None and source.kind == "verb" and not source.media and self._personal(source):
                return source
        return None

    def _told(self, before: Sentence, quote: Quote) -> Source | None:
        """ "По словам посла, торговля растёт. «…»": what goes on in quotation marks is the same one's, where it is no name."""
        if before.last != quote.open or not self._verbal(quote):
            return None
        sources = [s for s in sentence_sources(self.sources, before, self.covered) if s.subjects]
        told = [s for s in sources if self._personal(s) and not s.media and s.kind in ("verb", "phrase") and not s.quote_only]
        if len(sources) != 1 or not told:
            return None
        at = quote.open  # the attribution itself stays that of the words beside it
        return replace(told[0], first=at, last=at + 1, low=at, high=at + 1, side="left")

    def _verbal(self, quote: Quote) -> bool:
        """Whether the quotation is a whole sentence: a capital letter, and a verb."""
        words = [t for t in self.layout.tokens[quote.open + 1 : quote.close] if t.kind == "word"]
        readings = self.pack.morphology.readings
        return words[0].capital and any(readings(t.text)[0].verb in ("fin", "short", "inf") for t in words)

    def _personal(self, source: Source) -> bool:
        return source.subject is not None and source.subject.kind in ("person", "office", "pronoun")

    def floor(self, before: Sentence) -> Source | None:
        """ "Выступил посол России": a verb of appearing, and the only person of the sentence in the nominative."""
        verbs, tokens = _announcing(self.pack), self.layout.tokens
        hit = next((h for n in range(before.first, before.last) if (h := verbs.at(tokens, n, before.last)) is not None), None)
        if hit is None:
            return None
        people = [a for a in self.actors.inside(before.first, before.last) if a.kind in ("person", "office") and a.may_be("nom")]
        if len(people) != 1 or people[0].governed:
            return None
        who = people[0]
        side = "left" if who.first < hit.first else "right"
        low, high = min(hit.first, who.first), max(hit.last, who.last)
        return Source(hit.first, hit.last, "verb", hit.value, (who,), low, high, side=side)


def colon_subject(actors: Actors, first: int, colon: int) -> Source | None:
    """The first person or pronoun in the nominative of a sentence that ends with a colon, or an office that is all of it."""
    for actor in actors.inside(first, colon):
        if actor.kind in ("person", "pronoun") and actor.may_be("nom"):
            return Source(colon, colon + 1, "colon", ":", (actor,), actor.first, colon + 1, side="left")
    holder = actors.by_last.get(colon)
    if holder is not None and holder.kind == "office" and holder.first == first and holder.forms and holder.may_be("nom"):
        return Source(colon, colon + 1, "colon", ":", (holder,), first, colon + 1, side="left")
    return None


@cache
def _announcing(pack: Pack) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(pack.morphology)
    for phrase in pack["speech"].get("announcing", {}).get("verbs", ()):
        lexicon.add(phrase, phrase)
    return lexicon
