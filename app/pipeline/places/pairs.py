"""Which country pairs an article is about, and which of them a statement concerns."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

from app.domain.country import Pair, pairs_among
from app.domain.speaker import Role, Speaker
from app.domain.text import Span
from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.places.countries import CountryMention, Places
from app.pipeline.places.lists import joined_two, set_apart, without_scenes
from app.pipeline.words.lexicon import Lexicon, lemmas
from app.pipeline.words.segment import Layout

_FORM_WEIGHT = {"name": 1.0, "adjective": 1.0, "people": 0.8, "place": 0.6, "own": 0.8, "person": 0.5, "route": 0.0}
_TITLE, _LEAD, _SENTENCE, _PARAGRAPH, _HEADING = 3.0, 2.6, 2.0, 0.7, 3.0
_LEAST, _SHARE = 3.2, 0.28
_STRANGERS = 0.6  # the share of the best score that a pair needs in which the article's main country has no part
_MOST = 8  # pairs of one article
_MOST_COUNTRIES = 12  # of one sentence: beyond that it is a list, not a relation
_HEADING_WORDS = 4
_SPEAK_FOR_A_STATE = frozenset((Role.HEAD_OF_STATE, Role.HEAD_OF_GOVERNMENT, Role.FOREIGN_MINISTER, Role.AMBASSADOR))
_NEAR = 12  # countries named before a place, of which one may tell what it is about


@dataclass(frozen=True, slots=True)
class ArticlePairs:
    """The pairs of an article, strongest first; `home` is the country that most of them share, or the main one."""

    pairs: tuple[Pair, ...]
    home: str | None
    headings: tuple[tuple[int, tuple[str, ...]], ...]

    def main(self) -> Pair | None:
        """The one pair that the article is about, where there is exactly one."""
        return self.pairs[0] if len(self.pairs) == 1 else None

    def section(self, offset: int) -> tuple[str, ...]:
        """The countries of the last heading before a place in the text."""
        found: tuple[str, ...] = ()
        for at, codes in self.headings:
            if at > offset:
                break
            found = codes
        return found


def find_article_pairs(
    layout: Layout, places: Places, people: Sequence[CountryMention], title: Span | None, outlet_country: str | None, pack: Pack
) -> ArticlePairs:
    """Scores every two countries by how often the text brings them together; weak company is left out.

    `people` are the mentions of those who hold an office of a country: they bring it in half as much as its name.
    """
    named = sorted([*places.countries, *_own(layout, outlet_country, pack)], key=lambda m: m.span)
    spans = [s.span for s in layout.sentences]
    named = list(without_scenes(layout, named, spans, pack))
    mentions = sorted([*named, *people], key=lambda m: m.span)
    weights: Counter[str] = Counter()
    for mention in mentions:
        weights[mention.code] += _FORM_WEIGHT[mention.form]  # type: ignore[assignment]
    scores: Counter[Pair] = Counter()
    headings: list[tuple[int, tuple[str, ...]]] = []
    by_sentence, with_people = _codes_by(named, spans), _codes_by(mentions, spans)
    by_paragraph = _codes_by(named, [p.span for p in layout.paragraphs])
    home = _home(_weighed(places, title, weights), outlet_country)
    lead, together = True, set[Pair]()
    apart = _apart(layout, places, spans, by_sentence, _main(home, weights, outlet_country, pack), pack)
    joined = joined_two(layout, places.countries, spans, pack)
    for span, codes, more, listed, two in zip(spans, by_sentence, with_people, apart, joined, strict=True):
        in_title = title is not None and title.holds(span)
        weight = _TITLE if in_title else _LEAD if lead else _SENTENCE
        _score(scores, more if in_title else codes, weight / 2, listed)
        _score(scores, more, weight / 2, listed)
        if (in_title or lead) and len(more) >= 2:
            met = pairs_among(more) if len(more) <= 3 else two
            together.update(pair for pair in met if pair not in listed)
            _score(
                scores, {code for pair in two for code in (pair.first, pair.second)} if len(more) > 3 else set(), weight, listed
            )
        lead = lead and in_title
    across = _across(layout, with_people, title, outlet_country or home)
    if across is not None:
        together.add(across)
        scores[across] += _LEAST  # type: ignore[assignment]
    for paragraph, codes in zip(layout.paragraphs, by_paragraph, strict=True):
        _score(scores, codes, _PARAGRAPH, set().union(*(apart[n] for n in paragraph.sentences)))
        if codes and _is_heading(layout, paragraph.first, paragraph.last, paragraph.span, title):
            headings.append((paragraph.span.start, tuple(sorted(codes))))
            for code in codes:
                if home and code != home:
                    scores[Pair.of(home, code)] += _HEADING  # type: ignore[assignment]
    if home:
        for code, weight in weights.items():
            if code != home:
                scores[Pair.of(home, code)] += min(weight, weights[home]) * 0.2  # type: ignore[assignment]
    return ArticlePairs(_strongest(scores, weights, home, together), home, tuple(headings))


def _own(layout: Layout, outlet_country: str | None, pack: Pack) -> list[CountryMention]:
    """ "Наша страна": the outlet's own country."""
    if outlet_country is None:
        return []
    tokens = layout.tokens
    return [
        CountryMention(Span(tokens[hit.first].start, tokens[hit.last - 1].end), outlet_country, "own", hit.first, hit.last)
        for hit in _own_phrases(pack).find(tokens)
    ]


