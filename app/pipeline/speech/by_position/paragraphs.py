"""Words that no quotation marks show: a paragraph in the first person before ", X said", and the answers of an interview."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app.pipeline.people.actor import Actor
from app.pipeline.speech.by_position.phrasing import COMMAS
from app.pipeline.speech.by_position.sources import Found
from app.pipeline.speech.by_position.subjects import Subjects
from app.pipeline.speech.by_position.tables import first_person
from app.pipeline.speech.frames import Source
from app.pipeline.speech.utterances import Spoken
from app.pipeline.words.segment import Layout, Paragraph

_DASHES = "-–—―"
_FEWEST = 2  # questions that make an interview
_LONGEST_QUESTION = 60  # tokens
_QUOTES = frozenset('"“”«»')


@dataclass(frozen=True, slots=True)
class ParagraphReader:
    """Reads whole paragraphs of one layout into `spoken`; `sources` are those of each sentence by its first token."""

    subjects: Subjects
    sources: dict[int, list[Found]]
    spoken: Spoken
    body: int

    @property
    def layout(self) -> Layout:
        return self.subjects.layout

    # ------------------------------------------------------------ paragraphs with their attribution at the end

    def read(self) -> None:
        for paragraph in self.layout.paragraphs:
            if paragraph.span.start >= self.body and (source := self._closing(paragraph)) is not None:
                start = paragraph.first + self._dashed(paragraph)
                if not any(n in self.spoken.covered for n in range(start, source.low)):
                    self.spoken.add([(start, source.low - 1)], source, "unquoted_paragraph", paragraph.first)

    def _closing(self, paragraph: Paragraph) -> Source | None:
        """The attribution with which a paragraph ends, where the rest of it is somebody's words in the first person."""
        tokens, last = self.layout.tokens, self.layout.sentences[paragraph.sentences[-1]]
        found = [f for n in paragraph.sentences for f in self.sources.get(self.layout.sentences[n].first, [])]
        if len(found) != 1 or found[0].source.first < last.first or found[0].shared or found[0].source.media:
            return None
        source = found[0].source
        if not source.subjects or source.low <= paragraph.first + 2 or tokens[source.low - 1].text not in COMMAS:
            return None
        said = tokens[paragraph.first : source.low]
        if any(t.text in _QUOTES for t in said) or self.subjects.has_verb(source.high, last.last):
            return None
        return source if self._dashed(paragraph) or self._first_person(paragraph.first, source.low) else None

    def _dashed(self, paragraph: Paragraph) -> bool:
        tokens, first = self.layout.tokens, paragraph.first
        return tokens[first].text in _DASHES and first + 1 < paragraph.last and tokens[first + 1].start > tokens[first].end

    def _first_person(self, first: int, last: int) -> bool:
        said = first_person(self.subjects.pack)  # "US$30" is none of them
        return any(t.key in said and (len(t.text) == 1 or not t.upper) for t in self.layout.tokens[first:last])

    # ------------------------------------------------------------ interviews

    def guest(self) -> Actor | None:
        """Whom the letters of a transcript's answers mean: the person whom the article introduces before the first."""
        asked = (p.first for p in self.layout.paragraphs if p.span.start >= self.body and self._is_question(p))
        return self._introduced(next(asked, len(self.layout.tokens)))

    def answers(self) -> None:
        """What stands behind each question, given to the one person whom the article introduces."""
        paragraphs = [p for p in self.layout.paragraphs if p.span.start >= self.body]
        asked = [n for n, p in enumerate(paragraphs) if self._is_question(p)]
        answered = [n for n in asked if n + 1 < len(paragraphs) and n + 1 not in asked]
        personal = sum(self._first_person(paragraphs[n + 1].first, paragraphs[n + 1].last) for n in answered)
        if len(answered) < _FEWEST or 2 * personal < len(answered):
            return
        person = self._introduced(paragraphs[asked[0]].first)
        for n, question in enumerate(answered if person is not None else ()):
            end = answered[n + 1] if n + 1 < len(answered) else len(paragraphs)
            self._answer(paragraphs[question + 1 : end], person)

    def _is_question(self, paragraph: Paragraph) -> bool:
        tokens = self.layout.tokens[paragraph.first : paragraph.last]
        asks = tokens[-1].text in "?…" and len(tokens) <= _LONGEST_QUESTION
        return asks and not any(t.text in _QUOTES for t in tokens) and not self._first_person(paragraph.first, paragraph.last)

    def _introduced(self, before: int) -> Actor | None:
        """The person named most before the first question, an office and the place of a subject counting for more."""
        counts, named = Counter[str](), dict[str, Actor]()
        for actor in self.subjects.actors.all:
            if actor.name is not None and actor.first < before:
                who = actor.name.words[-1]
                sentence = self.layout.sentence_at(actor.span.start)
                subject = sentence is not None and self.subjects.main(sentence, actor.first + 1) == (actor,)
                counts[who] += 1 + (actor.office is not None) + subject
                named.setdefault(who, actor)
        ranked = counts.most_common(2)
        if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
            return None
        return named[ranked[0][0]]

    def _answer(self, paragraphs: list[Paragraph], person: Actor | None) -> None:
        """The paragraphs up to the first in which the narrator speaks again."""
        parts: list[tuple[int, int]] = []
        for paragraph in paragraphs:
            covered = any(n in self.spoken.covered for n in range(paragraph.first, paragraph.last))
            if covered or self._narrates(paragraph) or self.layout.tokens[paragraph.last - 1].text not in ".!?…":
                break
            parts.append((paragraph.first, paragraph.last))
        if parts and person is not None:
            at = parts[0][0]
            source = Source(at, at, "label", "", (person,), person.first, person.last, side="left")
            self.spoken.add(parts, source, "interview_answer", at, label=True)

    def _narrates(self, paragraph: Paragraph) -> bool:
        """Whether somebody is reported in the third person here and nobody says "I" or "we"."""
        sentences = (self.layout.sentences[n].first for n in paragraph.sentences)
        reported = any(f.source.subjects for first in sentences for f in self.sources.get(first, []))
        return reported and not self._first_person(paragraph.first, paragraph.last)
