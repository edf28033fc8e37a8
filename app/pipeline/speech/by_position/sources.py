"""The words that attribute: "said the minister", "according to Asanov", ", adding that", "was quoted as saying"."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.record import replace
from app.languages.pack import Pack, Reading
from app.pipeline.people.actor import Actor
from app.pipeline.speech.by_position.owners import Owners, behind_preposition
from app.pipeline.speech.by_position.phrasing import COMMAS
from app.pipeline.speech.by_position.subjects import QUOTES, Subjects
from app.pipeline.speech.by_position.tables import Verbs, phrase_lexicon, verb_lexicon, verbs_of, words
from app.pipeline.speech.frames import Source
from app.pipeline.words.lexicon import Hit, lemmas
from app.pipeline.words.segment import Layout, Sentence

_GROUP = 8  # tokens of a verb with its auxiliaries and adverbs
_OPENING = 60  # tokens of a clause before the sentence it opens
_DOCUMENT = 10  # tokens between a letter and "saying"
_QUOTED = 14  # tokens between "quoted" and "as saying"


@dataclass(frozen=True, slots=True)
class Found:
    """A source; `shared` if its subject is that of the verb before it ("and added"), `inverted` if it stands behind.

    `until` is the token where what it reports ends at the latest.
    """

    source: Source
    shared: bool = False
    inverted: bool = False
    until: int | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    """A verb with its auxiliaries and adverbs: where it begins, and what they make of it."""

    start: int
    negated: bool
    passive: bool
    infinitive: bool


class SourceReader:
    """Reads the sources of one layout sentence by sentence."""

    def __init__(self, layout: Layout, subjects: Subjects, pack: Pack) -> None:
        self.layout, self.subjects, self.pack = layout, subjects, pack
        self.verbs: Verbs = verbs_of(pack)
        self._owners = Owners(subjects)
        self._negation = words(pack, "frames", "negation")
        self._clitics = tuple(word for word in self._negation if "'" in word)
        self._and = words(pack, "frames", "conjunctions")

    def sentence(self, sentence: Sentence) -> list[Found]:
        """Every source of a sentence that stands outside quotation marks, left to right."""
        found: list[Found] = []
        at = sentence.first
        while at < sentence.last:
            if at in self.subjects.quoted or self.layout.tokens[at].kind != "word":
                at += 1
                continue
            hit = phrase_lexicon(self.pack).at(self.layout.tokens, at, sentence.last)
            if hit is not None and hit.value == "none":
                at = hit.last
                continue
            phrase = self._phrase(hit, sentence) if hit else self._owner(at, sentence)
            source = phrase or self._verb(at, sentence, found) or self._predicate(at, sentence)
            if source is not None:
                found.append(replace(source, source=self._with_kinds(source.source)))
            at = max(at + 1, source.source.last if source is not None else 0)
        return found

    def _with_kinds(self, source: Source) -> Source:
        """Any phrase may speak: in small letters as a source without a name, in capitals as a body."""
        named = (replace(a, kind=self._kind(a)) if a.kind == "phrase" else a for a in source.subjects)
        return replace(source, subjects=tuple(named))

    def _kind(self, actor: Actor) -> str:
        head = self.layout.tokens[actor.last - 1]
        first = self.pack.morphology.readings(head.text)[0]
        return "organization" if head.capital and (not first.known or first.name) else "unnamed"

    # ------------------------------------------------------------ phrases

    def _phrase(self, hit: Hit[str], sentence: Sentence) -> Found | None:
        """ "According to X", "in the words of X"."""
        tokens, at = self.layout.tokens, hit.last
        if at >= sentence.last or tokens[at].key in words(self.pack, "sources", "not_sources"):
            return None
        owned = self._owners.at(at, sentence.last)
        if owned is not None:
            return Found(Source(hit.first, at, "phrase", tokens[hit.first].key, owned[:1], hit.first, owned[1], side="right"))
        actor = behind_preposition(self.subjects, at) or self.subjects.actors.starting.get(at)
        if actor is None or (at - hit.first == 1 and actor.kind == "phrase"):
            return None
        actor, last = self.subjects.whole(actor, sentence.last)
        lemma = " ".join(t.key for t in tokens[hit.first : at])
        media = actor.kind == "outlet"
        return Found(Source(hit.first, at, "phrase", lemma, (actor,), hit.first, last, side="right", media=media))

    def _owner(self, at: int, sentence: Sentence) -> Found | None:
        """ "In Sagatov's view, …", "in his words": only where it stands between commas or at an end."""
        tokens = self.layout.tokens
        owned = self._owners.at(at + 1, sentence.last) if tokens[at].key in words(self.pack, "sources", "owned_behind") else None
        if owned is None or (owned[1] < sentence.last and tokens[owned[1]].kind != "mark"):
            return None
        actor, last = owned
        return Found(Source(at, at + 1, "phrase", tokens[at].key, (actor,), at, last, side="right"))

    # ------------------------------------------------------------ verbs

    def _verb(self, at: int, sentence: Sentence, before: list[Found]) -> Found | None:
        hit = verb_lexicon(self.pack).at(self.layout.tokens, at, sentence.last)
        if hit is None or self.subjects.in_phrase(at):
            return None
        reading = self._speaking(hit)
        if reading is None or self._particle(hit, sentence.last):
            return None
        marks = (hit.value in self.verbs.no_parenthesis, hit.value in self.verbs.quote_only)
        kind = "conv" if reading.verb == "conv" else "verb"
        bare = Source(at, hit.last, kind, hit.value, (), at, hit.last, *marks)
        if kind == "conv":
            return self._gerund(bare, sentence, before)
        group = self._group(at, sentence.first)
        if hit.value in self.verbs.quoting and (quoted := self._quoting(bare, group, sentence)) is not None:
            return quoted
        if group.negated or group.passive or (reading.verb == "part" and group.start == at):
            return None
        start = group.start
        if group.infinitive:
            if not self._raised(start, sentence.first):
                return None
            start = self._group(start - 1, sentence.first).start
        if self.subjects.inverts(bare, start, hit.value in self.verbs.hearers, sentence):
            subjects, high = self.subjects.right(bare, sentence)
            media = subjects[0].kind == "outlet"
            return Found(replace(bare, subjects=subjects, high=high, side="right", media=media), inverted=True)
        return self._with_left(bare, start, sentence)

    def _speaking(self, hit: Hit[str]) -> Reading | None:
        readings = self.pack.morphology.readings(self.layout.tokens[hit.first].text)
        first = hit.value.split()[0]
        return next((r for r in readings if r.pos == "verb" and r.verb is not None and r.lemma == first), None)

    def _particle(self, hit: Hit[str], end: int) -> bool:
        """ "Find out", "hold talks": another verb."""
        following = self.layout.tokens[hit.last].key if hit.last < end else ""
        return following in self.verbs.not_before and hit.value in self.verbs.with_particles

    def _group(self, at: int, low: int) -> _Group:
        tokens, start, negated, infinitive = self.layout.tokens, at, False, False
        auxiliaries: list[str] = []
        while start > low and at - start < _GROUP and not infinitive:
            token = tokens[start - 1]
            if token.kind != "word" or start - 1 in self.subjects.quoted:
                break
            readings = self.pack.morphology.readings(token.text)
            helping = [r.lemma for r in readings if r.pos == "verb" and r.lemma in self.verbs.auxiliaries]
            infinitive = token.key in self.verbs.infinitive and not auxiliaries
            negates = token.key in self._negation or token.key.endswith(self._clitics)  # "didn't", and no "governor"
            adverb = token.key in self.subjects.adverbs or (readings[0].pos == "adv" and len(readings) == 1)
            if not (helping or infinitive or negates or adverb):
                break
            auxiliaries += helping[:1]
            negated = negated or negates
            start -= 1
        return _Group(start, negated, bool(auxiliaries) and auxiliaries[0] in self.verbs.passive, infinitive)

    def _raised(self, to: int, low: int) -> bool:
        """ "went on to say": the verb before "to" makes it a report."""
        last = to - 1
        if last > low and (self.layout.tokens[last].key in self.subjects.adverbs or self._particled(last)):
            last -= 1  # "went on to say", but not "forced Kane to say"
        near = (self.pack.morphology.readings(self.layout.tokens[n].text) for n in (last,) if n >= low)
        return any(r.lemma in self.verbs.raising and r.verb == "fin" for readings in near for r in readings)

    def _particled(self, at: int) -> bool:
        """ "went on"."""
        return self.layout.tokens[at].key in self.verbs.not_before

    def _with_left(self, bare: Source, start: int, sentence: Sentence) -> Found | None:
        tokens = self.layout.tokens
        if start > sentence.first and (tokens[start - 1].key in self._and or tokens[start - 1].text == ";"):
            return Found(replace(bare, low=start - 1), shared=True)
        subjects = self.subjects.left(start, sentence)
        if not subjects or tokens[subjects[0].first - 1].key in words(self.pack, "frames", "unsure"):
            return None
        media = subjects[0].kind == "outlet"
        return Found(replace(bare, subjects=subjects, low=subjects[0].first, side="left", media=media))

    # ------------------------------------------------------------ gerunds, quoting, predicates

    def _gerund(self, bare: Source, sentence: Sentence, before: list[Found]) -> Found | None:
        """ ", adding that": the subject of the verb before, or of the sentence."""
        tokens, at = self.layout.tokens, bare.first
        openers, start = words(self.pack, "frames", "gerund_openers"), at
        while start > sentence.first and (tokens[start - 1].key in self.subjects.adverbs or tokens[start - 1].key in openers):
            start -= 1
        if at > sentence.first and tokens[at - 1].key in self._negation:
            return None
        if start == sentence.first:
            return self._opening(bare, sentence)
        if own := self._own_subject(start, sentence):
            return Found(replace(bare, subjects=(own,), low=own.first - 1, side="left"))
        announced = at + 1 < sentence.last and tokens[at + 1].text == ":"  # "attacked Kane saying: “…”"
        apart = announced or tokens[start - 1].text in COMMAS or tokens[start - 1].text in QUOTES or start != at
        if not apart and (tokens[at].key not in self.verbs.as_saying or not self._behind_document(at, sentence)):
            return None
        shared = [f.source for f in before if f.source.subjects and not f.source.media and f.source.kind != "phrase"]
        reports = [s for s in shared if not s.quote_only] or shared
        subjects = reports[-1].subjects if reports else self.subjects.main(sentence, at)
        return Found(replace(bare, subjects=subjects, low=start, side="left"), shared=True) if subjects else None

    def _behind_document(self, at: int, sentence: Sentence) -> bool:
        """ "sent a letter to lawmakers saying it would": what was written stands before the gerund."""
        documents = frozenset(self.pack["offices"].get("organizations", {}).get("documents", ()))
        near = self.layout.tokens[max(sentence.first, at - _DOCUMENT) : at]
        return any(t.kind == "word" and not lemmas(t.text, self.pack.morphology).isdisjoint(documents) for t in near)

    def _opening(self, bare: Source, sentence: Sentence) -> Found | None:
        """ "Noting that trade had doubled, Sagatov said": the person behind the comma."""
        tokens = self.layout.tokens
        heard = self.subjects.actors.starting.get(bare.last) if bare.lemma in self.verbs.hearers else None
        that = heard.last if heard is not None else bare.last  # "Telling reporters | that the offer stood, Sagatov left"
        if that >= sentence.last or tokens[that].key not in words(self.pack, "frames", "that"):
            return None
        people = ("person", "pronoun", "office")
        commas = (n for n in range(bare.last + 2, min(bare.last + _OPENING, sentence.last - 1)) if tokens[n].text == ",")
        for comma in commas:
            actor = self.subjects.actors.starting.get(comma + 1)
            if actor is None or actor.kind not in people or actor.last >= sentence.last:
                continue
            if self.subjects.verbal(actor.last) or tokens[actor.last].key in self.subjects.adverbs:
                return Found(replace(bare, subjects=(actor,), low=bare.first, side="left"), until=comma)
        return None

    def _own_subject(self, at: int, sentence: Sentence) -> Actor | None:
        """ "with several lawmakers saying", ", one of them adding": a gerund with a subject of its own."""
        actor = self.subjects.actors.ending.get(at)
        if actor is None or actor.first <= sentence.first or actor.kind == "country":
            return None
        before = self.layout.tokens[actor.first - 1]
        return actor if before.key in words(self.pack, "frames", "with") else None

    def _quoting(self, bare: Source, group: _Group, sentence: Sentence) -> Found | None:
        """ "X was quoted as saying", "the channel quoted Xi as saying"."""
        tokens, as_words = self.layout.tokens, words(self.pack, "frames", "as")
        for n in range(bare.last, min(bare.last + _QUOTED, sentence.last - 1)):
            if tokens[n].key not in as_words or tokens[n + 1].key not in self.verbs.as_saying:
                continue
            actor = self.subjects.actors.starting.get(bare.last)
            subjects = self.subjects.left(group.start, sentence) if group.passive else (actor,) if actor else ()
            if not subjects:
                return None
            quoter = self.subjects.ending(group.start, sentence)
            low = subjects[0].first if group.passive else quoter[0].first if quoter else group.start
            said = replace(bare, last=n + 2, high=n + 2, low=low, subjects=subjects, side="left")
            return Found(replace(said, that_only=False, quote_only=False))
        return self._quoted_behind(bare, group, sentence)

    def _quoted_behind(self, bare: Source, group: _Group, sentence: Sentence) -> Found | None:
        """ "“…,” the chamber quoted Kane": a quotation, and at once whoever quotes it and whom."""
        actor, quoter = self.subjects.actors.starting.get(bare.last), self.subjects.ending(group.start, sentence)
        if group.passive or not quoter or actor is None or actor.kind not in ("person", "office", "pronoun"):
            return None
        low = quoter[0].first
        behind = low > sentence.first + 1 and self.layout.tokens[low - 1].text in QUOTES
        return Found(replace(bare, high=actor.last, low=low, subjects=(actor,), side="right")) if behind else None

    def _predicate(self, at: int, sentence: Sentence) -> Found | None:
        """ "is convinced that": an adjective that has a clause as a verb of speech does."""
        tokens = self.layout.tokens
        if tokens[at].key not in self.verbs.predicates or at + 1 >= sentence.last:
            return None
        start = at
        while start > sentence.first and tokens[start - 1].key in self.subjects.adverbs:
            start -= 1
        that = tokens[at + 1].key in words(self.pack, "frames", "that")
        before = self.pack.morphology.readings(tokens[start - 1].text) if start > sentence.first else ()
        if not that or not any(r.lemma in self.verbs.copulas for r in before):
            return None
        group = self._group(start - 1, sentence.first)
        subjects = self.subjects.left(min(group.start, start - 1), sentence)
        if group.negated or not subjects or subjects[0].kind == "phrase":
            return None
        return Found(Source(start - 1, at + 1, "verb", tokens[at].key, subjects, subjects[0].first, at + 1, True, side="left"))
