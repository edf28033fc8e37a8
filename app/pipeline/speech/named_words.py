"""Sources named by what they gave: "X-тің айтуынша, …", "оның сөзінше, …", "X-тің мәліметіне сүйенсек, …"."""

from __future__ import annotations

from functools import lru_cache

from app.domain.text import Span
from app.languages.pack import Pack, Reading
from app.pipeline.people.actor import Actor, Actors
from app.pipeline.people.phrases import Form
from app.pipeline.speech.cue_tables import likened_verbs, possessives, source_words, that_words, verb_classes, word_table
from app.pipeline.speech.frames import Source
from app.pipeline.speech.indirect import IndirectFinder
from app.pipeline.speech.utterances import Utterance
from app.pipeline.words.segment import Sentence

_LONGEST = 30  # tokens from the beginning of a sentence to such words
_TITLES = 2  # words of respect between a name and the words
_LEAST_BEFORE = 4  # words before the source that are content of their own
_FORMULA = 8  # tokens of "деп хабарлайды агенттік" at the end


class NamedWords:
    """Reads such sources in one layout; the content stands behind them, or around them."""

    def __init__(self, reports: IndirectFinder, actors: Actors) -> None:
        self._reports, self._actors = reports, actors
        self._tokens, self._pack = reports.layout.tokens, reports.pack
        self._titles = frozenset(self._pack["names"].get("honorifics", ()))

    def find(self, sentence: Sentence) -> Utterance | None:
        for at in range(sentence.first + 1, min(sentence.last, sentence.first + _LONGEST)):
            last = self._words(at, sentence.last) if at not in self._reports.covered else None
            owner = self._owner(at, sentence.first) if last is not None else None
            told = owner if last is not None else self._told(at, sentence.first)
            if told is None:
                continue
            end = last if last is not None else at + 1
            lemma = " ".join(t.key for t in self._tokens[at:end])
            kind = "verb" if last is None and told.may_be("nom") else "phrase"
            source = Source(at, end, kind, lemma, (told,), told.first, end, side="left", media=told.kind == "outlet")
            return None if source.media else self._utterance(source, sentence)
        return self._bare(sentence)

    def _bare(self, sentence: Sentence) -> Utterance | None:
        """ "Сөзінше, …": as with a pronoun before it."""
        at = self._reports.clauses.clause_start(sentence.first, sentence)
        last = self._words(at, sentence.last) if at not in self._reports.covered else None
        if last is None or last >= sentence.last or self._tokens[last].text != ",":
            return None
        lemma = " ".join(t.key for t in self._tokens[at:last])
        span = Span(self._tokens[at].start, self._tokens[last - 1].end)
        owner = Actor(span, at, last, "pronoun", frozenset({Form("gen", "sing", None)}), pronoun="anyone")
        return self._utterance(Source(at, last, "phrase", lemma, (owner,), at, last), sentence)

    def _told(self, at: int, low: int) -> Actor | None:
        """Who speaks in "X айтқандай, …", "X-тің атап өткендей, …" and in "министрліктен хабарлағандай, …"."""
        token = self._tokens[at]
        if token.kind != "word" or at in self._reports.covered:
            return None
        likened = _is_likened(token.text, self._pack) or (at > low and self._both_likened(at))
        actor = next((a for end in (at, at - 1) if (a := self._actors.by_last.get(end))), None) if likened else None
        able = actor is not None and actor.first >= low and any(actor.may_be(case) for case in ("nom", "abl", "gen"))
        return actor if able else None

    def _both_likened(self, at: int) -> bool:
        """ "мәлім еткендей": a verb that says something with the word before it only."""
        before, readings = self._tokens[at - 1].key, self._pack.morphology.readings(self._tokens[at].text)
        told = (r for r in readings if r.verb == "part" and r.case == "sim")
        return any(f"{before} {r.lemma}" in verb_classes(self._pack) for r in told)

    def _utterance(self, source: Source, sentence: Sentence) -> Utterance | None:
        start = source.last
        while start < sentence.last and self._tokens[start].text in ",–—":
            start += 1
        parts = [(start, self._end(start, sentence.last))]
        if any(n in self._reports.covered for n in range(*parts[0])):
            return None  # "Агенттіктің хабарлауынша, министр: «…», – деді": the words are somebody's already
        before = self._reports.clauses.clause_start(source.low, sentence)
        words = sum(t.kind == "word" for t in self._tokens[before : source.low])
        if words >= _LEAST_BEFORE and not self._reports.clauses.is_light(before, source.low):
            parts.insert(0, (before, source.low))
        return self._reports.make(source, parts, "source_phrase")

    def _words(self, at: int, end: int) -> int | None:
        """The end of the words that a source is named by, None where there are none."""
        token = self._tokens[at]
        for reading in _naming(token.text, self._pack) if token.kind == "word" else ():
            if reading.case == "equ":
                return at + 1
            behind = self._tokens[at + 1].key if at + 1 < end else ""
            if reading.case in ("dat", "nom") and behind in word_table(self._pack, "sources", str(reading.case)):
                return at + 2
        return None

    def _owner(self, at: int, low: int) -> Actor | None:
        """Whose words they are: the mention before them in the genitive or without an ending, or a pronoun."""
        end = at
        while end > low and at - end < _TITLES and not self._titles.isdisjoint(self._lemmas(end - 1)):
            end -= 1
        actor = self._actors.by_last.get(end)
        if actor is not None and actor.first >= low and actor.kind != "pronoun":
            return actor if any(f.case in ("gen", "nom", None) for f in actor.forms) or not actor.forms or end < at else None
        pronoun = self._tokens[at - 1]
        which = possessives(self._pack).get(pronoun.key)
        if which is None:
            return None
        form = Form("gen", "plur" if which == "they" else "sing", None)
        return Actor(Span(pronoun.start, pronoun.end), at - 1, at, "pronoun", frozenset({form}), pronoun=which)

    def _lemmas(self, at: int) -> set[str]:
        token = self._tokens[at]
        return {r.lemma for r in self._pack.morphology.readings(token.text)} if token.kind == "word" else set()

    def _end(self, first: int, last: int) -> int:
        """Before a formula that closes the sentence: "…, деп хабарлайды агенттік"."""
        for n in range(max(first + 1, last - _FORMULA), last):
            if self._tokens[n].key in that_words(self._pack) and self._tokens[n - 1].text == ",":
                return n - 1
        return last


@lru_cache(maxsize=50_000)
def _is_likened(word: str, pack: Pack) -> bool:
    """Whether a word is a verb of speech "as he says it"; every word of a text is asked, and few are."""
    readings = pack.morphology.readings(word)
    return any(r.verb == "part" and r.case == "sim" and r.lemma in likened_verbs(pack) for r in readings)


@lru_cache(maxsize=50_000)
def _naming(word: str, pack: Pack) -> tuple[Reading, ...]:
    """The readings of a word as somebody's words: "айтуынша", "сөзінше"."""
    told = (r for r in pack.morphology.readings(word)[:3] if r.possessive == "3")
    return tuple(r for r in told if r.lemma in source_words(pack) or (r.verb == "inf" and r.lemma in likened_verbs(pack)))
