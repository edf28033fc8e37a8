"""What stands in quotation marks without having been said: names of films, programmes, slogans."""

from __future__ import annotations

from app.pipeline.speech.by_position.subjects import Subjects
from app.pipeline.speech.by_position.tables import words
from app.pipeline.speech.quotes import Quote
from app.pipeline.words.lexicon import lemmas
from app.pipeline.words.segment import Token

_TITLE = 5  # words of a title that all have capitals


def is_title(subjects: Subjects, quote: Quote) -> bool:
    """Behind "film", "slogan", "so-called": a name, and no words that were said."""
    tokens, pack = subjects.layout.tokens, subjects.pack
    before = tokens[quote.open - 1] if quote.open else None
    if before is None or before.kind != "word":
        return False
    inside = [t for t in tokens[quote.open + 1 : quote.close] if t.kind == "word"]
    if len(inside) <= _TITLE and _capitals(subjects, inside) and before.key not in subjects.adverbs:
        return not has_finite(subjects, quote.open + 1, quote.close)  # ABC's "This Week"
    return bool(lemmas(before.text, pack.morphology) & words(pack, "titles", "words"))


def has_finite(subjects: Subjects, first: int, last: int) -> bool:
    """Whether any of the tokens is likeliest a finite verb, quoted or not."""
    heads = (subjects.pack.morphology.readings(t.text)[0] for t in subjects.layout.tokens[first:last] if t.kind == "word")
    return any(r.verb == "fin" and r.pos == "verb" for r in heads)


def _capitals(subjects: Subjects, inside: list[Token]) -> bool:
    """ "Face the Nation": capitals at both ends, and between them but for small words."""
    small, morphology = ("det", "adp", "cconj"), subjects.pack.morphology
    return not inside or (
        inside[0].capital and inside[-1].capital and all(t.capital or morphology.readings(t.text)[0].pos in small for t in inside)
    )
