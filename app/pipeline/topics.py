"""What a statement is about, by the words it uses."""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache

from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.words.beginnings import Beginnings
from app.pipeline.words.segment import Layout

_MOST = 4


def find_topics(spans: tuple[Span, ...], layout: Layout, pack: Pack) -> tuple[str, ...]:
    """Up to four topic codes, the best supported first."""
    telling = _telling(pack)
    tokens = layout.tokens
    places = [n for s in spans for n in telling.places(tokens, layout.token_at(s.start), layout.token_at(s.end))]
    counts = Counter([code for n in places for code in _topics_of(tokens[n].text, pack)])
    return tuple(code for code, _ in counts.most_common(_MOST)) if counts else ()


@cache
def _telling(pack: Pack) -> Beginnings:
    return Beginnings(lambda word: bool(_topics_of(word, pack)))


@lru_cache(maxsize=50_000)
def _topics_of(word: str, pack: Pack) -> tuple[str, ...]:
    lemma = pack.morphology.readings(word)[0].lemma
    found = (code for beginning, code in _index(pack).get(lemma[:3], ()) if lemma.startswith(beginning))
    return tuple(dict.fromkeys(found))


@cache
def _index(pack: Pack) -> dict[str, list[tuple[str, str]]]:
    """Beginnings of words by their first three letters."""
    index: dict[str, list[tuple[str, str]]] = {}
    for code, beginnings in pack["topics"].items():
        for beginning in beginnings:
            index.setdefault(beginning[:3], []).append((beginning, code))
    return index
