"""Where a report inside a relative clause ends: "Bern, who said he had lost his farm, lives in town"."""

from __future__ import annotations

from app.pipeline.speech.by_position.subjects import Subjects
from app.pipeline.speech.frames import Source
from app.pipeline.words.segment import Sentence

_LONGEST = 400  # tokens of one clause


def relative_end(subjects: Subjects, source: Source, start: int, sentence: Sentence) -> int:
    """ "Bern, who said he had lost his farm, lives in town": the comma behind which the verb of the sentence stands."""
    tokens = subjects.layout.tokens
    own = source.side == "left" and bool(source.subjects) and tokens[source.low - 1].key in subjects.grammar.relative
    first = source.low if own else source.first  # "the bill, which critics say would hurt farmers, passed"
    before = next(
        (n for n in range(first - 1, max(sentence.first, first - 8), -1) if tokens[n].key not in subjects.adverbs), sentence.first
    )
    if tokens[before].key not in subjects.grammar.relative:
        return sentence.last
    for n in range(start, min(start + _LONGEST, sentence.last - 1)):
        behind = next((k for k in range(n + 1, sentence.last) if tokens[k].key not in subjects.adverbs), n)
        if tokens[n].text == "," and subjects.verbal(behind):
            return n
    return sentence.last
