"""Statements assembled: words, speaker, date, countries and topics, with the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.domain.facts import Cue, Evidence, Statement, StatementKind
from app.domain.text import Span, fact_id
from app.languages.pack import Pack
from app.pipeline.places.article_pairs import ArticlePairs
from app.pipeline.places.countries import Places
from app.pipeline.places.statement_pairs import statement_countries
from app.pipeline.speech.days import SaidOn
from app.pipeline.speech.found import Attributed
from app.pipeline.topics import find_topics
from app.pipeline.words.segment import Layout


def make_statements(
    attributed: tuple[Attributed, ...],
    layout: Layout,
    places: Places,
    pack: Pack,
    about: ArticlePairs,
    said_on: Sequence[SaidOn],
    digest: str,
) -> tuple[Statement, ...]:
    """The statements in the order of the text; equal words of one kind are told apart by their place in it."""
    seen: Counter[tuple[StatementKind, str]] = Counter()
    statements = []
    for item, on in zip(attributed, said_on, strict=True):
        utterance = item.utterance
        text = " ".join(s.of(layout.text) for s in utterance.segments)
        seen[utterance.kind, text] += 1
        countries, pairs = statement_countries(utterance.segments, layout, places, pack, about, item.speaker)
        cue = _cue(item, layout)
        statements.append(
            Statement(
                id=fact_id("st", digest, utterance.kind, text, seen[utterance.kind, text]),
                kind=utterance.kind,
                segments=utterance.segments,
                text=text,
                speaker=item.speaker,
                evidence=Evidence(utterance.rule, cue.text if cue else None, (*item.steps, *_day_step(on))),
                cue=cue,
                co_speakers=item.co_speakers,
                stated_on=on.day,
                countries=countries,
                pairs=pairs,
                topics=find_topics(utterance.segments, layout, pack),
            )
        )
    return tuple(statements)


def _day_step(on: SaidOn) -> tuple[str, ...]:
    return (f'"{on.written}" → {on.day}, the day it was said',) if on.written else ()


def _cue(item: Attributed, layout: Layout) -> Cue | None:
    source = item.utterance.source
    if source is None or source.kind in ("label", "colon"):
        return None
    span = Span(layout.tokens[source.first].start, layout.tokens[source.last - 1].end)
    return Cue(span, span.of(layout.text), source.lemma)
