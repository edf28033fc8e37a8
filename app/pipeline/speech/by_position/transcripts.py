"""Words behind labels in languages that tell the subject by its place: "Kane: …" in a transcript, "Q: …" and "A: …"."""

from __future__ import annotations

from collections import defaultdict

from app.domain.record import record
from app.pipeline.people.actor import Actor
from app.pipeline.speech.by_position.subjects import Subjects
from app.pipeline.speech.by_position.tables import words
from app.pipeline.speech.frames import Source
from app.pipeline.speech.utterances import Spoken
from app.pipeline.words.segment import Paragraph

_FEWEST = 2  # paragraphs with one label, or with a question and its answer, that make a transcript
_LONGEST_LABEL = 8  # tokens before the colon
_LEAST = 3  # tokens behind it


@record(frozen=True, slots=True)
class _Labelled:
    """A paragraph with its label: who it is, or that it is a letter for the answers; `at` is the first token of the words."""

    paragraph: Paragraph
    who: str
    actor: Actor | None
    at: int
    asked: bool


def read_transcript(subjects: Subjects, spoken: Spoken, body: int, guest: Actor | None) -> bool:
    """Takes the paragraphs of a transcript; `guest` is whom the letters of the answers mean. False where there is none."""
    paragraphs = [p for p in subjects.layout.paragraphs if p.span.start >= body]
    labelled = {n: found for n, p in enumerate(paragraphs) if (found := _labelled(subjects, p)) is not None}
    turns: dict[str, list[_Labelled]] = defaultdict(list)
    for found in labelled.values():
        turns[found.who].append(found)
    if max((len(found) for found in turns.values()), default=0) < _FEWEST or len(turns) < _FEWEST:
        return False
    for n, found in labelled.items():
        person = found.actor or guest
        if found.asked or person is None or _interviews(subjects, turns[found.who]):
            continue
        parts = [(found.at, found.paragraph.last), *_further(subjects, paragraphs, n, set(labelled))]
        if not any(k in spoken.covered for first, last in parts for k in range(first, last)):
            source = Source(found.at - 1, found.at, "label", ":", (person,), person.first, found.at, side="left")
            spoken.add(parts, source, "interview_label", found.at - 1, label=True)
    return True


def _labelled(subjects: Subjects, paragraph: Paragraph) -> _Labelled | None:
    """A person (or a lone surname) and a colon, or a letter for question or answer with a colon or full stop."""
    tokens, first = subjects.layout.tokens, paragraph.first
    if first + 1 + _LEAST >= paragraph.last or tokens[first].kind != "word" or tokens[paragraph.last - 1].text not in '.!?…”"':
        return None
    asked, answered = words(subjects.pack, "interview", "questions"), words(subjects.pack, "interview", "answers")
    key = tokens[first].key
    if key in asked | answered and tokens[first].capital and tokens[first + 1].text in ":.":
        return _Labelled(paragraph, "Q" if key in asked else "A", None, first + 2, key in asked)
    actor = subjects.actors.starting.get(first)
    colon = next((n for n in range(first + 1, min(first + _LONGEST_LABEL, paragraph.last)) if tokens[n].text == ":"), None)
    if actor is None or actor.kind != "person" or colon is None:
        return None
    sentence = subjects.layout.sentences[subjects.layout.sentence_number(first)]
    if actor.last not in (colon, subjects.before_brackets(colon, sentence)):
        return None
    return _Labelled(paragraph, tokens[actor.last - 1].key, actor, colon + 1, asked=False)


def _interviews(subjects: Subjects, turns: list[_Labelled]) -> bool:
    """Whether most that stands behind a label is questions."""
    asking = sum(subjects.layout.tokens[t.paragraph.last - 1].text == "?" for t in turns)
    return 2 * asking > len(turns)


def _further(subjects: Subjects, paragraphs: list[Paragraph], at: int, labelled: set[int]) -> list[tuple[int, int]]:
    """The paragraphs behind a labelled one that go on with its words, up to the next label or a line that is no sentence."""
    parts: list[tuple[int, int]] = []
    for n in range(at + 1, len(paragraphs)):
        if n in labelled or subjects.layout.tokens[paragraphs[n].last - 1].text not in ".!?…" or n > max(labelled):
            break
        parts.append((paragraphs[n].first, paragraphs[n].last))
    return parts