def _across(layout: Layout, by_sentence: list[set[str]], title: Span | None, home: str | None) -> Pair | None:
    """The one country of the headline with the home country, where only the paragraph behind the headline names that."""
    if title is None or home is None:
        return None
    number = bisect_left(layout.sentences, title.end, key=lambda s: s.span.start)
    headline = set().union(*(codes for s, codes in zip(layout.sentences, by_sentence, strict=True) if title.holds(s.span)))
    if len(headline) != 1 or home in headline or number >= len(layout.sentences):
        return None
    lead = layout.paragraphs[layout.sentences[number].paragraph].sentences
    return Pair.of(home, headline.pop()) if any(home in by_sentence[n] for n in lead) else None


def _weighed(places: Places, title: Span | None, weights: Counter[str]) -> Counter[str]:
    """The weights with what the headline names first counted more: that is whom the article is about."""
    named = [m.code for m in places.within(title)] if title is not None else []
    return weights + Counter({code: 4 - min(n, 2) for n, code in enumerate(dict.fromkeys(named))})


def _home(weights: Counter[str], outlet_country: str | None) -> str | None:
    """The country that the article tells of from inside: the outlet's where it is among the main ones."""
    if not weights:
        return outlet_country
    if outlet_country and weights[outlet_country] * 3 >= max(weights.values()):
        return outlet_country
    return max(weights, key=lambda code: (weights[code], code))


def _main(home: str | None, weights: Counter[str], outlet_country: str | None, pack: Pack) -> str | None:
    """The country whose partners a list may name; of several named alike none, where case tells such a list anyway."""
    alike = home is not None and sum(weight >= weights[home] for weight in weights.values()) > 1
    return None if alike and home != outlet_country and "listed" in pack["pairs"] else home


def _codes_by(mentions: Iterable[CountryMention], spans: list[Span]) -> list[set[str]]:
    """The countries named inside each of the spans, which stand in order and do not overlap."""
    found: list[set[str]] = [set() for _ in spans]
    at = 0
    for mention in mentions:
        if mention.form == "route":
            continue
        while at < len(spans) and spans[at].end <= mention.span.start:
            at += 1
        if at < len(spans) and spans[at].start <= mention.span.start:
            found[at].add(mention.code)
    return found


