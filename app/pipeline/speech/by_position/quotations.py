"""Quotations with their attribution behind, before or between, in languages that tell the subject by position."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from app.domain.facts import StatementKind
from app.domain.record import replace
from app.domain.text import Span
from app.pipeline.speech.by_position.manners import by_manner
from app.pipeline.speech.by_position.openings import Openings
from app.pipeline.speech.by_position.phrasing import COMMAS
from app.pipeline.speech.by_position.sources import Found
from app.pipeline.speech.by_position.tables import words
from app.pipeline.speech.by_position.titles import has_finite, is_title
from app.pipeline.speech.frames import Source
from app.pipeline.speech.quotes import Quote
from app.pipeline.speech.utterances import Spoken, Utterance, has_words, trim
from app.pipeline.words.segment import Sentence, Token

_SHORT = 4  # words; anything shorter needs an attribution of its own and a sentence's look
_NEAR = 8  # sources of one sentence that are weighed for one quotation; so the time stays linear
_PEOPLE = ("person", "office", "pronoun")
_AFTER = 14  # tokens between the closing mark and the attribution


@dataclass(frozen=True, slots=True)
class _Last:
    """The quotation read last: where its attribution ends, in which paragraph it stands."""

    utterance: Utterance
    high: int
    paragraph: int


class QuotationReader:
    """Reads the quotations of one layout into `spoken`, in the order of the text."""

    def __init__(self, openings: Openings, spoken: Spoken, sources: dict[int, list[Found]]) -> None:
        self.layout, self.pack, self.subjects, self.openings = openings.layout, openings.pack, openings.subjects, openings
        self.actors, self.spoken, self.sources = openings.subjects.actors, spoken, sources

    def read(self, quotes: tuple[Quote, ...], body: int) -> None:
        last: _Last | None = None
        for quote in quotes:
            if self.layout.tokens[quote.open].start < body or is_title(self.subjects, quote):
                continue
            if last is not None and self._goes_on(last, quote):
                last = self._extended(last, quote)
                continue
            source = self._source(quote)
            if source is None and last is not None and self._whole_paragraph(quote) and quote.paragraph == last.paragraph + 1:
                last = self._extended(last, quote)
                continue
            resumed = source is None
            if source is None:
                source = self._sentence_before(quote)
            if source is None or not source.subjects or not self._fit(quote, source):
                continue
            used = {source.first} & self.spoken.used
            made = self.spoken.made(list(quote.parts), source, self._rule(quote, source), quote.open)
            if made is not None:
                if resumed and source.kind != "phrase" and source.first not in used:
                    self.spoken.used.discard(source.first)  # what it reports in its own sentence is another statement
                self.spoken.found.append(made)
                last = _Last(made, max(source.high, quote.close), self._paragraph_of(max(source.first, quote.close)))

    # ------------------------------------------------------------ the source of a quotation

    def _source(self, quote: Quote) -> Source | None:
        behind = self._behind(quote)
        return behind or self._before(quote) or self._in_next(quote)

    def _embedded(self, quote: Quote, sentence: Sentence) -> bool:
        """ "Turnover was “close to 8 billion”, he said": quoted words inside a clause that is reported as a whole."""
        if not self._partial(quote) or quote.open <= sentence.first:
            return False
        before = self._of(sentence, quote.open)
        if any(f.source.first < quote.open for f in before) or self.layout.tokens[quote.open - 1].kind == "mark":
            return False
        return self.subjects.has_verb(sentence.first, quote.open)

    def _rule(self, quote: Quote, source: Source) -> str:
        return "quotation_then_source" if source.first > quote.open else "source_then_quotation"

    def _of(self, sentence: Sentence, around: int | None = None) -> list[Found]:
        """The sources of a sentence: the last ones of it, or those around a token."""
        found = self.sources.get(sentence.first, [])
        at = len(found) if around is None else bisect_left(found, around, key=lambda f: f.source.first)
        return found[max(0, at - _NEAR) : at + _NEAR]

    def _behind(self, quote: Quote) -> Source | None:
        """ "…," the minister said; "…" — said X; "…", according to X."""
        tokens = self.layout.tokens
        if not quote.closed or quote.close + 1 >= len(tokens):
            return None
        at = quote.close + 1
        sentence = self.layout.sentence_at(tokens[quote.close].start)
        if sentence is None or at >= sentence.last:
            return None
        if self._embedded(quote, sentence) or tokens[at].key in words(self.pack, "frames", "that"):
            return None
        while at < sentence.last and tokens[at].text in ",–—-":
            at += 1
        adverbs = words(self.pack, "frames", "adverbs") | words(self.pack, "frames", "as")
        start = at
        while at < sentence.last and tokens[at].key in adverbs:
            at += 1
        for found in self._of(sentence, at):
            source = found.source
            if source.low not in (start, at) and source.first not in (start, at):
                continue
            if found.shared and not source.subjects:
                continue
            if source.kind == "conv" or (source.side == "left" and self._has_clause(source, sentence, quote)):
                return None
            return source
        return None

    def _in_next(self, quote: Quote) -> Source | None:
        """ "“It works.” Smith said at a rally": the attribution is a sentence of its own, with no words behind its verb."""
        at = quote.close + 1
        sentence = (
            self.layout.sentence_at(self.layout.tokens[at].start) if quote.closed and at < len(self.layout.tokens) else None
        )
        if sentence is None or sentence.first != at or sentence.paragraph != self._paragraph_of(quote.close):
            return None
        found = self._of(sentence, at)[:1]
        source = found[0].source if found else None
        if source is None or source.low != at or source.side != "left" or source.kind != "verb" or source.media:
            return None
        alone = self.openings.of(source, sentence) is None and not any(
            n in self.subjects.quoted for n in range(source.last, min(source.last + 3, sentence.last))
        )
        return source if alone and source.first <= at + _AFTER else None

    def _has_clause(self, source: Source, sentence: Sentence, quote: Quote) -> bool:
        """ "“Peace,” X said the treaty would …": the verb has words of its own behind; a quotation before it is a topic."""
        tokens = self.layout.tokens
        topic = self._partial(quote) and quote.open > sentence.first and not self._whole_clause(quote)  # "On “fake news,” X said"
        comma = not topic and (tokens[quote.close - 1].text in ",?!.…" or tokens[quote.close + 1].text in ",–—")
        opening = self.openings.of(source, sentence)
        return opening is not None and (not comma or opening.rule == "that_clause")

    def _before(self, quote: Quote) -> Source | None:
        """ "X said: “…”", "X told reporters, “…”", and a verb of speech that takes the quotation as its object."""
        tokens = self.layout.tokens
        sentence = self.layout.sentence_at(tokens[quote.open].start)
        if sentence is None:
            return None
        if quote.open == sentence.first:
            before = self.layout.sentence_at(tokens[quote.open - 1].start) if quote.open else None
            if before is None or tokens[quote.open - 1].text != ":":
                return None
            sentence = before
        if (told := by_manner(self.subjects, quote.open - 1, sentence)) is not None:
            return told
        candidates = [
            f for f in self._of(sentence, quote.open) if f.source.last <= quote.open and f.source.first not in self.spoken.used
        ]
        if not candidates:
            return self._bare_label(sentence, quote)
        source = self._subjected(candidates, sentence)
        if source is None or (
            not candidates[-1].shared and self._inside_report(candidates, sentence, self._closes(quote, sentence))
        ):
            return None
        at = self.openings.behind_adverbials(self.openings.behind_hearer(source, sentence), sentence)
        if candidates[-1].inverted:
            at = source.high
        between = tokens[at : quote.open] if at <= quote.open else ()
        marks = not any(t.kind != "mark" and t.key not in words(self.pack, "frames", "that") for t in between)
        if self._partial(quote) and self._opened(between):
            return None  # "said that for the first time, “prices fell”, and …": a part of what is reported
        colon = tokens[quote.open - 1].text == ":" or (tokens[quote.open - 1].text == "," and len(between) <= 12)
        if marks and (not between or between[-1].kind == "mark" or not self._partial(quote)):
            whole = not self._partial(quote) or self._whole_clause(quote) or (bool(between) and self._ends_with(quote))
            return source if whole else None
        if colon and not self.subjects.has_verb(at, quote.open):
            return source
        if source.quote_only and has_words(self.layout, (quote.inner(self.layout),), _SHORT):
            return source if self.openings.of(source, sentence) is None else None
        return None

    def _opened(self, between: tuple[Token, ...]) -> bool:
        """Whether "that" and further words of a clause stand before a quotation."""
        that = words(self.pack, "frames", "that")
        at = next((n for n, t in enumerate(between) if t.key in that), len(between))
        return any(t.kind == "word" for t in between[at + 1 :])

    def _inside_report(self, candidates: list[Found], sentence: Sentence, closing: bool) -> bool:
        """ "Kaine said he thinks “…”": the quotation belongs to what he said."""
        tokens, low = self.layout.tokens, candidates[-1].source.low
        if tokens[low - 1].key in words(self.pack, "frames", "contrasting") and tokens[low - 2].text in COMMAS and closing:
            return False  # "Kane denied it was a plan, although he admitted “…”."
        openings = (self.openings.of(f.source, sentence) for f in candidates[:-1] if f.source.kind == "verb" and not f.inverted)
        return any(o is not None and o.at <= candidates[-1].source.low for o in openings)

    def _closes(self, quote: Quote, sentence: Sentence) -> bool:
        """Whether no word of the sentence stands behind a quotation."""
        return all(t.kind == "mark" for t in self.layout.tokens[quote.close : sentence.last])

    def _subjected(self, candidates: list[Found], sentence: Sentence) -> Source | None:
        source = candidates[-1].source
        if source.subjects:
            return source
        shared = next((f.source.subjects for f in reversed(candidates[:-1]) if f.source.subjects), ())
        shared = shared or self.subjects.main(sentence, source.first)
        return replace(source, subjects=shared, side="left") if shared else None

    def _bare_label(self, sentence: Sentence, quote: Quote) -> Source | None:
        """ "Tokayev: “…”": a name and a colon."""
        tokens = self.layout.tokens
        if tokens[quote.open - 1].text != ":":
            return None
        actor = self.actors.ending.get(quote.open - 1)
        if actor is None or actor.kind not in ("person", "office") or actor.first != sentence.first:
            return None
        return Source(quote.open - 1, quote.open, "label", ":", (actor,), actor.first, quote.open, side="left")

    def _partial(self, quote: Quote) -> bool:
        first = self.layout.tokens[quote.open + 1]
        return first.kind == "word" and not first.capital

    def _whole_clause(self, quote: Quote) -> bool:
        """Whether a quotation that begins small has a verb of its own."""
        return has_finite(self.subjects, quote.open + 1, quote.close)

    def _sentence_before(self, quote: Quote) -> Source | None:
        """A whole sentence in quotation marks behind a sentence that reports somebody's words, in the same paragraph."""
        tokens = self.layout.tokens
        sentence = self.layout.sentence_at(tokens[quote.open].start)
        if sentence is None or sentence.first != quote.open or not quote.open or not tokens[quote.open + 1].capital:
            return None
        before = self.layout.sentence_at(tokens[quote.open - 1].start)
        if before is None or not self._ends_with(quote):
            return None
        apart = sentence.paragraph - before.paragraph  # a paragraph of its own goes on with what somebody is said to have said
        if apart and (apart > 1 or not self._whole_paragraph(quote)):
            return None
        for found in reversed(self._of(before)):
            source = found.source
            if apart and source.subjects and source.subjects[0].kind not in _PEOPLE:
                return None
            if source.subjects and not source.media and source.first not in self.subjects.quoted:
                return Source(source.first, source.last, source.kind, source.lemma, source.subjects, source.low, quote.open)
        return None

    def _ends_with(self, quote: Quote) -> bool:
        tokens = self.layout.tokens  # the full stop may stand behind the mark
        stop = tokens[quote.close - 1].text in ".!?…" or (quote.close + 1 < len(tokens) and tokens[quote.close + 1].text == ".")
        return stop and has_words(self.layout, (quote.inner(self.layout),), _SHORT)

    def _fit(self, quote: Quote, source: Source) -> bool:
        """Two words do where they are a sentence or the attribution stands right beside."""
        if source.media and source.subjects and source.subjects[0].kind == "outlet" and source.kind == "phrase":
            return False
        beside = source.first > quote.open and self.layout.tokens[quote.close - 1].text in ",!?."
        return has_words(self.layout, (quote.inner(self.layout),), 1 if beside else 2)

    # ------------------------------------------------------------ quotations that go on

    def _goes_on(self, last: _Last, quote: Quote) -> bool:
        """ "“A,” he said. “B.”": the second part has no attribution of its own and stands right behind the first's."""
        tokens = self.layout.tokens
        if quote.paragraph != last.paragraph or quote.open < last.high:
            return False
        source = last.utterance.source
        if source is None or source.first < last.utterance.at:
            return False  # what was announced before is one quotation
        here, there = self.layout.sentence_at(tokens[quote.open].start), self.layout.sentence_at(tokens[source.first].start)
        if here is None or there is None or self._behind(quote) is not None:
            return False
        if here is there:
            return tokens[quote.open - 1].text in ",–—:" and not self._other_source(source, quote, here)
        return here.first == quote.open and there.last == here.first

    def _other_source(self, source: Source, quote: Quote, sentence: Sentence) -> bool:
        return any(source.last <= f.source.first < quote.open for f in self._of(sentence, quote.open))

    def _whole_paragraph(self, quote: Quote) -> bool:
        paragraph = self.layout.paragraphs[quote.paragraph]
        end = self.layout.paragraphs[quote.last_paragraph]
        return paragraph.first == quote.open and end.last - quote.close <= 2

    def _extended(self, last: _Last, quote: Quote) -> _Last:
        tokens = self.layout.tokens
        spans = (trim(self.layout.text, Span(tokens[a].start, tokens[b - 1].end)) for a, b in quote.parts if a < b)
        self.spoken.covered.update(range(quote.open, quote.close + 1))
        more = replace(last.utterance, segments=(*last.utterance.segments, *(s for s in spans if s is not None)))
        more = replace(more, kind=StatementKind.DIRECT)
        self.spoken.found[-1] = more  # the quotation read last
        return _Last(more, max(last.high, quote.close), quote.last_paragraph)

    def _paragraph_of(self, token: int) -> int:
        sentence = self.layout.sentence_at(self.layout.tokens[token].start)
        return sentence.paragraph if sentence else 0
