"""Quotations with a signature: «…» Имя, должность, behind the words or on a line of its own, as pages set them off."""

from __future__ import annotations

from app.domain.record import field, record
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor, Actors
from app.pipeline.speech.frames import Source
from app.pipeline.speech.utterances import Spoken
from app.pipeline.words.segment import Layout, Paragraph

_OPENING = frozenset('«"“„')
_CLOSING = frozenset('»"”“')
_BETWEEN = frozenset(".,–—-―")  # marks between the words and the name
_BEHIND = frozenset(",(–—-―")  # marks between the name and the office
_INSIDE = frozenset(',()«»"–—-.')
_LONGEST = 20  # tokens of a name and an office
_FEWEST = 5  # tokens of words that somebody would set off


@record(frozen=True, slots=True)
class Signatures:
    """Reads the paragraphs of one layout; `taken` are those that turned out to be signatures."""

    layout: Layout
    actors: Actors
    pack: Pack
    spoken: Spoken
    taken: set[int] = field(default_factory=set)

    def read(self, number: int) -> int | None:
        """Takes a paragraph that is a quotation with its signature; the paragraph behind both, None where it is none."""
        tokens, paragraphs = self.layout.tokens, self.layout.paragraphs
        paragraph = paragraphs[number]
        if tokens[paragraph.first].text not in _OPENING:
            return None
        first = paragraph.first
        while first < paragraph.last and tokens[first].text in _OPENING:
            first += 1
        close = next((n for n in range(paragraph.last - 1, first, -1) if tokens[n].text in _CLOSING), first)
        if close - first < _FEWEST or self._told_before(number):
            return None
        behind = self._past_marks(close + 1, paragraph.last)
        if behind < paragraph.last:
            glued = tokens[behind - 1].end == tokens[behind].start
            return number + 1 if self._sign((first, close), behind, paragraph.last, close + 1, set_off=glued) else None
        following = number + 1
        if following >= len(paragraphs) or (self._may_sign(number - 1) and number - 1 not in self.taken):
            return None  # a line with a name stands before the words as well: whose they are nobody tells
        line = paragraphs[following]
        name = self._past_marks(line.first, line.last)
        if not self._sign((first, close), name, line.last, line.first, set_off=name > line.first):
            return None
        self.taken.add(following)
        return following + 1

    def _sign(self, words: tuple[int, int], at: int, last: int, low: int, *, set_off: bool) -> bool:
        actor = self._signer(at, last, set_off=set_off)
        if actor is None:
            return False
        source = Source(actor.first, actor.last, "label", "", (actor,), low, last, side="right")
        self.spoken.add([words], source, "signature", words[0], label=True)
        return True

    def _signer(self, at: int, last: int, *, set_off: bool = False) -> Actor | None:
        """The person of a stretch that is a whole name and an office, and nothing else.

        A name alone will do where a dash sets it off, or where it is glued to the words ("…ключе".Ерлан Сагатов).
        """
        tokens, actor = self.layout.tokens, self.actors.by_first.get(at)
        if actor is None or actor.kind != "person" or not actor.may_be("nom") or last - at > _LONGEST:
            return None
        if actor.name is None or len(actor.name.words) < 2:
            return None
        office = self.actors.by_first.get(actor.last)
        parted = actor.last < last and tokens[actor.last].text in _BEHIND
        alone = set_off and actor.last == last
        if not (alone or parted or (office is not None and office.kind == "office")):
            return None
        rest = range(actor.last, last)
        plain = all(tokens[n].kind == "word" or tokens[n].text in _INSIDE for n in rest)
        return actor if plain and not any(map(self._verb, rest)) else None

    def _may_sign(self, number: int) -> bool:
        paragraph: Paragraph | None = self.layout.paragraphs[number] if number >= 0 else None
        return paragraph is not None and self._signer(paragraph.first, paragraph.last) is not None

    def _told_before(self, number: int) -> bool:
        """Whether the paragraph before announces the words."""
        return number > 0 and self.layout.tokens[self.layout.paragraphs[number - 1].last - 1].text == ":"

    def _past_marks(self, at: int, last: int) -> int:
        while at < last and self.layout.tokens[at].text in _BETWEEN:
            at += 1
        return at

    def _verb(self, at: int) -> bool:
        token = self.layout.tokens[at]
        readings = self.pack.morphology.readings(token.text) if token.kind == "word" else ()
        may_name = any(r.pos == "noun" for r in readings)  # "transport minister"
        return bool(readings) and readings[0].verb in ("fin", "short") and not may_name
