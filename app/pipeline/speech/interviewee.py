"""Who gives an interview: whom its introduction says to have talked, or whom the questions call by name."""

from __future__ import annotations

from collections import Counter
from functools import cache

from app.domain.record import record
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor, Actors
from app.pipeline.people.name_words import stem
from app.pipeline.speech.attributions import DASHES
from app.pipeline.words.lexicon import lemmas
from app.pipeline.words.segment import Layout, Paragraph


@record(frozen=True, slots=True)
class Asked:
    """The questions of an interview in the article that holds it."""

    layout: Layout
    actors: Actors
    pack: Pack
    questions: list[Paragraph]


def introduced(asked: Asked, beside: str | None) -> Actor | None:
    """The one who answers: named `beside` words of such a line of the pack, or, where that is None, just most often."""
    first = asked.questions[0].first
    named = _named(asked, first) or _named(asked, len(asked.layout.tokens))
    called = _called(asked)
    if called is not None:
        named = [a for a in named if a.name is not None and len(a.name.words) > 1 and _is_given(a, called, asked.pack)]
        return _most(asked, named)
    return _most(asked, named if beside is None else [a for a in named if _is_told(asked, a, beside)])


def _named(asked: Asked, end: int) -> list[Actor]:
    """Whom the narrator names before a token, but for whoever asks."""
    layout = asked.layout
    dashes = {n for p in layout.paragraphs if layout.tokens[p.first].text in DASHES for n in range(p.first, p.last)}
    questions = {n for p in asked.questions for n in range(p.first, p.last)}
    return [
        a
        for a in asked.actors.all
        if a.name is not None and a.first < end and a.first not in dashes and a.first not in questions and not _asks(asked, a)
    ]


def _most(asked: Asked, named: list[Actor]) -> Actor | None:
    """Whom they name most, those with an office above all; two named equally leave it open."""
    shown: dict[str, Actor] = {}
    counts: Counter[str] = Counter()
    for actor in named:
        if actor.name is None:
            continue
        who = stem(actor.name.words[-1], asked.pack)
        counts[who] += 1 + (actor.office is not None)
        if who not in shown or actor.office is not None:
            shown[who] = actor
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return shown[ranked[0][0]]


def _called(asked: Asked) -> str | None:
    """The given name by which a question calls whoever is asked: "Санжар Шавкатович, как …"."""
    tokens, readings = asked.layout.tokens, asked.pack.morphology.name_readings
    for question in asked.questions:
        for n in range(question.first, min(question.first + 4, question.last - 2)):
            if tokens[n].kind != "word" or not tokens[n].capital:
                continue
            if (
                tokens[n + 1].kind == "word"
                and tokens[n + 2].text == ","
                and any(r.name == "patr" for r in readings(tokens[n + 1].text))
            ):
                return tokens[n].text
    return None


def _is_given(actor: Actor, called: str, pack: Pack) -> bool:
    return actor.name is not None and stem(called, pack) in {stem(word, pack) for word in actor.name.words}


def _is_told(asked: Asked, actor: Actor, beside: str) -> bool:
    """Whether the sentence tells that somebody talked: "рассказал посол Касенов", "интервью с послом Касеновым"."""
    layout = asked.layout
    sentence = layout.sentence_at(layout.tokens[actor.first].start)
    if sentence is None:
        return False
    words = (t for n, t in enumerate(layout.tokens[sentence.first : sentence.last], sentence.first) if t.kind == "word")
    wanted = _words(asked.pack, "talking") | (_words(asked.pack, "telling") if beside == "telling" else frozenset())
    talks = any(not wanted.isdisjoint(lemmas(t.text, asked.pack.morphology)) for t in words)
    before = layout.tokens[actor.first - 1].key if actor.first else ""
    return talks and (before in _words(asked.pack, "with") if actor.governed else _is_subject(actor))


def _is_subject(actor: Actor) -> bool:
    """Whether a mention is in the nominative, or in a form that is none of the oblique ones."""
    cases = {form.case for form in actor.forms}
    return not cases or "nom" in cases or None in cases


def _asks(asked: Asked, actor: Actor) -> bool:
    """ "Беседовала Анна Ли": whoever asked the questions; "беседовала с Касеновым" is whoever was asked."""
    tokens = asked.layout.tokens
    near = (*tokens[max(0, actor.first - 2) : actor.first], *tokens[actor.last : actor.last + 2])
    asking = any(
        t.kind == "word" and not _words(asked.pack, "asking").isdisjoint(lemmas(t.text, asked.pack.morphology)) for t in near
    )
    return asking and not (actor.governed and tokens[actor.first - 1].key in _words(asked.pack, "with"))


@cache
def _words(pack: Pack, name: str) -> frozenset[str]:
    return frozenset(pack["speech"].get("interview", {}).get(name, ()))
