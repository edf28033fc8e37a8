"""Which country pairs an article is about: those that its text brings together most."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from app.domain.country import Pair, pairs_among
from app.domain.place import by_span, by_span_start
from app.domain.record import record
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.places.countries import CountryMention, Places
from app.pipeline.places.lists import Run, joined_two, placed_runs, set_apart, without_scenes
from app.pipeline.words.lexicon import Lexicon
from app.pipeline.words.segment import Layout, Sentence

_FORM_WEIGHT = {"name": 1.0, "adjective": 1.0, "people": 0.8, "place": 0.6, "own": 0.8, "same": 0.3, "person": 0.5, "route": 0.0}
_TITLE, _LEAD, _SENTENCE, _PARAGRAPH, _HEADING = 3.0, 2.6, 2.0, 0.7, 3.0
_LEAST, _SHARE = 3.2, 0.28
_LEAST_OF_TWO = 1.2  # what the lead's two countries need where the article names no third one more than in passing
_PASSING = 1.0  # and what a third one weighs then
_DOUBLE = 1.5  # what "российско-китайский" brings two countries together by
_STRANGERS = 0.6  # the share of the best score that a pair needs in which the article's main country has no part
_BESIDE_HOME = 0.2  # of what a country weighs, by its being told of in the home country's news
_MOST = 8  # pairs of one article
_MOST_COUNTRIES = 12  # of one sentence: beyond that it is a list, not a relation
_HEADING_WORDS = 4
_DATELINE = 8  # tokens of what stands before the first sentence: "БИШКЕК, 17 мая — Sputnik."


@record(frozen=True, slots=True)
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
    spans = [s.span for s in layout.sentences]
    named = sorted([*places.countries, *_own(layout, outlet_country, pack)], key=by_span)
    named = list(without_scenes(layout, named, spans, pack))
    mentions = sorted([*named, *people], key=by_span)
    weights: dict[str, float] = defaultdict(float)
    for mention in mentions:
        weights[mention.code] += _FORM_WEIGHT[mention.form]
    home = _home(_weighed(places, title, weights), outlet_country)
    codes = _codes_by(named, spans)
    main = _main(home, weights, outlet_country, pack)
    runs = list(placed_runs(layout, places.countries, spans, pack))
    met = _Met(codes, _codes_by(mentions, spans), _apart(layout, runs, spans, codes, main, pack))
    company = _Company(layout, title, home)
    company.in_sentences(met, joined_two(layout, runs, spans, pack))
    company.of_doubles(places.countries)
    company.across(_across(layout, met.with_people, title, outlet_country or home))
    headings = tuple(company.in_paragraphs(_codes_by(named, [p.span for p in layout.paragraphs]), met.apart))
    company.with_home(weights)
    return ArticlePairs(_strongest(company.scores, weights, home, company.together), home, headings)


class _Met(NamedTuple):
    """By sentence: the countries named, those and whom its people stand for, and the pairs that it only lists."""

    named: list[set[str]]
    with_people: list[set[str]]
    apart: list[set[Pair]]


class _Company:
    """How much the text brings every two countries together, and which of them its headline or lead does."""

    def __init__(self, layout: Layout, title: Span | None, home: str | None) -> None:
        self._layout, self._title, self._home = layout, title, home
        self.scores: dict[Pair, float] = defaultdict(float)
        self.together: set[Pair] = set()

    def in_sentences(self, met: _Met, joined: Iterable[set[Pair]]) -> None:
        """The headline counts most, then the sentence behind it."""
        lead = True
        for sentence, codes, more, listed, two in zip(self._layout.sentences, *met, joined, strict=True):
            in_title = self._title is not None and self._title.holds(sentence.span)
            weight = _TITLE if in_title else _LEAD if lead else _SENTENCE
            self._add(more if in_title else codes, weight / 2, listed)
            self._add(more, weight / 2, listed)
            if (in_title or lead) and len(more) >= 2:
                self._introduce(more, two, weight, listed)
            lead = lead and (in_title or self._is_dateline(sentence))

    def _is_dateline(self, sentence: Sentence) -> bool:
        tokens = self._layout.tokens[sentence.first : sentence.last]
        return len(tokens) <= _DATELINE and any(t.kind == "number" for t in tokens)

    def _introduce(self, codes: set[str], joined: set[Pair], weight: float, listed: set[Pair]) -> None:
        """Of more than three countries only those that a phrase of two joins are brought together."""
        few = len(codes) <= 3
        self.together.update(pair for pair in (pairs_among(codes) if few else joined) if pair not in listed)
        if not few:
            self._add({code for pair in joined for code in (pair.first, pair.second)}, weight, listed)

    def of_doubles(self, mentions: Sequence[CountryMention]) -> None:
        """ "Российско-китайская комиссия": an adjective of two countries brings them together."""
        for one, two in pairwise(mentions):
            if one.first == two.first and one.code != two.code:
                self.together.add(Pair.of(one.code, two.code))
                self.scores[Pair.of(one.code, two.code)] += _DOUBLE

    def across(self, pair: Pair | None) -> None:
        if pair is not None:
            self.together.add(pair)
            self.scores[pair] += _LEAST

    def in_paragraphs(self, codes: list[set[str]], apart: list[set[Pair]]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yields the headings between paragraphs that name countries, with where they stand."""
        for paragraph, named in zip(self._layout.paragraphs, codes, strict=True):
            self._add(named, _PARAGRAPH, set().union(*(apart[n] for n in paragraph.sentences)))
            if named and _is_heading(self._layout, paragraph.first, paragraph.last, paragraph.span, self._title):
                yield paragraph.span.start, tuple(sorted(named))
                for home, code in self._others(named):
                    self.scores[Pair.of(home, code)] += _HEADING

    def with_home(self, weights: Mapping[str, float]) -> None:
        for home, code in self._others(weights):
            self.scores[Pair.of(home, code)] += min(weights[code], weights.get(home, 0.0)) * _BESIDE_HOME

    def _others(self, codes: Iterable[str]) -> list[tuple[str, str]]:
        """The home country with each of the others."""
        return [(self._home, code) for code in codes if code != self._home] if self._home else []

    def _add(self, codes: set[str], weight: float, apart: set[Pair]) -> None:
        if 2 <= len(codes) <= _MOST_COUNTRIES:
            share = weight if len(codes) <= 3 else weight / (len(codes) - 1)
            for pair in pairs_among(codes):
                if pair not in apart:
                    self.scores[pair] += share


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
    number = bisect_left(layout.sentences, title.end, key=by_span_start)
    headline = set().union(*(codes for s, codes in zip(layout.sentences, by_sentence, strict=True) if title.holds(s.span)))
    if len(headline) != 1 or home in headline or number >= len(layout.sentences):
        return None
    lead = layout.paragraphs[layout.sentences[number].paragraph].sentences
    return Pair.of(home, headline.pop()) if any(home in by_sentence[n] for n in lead) else None


