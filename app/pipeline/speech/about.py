"""What "Об этом заявил посол" and "Так считает посол" point back to."""

from __future__ import annotations

from functools import cache

from app.domain.record import record
from app.languages.pack import Pack
from app.pipeline.speech.clauses import DASHES, Clauses
from app.pipeline.speech.cue_tables import frame_words, is_content_first
from app.pipeline.speech.cues import SourceFinder, sentence_sources
from app.pipeline.speech.frames import Source
from app.pipeline.words.lexicon import Hit, Lexicon
from app.pipeline.words.segment import Layout, Sentence

_BETWEEN = 8  # tokens between "об этом" and the verb
_BETWEEN_FINAL = 24  # and where the verb closes the clause
_FORMULA = 14  # tokens of "Как сообщает …," before it
_OWN_WORDS = frozenset(':«“„"')  # marks behind which somebody's words may stand
_MOST = 4  # sentences that it takes in
_PARAGRAPH = 20  # and where a dash closes the words, as direct speech is closed


@record(frozen=True, slots=True)
class AboutThis:
    """Looks back from such sentences in one layout; nothing before the offset `body`."""

    layout: Layout
    sources: SourceFinder
    clauses: Clauses
    pack: Pack
    body: int

    def said(self, source: Source, sentence: Sentence, number: int) -> tuple[int, int, bool] | None:
        """The tokens that were said, and whether they are direct speech: a whole paragraph that begins with a dash."""
        if not number or not source.subjects or source.media or source.kind == "conv" or not self._points_back(source, sentence):
            return None
        last = self.layout.sentences[number - 1]
        if last.span.start < self.body or self._is_covered(last) or not self._whole(last):
            return None
        if self._is_somebodys(last):
            return None
        paragraph = self.layout.paragraphs[last.paragraph]
        if last.paragraph != sentence.paragraph and self.layout.tokens[paragraph.first].text in DASHES:
            return paragraph.first + 1, paragraph.last, True
        return self._behind_dateline(self._start(number - 1)), last.last, False

    def _is_somebodys(self, said: Sentence) -> bool:
        """ "Министр заявил, что …. Об этом сообщили в пресс-службе": the words have their speaker already."""
        return any(
            source.subject is not None
            and source.subject.kind in ("person", "office")
            and (self.clauses.that(source, said) is not None or self._closes_words(source, said))
            for source in sentence_sources(self.sources, said, self.clauses.covered)
        )

    def _closes_words(self, source: Source, said: Sentence) -> bool:
        """ "Торговля выросла, сообщил министр.": the verb of speech stands behind the words and its subject ends the sentence."""
        behind = source.side == "right" and source.kind == "verb" and source.low > said.first
        return behind and self.layout.tokens[source.low - 1].text in "," + DASHES and said.last - source.high <= 1

    def told_from(self, number: int) -> int:
        """The first token of words that end in a sentence: its own, or that of those before it that are nobody else's."""
        return self._behind_dateline(self._start(number, spoken=True))

    def _behind_dateline(self, start: int) -> int:
        """Where the words begin of a sentence that begins at a token; of a part of one, that token."""
        opened = self.layout.sentence_at(self.layout.tokens[start].start)
        return self.clauses.behind_dateline(opened) if opened is not None and opened.first == start else start

    def begins(self, at: int, end: int) -> bool:
        """Whether the words at a token point back: "об этом"."""
        return at < end and self._about_at(at, end) is not None

    def _about_at(self, at: int, end: int) -> int | None:
        """The end of such words at a token."""
        hit = _about(self.pack).at(self.layout.tokens, at, end)
        if hit is not None:
            return hit.last
        exact = at + 1 < end and " ".join(t.key for t in self.layout.tokens[at : at + 2])
        return at + 2 if exact in frame_words(self.pack, "about_exactly") else None

    def _points_back(self, source: Source, sentence: Sentence) -> bool:
        tokens, start = self.layout.tokens, sentence.first
        if tokens[start].key in frame_words(self.pack, "as"):
            commas = (n for n in range(start, min(start + _FORMULA, source.first)) if tokens[n].text == ",")
            start = next(commas, start - 1) + 1
        while start < source.first and _conjunctions(self.pack).at(tokens, start, source.first) is not None:
            start += 1
        behind = self._about_at(start, source.first)
        final = is_content_first(self.pack)
        if behind is not None:
            if source.first - behind > _BETWEEN_FINAL:
                return False
            far = any(self.clauses.finite(t) for t in tokens[behind + _BETWEEN : source.first])
            return final or not far
        if not final and self._behind(source, sentence):
            return True
        if final and any(h.last == source.first for n in (1, 2) if (h := self._opinion(source.first - n, source.first))):
            return True
        return tokens[start].key in frame_words(self.pack, "so") and self._so(source, start, sentence)

    def _so(self, source: Source, at: int, sentence: Sentence) -> bool:
        """ "Так считает посол", "Так посол прокомментировал визит": with no words of its own behind the verb."""
        if at + 1 == source.first and source.lemma in frame_words(self.pack, "so_verbs"):
            return True
        reacts = source.lemma in frame_words(self.pack, "so_reactions") and at + 1 in (source.first, source.low)
        own = any(t.text in _OWN_WORDS for t in self.layout.tokens[source.last : sentence.last])
        return reacts and not own and self.clauses.that(source, sentence) is None

    def _opinion(self, at: int, end: int) -> Hit[str] | None:
        return _such(self.pack).at(self.layout.tokens, at, end) if at >= 0 else None

    def _behind(self, source: Source, sentence: Sentence) -> bool:
        """ "Посол рассказал об этом в интервью": right behind the verb, and "этом" is no attribute ("об этом проекте")."""
        tokens = self.layout.tokens
        hit = _about(self.pack).at(tokens, source.last, sentence.last) if source.side == "left" else None
        if hit is None or source.low != sentence.first:
            return False
        following = tokens[hit.last] if hit.last < sentence.last else None
        if following is None or following.kind != "word":
            return True
        return self.pack.morphology.readings(following.text)[0].pos not in ("noun", "adj", "propn", "verb")

    def _start(self, number: int, *, spoken: bool = False) -> int:
        """The first token of what was said: the sentence, and those before it in the paragraph that are nobody else's."""
        last = self.layout.sentences[number]
        first = self._content_start(last)
        if first != last.first:
            return first
        for before in range(number - 1, max(-1, number - (_PARAGRAPH if spoken else _MOST)), -1):
            sentence = self.layout.sentences[before]
            if sentence.paragraph != last.paragraph or sentence.span.start < self.body or not self._told(sentence, spoken=spoken):
                break
            first = sentence.first
        return first

    def _told(self, sentence: Sentence, *, spoken: bool = False) -> bool:
        """Whether a sentence says something, and names nobody who said it; what is `spoken` needs no verb."""
        if self._is_covered(sentence) or self.begins(sentence.first, sentence.last):
            return False
        tokens = self.layout.tokens[sentence.first : sentence.last]
        sources = sentence_sources(self.sources, sentence, self.clauses.covered)
        reports = any(s.subjects and not (spoken and s.kind == "conv") for s in sources)
        spoken = spoken or self.layout.tokens[sentence.first].key in frame_words(self.pack, "copulas")
        return not reports and (spoken or any(self.clauses.finite(t) for t in tokens if not t.upper) or self._closes(sentence))

    def _whole(self, sentence: Sentence) -> bool:
        """Where the verb closes the clause, a sentence without one is a dateline or a credit."""
        if not is_content_first(self.pack):
            return True
        return self._closes(sentence) or any(self.clauses.finite(t) for t in self.layout.tokens[sentence.first : sentence.last])

    def _closes(self, sentence: Sentence) -> bool:
        """Whether a form that closes clauses stands last, where the verb does: "… орналасқан."."""
        words = [t for t in self.layout.tokens[max(sentence.first, sentence.last - 3) : sentence.last] if t.kind == "word"]
        if not words or not is_content_first(self.pack):
            return False
        told = words[-1].key in frame_words(self.pack, "predicates")
        return told or any(r.verb == "fin" for r in self.pack.morphology.readings(words[-1].text))

    def _content_start(self, said: Sentence) -> int:
        """Behind "Соседи считают, что", where the sentence that was said is itself a report."""
        for source in sentence_sources(self.sources, said, self.clauses.covered):
            that = self.clauses.that(source, said) if source.side == "left" and source.low == said.first else None
            if that is not None:
                return that
        return said.first

    def _is_covered(self, sentence: Sentence) -> bool:
        """Whether a sentence is somebody's words already, or opens them: "Глава ведомства уточнил: «…»"."""
        return any(n in self.clauses.covered for n in range(sentence.first, sentence.last))


@cache
def _about(pack: Pack) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(pack.morphology)
    return lexicon.extend(pack["speech"].get("frames", {}).get("about_this", ()), "about")


@cache
def _such(pack: Pack) -> Lexicon[str]:
    """What stands right before a verb that closes its clause: "осындай пікір айтты"."""
    lexicon: Lexicon[str] = Lexicon(pack.morphology)
    return lexicon.extend(pack["speech"].get("frames", {}).get("such", ()), "such")


@cache
def _conjunctions(pack: Pack) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(pack.morphology)
    return lexicon.extend(pack["speech"].get("frames", {}).get("conjunctions", ()), "and")