def _apart(
    layout: Layout, places: Places, spans: list[Span], codes: list[set[str]], home: str | None, pack: Pack
) -> list[set[Pair]]:
    """The pairs that a sentence only lists, where it names the main country beside the list."""
    listed = set_apart(layout, places.countries, spans, home, pack)
    alone = [
        named <= {code for pair in pairs for code in (pair.first, pair.second)}
        for pairs, named in zip(listed, codes, strict=True)
    ]
    return [
        pairs if home is None or home in named or only else set() for pairs, named, only in zip(listed, codes, alone, strict=True)
    ]


def _score(scores: Counter[Pair], codes: set[str], weight: float, apart: set[Pair]) -> None:
    if 2 <= len(codes) <= _MOST_COUNTRIES:
        share = weight if len(codes) <= 3 else weight / (len(codes) - 1)
        for one, other in combinations(sorted(codes), 2):
            if Pair(one, other) in apart:
                continue
            scores[Pair(one, other)] += share  # type: ignore[assignment]


def _is_heading(layout: Layout, first: int, last: int, span: Span, title: Span | None) -> bool:
    """A line of a few words without a full stop, inside the article: "Италия и Турция"."""
    if title is not None and title.meets(span):
        return False
    words = [t for t in layout.tokens[first:last] if t.kind == "word"]
    return 1 <= len(words) <= _HEADING_WORDS and layout.tokens[last - 1].kind == "word"


def _strongest(scores: Counter[Pair], weights: Counter[str], home: str | None, together: set[Pair]) -> tuple[Pair, ...]:
    if not scores:
        return ()
    best = max(scores.values())
    kept = []
    for pair, score in scores.items():
        share = _SHARE if home in pair else _STRANGERS
        # Two countries that each appear once are in passing company, unless the headline or the lead brings them together.
        if score >= max(_LEAST, best * share) and (pair in together or min(weights[pair.first], weights[pair.second]) > 1):
            kept.append((score, pair))
    kept.sort(key=lambda row: (-row[0], row[1]))
    return tuple(pair for _, pair in kept[:_MOST])


def statement_countries(
    spans: tuple[Span, ...], layout: Layout, places: Places, pack: Pack, about: ArticlePairs, speaker: Speaker
) -> tuple[tuple[str, ...], tuple[Pair, ...]]:
    """The countries that a statement concerns, and their pairs."""
    named = tuple(dict.fromkeys(m.code for span in spans for m in places.within(span)))
    blocs = any(span.start <= b.span.start < span.end for span in spans for b in places.blocs)
    mutual = any(_mutual(layout, span, pack) for span in spans)
    pairs = _with_own(named, speaker, about) or _pairs(named, blocs, mutual, spans[0].start, places, about, speaker.country)
    countries = tuple(sorted({*named, *(c for p in pairs for c in (p.first, p.second))}))
    return countries, pairs


def _with_own(named: tuple[str, ...], speaker: Speaker, about: ArticlePairs) -> tuple[Pair, ...]:
    """The one country named with the speaker's, who speaks for it, where the article has no pair of both for another."""
    own = speaker.country
    if len(named) != 1 or own is None or own == named[0] or speaker.role not in _SPEAK_FOR_A_STATE:
        return ()
    return () if any(named[0] in p and own in p for p in about.pairs) else (Pair.of(own, named[0]),)


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
    before = bisect_left(places.countries, at, key=lambda m: m.span.start)
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
    return any(t.kind == "word" and _mutual_word(t.text, pack) for t in layout.tokens[first:last])


@lru_cache(maxsize=50_000)
def _mutual_word(word: str, pack: Pack) -> bool:
    return not _mutual_words(pack).isdisjoint(lemmas(word, pack.morphology)) or key(word).startswith(_mutual_beginnings(pack))


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


@cache
def _own_phrases(pack: Pack) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(pack.morphology)
    return lexicon.extend(pack["pairs"].get("own", ()), "own")