def _weighed(places: Places, title: Span | None, weights: Mapping[str, float]) -> dict[str, float]:
    """The weights with what the headline names first counted more: that is whom the article is about."""
    named = dict.fromkeys(m.code for m in places.within(title)) if title is not None else ()
    more = {code: weights.get(code, 0.0) + 4 - min(n, 2) for n, code in enumerate(named)}
    return {code: weight for code, weight in {**weights, **more}.items() if weight > 0}


def _home(weights: Mapping[str, float], outlet_country: str | None) -> str | None:
    """The country that the article tells of from inside: the outlet's where it is among the main ones."""
    if not weights:
        return outlet_country
    if outlet_country and weights.get(outlet_country, 0.0) * 3 >= max(weights.values()):
        return outlet_country
    return max(weights, key=lambda code: (weights[code], code))


def _main(home: str | None, weights: Mapping[str, float], outlet_country: str | None, pack: Pack) -> str | None:
    """The country whose partners a list may name; of several named alike none, where case tells such a list anyway."""
    alike = home is not None and sum(weight >= weights.get(home, 0.0) for weight in weights.values()) > 1
    by_case = "cases" in pack["pairs"].get("listed", {})
    return None if alike and home != outlet_country and by_case else home


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
    layout: Layout, runs: Sequence[Run], spans: list[Span], codes: list[set[str]], home: str | None, pack: Pack
) -> list[set[Pair]]:
    """The pairs that a sentence only lists, where it names the main country beside the list."""
    listed = set_apart(layout, runs, spans, home, pack)
    alone = [
        named <= {code for pair in pairs for code in (pair.first, pair.second)}
        for pairs, named in zip(listed, codes, strict=True)
    ]
    return [
        pairs if home is None or home in named or only else set() for pairs, named, only in zip(listed, codes, alone, strict=True)
    ]


def _is_heading(layout: Layout, first: int, last: int, span: Span, title: Span | None) -> bool:
    """A line of a few words without a full stop, inside the article: "Италия и Турция"."""
    if title is not None and title.meets(span):
        return False
    words = [t for t in layout.tokens[first:last] if t.kind == "word"]
    return 1 <= len(words) <= _HEADING_WORDS and layout.tokens[last - 1].kind == "word"


def _strongest(
    scores: Mapping[Pair, float], weights: Mapping[str, float], home: str | None, together: set[Pair]
) -> tuple[Pair, ...]:
    if not scores:
        return ()
    best = max(scores.values())
    kept = []
    for pair, score in scores.items():
        share = _SHARE if home in pair else _STRANGERS
        # Two countries that each appear once are in passing company, unless the headline or the lead brings them together.
        third = max((weight for code, weight in weights.items() if code not in pair), default=0.0)
        two = third < _PASSING and (pair in together or (third == 0.0 and score >= _SENTENCE))
        if score >= max(_LEAST_OF_TWO if two else _LEAST, best * share) and (
            pair in together or two or min(weights.get(pair.first, 0.0), weights.get(pair.second, 0.0)) > 1
        ):
            kept.append((score, pair))
    kept.sort(key=lambda row: (-row[0], row[1]))
    return tuple(pair for _, pair in kept[:_MOST])


@cache
def _own_phrases(pack: Pack) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(pack.morphology)
    return lexicon.extend(pack["pairs"].get("own", ()), "own")
