"""Attributions that interrupt or end somebody's words: ", – отметил посол. – "."""

from __future__ import annotations

from app.domain.record import record
from app.pipeline.people.actor import Actors
from app.pipeline.speech.cues import SourceFinder
from app.pipeline.speech.frames import Source
from app.pipeline.words.segment import Layout

DASHES = "-–—―"
_BEFORE_DASH = ',!?….»”“"'
ATTRIBUTION = 10  # tokens between a dash and the verb of speech
_LONGEST = 200  # tokens of an attribution and of what else stands before the words resume


@record(frozen=True, slots=True)
class Blocks:
    """Reads attributions set off by dashes in one layout."""

    layout: Layout
    sources: SourceFinder
    actors: Actors

    def split(self, first: int, last: int) -> tuple[list[tuple[int, int]], Source | None]:
        """The stretches of speech in a paragraph or quotation, and the attribution that interrupts or ends them."""
        parts: list[tuple[int, int]] = []
        start, source, tokens = first, None, self.layout.tokens
        at = first
        while at < last:
            block = self._block(at, first, last) if tokens[at].text in DASHES else None
            if block is None:
                at += 1
                continue
            found, end = block
            if source is None:
                source = found
            parts.append((start, at))
            resumed = self._resumes(end, last)
            if resumed is None:
                return parts, source
            start = at = resumed
        if source is not None or start == first:
            parts.append((start, last))
        return parts, source

    def _block(self, at: int, first: int, last: int) -> tuple[Source, int] | None:
        """An attribution that begins with the dash at `at`: ", – отметил посол"."""
        tokens = self.layout.tokens
        if at == first or tokens[at - 1].text not in _BEFORE_DASH:
            return None
        if at + 1 >= last or tokens[at].end == tokens[at + 1].start or tokens[at + 1].kind != "word":
            return None
        if tokens[at + 1].text[0].isupper() and self.actors.by_first.get(at + 1) is None:
            return None
        high = self.block_end(at + 1, last)
        for n in range(at + 1, min(at + 1 + ATTRIBUTION, high)):
            if tokens[n].text in ".!?":
                break
            source = self.sources.at(n, at + 1, high)
            if source is not None and (source.subjects or (source.kind == "verb" and n <= at + 3)):
                return source, high
        return None

    def block_end(self, at: int, last: int) -> int:
        """Where an attribution ends: at a dash that resumes the words, or with its sentence."""
        tokens = self.layout.tokens
        sentence = self.layout.sentence_at(tokens[at].start)
        over = sentence.last + 1 if sentence else last
        for n in range(at + 1, min(last, at + _LONGEST, over)):
            if tokens[n].text in DASHES and tokens[n - 1].text in ".,!?" and tokens[n].end < tokens[min(n + 1, last - 1)].start:
                return n
            if tokens[n].text in "«„“" and tokens[n - 1].text in ".:":
                return n
        return min(last, sentence.last) if sentence else last

    def _resumes(self, end: int, last: int) -> int | None:
        """The token with which the words go on behind an attribution: ". – Дальше …"."""
        tokens = self.layout.tokens
        if end < last and tokens[end].text in DASHES:
            return end + 1
        return None
