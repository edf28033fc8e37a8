"""Direct speech: dash paragraphs, quotations and labelled answers, with the words that attribute them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from app.domain.facts import StatementKind
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.actors import Actor, Actors
from app.pipeline.cues import Source, SourceFinder
from app.pipeline.lexicon import lemmas
from app.pipeline.quotes import Quote
from app.pipeline.segment import Layout, Paragraph
from app.pipeline.utterances import Utterance, trim, words_in

_DASHES = "-–—―"
_BEFORE_DASH = ',!?….»”“"'
_SHORT_QUOTE = 3  # words; anything shorter is a term or a name, not words that were said
_ATTRIBUTION = 10  # tokens between a dash and the verb of speech


@dataclass
class DirectFinder:
    """Walks the paragraphs once; `covered` collects the tokens of what turned out to be direct
    speech, `used` the first tokens of the sources that attribute it."""

    layout: Layout
    quotes: tuple[Quote, ...]
    sources: SourceFinder
    actors: Actors
    pack: Pack
    body: int
    covered: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)
    found: list[Utterance] = field(default_factory=list)

    def find(self) -> list[Utterance]:
        by_paragraph: dict[int, list[Quote]] = {}
        for quote in self.quotes:
            by_paragraph.setdefault(quote.paragraph, []).append(quote)
        number, paragraphs = 0, self.layout.paragraphs
        while number < len(paragraphs):
            paragraph = paragraphs[number]
            if paragraph.span.start < self.body:
                number += 1
                continue
            if self._is_dash(paragraph):
                number = self._dash_paragraph(number)
                continue
            if not self._label(paragraph, number):
                self._quotations(by_paragraph.get(number, []))
            number += 1
        return self.found

    # ------------------------------------------------------------ dash paragraphs

    def _is_dash(self, paragraph: Paragraph) -> bool:
        tokens = self.layout.tokens
        first = paragraph.first
        if tokens[first].text not in _DASHES or first + 1 >= paragraph.last:
            return False
        return not (tokens[first + 1].kind == "word" and tokens[first + 1].text[0].islower())

    def _dash_paragraph(self, number: int) -> int:
        """Words after a dash, up to an attribution; without one they run on or take the speaker announced before."""
        paragraphs = self.layout.paragraphs
        paragraph = paragraphs[number]
        parts, source = self._split(paragraph.first + 1, paragraph.last)
        if source is not None:
            self._add(parts, source, "dash_paragraph", paragraph.first)
            return number + 1
        following = number + 1
        extra: list[tuple[int, int]] = []
        while following < len(paragraphs) and following <= number + 4 and not self._is_dash(paragraphs[following]):
            more, source = self._split(paragraphs[following].first, paragraphs[following].last)
            if source is not None:
                self._add([*parts, *extra, *more], source, "dash_paragraph_running_on", paragraph.first)
                return following + 1
            extra.append((paragraphs[following].first, paragraphs[following].last))
            following += 1
        announced = self._announced(paragraph.first)
        if announced is not None:
            self._add(parts, announced, "dash_paragraph_announced", paragraph.first)
        return number + 1

    def _split(self, first: int, last: int) -> tuple[list[tuple[int, int]], Source | None]:
        """The stretches of speech in a paragraph or quotation, and the attribution that interrupts or ends them."""
        parts: list[tuple[int, int]] = []
        start, source = first, None
        at = first
        while at < last:
            block = self._block(at, first, last)
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
        if tokens[at].text not in _DASHES or at == first or tokens[at - 1].text not in _BEFORE_DASH:
            return None
        if at + 1 >= last or tokens[at].end == tokens[at + 1].start or tokens[at + 1].kind != "word":
            return None
        if tokens[at + 1].text[0].isupper() and self._actor(at + 1) is None:
            return None
        high = self._block_end(at + 1, last)
        for n in range(at + 1, min(at + 1 + _ATTRIBUTION, high)):
            if tokens[n].text in ".!?":
                break
            source = self.sources.at(n, at + 1, high)
            if source is not None and (source.subjects or (source.kind == "verb" and n <= at + 3)):
                return source, high
        return None

    def _block_end(self, at: int, last: int) -> int:
        """Where an attribution ends: at a dash that resumes the words, or with its sentence."""
        tokens = self.layout.tokens
        for n in range(at + 1, last):
            if tokens[n].text in _DASHES and tokens[n - 1].text in ".,!?" and tokens[n].end < tokens[min(n + 1, last - 1)].start:
                return n
            if tokens[n].text in "«„“" and n > at + 1:
                return n
        sentence = self.layout.sentence_at(tokens[at].start)
        return min(last, sentence.last) if sentence else last

    def _resumes(self, end: int, last: int) -> int | None:
        """The token with which the words go on behind an attribution: ". – Дальше …"."""
        tokens = self.layout.tokens
        if end < last and tokens[end].text in _DASHES:
            return end + 1
        if end < last and tokens[end - 1].text in ".!?" and tokens[end].kind != "mark":
            return None
        return None

    def _announced(self, at: int) -> Source | None:
        """The source that the paragraph before ends with: "…, рассказал он уже в кулуарах." or with a colon."""
        sentence = self.layout.sentence_at(self.layout.tokens[at - 1].start) if at else None
        if sentence is None:
            return None
        for n in range(sentence.first, sentence.last):
            source = self.sources.at(n, sentence.first, sentence.last)
            if source is not None and source.subjects and not source.media and source.kind == "verb":
                return source
        if self.layout.tokens[sentence.last - 1].text == ":":
            return self._colon_subject(sentence.first, sentence.last - 1)
        return None

    # ------------------------------------------------------------ labels

    def _label(self, paragraph: Paragraph, number: int) -> bool:
        """ "Имя, должность: слова" at the head of a paragraph that is not itself a quotation."""
        tokens = self.layout.tokens
        actor = next((self._actor(n) for n in range(paragraph.first, min(paragraph.first + 3, paragraph.last))
                      if self._actor(n) is not None), None)  # fmt: skip
        if actor is None or actor.kind != "person" or not actor.may_be("nom"):
            return False
        if any(t.kind == "word" for t in tokens[paragraph.first : actor.first]):
            return False
        colon = actor.last
        while colon < min(paragraph.last, actor.last + 12) and tokens[colon].text != ":":
            if self._finite(colon):
                return False
            if tokens[colon].kind == "mark" and tokens[colon].text not in ',()«»"':
                return False
            colon += 1
        if colon >= paragraph.last - 2 or tokens[colon].text != ":" or tokens[colon + 1].text in '«“„"':
            return False
        if colon > actor.last and tokens[actor.last].text not in ",(":
            return False
        source = Source(colon, colon + 1, "label", ":", (actor,), actor.first, colon + 1, side="left")
        self._add([(colon + 1, paragraph.last)], source, "interview_label", paragraph.first, label=True)
        return True

    # ------------------------------------------------------------ quotations

    def _quotations(self, quotes: list[Quote]) -> None:
        last: Utterance | None = None
        for n, quote in enumerate(quotes):
            if quote.open in self.covered:
                continue
            following = quotes[n + 1] if n + 1 < len(quotes) else None
            joined = last is not None and self._goes_on(last, quote)
            utterance = None if joined else self._quotation(quote, following)
            if joined and last is not None:
                self.found.remove(last)
                utterance = self._extended(last, quote)
            if utterance is not None:
                self.found.append(utterance)
                last = utterance

    def _quotation(self, quote: Quote, following: Quote | None) -> Utterance | None:
        """A quotation with its attribution inside, behind, before or in brackets; None where it is none."""
        first, last = quote.open + 1, quote.close + (0 if quote.closed else 1)
        if words_in(self.layout, quote.inner(self.layout)) < _SHORT_QUOTE or self._names_something(quote):
            return None
        parts, inside = self._split(first, last)
        if inside is not None and inside.subjects:
            return self._made(parts, inside, "quotation_interrupted", quote.open)
        behind = self._behind(quote)
        if behind is not None:
            return self._made([(first, last)], behind, "quotation_then_source", quote.open)
        before = self._before(quote)
        if before is not None:
            return self._made([(first, last)], before, "source_then_quotation", quote.open)
        return None

    def _names_something(self, quote: Quote) -> bool:
        """A title: behind "форум", "проект" and the like, with no full stop, comma or verb of its own needed."""
        before = self.layout.tokens[quote.open - 1] if quote.open else None
        if before is None or before.kind != "word":
            return False
        return bool(lemmas(before.text, self.pack.morphology) & _title_words(self.pack))

    def _behind(self, quote: Quote) -> Source | None:
        """ "«…», – отметил посол", "«…» (посол)", and "«…», цитирует агентство посла"."""
        tokens = self.layout.tokens
        if not quote.closed:
            return None
        at = quote.close + 1
        if at < len(tokens) and tokens[at].text == "(":
            actor = self._actor(at + 1)
            if actor is not None and actor.last < len(tokens) and tokens[actor.last].text == ")" and actor.kind == "person":
                return Source(at, at + 1, "label", "(", (actor,), at, actor.last + 1, side="right")
        marks = 0
        while at < len(tokens) and tokens[at].kind == "mark" and tokens[at].text in ",." + _DASHES and marks < 3:
            at += 1
            marks += 1
        if at >= len(tokens) or tokens[at].kind != "word":
            return None
        full_stop = any(t.text == "." for t in tokens[quote.close + 1 : at])
        dashed = any(t.text in _DASHES for t in tokens[quote.close + 1 : at])
        if (full_stop and not dashed) or self.layout.paragraphs[quote.paragraph].last <= at:
            return None
        limit = self._block_end(at, self.layout.paragraphs[quote.paragraph].last)
        for n in range(at, min(at + _ATTRIBUTION, limit)):
            if tokens[n].text in ".!?;":
                return None
            source = self.sources.possessive(n, limit) or self.sources.at(n, at, limit)
            if source is None:
                continue
            if source.subjects and (marks or source.first <= at + 1):
                return source
            if source.kind == "verb" and marks and n <= at + 2:
                return source
        return None

    def _before(self, quote: Quote) -> Source | None:
        """ "Посол отметил: «…»"; behind a colon a bare subject is enough."""
        tokens = self.layout.tokens
        at = quote.open - 1
        if at < 0 or tokens[at].text != ":":
            return None
        sentence = self.layout.sentence_at(tokens[at].start)
        if sentence is None:
            return None
        best: Source | None = None
        for n in range(sentence.first, at):
            source = self.sources.at(n, sentence.first, at) if n not in self.covered else None
            if source is not None and source.subjects:
                best = source
        return best or self._colon_subject(sentence.first, at)

    def _colon_subject(self, first: int, colon: int) -> Source | None:
        """The first person or office in the nominative of a sentence that ends with a colon."""
        for actor in self.actors.inside(first, colon):
            if actor.kind in ("person", "pronoun") and actor.may_be("nom"):
                return Source(colon, colon + 1, "colon", ":", (actor,), actor.first, colon + 1, side="left")
        return None

    def _goes_on(self, last: Utterance, quote: Quote) -> bool:
        """Whether a quotation resumes the last one: ". – «…»" behind its attribution, or right behind that sentence."""
        if last.source is None or last.source.high > quote.open or last.source.first < last.at:
            return False
        between = self.layout.tokens[last.source.high : quote.open]
        if self._behind(quote) is not None or words_in(self.layout, quote.inner(self.layout)) < _SHORT_QUOTE:
            return False
        dashed = bool(between) and between[-1].text in _DASHES and any(t.text in ".,!?" for t in between[:-1])
        bare = len(between) == 1 and between[0].text == "."
        near = dashed and sum(1 for t in between if t.kind == "word") <= 8
        return near or bare

    def _extended(self, last: Utterance, quote: Quote) -> Utterance:
        span = trim(self.layout.text, quote.inner(self.layout), quoted=False)
        self.covered.update(range(quote.open, quote.close + 1))
        segments = (*last.segments, span) if span else last.segments
        return Utterance(last.kind, segments, last.source, last.rule, last.at)

    # ------------------------------------------------------------ results

    def _add(self, parts: list[tuple[int, int]], source: Source, rule: str, at: int, *, label: bool = False) -> None:
        made = self._made(parts, source, rule, at, label=label)
        if made is not None:
            self.found.append(made)

    def _made(self, parts: list[tuple[int, int]], source: Source, rule: str, at: int, *, label: bool = False) -> Utterance | None:
        if source.media and not source.subjects:
            return None
        tokens, segments = self.layout.tokens, []
        for first, last in parts:
            if first < last:
                span = trim(self.layout.text, Span(tokens[first].start, tokens[last - 1].end))
                if span is not None and words_in(self.layout, span):
                    segments.append(span)
                    self.covered.update(range(first, last))
        if not segments:
            return None
        self.used.add(source.first)
        return Utterance(StatementKind.DIRECT, tuple(segments), source, rule, at, label)

    def _finite(self, at: int) -> bool:
        token = self.layout.tokens[at]
        return token.kind == "word" and self.pack.morphology.readings(token.text)[0].verb in ("fin", "short")

    def _actor(self, at: int) -> Actor | None:
        return self.actors.by_first.get(at)


@cache
def _title_words(pack: Pack) -> frozenset[str]:
    return frozenset(pack["speech"].get("titles", {}).get("words", ()))
