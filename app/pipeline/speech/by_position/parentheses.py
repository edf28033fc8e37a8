"""Which verbs of speech cannot close a report: "the chairman, who vowed to fight, left", "as the deputies began leaving"."""

from __future__ import annotations

from app.pipeline.speech.by_position.subjects import Subjects
from app.pipeline.speech.by_position.tables import verbs_of
from app.pipeline.speech.frames import Source
from app.pipeline.words.segment import Sentence


def closes(subjects: Subjects, source: Source, sentence: Sentence) -> bool:
    """Whether a verb behind (or inside) other words can be the one that reports them."""
    return not _acts_further(subjects, source, sentence) and not in_relative(subjects, source)


def _acts_further(subjects: Subjects, source: Source, sentence: Sentence) -> bool:
    """Another verb depends on this one: "vowed to oppose", "began softening"."""
    tokens = subjects.layout.tokens
    if source.last + 1 >= sentence.last or source.side != "left":
        return False
    first, second = tokens[source.last], tokens[source.last + 1]
    readings = subjects.pack.morphology.readings
    if first.key in verbs_of(subjects.pack).infinitive and second.kind == "word":
        return any(r.verb == "inf" for r in readings(second.text)) and not second.capital
    gerund = first.kind == "word" and any(r.verb == "conv" for r in readings(first.text))
    return gerund and source.quote_only


def in_relative(subjects: Subjects, source: Source) -> bool:
    """The verb of "the chairman, who vowed it" tells who is meant, and not what was said."""
    tokens, at = subjects.layout.tokens, source.first
    helping = verbs_of(subjects.pack).auxiliaries
    while at > source.low and (
        tokens[at - 1].key in subjects.adverbs
        or any(
            r.lemma in helping for r in subjects.pack.morphology.readings(tokens[at - 1].text) if tokens[at - 1].kind == "word"
        )
    ):
        at -= 1
    return source.side == "left" and at > source.low and tokens[at - 1].key in subjects.grammar.relative
