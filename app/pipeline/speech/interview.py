"""Interviews whose answers nobody labels: paragraphs that follow questions, with dashes or without."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from app.domain.record import record
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor, Actors
from app.pipeline.speech.attributions import DASHES
from app.pipeline.speech.cue_tables import frame_words
from app.pipeline.speech.cues import SourceFinder
from app.pipeline.speech.frames import Source
from app.pipeline.speech.interviewee import Asked, introduced
from app.pipeline.speech.utterances import Spoken
from app.pipeline.words.lexicon import lemmas
from app.pipeline.words.segment import Layout, Paragraph

_FEWEST_QUESTIONS = 2
_FINAL = '.!?…»”")'
_LEAST = 4  # tokens of an answer
_LONGEST_REQUEST = 60  # tokens of a question that is put as a request
_LABEL = 2  # tokens of "Вопрос:"


def find_answers(layout: Layout, actors: Actors, sources: SourceFinder, pack: Pack, body: int, spoken: Spoken) -> None:
    """The answers, given to the one person whom the article introduces; nothing where that is not plain."""
    found = _Interview(layout, sources, pack, body, spoken)
    for dashed in (True, False):
        turns = found.turns(dashed)
        if not turns:
            continue
        asked = Asked(layout, actors, pack, [question for question, _ in turns])
        few = len(turns) < _FEWEST_QUESTIONS
        person = introduced(asked, "talking" if few or not dashed else "telling")
        if person is None and dashed and not few:
            person = introduced(asked, None)
        if person is not None and (dashed or not few):
            found.clear([answer for _, answer in turns])
            for _, answer in turns:
                found.answer(answer, person)


@record(frozen=True, slots=True)
class _Interview:
    layout: Layout
    sources: SourceFinder
    pack: Pack
    body: int
    spoken: Spoken

    def turns(self, dashed: bool) -> list[tuple[Paragraph, list[Paragraph]]]:
        """Each question with the paragraphs of its answer; behind the last question only first persons tell that it goes on."""
        paragraphs = [p for p in self.layout.paragraphs if p.span.start >= self.body]
        asked = [n for n, p in enumerate(paragraphs) if self._is_question(p, dashed)]
        found: list[tuple[Paragraph, list[Paragraph]]] = []
        for n, number in enumerate(asked):
            first = number + 1
            if first >= len(paragraphs) or first in asked[n + 1 : n + 2] or not self._may_answer(paragraphs[first], dashed):
                continue
            last, further = n + 1 == len(asked), first + 1
            end = len(paragraphs) if last else asked[n + 1]
            while further < end and self._goes_on(paragraphs[further]) and (not last or self._own(paragraphs[further])):
                further += 1
            found.append((paragraphs[number], paragraphs[first:further]))
        return found

    def clear(self, answers: list[list[Paragraph]]) -> None:
        """Takes back what others say inside answers: it is told by whoever answers."""
        inside = {p.span.start for answer in answers for p in answer}
        paragraphs = self.layout.paragraphs
        starts = [p.span.start for p in paragraphs]
        self.spoken.found[:] = [u for u in self.spoken.found if starts[bisect_right(starts, u.start) - 1] not in inside]

    def answer(self, paragraphs: list[Paragraph], person: Actor) -> None:
        """Adds an answer."""
        first = self._words(paragraphs[0])
        parts = [(first, paragraphs[0].last), *((p.first, p.last) for p in paragraphs[1:])]
        source = Source(first - 1, first, "label", "–", (person,), person.first, person.last, side="left")
        self.spoken.add(parts, source, "interview_answer", paragraphs[0].first, label=True)

    def _is_question(self, paragraph: Paragraph, dashed: bool) -> bool:
        """A question behind a dash or a label, or one that speaks to somebody."""
        tokens = self.layout.tokens
        opens = self._dashed(paragraph) or self._labelled(paragraph, "questions")
        asks = tokens[paragraph.last - 1].text == "?" or self._requests(paragraph)
        if dashed:
            return asks and opens
        return asks and not opens and self._has(paragraph, _words(self.pack, "addressed"))

    def _own(self, paragraph: Paragraph) -> bool:
        return self._has(paragraph, frame_words(self.pack, "own"))

    def _has(self, paragraph: Paragraph, wanted: frozenset[str]) -> bool:
        words = (t for t in self.layout.tokens[paragraph.first : paragraph.last] if t.kind == "word")
        return any(not wanted.isdisjoint(lemmas(t.text, self.pack.morphology)) for t in words)

    def _requests(self, paragraph: Paragraph) -> bool:
        """ "Расскажите о дороге.": a question put as a request."""
        words = self.layout.tokens[paragraph.first : paragraph.last]
        return len(words) <= _LONGEST_REQUEST and any(t.key in _words(self.pack, "requests") for t in words)

    def _may_answer(self, paragraph: Paragraph, dashed: bool) -> bool:
        tokens = self.layout.tokens
        opens = self._dashed(paragraph) or self._labelled(paragraph, "answers")
        words = self._words(paragraph)
        if opens != dashed or words in self.spoken.covered or paragraph.last - words < _LEAST:
            return False
        return tokens[paragraph.last - 1].text in _FINAL and (dashed or tokens[paragraph.last - 1].text != "?")

    def _goes_on(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph between two questions is more of the answer: no heading, no dash, nobody reported on."""
        tokens = self.layout.tokens
        if self._dashed(paragraph) or tokens[paragraph.last - 1].text not in _FINAL or paragraph.first in self.spoken.covered:
            return False
        return not any(self._reports(n, paragraph) for n in self.sources.beginnings(paragraph.first, paragraph.last))

    def _reports(self, at: int, paragraph: Paragraph) -> bool:
        """Whether the narrator speaks here: "рассказал Касенов"."""
        source = self.sources.at(at, paragraph.first, paragraph.last) if at not in self.spoken.covered else None
        return source is not None and source.kind == "verb" and source.subject is not None and source.subject.name is not None

    def _words(self, paragraph: Paragraph) -> int:
        """The token with which the words of an answer begin."""
        if self._dashed(paragraph):
            return paragraph.first + 1
        return paragraph.first + _LABEL if self._labelled(paragraph, "answers") else paragraph.first

    def _dashed(self, paragraph: Paragraph) -> bool:
        return self.layout.tokens[paragraph.first].text in DASHES and paragraph.last > paragraph.first + 1

    def _labelled(self, paragraph: Paragraph, which: str) -> bool:
        tokens, at = self.layout.tokens, paragraph.first
        return at + _LABEL < paragraph.last and tokens[at + 1].text in ":." and tokens[at].key in _words(self.pack, which)


@cache
def _words(pack: Pack, name: str) -> frozenset[str]:
    return frozenset(pack["speech"].get("interview", {}).get(name, ()))
