"""Where the content of a verb of speech begins: behind "that", behind a colon, or in a clause of its own."""

from __future__ import annotations

from dataclasses import dataclass

from app.languages.pack import Pack
from app.pipeline.people.actor_tables import office_lexicon
from app.pipeline.speech.by_position.phrasing import COMMAS, DASHES
from app.pipeline.speech.by_position.subjects import Subjects
from app.pipeline.speech.by_position.tables import verbs_of, words
from app.pipeline.speech.frames import Source
from app.pipeline.words.lexicon import lemmas
from app.pipeline.words.segment import Layout, Sentence

_THAT = 30  # tokens between a verb of speech and its "that"
_ASIDE = 24  # tokens of an aside between commas before it
_ADVERBIALS = 5  # "on Tuesday", "in a statement", "to reporters" behind one verb
_VERB = 12  # tokens between a subject and its verb inside the content


@dataclass(frozen=True, slots=True)
class Opening:
    """The first token of the content, and the rule that found it."""

    at: int
    rule: str


class Openings:
    """Reads the openings of one layout."""

    def __init__(self, layout: Layout, subjects: Subjects, pack: Pack) -> None:
        self.layout, self.subjects, self.pack = layout, subjects, pack
        self.verbs = verbs_of(pack)
        self._that = words(pack, "frames", "that")

    def of(self, source: Source, sentence: Sentence) -> Opening | None:
        """The content behind a verb; None where it has none."""
        tokens, last = self.layout.tokens, sentence.last
        allowed = source.lemma not in self.verbs.quote_only or source.lemma in self.verbs.also_that
        that = self._find_that(source, sentence)
        if that is not None:
            return Opening(that, "that_clause") if allowed else None
        at = self.behind_adverbials(self.behind_hearer(source, sentence), sentence)
        if at + 2 < last and tokens[at].text == ":" and tokens[at + 1].text not in '"“‘':
            return Opening(at + 1, "colon_clause")
        if source.lemma in self.verbs.predicates or not allowed:
            return None
        if self._gapped(source, at):
            return Opening(at, "bare_clause")
        strict = source.lemma in self.verbs.needs_that or source.lemma in self.verbs.also_that
        if strict and not self._plain_clause(at, sentence):
            return None
        if source.lemma in self.verbs.quoting and source.last - source.first == 1:
            return None
        relative = at > source.last and tokens[min(at, last - 1)].key in self._that  # "said during a call that lasted an hour"
        return Opening(at, "bare_clause") if not relative and self._clause(at, sentence) else None

    def _find_that(self, source: Source, sentence: Sentence) -> int | None:
        tokens = self.layout.tokens
        for n in range(source.last, min(sentence.last - 1, source.last + _THAT)):
            token = tokens[n]
            if token.key in self._that and n == source.last and self.subjects.verbal(n + 1):
                return None  # "say that is impossible"
            if token.key in self._that and n > source.last and (self._is_day(n + 1) or self._acts(n + 1)):
                continue  # "that night", "said during a call that lasted"
            if token.key in self._that and n > source.last and self._owned(n - 1):
                return None  # "wrote over their concerns that": the clause is the noun's
            if token.key in self._that:
                return n + 1 if tokens[n + 1].text not in '.!?…,"”' or self._quotes(n + 1) else None
            if token.text in ';:"“‘' or n in self.subjects.quoted or self.subjects.verbal(n):
                return None
            if token.text == "," and not self._aside(n, sentence):
                return None
        return None

    def _owned(self, at: int) -> bool:
        token = self.layout.tokens[at]
        nouns = words(self.pack, "frames", "clausal_nouns")
        return token.kind == "word" and not nouns.isdisjoint(lemmas(token.text, self.pack.morphology))

    def _quotes(self, at: int) -> bool:
        """Whether a straight mark opens a quotation."""
        return self.layout.tokens[at].text == '"' and at + 1 in self.subjects.quoted

    def _acts(self, at: int) -> bool:
        """Whether a word is first of all a finite verb: behind "that" it tells of the noun before."""
        readings = self.pack.morphology.readings(self.layout.tokens[at].text) if self.layout.tokens[at].kind == "word" else ()
        return bool(readings) and readings[0].pos == "verb" and any(r.verb == "fin" for r in readings)

    def _is_day(self, at: int) -> bool:
        """A noun for a time; an article or a preposition may open a clause."""
        word, grammar = self.layout.tokens[at].key, self.subjects.grammar
        return word in grammar.times and word not in grammar.articles and word not in grammar.ties

    def _aside(self, comma: int, sentence: Sentence) -> bool:
        """A comma of an aside before "that": "said, however, that", "told X, the envoy, that"."""
        tokens = self.layout.tokens
        behind = range(comma + 1, min(comma + _ASIDE, sentence.last))
        return any(tokens[n].key in self._that and tokens[n - 1].text in COMMAS for n in behind)

    def behind_hearer(self, source: Source, sentence: Sentence) -> int:
        """Behind the one spoken to: "told | a business forum in Tashkent"."""
        at, tokens = source.last, self.layout.tokens
        if source.lemma not in self.verbs.hearers or at >= sentence.last or tokens[at].key in self._that:
            return at
        actor = self.subjects.actors.starting.get(at)
        if actor is None:
            pronoun = tokens[at].kind == "word" and self.pack.morphology.readings(tokens[at].text)[0].pos == "pron"
            return at + 1 if pronoun else at
        last = max([actor.last, *self.subjects.tied(actor, sentence.last)])
        if source.lemma in self.verbs.always_hearers and (people := self._people(at, actor.last)) is not None:
            return people
        if last < sentence.last and self.subjects.verbal(last) and source.lemma not in self.verbs.always_hearers:
            return at  # "warned prices would rise": nobody is spoken to
        if last + 2 < sentence.last and tokens[last].text == ",":
            apposed = self.subjects.actors.starting.get(last + 1)
            last = apposed.last if apposed is not None and apposed.name is not None else last
        return last

    def _people(self, first: int, last: int) -> int | None:
        """Behind the people of "told Kazakh journalists | construction would begin", where a noun follows them at once."""
        tokens, offices = self.layout.tokens, office_lexicon(self.pack)
        for n in range(first, last - 1):
            readings = self.pack.morphology.readings(tokens[n].text) if tokens[n].kind == "word" else ()
            several = bool(readings) and readings[0].number == "plur" and not tokens[n + 1].capital
            if several and tokens[n + 1].kind == "word" and offices.at(tokens, n, n + 1) is not None:
                return n + 1
        return None

    def behind_adverbials(self, at: int, sentence: Sentence) -> int:
        """Behind "on Tuesday", "in a statement", "to reporters", "later": where the clause begins."""
        for _ in range(_ADVERBIALS):
            if at >= sentence.last:
                break
            token, actor = self.layout.tokens[at], self.subjects.actors.starting.get(at)
            if token.key in self.subjects.adverbs:
                at += 1
            elif actor is not None and self.subjects.is_time(actor):
                if actor.last < sentence.last and self.subjects.verbal(actor.last):
                    break  # "said May was clear", "said Tuesday was a holiday"
                at = actor.last
            elif end := self._occasion(at, sentence):
                at = end
            else:
                break
        return at

    def _occasion(self, at: int, sentence: Sentence) -> int | None:
        """The token behind a phrase of occasion or hearer: "at a briefing in Astana", "to reporters"."""
        token = self.layout.tokens[at]
        if token.kind != "word" or self.pack.morphology.readings(token.text)[0].pos != "adp":
            return None
        actor = self.subjects.actors.starting.get(at + 1)
        if actor is None:
            return None
        occasion = self.subjects.phrases.is_occasion_of(actor.first, actor.last) or self.subjects.is_time(actor)
        if not occasion and token.key not in self.verbs.infinitive:
            return None
        return max([actor.last, *(e for e in self.subjects.tied(actor, sentence.last) if e < sentence.last)])

    def _gapped(self, source: Source, at: int) -> bool:
        """ "a plan that critics say would cost jobs": the relative pronoun is the subject of what is said."""
        tokens, low = self.layout.tokens, source.low
        if source.side != "left" or low < 2 or at >= len(tokens) or tokens[low - 1].key not in self.subjects.grammar.relative:
            return False
        return self.subjects.verbal(at) and not self.subjects.verbal(low - 2)

    def _clause(self, at: int, sentence: Sentence) -> bool:
        """Whether a clause with a verb of its own begins here."""
        tokens, last = self.layout.tokens, sentence.last
        if at + 2 >= last or (tokens[at].kind == "mark" and tokens[at].text not in '"“$€£‘'):
            return False
        if tokens[at].key in words(self.pack, "frames", "no_clause"):
            return False
        readings = self.pack.morphology.readings(tokens[at].text) if tokens[at].kind == "word" else ()
        actor = self.subjects.actors.starting.get(at)
        if actor is None or (readings and readings[0].pos in ("adp", "sconj")):
            opens = not readings or readings[0].pos in ("det", "pron", "num", "sconj", "adp", "adv")
            opens = opens or readings[0].verb == "conv"  # "acknowledge keeping it won't be easy"
            return (opens and self.subjects.has_verb(at + 1, last)) or self.subjects.verbal(at + 1)
        for end in sorted({actor.last, *self.subjects.tied(actor, last)}):
            while end < last and tokens[end].key in self.subjects.adverbs:
                end += 1
            if end < last and self.subjects.quoted_verb(end, last):
                return True  # "said the measure “spends …”"
            if end < last and self._predicated(at, end):
                return True
            if end < last and self._goes_on(end, last):
                return self.subjects.has_verb(end, last)
        joined = actor.last < last and tokens[actor.last].key in words(self.pack, "frames", "conjunctions")
        return not joined and self.subjects.has_verb(actor.last, min(actor.last + _VERB, last))

    def _predicated(self, at: int, end: int) -> bool:
        """ "said they credit the mayor": behind such a pronoun stands its verb, even one that is rather a noun."""
        token = self.layout.tokens[end]
        alone = end == at + 1 and self.layout.tokens[at].key in self.subjects.grammar.nominative
        return alone and token.kind == "word" and self.pack.morphology.readings(token.text)[0].pos in ("noun", "verb", "x")

    def _plain_clause(self, at: int, sentence: Sentence) -> bool:
        """ "stressed Nazarbayev attaches", "finds 53% of voters think": a phrase and at once its verb."""
        actor = self.subjects.actors.starting.get(at)
        if actor is None:
            return at + 1 < sentence.last and self.subjects.verbal(at + 1)  # "vowed there would be"
        ends = (actor.last, *self.subjects.tied(actor, sentence.last))
        return any(end < sentence.last and self.subjects.verbal(end) for end in ends)

    def _goes_on(self, at: int, last: int) -> bool:
        """Whether a subject may end here: before its verb, a relative clause, a comma, another subject."""
        token = self.layout.tokens[at]
        joined = token.key in words(self.pack, "frames", "and") and at + 1 in self.subjects.actors.starting
        if token.text in DASHES:  # an aside between dashes, behind which the verb stands
            end = next((n for n in range(at + 1, min(at + _ASIDE, last)) if self.layout.tokens[n].text in DASHES), last)
            return self.subjects.has_verb(end, last)
        return self.subjects.verbal(at) or joined or token.key in self.subjects.grammar.relative or token.text == ","
