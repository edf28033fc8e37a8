"""Interviews whose answers nobody labels: dash paragraphs that follow questions."""

from __future__ import annotations

from collections import Counter
from functools import cache

from app.languages.pack import Pack
from app.pipeline.people.actors import Actor, Actors
from app.pipeline.people.name_words import stem
from app.pipeline.speech.attributions import DASHES
from app.pipeline.speech.frames import Source
from app.pipeline.speech.utterances import Spoken
from app.pipeline.words.lexicon import lemmas
from app.pipeline.words.segment import Layout, Paragraph

_FEWEST_QUESTIONS = 2


def find_answers(layout: Layout, actors: Actors, pack: Pack, body: int, spoken: Spoken) -> None:
    """The answers, given to the one person whom the article introduces; nothing where that is not plain."""
    dashes = [p for p in layout.paragraphs if p.span.start >= body and layout.tokens[p.first].text in DASHES]
    questions = [_is_question(layout, p) for p in dashes]
    if sum(questions) < _FEWEST_QUESTIONS:
        return
    first = next(p.first for p, question in zip(dashes, questions, strict=True) if question)
    person = _introduced(layout, actors, pack, first) or _introduced(layout, actors, pack, len(layout.tokens))
    if person is None:
        return
    for question, asked, answer in zip(questions, dashes, dashes[1:], strict=False):
        if (
            question
            and not _is_question(layout, answer)
            and answer.first + 1 not in spoken.covered
            and answer.first == asked.last
        ):
            source = Source(answer.first, answer.first + 1, "label", "–", (person,), person.first, person.last, side="left")
            spoken.add([(answer.first + 1, answer.last)], source, "interview_answer", answer.first, label=True)


def _is_question(layout: Layout, paragraph: Paragraph) -> bool:
    return layout.tokens[paragraph.last - 1].text == "?"


def _introduced(layout: Layout, actors: Actors, pack: Pack, end: int) -> Actor | None:
    """Whom the narrator names most before a token; two named equally leave it open. The interviewer does not count."""
    named: dict[str, Actor] = {}
    counts: Counter[str] = Counter()
    dashes = {n for p in layout.paragraphs if layout.tokens[p.first].text in DASHES for n in range(p.first, p.last)}
    for actor in actors.all:
        if actor.name is None or actor.first >= end or actor.first in dashes or _asks(layout, actor, pack):
            continue
        who = stem(actor.name.words[-1], pack)
        counts[who] += 1 + (actor.office is not None)
        if who not in named or actor.office is not None:
            named[who] = actor
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return named[ranked[0][0]]


def _asks(layout: Layout, actor: Actor, pack: Pack) -> bool:
    """ "Беседовала Анна Ли": whoever asked the questions."""
    near = (*layout.tokens[max(0, actor.first - 2) : actor.first], *layout.tokens[actor.last : actor.last + 2])
    return any(t.kind == "word" and not _asking(pack).isdisjoint(lemmas(t.text, pack.morphology)) for t in near)


@cache
def _asking(pack: Pack) -> frozenset[str]:
    return frozenset(pack["speech"].get("interview", {}).get("asking", ()))
