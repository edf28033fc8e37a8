"""Which countries a statement concerns, and which pairs of them."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from itertools import pairwise

from app.domain.country import Pair, pairs_among
from app.domain.place import by_span_start
from app.domain.speaker import Role, Speaker
from app.domain.text import Span
from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.places.article_pairs import ArticlePairs
from app.pipeline.places.countries import Places
from app.pipeline.words.beginnings import Beginnings
from app.pipeline.words.lexicon import Lexicon, lemmas
from app.pipeline.words.segment import Layout

_SPEAK_FOR_A_STATE = frozenset((Role.HEAD_OF_STATE, Role.HEAD_OF_GOVERNMENT, Role.FOREIGN_MINISTER, Role.AMBASSADOR))
_NEAR = 12  # countries named before a place, of which one may tell what it is about


def statement_countries(
    spans: tuple[Span, ...], layout: Layout, places: Places, pack: Pack, about: ArticlePairs, speaker: Speaker
) -> tuple[tuple[str, ...], tuple[Pair, ...]]:
    """The countries that a statement concerns, and their pairs."""
    named = tuple(dict.fromkeys(m.code for span in spans for m in places.within(span)))
    blocs = any(span.start <= b.span.start < span.end for span in spans for b in places.blocs)
    mutual = any(_mutual(layout, span, pack) for span in spans)
    pairs = _with_own(named, speaker, about) or _with_each(spans, layout, places, pack, named, speaker)
    pairs = pairs or _pairs(named, blocs, mutual, spans[0].start, places, about, speaker.country)
    countries = tuple(sorted({*named, *(c for p in pairs for c in (p.first, p.second))}))
    return countries, pairs


def _with_own(named: tuple[str, ...], speaker: Speaker, about: ArticlePairs) -> tuple[Pair, ...]:
    """The one country named with the speaker's, who speaks for it, where the article has no pair of both for another."""
    own = speaker.country
    if len(named) != 1 or own is None or own == named[0] or speaker.role not in _SPEAK_FOR_A_STATE:
        return ()
    return () if any(named[0] in p and own in p for p in about.pairs) else (Pair.of(own, named[0]),)


def _with_each(
    spans: tuple[Span, ...], layout: Layout, places: Places, pack: Pack, named: tuple[str, ...], speaker: Speaker
) -> tuple[Pair, ...]:
    """ "Импортируем из Казахстана и Узбекистана": two under one preposition of direction, each with the speaker's country."""
    own = speaker.country
    if len(named) != 2 or own is None or own in named or speaker.role not in _SPEAK_FOR_A_STATE:
        return ()
    leads, joiners = _leads(pack)
    for span in spans:
        for one, two in pairwise(places.within(span)):
            joined = two.first - one.last == 1 and layout.tokens[one.last].key in joiners
            if joined and one.code != two.code and one.first and layout.tokens[one.first - 1].key in leads:
                return tuple(sorted((Pair.of(own, one.code), Pair.of(own, two.code))))
    return ()


@cache
def _leads(pack: Pack) -> tuple[frozenset[str], frozenset[str]]:
    """Prepositions that lead to a partner of trade, and what joins two of them."""
    table = pack["relations"].get("reporter", {})
    leads = frozenset(word.removeprefix("=") for name in ("from", "to") for word in table.get(name, ()))
    return leads, frozenset(pack["counted"].get("joining", {}).get("words", ()))


def _pairs(
    named: tuple[str, ...], blocs: bool, mutual: bool, at: int, places: Places, about: ArticlePairs, speaker: str | None
) -> tuple[Pair, ...]:
    wanted = set(about.pairs)
    if len(named) >= 2:
        every = pairs_among(named)
        known = tuple(p for p in every if p in wanted)
        return known or (every if len(every) == 1 else tuple(p for p in every if speaker in p))
    if not about.pairs:
        return ()
    if not named and not mutual and (blocs or speaker is None):
        return ()  # of a bloc, or of nothing that touches two countries, by somebody who speaks for none
    section = _section_pair(at, places, about)
    if len(named) == 1:
        partners = tuple(p for p in about.pairs if named[0] in p)
        if speaker and speaker != named[0] and Pair.of(speaker, named[0]) in wanted:
            return (Pair.of(speaker, named[0]),)
        if len(partners) == 1:
            return partners
        return (section,) if section in partners else partners[:1]
    main = about.main()
    return (main,) if main else ((section,) if section else ())


def _section_pair(at: int, places: Places, about: ArticlePairs) -> Pair | None:
    """The pair that the text around is about: by its heading, else by the last country named before."""
    headed = [p for p in about.pairs for code in about.section(at) if code in p and code != about.home]
    if headed:
        return headed[0]
    before = bisect_left(places.countries, at, key=by_span_start)
    for mention in reversed(places.countries[max(0, before - _NEAR) : before]):
        if mention.code != about.home:
            found = [p for p in about.pairs if mention.code in p]
            if found:
                return found[0]
    return about.pairs[0] if about.pairs else None


def _mutual(layout: Layout, span: Span, pack: Pack) -> bool:
    """Whether words such as "двусторонний" or "наши страны" bring both sides in."""
    first, last = layout.token_at(span.start), layout.token_at(span.end)
    if _mutual_phrases(pack).find(layout.tokens, first, last):
        return True
    return bool(_mutual_word(pack).places(layout.tokens, first, last))


@cache
def _mutual_word(pack: Pack) -> Beginnings:
    """Words that do so alone."""
    words, beginnings = _mutual_words(pack), _mutual_beginnings(pack)
    return Beginnings(lambda w: not words.isdisjoint(lemmas(w, pack.morphology)) or key(w).startswith(beginnings))


@cache
def _mutual_beginnings(pack: Pack) -> tuple[str, ...]:
    return tuple(pack["pairs"].get("beginnings", ()))


@cache
def _mutual_words(pack: Pack) -> frozenset[str]:
    return frozenset(pack["pairs"].get("mutual", ()))


@cache
def _mutual_phrases(pack: Pack) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(pack.morphology)
    return lexicon.extend(pack["pairs"].get("phrases", ()), "mutual")
