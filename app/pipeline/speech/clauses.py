"""How far the words of a clause reach around a verb or phrase of speech."""

from __future__ import annotations

from app.domain.record import record
from app.languages.pack import Pack
from app.pipeline.speech.cue_tables import document_verbs, frame_words, verb_classes
from app.pipeline.speech.frames import Source
from app.pipeline.words.segment import Layout, Sentence, Token

DASHES = "-–—―"
_LONGEST = 400  # tokens of one clause; a longer "sentence" is a list or has lost its full stops
_DATELINE = 8  # tokens of a dateline
_LIGHT = 3  # words of the longest conjunction or adverb
_SUBJECT = 6  # words from the head of a clause to its verb
_THAT_REACH = 18  # tokens between a verb of speech and its "что"


@record(frozen=True, slots=True)
class Clauses:
    """Reads the clauses of one layout; `covered` are the tokens of direct speech."""

    layout: Layout
    pack: Pack
    covered: set[int]

    def goes_on(self, low: int, first: int, end: int, sentence: Sentence) -> bool:
        """Whether the words behind a parenthesis belong to the same clause: it has no verb yet, or a conjunction follows."""
        if self.layout.tokens[end - 1].text not in ("," + DASHES):
            return False
        has_verb = any(self.finite(t) for t in self.layout.tokens[max(low, first - _LONGEST) : first])
        following = self.layout.tokens[end].key
        opens = following in frame_words(self.pack, "conjunctions") or following in frame_words(self.pack, "that")
        more = any(self.finite(t) for t in self.layout.tokens[end : min(sentence.last, end + _LONGEST)])
        return more and (not has_verb or opens or self._begins_anew(end, sentence.last))

    def _begins_anew(self, at: int, last: int) -> bool:
        """ "…, отметил посол, их вклад растёт": a subject and its verb, side by side, that tell of no other speaker."""
        subject = False
        for n in range(at, min(at + _SUBJECT, last)):
            token = self.layout.tokens[n]
            if token.kind != "word":
                return False
            readings = self.pack.morphology.readings(token.text)
            if self.finite(token):
                return subject and readings[0].lemma not in verb_classes(self.pack)
            nominal = readings[0].pos in ("noun", "propn", "pron")
            subject = subject or (nominal and any(r.pos in ("noun", "propn", "pron") and r.case == "nom" for r in readings))
        return False

    def that(self, source: Source, sentence: Sentence) -> int | None:
        """The token behind the "что" that opens the content of a verb of speech."""
        tokens = self.layout.tokens
        start = max(source.last, source.subjects[-1].last if source.side == "right" else source.last)
        for n in range(source.last, min(sentence.last - 1, start + _THAT_REACH)):
            token = tokens[n]
            if token.text in "«“„;:" or (token.text in DASHES and token.start > tokens[n - 1].end):
                return None
            if token.key in frame_words(self.pack, "that") and n > 0 and tokens[n - 1].text == ",":
                return n + 1
            if (
                n > start
                and token.text == ","
                and tokens[n + 1].key not in frame_words(self.pack, "that")
                and not self._comma_passes(n, start)
            ):
                return None
            if n >= start and self.finite(token) and n > source.last:
                return None
        return None

    def _comma_passes(self, comma: int, start: int) -> bool:
        """A comma of an aside ("в свою очередь") between the verb and its "что"."""
        return comma - start <= 6

    def colon(self, source: Source, sentence: Sentence) -> int | None:
        """The token behind a colon that follows the source: "Эксперт парирует: без металлов …"."""
        end = max(source.last, source.high)
        tokens = self.layout.tokens
        for n in range(end, min(end + 6, sentence.last - 2)):
            if tokens[n].text == ":":
                return n + 1 if tokens[n + 1].text not in '«“„"' else None
            if tokens[n].kind == "mark" and tokens[n].text != ",":
                return None
        return None

    def limit(self, following: list[Source], sentence: Sentence, source: Source) -> int:
        """The end of a content clause: the sentence's, or where a next verb of speech takes over ("…, но признал, что …")."""
        for other in following:
            if other.media and self.layout.tokens[other.first - 1].text in "," + DASHES:
                return other.first - 1  # "…, передаёт агентство" is a sourcing formula
            if other.first < source.high or other.quote_only:
                continue
            shared = not other.subjects or (other.side == "left" and other.subjects == source.subjects)
            own = other.side == "left" and bool(other.subjects) and self._opens_clause(other.low)
            if (shared or own) and other.kind == "verb" and self.that(other, sentence) is not None:
                cut = other.low if other.subjects and not shared else other.first
                while cut > source.last:
                    step = 1 if self.layout.tokens[cut - 1].text == "," else self.light_before(cut, source.last)
                    if not step:
                        break
                    cut -= step
                if (cut > source.last + 1 and self.layout.tokens[cut].kind != "word") or self._joins(cut, other.first):
                    return cut
        return self._document_cut(source.high, sentence.last)

    def _opens_clause(self, at: int) -> bool:
        """Whether a comma stands before the token, or before its conjunction: "…, а премьер сообщил, что"."""
        tokens = self.layout.tokens
        if tokens[at - 1].key in frame_words(self.pack, "conjunctions"):
            at -= 1
        return tokens[at - 1].text in ",;"

    def _document_cut(self, at: int, last: int) -> int:
        """Before ", — говорится в заявлении", which belongs to nobody's words."""
        tokens = self.layout.tokens
        for n in range(at + 1, min(last - 2, at + _LONGEST)):
            if tokens[n].text in DASHES and tokens[n - 1].text == "," and tokens[n + 1].kind == "word":
                first = self.pack.morphology.readings(tokens[n + 1].text)[0]
                if first.lemma in document_verbs(self.pack):
                    return n - 1
        return last

    def _joins(self, cut: int, verb: int) -> bool:
        return any(t.key in frame_words(self.pack, "conjunctions") for t in self.layout.tokens[cut:verb])

    def clause_start(self, at: int, sentence: Sentence) -> int:
        """The token with which the content before a source begins: behind direct speech, a colon or a dateline."""
        for n in range(at - 1, max(sentence.first, at - _LONGEST) - 1, -1):
            if n in self.covered or self.layout.tokens[n].text in ";:":
                return n + 1
        return self.behind_dateline(sentence)

    def behind_dateline(self, sentence: Sentence) -> int:
        """Behind "КАЗИНФОРМ –", "INTERFAX.RU -" and "/Корр. БЕЛТА/."."""
        tokens = self.layout.tokens
        window = range(min(sentence.first + _DATELINE, sentence.last - 2), sentence.first, -1)
        slash = next((n for n in window if tokens[n].text == "/" and tokens[n - 1].kind == "word"), None)
        if slash is not None:
            return slash + 1 + (tokens[slash + 1].text == ".")
        for n in range(sentence.first, min(sentence.first + 4, sentence.last - 1)):
            if tokens[n].text in DASHES and n > sentence.first:
                return n + 1
            if not (tokens[n].upper or tokens[n].text == "."):
                break
        return sentence.first

    def source_end(self, source: Source, last: int) -> int:
        """The token behind a source and the marks, brackets or asides that close it."""
        tokens = self.layout.tokens
        end = max(source.last, source.high)
        while end < last and tokens[end].text in '»”")':
            end += 1
        for n in range(end, min(end + 8, last)):
            if tokens[n].text in ("," + DASHES):
                return n + 1
            if tokens[n].text in ".!?…":
                return n
            if self.finite(tokens[n]):
                break
        return end

    def is_aside(self, at: int, last: int) -> bool:
        """Whether what follows is about the speaker ("…, выступая на форуме") and not part of the words."""
        token = self.layout.tokens[at]
        if token.key in frame_words(self.pack, "asides"):
            return True
        if token.key in frame_words(self.pack, "negation") and at + 1 < last:
            token = self.layout.tokens[at + 1]  # "…, не вдаваясь в подробности"
        first = self.pack.morphology.readings(token.text)[0] if token.kind == "word" else None
        return first is not None and first.verb in ("conv", "part")

    def finite(self, token: Token) -> bool:
        if token.kind != "word":
            return False
        first = self.pack.morphology.readings(token.text)[0]
        return first.verb in ("fin", "short") and first.pos in ("verb", "adj")

    def light_before(self, at: int, first: int) -> int:
        """How many tokens before `at`, from `first` on, are a conjunction or adverb of the attribution: "в свою очередь"."""
        light = frame_words(self.pack, "conjunctions") | frame_words(self.pack, "adverbs")
        for size in range(min(_LIGHT, at - first), 0, -1):
            if " ".join(t.key for t in self.layout.tokens[at - size : at]) in light:
                return size
        return 0

    def is_light(self, first: int, last: int) -> bool:
        """Whether nothing but marks and such words stands in the tokens `first`..`last`."""
        while last > first:
            if self.layout.tokens[last - 1].kind == "mark":
                last -= 1
            elif size := self.light_before(last, first):
                last -= size
            else:
                return False
        return True
