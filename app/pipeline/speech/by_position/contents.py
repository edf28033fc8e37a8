"""What was said, around a source: behind "that", in a clause of its own, before ", X said", around "according to X"."""

from __future__ import annotations

from app.domain.record import replace
from app.domain.text import Span
from app.pipeline.people.actor import Actor
from app.pipeline.speech.by_position.datelines import behind_dateline
from app.pipeline.speech.by_position.kinds import Kinds, crossing
from app.pipeline.speech.by_position.limits import Limits
from app.pipeline.speech.by_position.openings import Openings
from app.pipeline.speech.by_position.parentheses import closes
from app.pipeline.speech.by_position.relatives import relative_end
from app.pipeline.speech.by_position.sources import Found
from app.pipeline.speech.by_position.subjects import QUOTES
from app.pipeline.speech.by_position.tables import phrase_lexicon, words
from app.pipeline.speech.frames import Source
from app.pipeline.speech.quotes import Quote
from app.pipeline.speech.utterances import Utterance, has_words, trim
from app.pipeline.words.segment import Sentence

_FEWEST = 3  # words of a clause; two behind "that"
_NEAR = 8  # statements of one sentence that are compared; so the time stays linear
_LONGEST = 400  # tokens of one clause; a longer "sentence" is a list or has lost its full stops
_STOPS = ".!?…"


