"""Reported speech: the content of "заявил, что …", "по словам …, …", "…, сообщил посол", "Об этом сказал …"."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from app.domain.facts import StatementKind
from app.domain.place import by_first
from app.domain.record import replace
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.speech.about import AboutThis
from app.pipeline.speech.clauses import DASHES, Clauses
from app.pipeline.speech.cue_tables import frame_words, verb_classes
from app.pipeline.speech.cues import SourceFinder, sentence_sources
from app.pipeline.speech.frames import Source
from app.pipeline.speech.quotes import Quote
from app.pipeline.speech.utterances import Utterance, has_words, trim
from app.pipeline.words.lexicon import lemmas
from app.pipeline.words.segment import Layout, Sentence, Token

_ASIDE = 12  # tokens of a participle clause about the source
_CLAUSE = 60  # tokens of the clause of a gerund before its subject
_NEAR = 8  # sources of one sentence that are weighed against each other; so the time stays linear
_FEWEST = 3  # words of content; two will do behind "что" and "по словам"
_MOST_QUOTES = 12  # quotations in one clause that are looked at: a sentence of a thousand of them stays linear


@dataclass
class IndirectFinder:
    """Reads sentence by sentence what is not direct speech already."""

    layout: Layout
    quotes: tuple[Quote, ...]
    sources: SourceFinder
    pack: Pack
    body: int
    covered: set[int]
    used: set[int]

    @cached_property
    def clauses(self) -> Clauses:
        return Clauses(self.layout, self.pack, self.covered)

    @cached_property
    def about(self) -> AboutThis:
        return AboutThis(self.layout, self.sources, self.clauses, self.pack, self.body)

    def find(self) -> list[Utterance]:
        found: list[Utterance] = []
        for number, sentence in enumerate(self.layout.sentences):
            if sentence.span.start >= self.body:
                found.extend(self._sentence(sentence, number))
        return found

    def _sentence(self, sentence: Sentence, number: int) -> list[Utterance]:
        sources = [s for s in sentence_sources(self.sources, sentence, self.covered) if s.low not in self.covered]
        found: list[Utterance] = []
        taken = sentence.first
        for n, source in enumerate(sources):
            if source.first < taken or (source.first in self.used and self.clauses.that(source, sentence) is None):
                continue
            following, before = sources[n + 1 : n + 1 + _NEAR], sources[max(0, n - _NEAR) : n]
            utterance = self.about_this(source, sentence, number) or self._content(source, sentence, following, before)
            if utterance is not None and not any(_overlap(utterance, other) for other in found[-_NEAR:]):
                found.append(utterance)
                last = max(s.end for s in utterance.segments)
                inside = utterance.source is not None and utterance.source.kind == "phrase"
                taken = self.clauses.limit(following, sentence, source) if not inside else self.layout.token_at(last)
        return found

    # ------------------------------------------------------------ frames

    def _content(self, source: Source, sentence: Sentence, following: list[Source], before: list[Source]) -> Utterance | None:
        if source.media:
            return None
        if source.kind == "phrase":
            return self._phrase(source, sentence, following)
        that = self.clauses.that(source, sentence) if not source.quote_only else None
        if that is not None:
            source = self._with_subject(source, sentence, before)
            if source.subjects:
                return self._after(source, that, self.clauses.limit(following, sentence, source), "that_clause")
            if self._goes_on(source, that, sentence):
                return self._after(source, that, self.clauses.limit(following, sentence, source), "that_clause_silent")
            return self._before_subject(source, that, sentence)
        colon = self.clauses.colon(source, sentence)
        if colon is not None and source.subjects and not source.quote_only:
            return self._after(source, colon, sentence.last, "colon_clause")
        told = not source.quote_only or self._passed_by_body(source)
        if source.kind in ("verb", "document") and source.subjects and not source.that_only and told:
            return self._parenthesis(source, sentence)
        return None

    def _goes_on(self, source: Source, that: int, sentence: Sentence) -> bool:
        """ "Также добавил, что …": nobody but whoever spoke just before, as nothing stands before the verb or its "что"."""
        at_once = source.kind == "verb" and not source.plural and that == source.last + 2
        return at_once and self.clauses.is_light(sentence.first, source.first)

    def _passed_by_body(self, source: Source) -> bool:
        """ "…, передаёт Нацстатком": a body of a state speaks for itself where an outlet passes on what it was told."""
        marks = verb_classes(self.pack).get(source.lemma, frozenset())
        return "passing_bodies" in marks and source.side == "right" and source.subjects[0].kind == "organization"

    def _before_subject(self, source: Source, that: int, sentence: Sentence) -> Utterance | None:
        """ "Отметив, что переход откроют, посол вручил награды": a gerund whose subject stands behind its clause."""
        if source.kind != "conv":
            return None
        for comma in range(that + 1, min(that + _CLAUSE, sentence.last - 1)):
            actor = self.sources.actors.by_first.get(comma + 1) if self.layout.tokens[comma].text == "," else None
            if actor is None or actor.governed or actor.kind == "country" or not actor.may_be("nom"):
                continue
            if any(self.clauses.finite(t) for t in self.layout.tokens[actor.last : min(actor.last + _ASIDE, sentence.last)]):
                return self._after(replace(source, subjects=(actor,), side="right"), that, comma, "that_clause")
        return None

    def _subject_of_next(self, first: int, low: int, end: int, sentence: Sentence) -> bool:
        """ "Министр, сообщает пресс-служба, заявил, что …": what stands before is the next verb's subject."""
        named = self.sources.actors.by_last.get(first - 1)
        if named is None or named.first > low + 1 or end >= sentence.last:
            return False
        following = self.sources.at(end, sentence.first, sentence.last)
        return following is not None and following.kind == "verb"

    def about_this(self, source: Source, sentence: Sentence, number: int) -> Utterance | None:
        """ "Об этом заявил посол.": what stands before is what was said."""
        said = self.about.said(source, sentence, number)
        if said is None:
            return None
        first, last, direct = said
        utterance = self.make(source, [(first, last)], "about_this")
        return replace(utterance, kind=StatementKind.DIRECT) if utterance is not None and direct else utterance

    def _phrase(self, source: Source, sentence: Sentence, following: list[Source]) -> Utterance | None:
        """ "По словам посла, …", "…, по словам посла", and in the middle of the sentence."""
        tokens = self.layout.tokens
        low, high = self.clauses.clause_start(source.low, sentence), self.clauses.limit(following, sentence, source)
        end = self.clauses.source_end(source, sentence.last)
        end = self._behind_participle(end, sentence.last)
        opens = self.clauses.is_light(low, source.low)
        if opens:
            return self.make(source, [(end, high)], "source_phrase")
        if end >= sentence.last - 1 or tokens[end].text in ".!?…":
            return self.make(source, [(low, source.low)], "source_phrase")
        if tokens[source.low - 1].text in ("," + DASHES):
            if self._subject_of_next(source.low, low, end, sentence):
                return None
            return self.make(source, [(low, source.low), (end, high)], "source_phrase_inside")
        return None

    def _behind_participle(self, end: int, last: int) -> int:
        """Behind "по словам Токаева, переданным пресс-службой," and "по мнению Токаева, которое передаёт пресс-служба,"."""
        tokens = self.layout.tokens
        if end >= last or tokens[end - 1].text != "," or tokens[end].kind != "word":
            return end
        relative = not lemmas(tokens[end].text, self.pack.morphology).isdisjoint(frame_words(self.pack, "relatives"))
        if not relative and self.pack.morphology.readings(tokens[end].text)[0].verb != "part":
            return end
        comma = next((n for n in range(end, min(end + _ASIDE, last)) if tokens[n].text == ","), None)
        return end if comma is None else comma + 1

    def _parenthesis(self, source: Source, sentence: Sentence) -> Utterance | None:
        """ "…, отметил посол", "…, отметил посол, …" and "как отметил посол, …"."""
        tokens = self.layout.tokens
        first = source.low
        as_word = False
        how = frame_words(self.pack, "as")
        while first > sentence.first:
            as_here = tokens[first - 1].key in how
            step = 1 if as_here else self.clauses.light_before(first, sentence.first)
            if not step:
                break
            as_word = as_word or as_here
            first -= step
        low = self.clauses.clause_start(first, sentence)
        end = self.clauses.source_end(source, sentence.last)
        if source.side == "left" and not as_word and source.low > sentence.first and tokens[source.low - 1].text == ",":
            # "…, он добавил, …" stands in the middle only; "…, а посол отметил рост" is a clause of its own.
            if not (end < sentence.last and tokens[end - 1].text == "," and source.subjects[0].kind == "pronoun"):
                return None
        elif source.side == "left" and not as_word:
            return None
        before = tokens[first - 1].text if first > sentence.first else ""
        if self._subject_of_next(first, low, end, sentence):
            return None
        if first <= low:
            if self.about.begins(end, sentence.last):
                return None  # "Как сообщает бюро, об этом заявил посол"
            return self.make(source, [(end, sentence.last)], "as_clause") if as_word and tokens[end - 1].text == "," else None
        if before not in ("," + DASHES) and before not in '»”"':
            return None
        if first >= 2 and tokens[first - 2].key in frame_words(self.pack, "correlates"):
            return self.make(source, [(end, sentence.last)], "as_clause")  # "что касается энергетики, то, как отметил …, …"
        if low == sentence.first and (unmarked := self._unmarked(source, first, end, sentence)) is not None:
            return unmarked
        over = end >= sentence.last or tokens[end].text in ".!?…" or self.clauses.is_aside(end, sentence.last)
        if over or not self.clauses.goes_on(low, first, end, sentence):
            return self.make(source, [(low, first)], "parenthesis")
        return self.make(source, [(low, first), (end, sentence.last)], "parenthesis_inside")

    def _unmarked(self, source: Source, first: int, end: int, sentence: Sentence) -> Utterance | None:
        """ "Мы готовы. Рейсы идут, — заявил посол.": a paragraph of one's own words that has lost the dash before them."""
        tokens, paragraph = self.layout.tokens, self.layout.paragraphs[sentence.paragraph]
        if tokens[first - 1].text not in DASHES or tokens[first - 2].text != "," or end < paragraph.last - 1:
            return None
        number = bisect_left(self.layout.sentences, sentence.first, key=by_first)
        start, own = self.about.told_from(number), frame_words(self.pack, "own")
        if start != paragraph.first or not own or any(n in self.covered for n in range(start, first)):
            return None
        words = [t for t in tokens[start:first] if t.kind == "word"]
        if not any(not own.isdisjoint(lemmas(t.text, self.pack.morphology)) or self._first_person(t) for t in words):
            return None
        made = self.make(source, [(start, first)], "parenthesis")
        return replace(made, kind=StatementKind.DIRECT, rule="dash_paragraph") if made is not None else None

    def _first_person(self, token: Token) -> bool:
        """ "Видим только заявления": a verb that tells of oneself."""
        first = self.pack.morphology.readings(token.text)[0]
        return first.pos == "verb" and first.person == "1"

    # ------------------------------------------------------------ limits

    def _after(self, source: Source, first: int, last: int, rule: str) -> Utterance | None:
        return self.make(source, [(first, last)], rule)

    # ------------------------------------------------------------ results

    def _with_subject(self, source: Source, sentence: Sentence, before: list[Source]) -> Source:
        """A verb without a subject of its own shares that of the verb before ("подчеркнул …, но признал, что …")."""
        if source.subjects:
            return source
        for other in reversed(before):
            if other.subjects and other.kind in ("verb", "conv", "document"):
                return Source(source.first, source.last, source.kind, source.lemma, other.subjects, source.first, source.last,
                              source.that_only, source.quote_only, "left", source.media or other.media)  # fmt: skip
        return source

    def make(self, source: Source, parts: list[tuple[int, int]], rule: str) -> Utterance | None:
        tokens, text, segments = self.layout.tokens, self.layout.text, []
        for first, last in parts:
            last = self._whole_quote(first, last)
            leading = frame_words(self.pack, "leading")
            while first < last and (tokens[first].key in leading or (leading and tokens[first].text == ",")):
                first += 1
            if first < last:
                span = trim(text, Span(tokens[first].start, tokens[last - 1].end))
                if span is not None:
                    segments.append(span)
        fewest = _FEWEST - (rule in ("that_clause", "that_clause_silent", "source_phrase", "content_first"))
        if not has_words(self.layout, segments, fewest) or self._is_question(segments[0], rule):
            return None
        kind, segments = self._kind(segments)
        return Utterance(kind, tuple(segments), source, rule, source.low)

    def _whole_quote(self, first: int, last: int) -> int:
        """The end of a stretch, or of the quotation of several sentences that it breaks off in."""
        at = bisect_left(self.quotes, last, key=lambda q: q.open) - 1
        inside = at >= 0 and first <= self.quotes[at].open and self.quotes[at].close >= last and self.quotes[at].closed
        same = inside and self.quotes[at].paragraph == self.quotes[at].last_paragraph
        return self.quotes[at].close + 1 if same else last

    def _is_question(self, span: Span, rule: str) -> bool:
        """ "Как область вошла в зиму, рассказали …": a topic, not words."""
        first = self.layout.tokens[self.layout.token_at(span.start)]
        return rule.startswith("parenthesis") and first.key in frame_words(self.pack, "questions")

    def _kind(self, segments: list[Span]) -> tuple[StatementKind, list[Span]]:
        """ "заявил, что «…»" is direct where the quotation is the whole clause, mixed where it is a part."""
        inside = [q for s in segments for q in self._quotes_in(s)]
        if not inside:
            return StatementKind.INDIRECT, segments
        if len(segments) == 1 and len(inside) == 1:
            inner = inside[0].inner(self.layout)
            if len(inner) >= len(segments[0]) - 4 and has_words(self.layout, (inner,), _FEWEST):
                return StatementKind.DIRECT, [trim(self.layout.text, inner) or inner]
        spoken = any(self._spoken(q) for q in inside)
        return (StatementKind.MIXED if spoken else StatementKind.INDIRECT), segments

    def _quotes_in(self, span: Span) -> list[Quote]:
        def start(quote: Quote) -> int:
            return self.layout.tokens[quote.open].end

        low, high = bisect_left(self.quotes, span.start, key=start), bisect_left(self.quotes, span.end, key=start)
        return [quote for quote in self.quotes[low : min(high, low + _MOST_QUOTES)] if span.holds(quote.inner(self.layout))]

    def _spoken(self, quote: Quote) -> bool:
        """Whether quotation marks hold somebody's words rather than a name: small first letter, or a whole sentence."""
        first = self.layout.tokens[quote.open + 1]
        if first.kind == "word" and not first.capital:
            return True
        within = self.layout.tokens[quote.open + 1 : quote.close]
        return len(within) > 1 and any(self.clauses.finite(t) for t in within)


def _overlap(one: Utterance, other: Utterance) -> bool:
    return any(a.meets(b) for a in one.segments for b in other.segments)
