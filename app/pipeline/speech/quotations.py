"""Quotations that are somebody's words, with their attribution inside, behind, before or in brackets."""

from __future__ import annotations

from functools import cache

from app.domain.facts import StatementKind
from app.domain.record import record, replace
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.people.actor import Actors
from app.pipeline.speech.announced import Announced, colon_subject
from app.pipeline.speech.attributions import ATTRIBUTION, DASHES, Blocks
from app.pipeline.speech.cue_tables import frame_words, is_content_first
from app.pipeline.speech.cues import SourceFinder
from app.pipeline.speech.frames import Source
from app.pipeline.speech.nominal import owns_next
from app.pipeline.speech.quotes import Quote
from app.pipeline.speech.utterances import Spoken, Utterance, has_words, trim
from app.pipeline.words.lexicon import lemmas
from app.pipeline.words.segment import Layout

_MARKS = frozenset('«»„“”"')
_CLOSING = frozenset('»”"')
_LONGEST_LEAD = 80  # tokens of a sentence before a part of it that is quoted; so the time stays linear
_SHORT_QUOTE = 3  # words; anything shorter is a term or a name, not words that were said


@record(frozen=True, slots=True)
class Quotations:
    """Reads the quotations of one paragraph after the other."""

    layout: Layout
    sources: SourceFinder
    actors: Actors
    pack: Pack
    blocks: Blocks
    spoken: Spoken

    def read(self, quotes: list[Quote]) -> None:
        last: Utterance | None = None
        for quote in quotes:
            if quote.open in self.spoken.covered:
                continue
            joined = last is not None and self._goes_on(last, quote)
            utterance = None if joined else self._quotation(quote)
            if joined and last is not None:
                self.spoken.found.pop()
                utterance = self._extended(last, quote)
            if utterance is not None:
                self.spoken.found.append(utterance)
                last = utterance

    def _quotation(self, quote: Quote) -> Utterance | None:
        """A quotation with its attribution inside, behind, before or in brackets; None where it is none."""
        if self._too_short(quote) or self._names_something(quote):
            return None
        parts, inside = self._inside(quote)
        if inside is not None and inside.subjects:
            return self.spoken.made(parts, inside, "quotation_interrupted", quote.open)
        behind = self._behind(quote)
        if behind is not None and behind.kind == "document" and self._relays(quote):
            return None  # read inside: the press service passes on what somebody said
        if behind is not None and not behind.subjects and (announced := self._before(quote) or self._opening(quote)) is not None:
            behind = announced  # "Эксперт: «…», – предупредил он" with the pronoun left out
        if behind is not None and (start := self._sentence_before(quote, behind)) is not None:
            made = self.spoken.made([(start, quote.close + 1)], behind, "quotation_then_source", start)
            return replace(made, kind=StatementKind.MIXED) if made is not None else None
        if behind is not None:
            return self.spoken.made([*quote.parts, *self._resumed(quote, behind)], behind, "quotation_then_source", quote.open)
        before = self._before(quote)
        if before is not None:
            return self.spoken.made(list(quote.parts), before, "source_then_quotation", quote.open)
        announced = self._announced.source(quote)
        if announced is not None:
            return self.spoken.made(list(quote.parts), announced, "quotation_announced", quote.open)
        return None

    @property
    def _announced(self) -> Announced:
        return Announced(self.layout, self.sources, self.actors, self.pack, self.spoken.covered)

    def _too_short(self, quote: Quote) -> bool:
        """Two words will do where one is a verb («Подготовка идёт»); one is a term."""
        inner = (quote.inner(self.layout),)
        if has_words(self.layout, inner, _SHORT_QUOTE) or not has_words(self.layout, inner, _SHORT_QUOTE - 1):
            return not has_words(self.layout, inner, _SHORT_QUOTE)
        words = [t for t in self.layout.tokens[quote.open + 1 : quote.close] if t.kind == "word"]
        behind = [t.text for t in self.layout.tokens[quote.close + 1 : quote.close + 3]]
        if len(behind) == 2 and behind[0] == "," and behind[1] in DASHES and words[0].capital:
            return False  # "«Это рекорд», – отмечал он"
        return not any(self.pack.morphology.readings(t.text)[0].verb == "fin" for t in words)

    def _inside(self, quote: Quote) -> tuple[list[tuple[int, int]], Source | None]:
        """The stretches between the marks, without an attribution that interrupts them."""
        found: list[tuple[int, int]] = []
        source: Source | None = None
        for first, last in quote.parts:
            parts, inside = self.blocks.split(first, last)
            found.extend(parts if inside is not None else [(first, last)])
            source = source or inside
        return found, source

    def _relays(self, quote: Quote) -> bool:
        """ "«Президент отметил, что …», – говорится в сообщении": a report inside the quotation of a press service."""
        for n in range(quote.open + 1, quote.close):
            source = self.sources.at(n, quote.open + 1, quote.close)
            person = source is not None and source.subject is not None and source.subject.kind in ("person", "office")
            if person and any(t.key in frame_words(self.pack, "that") for t in self.layout.tokens[n : min(n + 6, quote.close)]):
                return True
        return False

    def _names_something(self, quote: Quote) -> bool:
        """A title: behind "форум", "проект" and the like, with no full stop, comma or verb of its own needed."""
        before = self.layout.tokens[quote.open - 1] if quote.open else None
        if before is None or before.kind != "word":
            return False
        return bool(lemmas(before.text, self.pack.morphology) & _title_words(self.pack))

    def _behind(self, quote: Quote) -> Source | None:
        """ "«…», – отметил посол", "«…» (посол)", and "«…», цитирует агентство посла"."""
        tokens = self.layout.tokens
        if not quote.closed:
            return None
        at = quote.close + 1
        if at < len(tokens) and tokens[at].text == "(":
            actor = self.actors.by_first.get(at + 1)
            if actor is not None and actor.last < len(tokens) and tokens[actor.last].text == ")" and actor.kind == "person":
                return Source(at, at + 1, "label", "(", (actor,), at, actor.last + 1, side="right")
        marks = 0
        while at < len(tokens) and tokens[at].kind == "mark" and tokens[at].text in ",." + DASHES and marks < 3:
            at += 1
            marks += 1
        if at >= len(tokens) or tokens[at].kind != "word":
            return None
        full_stop = any(t.text == "." for t in tokens[quote.close + 1 : at])
        dashed = any(t.text in DASHES for t in tokens[quote.close + 1 : at])
        if not dashed and tokens[at].key in frame_words(self.pack, "conjunctions"):
            return None  # "…, что «…», и уточнил": the next verb has words of its own
        end = self._attribution_end(quote, at)
        if (full_stop and not dashed) or end <= at:
            return None
        bare = self._bare_name(at) if dashed else None
        if bare is not None:
            return bare
        limit = self.blocks.block_end(at, end)
        for n in range(at, min(at + ATTRIBUTION, limit)):
            if tokens[n].text in ".!?;":
                return None
            source = self.sources.possessive(n, limit) or self.sources.at(n, at, limit)
            if source is None or (source.side == "left" and not dashed and source.kind == "verb"):
                continue  # "на форуме «…», министр отметил, что": the verb has a clause of its own
            if source.subjects and (marks or source.first <= at + 1):
                return source
            if source.kind == "verb" and marks and n <= at + 2:
                return source
            if source.kind == "verb" and n <= at + 1 and (around := self._around(quote, source)) is not None:
                return around
        return None

    def _around(self, quote: Quote, source: Source) -> Source | None:
        """ "Министр «A. B» деп айтты": of several sentences, between their subject and a verb that closes the clause."""
        if not is_content_first(self.pack) or len(quote.parts) > 1 or source.media:
            return None
        opened = self.layout.sentence_at(self.layout.tokens[quote.open].start)
        closed = self.layout.sentence_at(self.layout.tokens[quote.close].start)
        subject = self.actors.by_last.get(quote.open)
        if opened is None or closed is None or opened.first == closed.first or subject is None or subject.governed:
            return None
        able = subject.kind in ("person", "office", "organization", "pronoun", "unnamed")
        if not able or not (not subject.forms or subject.may_be("nom")):
            return None
        return replace(source, subjects=(subject,), low=subject.first, side="left")

    def _sentence_before(self, quote: Quote, behind: Source) -> int | None:
        """ "Карантин «не остановил торговлю», – отметил посол": where the sentence begins of which a part is quoted."""
        tokens, sentence = self.layout.tokens, self.layout.sentence_at(self.layout.tokens[quote.open].start)
        if sentence is None or sentence.first >= quote.open or behind.side != "right" or tokens[quote.open + 1].capital:
            return None
        if (
            tokens[quote.open + 1].kind != "word"
            or tokens[quote.open - 1].kind != "word"
            or quote.paragraph != quote.last_paragraph
        ):
            return None
        own = range(sentence.first, quote.open)
        if len(own) > _LONGEST_LEAD:
            return None
        if any(n in self.spoken.covered or tokens[n].text in _MARKS or tokens[n].text in DASHES for n in own):
            return None
        sources = (self.sources.at(n, sentence.first, quote.open) for n in own)
        return None if any(source is not None and source.subjects for source in sources) else sentence.first

    def _resumed(self, quote: Quote, behind: Source) -> list[tuple[int, int]]:
        """ "«…», – сказал посол. – Дорога нужна.": words that go on behind a dash without a mark of their own."""
        tokens, paragraph = self.layout.tokens, self.layout.paragraphs[quote.last_paragraph]
        sentence = self.layout.sentence_at(tokens[behind.first].start)
        if behind.side != "right" or sentence is None or sentence.last + 1 >= paragraph.last:
            return []
        dash = sentence.last if tokens[sentence.last].text in DASHES else sentence.last - 1
        if tokens[dash].text not in DASHES or tokens[dash - 1].text != "." or not tokens[dash + 1].capital:
            return []
        end = next((n for n in range(dash + 1, paragraph.last) if tokens[n].text in _MARKS), paragraph.last)
        closes = end == paragraph.last or tokens[end].text in _CLOSING
        return [(dash + 1, end)] if closes and end - dash > _SHORT_QUOTE else []

    def _attribution_end(self, quote: Quote, at: int) -> int:
        """The end of the paragraph that may hold the attribution: the quotation's, or the next, if "– сказал" opens it."""
        paragraphs, tokens = self.layout.paragraphs, self.layout.tokens
        own = paragraphs[quote.last_paragraph]
        following = paragraphs[quote.last_paragraph + 1] if quote.last_paragraph + 1 < len(paragraphs) else None
        if at < own.last or following is None or quote.close + 2 < own.last or at != following.first + 1:
            return own.last
        led = tokens[following.first].text in DASHES and not tokens[at].capital
        return following.last if led else own.last

    def _bare_name(self, at: int) -> Source | None:
        """ "«…», – Токаев.": a dash and nothing but who said it."""
        actor = self.actors.by_first.get(at)
        if actor is None or actor.kind not in ("person", "office") or not actor.may_be("nom"):
            return None
        over = actor.last >= len(self.layout.tokens) or self.layout.tokens[actor.last].text in ".!?"
        ends = over or self.layout.sentence_number(actor.last) != self.layout.sentence_number(at)
        return Source(at - 1, at, "label", "–", (actor,), at, actor.last, side="right") if ends else None

    def _before(self, quote: Quote) -> Source | None:
        """ "Посол отметил: «…»"; behind a colon a bare subject is enough."""
        tokens = self.layout.tokens
        at = quote.open - 1
        if at < 0 or tokens[at].text != ":":
            return None
        sentence = self.layout.sentence_at(tokens[at].start)
        if sentence is None:
            return None
        best: Source | None = None
        for n in range(sentence.first, at):
            source = self.sources.at(n, sentence.first, at) if n not in self.spoken.covered else None
            if source is not None and source.subjects:
                best = source
        if (
            best is not None
            and not is_content_first(self.pack)
            and any(t.key in frame_words(self.pack, "that") for t in tokens[sentence.first : at])
        ):
            return None  # "отметил, что …: «…»" is one report, and what it quotes may be somebody else's
        return best or colon_subject(self.actors, sentence.first, at)

    def _opening(self, quote: Quote) -> Source | None:
        """ "Министр сұхбатында: «…», – деді": where the verb closes the clause, the office that opens it is its subject."""
        colon = quote.open - 1
        sentence = self.layout.sentence_at(self.layout.tokens[quote.open].start)
        if colon < 1 or sentence is None or not is_content_first(self.pack) or self.layout.tokens[colon].text != ":":
            return None
        actor = self.actors.by_first.get(sentence.first)
        able = actor is not None and actor.kind in ("office", "organization", "unnamed") and bool(actor.forms)
        if actor is None or not able or not actor.may_be("nom") or owns_next(actor, self.layout, self.pack):
            return None
        return Source(colon, colon + 1, "colon", ":", (actor,), actor.first, colon + 1, side="left")

    def _goes_on(self, last: Utterance, quote: Quote) -> bool:
        """Whether a quotation resumes the last one: ". – «…»" behind its attribution, or right behind that sentence."""
        if last.source is None or last.source.high > quote.open or last.source.first < last.at:
            return False
        if self._inside(quote)[1] is not None:
            return False  # it has an attribution of its own
        between = self.layout.tokens[last.source.high : quote.open]
        if self._behind(quote) is not None or not has_words(self.layout, (quote.inner(self.layout),), _SHORT_QUOTE):
            return False
        dashed = bool(between) and between[-1].text in DASHES and any(t.text in ".,!?" for t in between[:-1])
        bare = len(between) == 1 and between[0].text == "."
        near = dashed and sum(1 for t in between if t.kind == "word") <= 8
        return near or bare

    def _extended(self, last: Utterance, quote: Quote) -> Utterance:
        tokens = self.layout.tokens
        spans = (trim(self.layout.text, Span(tokens[a].start, tokens[b - 1].end)) for a, b in quote.parts if a < b)
        self.spoken.covered.update(range(quote.open, quote.close + 1))
        segments = (*last.segments, *(span for span in spans if span is not None))
        return Utterance(last.kind, segments, last.source, last.rule, last.at)


@cache
def _title_words(pack: Pack) -> frozenset[str]:
    return frozenset(pack["speech"].get("titles", {}).get("words", ()))