class ContentReader:
    """Reads what is reported in one layout; `covered` are the tokens of direct speech, `used` the sources of it."""

    def __init__(self, openings: Openings, quotes: tuple[Quote, ...], covered: set[int], used: set[int]) -> None:
        self.layout, self.pack, self.subjects, self.openings = openings.layout, openings.pack, openings.subjects, openings
        self.covered, self.used = covered, used
        self._limits = Limits(openings, covered)
        self._kinds = Kinds(self.layout, quotes)
        self._crossing = crossing(self.layout, quotes)
        self._asides = words(self.pack, "frames", "asides")
        self._and = words(self.pack, "frames", "conjunctions")
        self._leading = words(self.pack, "frames", "leading")

    def sentence(self, sentence: Sentence, sources: list[Found]) -> list[Utterance]:
        found: list[Utterance] = []
        outer = self._closing(sentence, sources)
        if outer is not None:
            return [outer]
        taken = sentence.first
        subjects: tuple[Actor, ...] = ()
        for n, one in enumerate(sources):
            source = one.source
            if source.first in self.used:
                subjects = source.subjects or subjects
                taken = max(taken, source.high)
                continue
            if (
                source.first < taken
                or source.first in self.covered
                or (source.media and self._relays(sources[n + 1 :], sentence))
            ):
                continue
            if not source.subjects and one.shared:
                source = replace(source, subjects=subjects or self.subjects.main(sentence, source.first), side="left")
            made = self._content(source, one, sentence, sources[n + 1 : n + 1 + _NEAR])
            if source.kind != "phrase":
                subjects = source.subjects
            if made is not None and not any(a.meets(b) for u in found[-_NEAR:] for a in u.segments for b in made[0].segments):
                utterance, end = made
                found.append(utterance)
                taken = max(taken, end)
        return found

    def _closing(self, sentence: Sentence, sources: list[Found]) -> Utterance | None:
        """The report of a whole sentence that ends ", X said": what it reports of others' words is X's."""
        last = sources[-1] if len(sources) > 1 else None
        if last is None or last.shared or last.source.kind != "verb" or last.source.media or last.source.first in self.used:
            return None
        own = last.source.subjects[:1] if not any(n in self.covered for n in range(sentence.first, sentence.last)) else ()
        if (
            not own
            or self.layout.tokens[last.source.low - 1].text != ","
            or any(f.source.subjects[:1] == own for f in sources[:-1])
        ):
            return None
        made = self._content(last.source, last, sentence, [])
        return made[0] if made is not None and made[0].rule == "parenthesis" else None

    def _relays(self, following: list[Found], sentence: Sentence) -> bool:
        """ "Interfax reported that the envoy said that …": an outlet passes on what somebody else said."""
        spoken = (f.source for f in following[:_NEAR] if not f.shared and not f.source.media and f.source.kind == "verb")
        return any(s.subjects and self.openings.of(s, sentence) is not None for s in spoken)

    # ------------------------------------------------------------ frames

    def _content(self, source: Source, one: Found, sentence: Sentence, following: list[Found]) -> tuple[Utterance, int] | None:
        if not source.subjects:
            return None
        if source.kind == "phrase":
            return self._phrase(source, sentence, following)
        opening = None if one.inverted else self.openings.of(source, sentence)
        if opening is not None:
            if source.media and source.subjects[0].kind == "outlet":
                source = replace(source, subjects=(replace(source.subjects[0], kind="organization"),), media=False)
            end = min(self._limits.of(opening.at, sentence, following), relative_end(self.subjects, source, opening.at, sentence))
            end = min(end, one.until or end)
            return self._made(source, [(opening.at, end)], opening.rule, end)
        if source.media or source.that_only or source.kind == "conv" or one.shared:
            return None
        return self._parenthesis(source, one, sentence, following)

    # ------------------------------------------------------------ around the source

    def _parenthesis(
        self, source: Source, one: Found, sentence: Sentence, following: list[Found]
    ) -> tuple[Utterance, int] | None:
        """ "Trade has doubled, the minister said." and "It sat there, said the ranger, and watched." """
        tokens, low = self.layout.tokens, source.low
        while low > sentence.first and tokens[low - 1].key in self.subjects.adverbs:
            low -= 1
        low = self._first_office(low, sentence)
        as_word = low > sentence.first and tokens[low - 1].key in words(self.pack, "frames", "as")
        if as_word:
            low -= 1
        if (source.quote_only and not as_word) or not closes(self.subjects, source, sentence):
            return None
        end = self._source_end(source, one, sentence)
        if low <= sentence.first + 1:
            if as_word and end < sentence.last and tokens[end].text == ",":
                stop = self._limits.of(end + 1, sentence, following)
                return self._made(source, [(end + 1, stop)], "as_clause", stop)
            return None
        quoted = tokens[low - 1].text in QUOTES and tokens[low - 2].text == ","  # "The plan is “not serious,” he said"
        if quoted and low - 1 not in self.covered and low > sentence.first + 3:
            start = self._start(low - 1, sentence)
            return self._made(source, [(start, low)], "parenthesis", end) if self.subjects.has_verb(start, low) else None
        if tokens[low - 1].text not in ",–—-" or (tokens[low - 1].text == "-" and tokens[low - 1].start == tokens[low - 2].end):
            return None
        start = self._start(low - 1, sentence)
        if phrase_lexicon(self.pack).at(tokens, start, low) is not None and not self.subjects.has_verb(start, low):
            return None  # "According to the paper, X told …": nobody's words stand before the comma
        parts = [(start, low - 1)]
        stop = end
        inside = end < sentence.last and tokens[end].text in ",–—" and self.subjects.has_verb(end, sentence.last)
        if not inside and not self.subjects.has_verb(start, low):
            return None
        if end < sentence.last and tokens[end].text in ",–—" and not self._about_speaker(end + 1, sentence, following):
            stop = self._limits.of(end + 1, sentence, following)
            parts.append((end + 1, stop))
            return self._made(source, parts, "parenthesis_inside", stop)
        return self._made(source, parts, "parenthesis", stop)

    def _first_office(self, low: int, sentence: Sentence) -> int:
        """Before the other office of "Deputy Prime Minister – Minister of Trade Arman Sagatov"."""
        before = self.subjects.before_brackets(low, sentence)  # "CEO of the Federation of Exporters (FEX) Arman Sagatov"
        at = before if before < low else low - 1 if self.layout.tokens[low - 1].text in "–—-" else None
        office = self.subjects.actors.ending.get(at) if at is not None else None
        return office.first if office is not None and office.kind == "office" and office.first > sentence.first else low

    def _source_end(self, source: Source, one: Found, sentence: Sentence) -> int:
        """The token behind all that belongs to an attribution, up to a comma or the end of the sentence."""
        tokens, at = self.layout.tokens, max(source.high, source.last)
        if not one.inverted:
            at = max(at, self.openings.behind_hearer(source, sentence))
        for n in range(at, min(at + _LONGEST, sentence.last)):
            if tokens[n].text in ",–—;" or (tokens[n].text in _STOPS and n >= sentence.last - 2):
                return n
            if n > at and tokens[n].key in self._and:
                return n
        return sentence.last

    def _about_speaker(self, at: int, sentence: Sentence, following: list[Found]) -> bool:
        """Whether what follows a parenthesis is about the speaker or another report: ", adding that", ", speaking in Astana"."""
        tokens = self.layout.tokens
        if at >= sentence.last - 1:
            return True
        if any(
            f.source.first <= at + 3 and (f.shared or f.source.media or f.source.kind in ("conv", "phrase"))
            for f in following[:2]
        ):
            return True
        first = self.pack.morphology.readings(tokens[at].text)[0] if tokens[at].kind == "word" else None
        if first is None:
            return tokens[at].kind != "number"
        if first.verb in ("conv", "part") or tokens[at].key in self._asides:
            return True
        quoted = tokens[at].key in self._and and self.subjects.has_verb_or_quote(at, sentence.last)
        return not quoted and not self.subjects.has_verb(at, sentence.last)

    def _start(self, low: int, sentence: Sentence) -> int:
        """Where the content before a source begins: behind direct speech, a semicolon or a dateline."""
        tokens = self.layout.tokens
        for n in range(low - 1, max(sentence.first, low - _LONGEST) - 1, -1):
            if n in self.covered or tokens[n].text == ";":
                return n + 1
        return behind_dateline(self.layout, sentence)

    def _phrase(self, source: Source, sentence: Sentence, following: list[Found]) -> tuple[Utterance, int] | None:
        """ "According to X, …", "…, according to X" and in the middle of a sentence."""
        if source.media:
            return None
        tokens, low = self.layout.tokens, source.low
        source = self._with_relative(source, sentence)
        owned = source.subjects[0].last < source.high  # "in his words, …" has no apposition
        end = source.high if owned else self.subjects.behind_apposition(source.high, sentence)
        opens = low - sentence.first <= 2 and all(
            t.kind == "mark" or t.key in self._leading for t in tokens[sentence.first : low]
        )
        if opens:
            comma = next((n for n in range(source.high, min(source.high + 30, sentence.last)) if tokens[n].text == ","), None)
            start = end + 1 if end < sentence.last and tokens[end].text == "," else comma + 1 if comma is not None else end
            stop = self._limits.of(start, sentence, following)
            return self._made(source, [(start, stop)], "source_phrase", stop)
        start = self._start(low, sentence)
        parts = [(start, low)]
        inside = source.high < sentence.last and tokens[source.high].text == "," and tokens[low - 1].text == ","
        if not self.subjects.has_verb(start, low) and not (inside and self.subjects.has_verb(source.high, sentence.last)):
            return None
        if (
            source.high < sentence.last
            and tokens[source.high].text == ","
            and end < sentence.last - 1
            and not self._about_speaker(end + 1, sentence, following)
        ):
            stop = self._limits.of(end + 1, sentence, following)
            return self._made(source, [*parts, (end + 1, stop)], "source_phrase_inside", stop)
        return self._made(source, parts, "source_phrase", max(end, source.high))

    def _with_relative(self, source: Source, sentence: Sentence) -> Source:
        """ "According to a source who asked for anonymity, …": up to the comma."""
        tokens, high = self.layout.tokens, source.high
        if high >= sentence.last or tokens[high].key not in self.subjects.grammar.persons:
            return source
        comma = next((n for n in range(high, min(high + 30, sentence.last)) if tokens[n].text == ","), high)
        return replace(source, high=comma)

    def _made(self, source: Source, parts: list[tuple[int, int]], rule: str, end: int) -> tuple[Utterance, int] | None:
        tokens, text, segments = self.layout.tokens, self.layout.text, []
        if rule != "parenthesis" and parts and (beyond := self._crossing.get(parts[-1][1])) is not None:
            parts, end = [*parts[:-1], (parts[-1][0], beyond)], beyond  # "called it “a sham. It must stop.”"
        for first, last in parts:
            while first < last and tokens[first].key in self._leading:
                first += 1
            if first < last and (span := trim(text, Span(tokens[first].start, tokens[last - 1].end))) is not None:
                segments.append(span)
        fewest = _FEWEST - (rule == "that_clause")
        inside = {n for first, last in parts for n in range(first, last)}
        if (
            not has_words(self.layout, segments, fewest)
            or not inside.isdisjoint(self.covered)
            or not inside.isdisjoint(self.used)
        ):
            return None
        kind, segments = self._kinds.of(segments)
        return Utterance(kind, tuple(segments), source, rule, source.low), end
