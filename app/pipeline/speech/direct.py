"""Direct speech, paragraph by paragraph: dash paragraphs here, quotations and labels in files of their own."""

from __future__ import annotations

from app.domain.record import record
from app.languages.pack import Pack
from app.pipeline.people.actor import Actors
from app.pipeline.speech.announced import Announced, colon_subject
from app.pipeline.speech.attributions import DASHES, Blocks
from app.pipeline.speech.cues import SourceFinder
from app.pipeline.speech.frames import Source
from app.pipeline.speech.labels import Labels
from app.pipeline.speech.quotations import Quotations
from app.pipeline.speech.quotes import Quote
from app.pipeline.speech.signatures import Signatures
from app.pipeline.speech.utterances import Spoken
from app.pipeline.words.segment import Layout, Paragraph

_QUOTES = frozenset('«»„“”"')
_FINAL = frozenset('.!?…:;,»”"')
_RUN_ON = 3  # paragraphs over which a dash paragraph may run on to its attribution


@record(frozen=True, slots=True)
class DirectFinder:
    """Walks the paragraphs once and leaves what it finds in `spoken`."""

    layout: Layout
    quotes: tuple[Quote, ...]
    sources: SourceFinder
    actors: Actors
    pack: Pack
    body: int
    blocks: Blocks
    spoken: Spoken

    def find(self) -> None:
        quotations = Quotations(self.layout, self.sources, self.actors, self.pack, self.blocks, self.spoken)
        by_paragraph: dict[int, list[Quote]] = {}
        for quote in self.quotes:
            by_paragraph.setdefault(quote.paragraph, []).append(quote)
        labels = Labels(self.layout, self.actors, self.sources, self.pack, self.spoken)
        signatures = Signatures(self.layout, self.actors, self.pack, self.spoken)
        transcript = labels.rule()
        number, paragraphs = 0, self.layout.paragraphs
        while number < len(paragraphs):
            paragraph = paragraphs[number]
            if paragraph.span.start < self.body:
                number += 1
                continue
            if self._is_dash(paragraph):
                number = self._dash_paragraph(number)
                continue
            if labels.read(paragraph):
                number = labels.further(number) if transcript is not None and number <= transcript else number + 1
                continue
            behind = labels.alone(number) or signatures.read(number)
            if behind is not None:
                number = behind
                continue
            if not self._glued(paragraph):
                quotations.read(by_paragraph.get(number, []))
            number += 1

    # ------------------------------------------------------------ dash paragraphs

    def _is_dash(self, paragraph: Paragraph) -> bool:
        tokens = self.layout.tokens
        first = paragraph.first
        if tokens[first].text not in DASHES or first + 1 >= paragraph.last:
            return False
        return not (tokens[first + 1].kind == "word" and tokens[first + 1].text[0].islower())

    def _dash_paragraph(self, number: int) -> int:
        """Words after a dash, up to an attribution; without one they run on or take the speaker announced before."""
        paragraphs = self.layout.paragraphs
        paragraph = paragraphs[number]
        parts, source = self.blocks.split(paragraph.first + 1, paragraph.last)
        if source is not None:
            self.spoken.add(parts, source, "dash_paragraph", paragraph.first)
            return number + 1
        longer = self._running_on(number, parts)
        if longer is not None:
            return longer
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        if self.layout.tokens[paragraph.last - 1].text == "?" and following is not None and self._is_dash(following):
            return number + 1  # a question of an interview
        announced = self._announced(paragraph.first) if not self._listed(number) else None
        if announced is not None:
            self.spoken.add(parts, announced, "dash_paragraph_announced", paragraph.first)
        return number + 1

    def _listed(self, number: int) -> bool:
        """Whether a dash paragraph is one line of a list of headlines, which have no full stop and stand below one another."""
        paragraphs, tokens = self.layout.paragraphs, self.layout.tokens
        ends = tokens[paragraphs[number].last - 1].text in _FINAL
        beside = [paragraphs[n] for n in (number - 1, number + 1) if 0 <= n < len(paragraphs)]
        return not ends and any(self._is_dash(p) and tokens[p.last - 1].text not in _FINAL for p in beside)

    def _running_on(self, number: int, parts: list[tuple[int, int]]) -> int | None:
        """Words that go on over a paragraph or two to their attribution; the paragraph behind it, None where they do not."""
        paragraphs, tokens = self.layout.paragraphs, self.layout.tokens
        extra: list[tuple[int, int]] = []
        if tokens[paragraphs[number].last - 1].text == "?":
            return None  # a question: what follows is its answer
        for later in range(number + 1, min(number + 1 + _RUN_ON, len(paragraphs))):
            paragraph = paragraphs[later]
            if self._is_dash(paragraph) or tokens[paragraph.first].text in '«“„"':
                return None
            more, source = self.blocks.split(paragraph.first, paragraph.last)
            if source is not None:
                if any(t.text in _QUOTES for t in tokens[max(paragraph.first, source.first - 4) : source.first]):
                    return None  # the attribution is a quotation's of its own
                at = paragraphs[number].first
                self.spoken.add([*parts, *extra, *more], source, "dash_paragraph_running_on", at)
                return later + 1
            if self._reports(paragraph):
                return None
            extra.append((paragraph.first, paragraph.last))
        return None

    def _reports(self, paragraph: Paragraph) -> bool:
        """Whether the narrator speaks here: a verb of speech with somebody who has a name or an office."""
        for n in range(paragraph.first, paragraph.last):
            source = self.sources.at(n, paragraph.first, paragraph.last)
            if source is not None and source.subject is not None and source.subject.kind in ("person", "office"):
                return True
        return False

    def _glued(self, paragraph: Paragraph) -> bool:
        """A dash paragraph that a scraper glued to the sentence before it: "в Ташкенте.– Мы построим …, – сказал посол."."""
        tokens, found = self.layout.tokens, False
        at = paragraph.first + 1
        while at < paragraph.last - 1:
            glued = tokens[at].text in DASHES and tokens[at - 1].text in ".!?" and tokens[at].start == tokens[at - 1].end
            if glued and tokens[at].end < tokens[at + 1].start and tokens[at + 1].kind == "word":
                parts, source = self.blocks.split(at + 1, paragraph.last)
                if source is None:
                    break  # the rest of the paragraph has no attribution
                self.spoken.add(parts, source, "dash_paragraph_glued", at)
                found, at = True, max(source.high, parts[-1][1])
            at += 1
        return found

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
            return colon_subject(self.actors, sentence.first, sentence.last - 1)
        return Announced(self.layout, self.sources, self.actors, self.pack, self.spoken.covered).floor(sentence)
