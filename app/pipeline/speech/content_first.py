"""Reported speech of languages that put the content before the verb: "X … жеткенін айтты", "X … деп мәлімдеді"."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.facts import StatementKind
from app.domain.record import replace
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor, Actors
from app.pipeline.speech.clauses import DASHES, Clauses
from app.pipeline.speech.cue_tables import frame_words, passing_verbs, that_words
from app.pipeline.speech.cues import SourceFinder
from app.pipeline.speech.frames import Source
from app.pipeline.speech.indirect import IndirectFinder
from app.pipeline.speech.named_words import NamedWords
from app.pipeline.speech.nominal import asks, ends_clause, is_attribute, is_nominal_clause, owns_next
from app.pipeline.speech.utterances import Utterance
from app.pipeline.words.segment import Layout, Sentence

_NEAR = 9  # tokens between the end of the content and the verb
_CLOSING = '»”"'
_TIME = 8  # tokens of a clause of time behind its subject
_ACT = 14  # tokens of what the speaker did while speaking
_VENUE = 5  # words of where it was said
_FORM = 4  # tokens of a form of business and quotation marks behind a name: "» ҰК» АҚ"
_GIVEN = 20  # and of what was given or written
_SPEAKERS = frozenset(("person", "office", "organization", "pronoun", "unnamed", "outlet"))


@dataclass(frozen=True, slots=True)
class _Clause:
    """Content that ends before the token `end`, and what the verb has for a subject between the two."""

    end: int
    between: Actor | None
    quoted: bool  # marked by a complementizer, as a quotation may be


class ContentFirstFinder:
    """Reads sentence by sentence what is not direct speech already."""

    def __init__(self, reports: IndirectFinder, actors: Actors) -> None:
        self._reports, self._actors = reports, actors
        self._layout: Layout = reports.layout
        self._pack: Pack = reports.pack
        self._sources: SourceFinder = reports.sources
        self._clauses: Clauses = reports.clauses
        self._named = NamedWords(reports, actors)

    def find(self) -> list[Utterance]:
        found: list[Utterance] = []
        for number, sentence in enumerate(self._layout.sentences):
            if sentence.span.start >= self._reports.body:
                found.extend(self._sentence(sentence, number))
        return found

    def _sentence(self, sentence: Sentence, number: int) -> list[Utterance]:
        named = self._named.find(sentence)
        if named is not None:
            return [named]
        found: list[Utterance] = []
        low, last_subject = sentence.first, None
        at = sentence.first
        while at < sentence.last:
            verb = self._verb(at, sentence)
            if verb is None:
                at += 1
                continue
            utterance = (
                self._about_this(verb, sentence, number)
                or self._unmarked(verb, low, sentence, number, last_subject)
                or self._report(verb, low, sentence, last_subject)
            )
            if utterance is not None:
                found.append(utterance)
                low, last_subject = verb.last, utterance.source.subject if utterance.source else None
            elif verb.first in self._reports.used:
                low = verb.last
            at = verb.last
        return found

    def _verb(self, at: int, sentence: Sentence) -> Source | None:
        """A verb of speech that begins at a token, outside of direct speech."""
        if at in self._reports.covered or self._layout.tokens[at].kind != "word":
            return None
        return self._sources.at(at, at, sentence.last)

    # ------------------------------------------------------------ content and verb

    def _report(self, verb: Source, low: int, sentence: Sentence, shared: Actor | None) -> Utterance | None:
        if verb.first in self._reports.used or verb.media:
            return None
        clause = self._clause(verb, low)
        if clause is None or (not clause.quoted and verb.quote_only) or self._passes_on(verb):
            return None
        start = max(low, self._clauses.clause_start(clause.end, sentence))
        left = self._first_subject(start, clause.end)
        subject = clause.between or (verb.subject if verb.side == "right" else None) or left or shared
        if subject is not None and subject.kind == "outlet":
            return None
        if subject is None and self._unclear(start, clause.end):
            return None
        taken = left is not None and subject is left
        if asks(self._layout.tokens[start : clause.end], clause.quoted, self._pack):
            return None
        first = self._behind_venue(left.last, clause.end) if left is not None and taken else self._behind_light(start, clause.end)
        first = self._behind_light(self._behind_act(first, clause.end), clause.end)
        source = Source(
            verb.first, verb.last, verb.kind, verb.lemma, (subject,) if subject else (), verb.first, verb.last,
            side="left" if subject is not None and subject.first < verb.first else verb.side,
        )  # fmt: skip
        return self._reports.make(source, [(first, clause.end)], "content_first")

    def _unmarked(self, verb: Source, low: int, sentence: Sentence, number: int, shared: Actor | None) -> Utterance | None:
        """Words without marks of their own that end ", – деді министр", from the first sentence that is nobody else's."""
        if verb.first in self._reports.used or verb.media or verb.kind != "verb" or low != sentence.first:
            return None
        clause = self._clause(verb, low)
        if clause is None or not clause.quoted or not self._set_off(clause.end) or self._passes_on(verb):
            return None
        subject = clause.between or (verb.subject if verb.side == "right" else None) or shared
        if subject is not None and subject.kind == "outlet":
            return None
        if any(n in self._reports.covered for n in range(sentence.first, clause.end)):
            return None
        first = self._reports.about.told_from(number)
        subjects = (subject,) if subject else ()
        source = Source(verb.first, verb.last, verb.kind, verb.lemma, subjects, verb.first, verb.last, side="right")
        made = self._reports.make(source, [(first, clause.end)], "content_first")
        return replace(made, kind=StatementKind.DIRECT, rule="dash_paragraph") if made is not None else None

    def _set_off(self, end: int) -> bool:
        """Whether a comma and a dash close the words that end here, as they close direct speech."""
        tokens = self._layout.tokens
        return end + 1 < len(tokens) and tokens[end].text in ",!?…" and tokens[end + 1].text in DASHES

    def _clause(self, verb: Source, low: int) -> _Clause | None:
        """Where the content before a verb ends: at a complementizer, a nominalised verb, or at a bare "деді"."""
        tokens, between = self._layout.tokens, None
        n = verb.first - 1
        while n >= max(low, verb.first - _NEAR):
            token = tokens[n]
            if n in self._reports.covered:
                return None
            if token.key in that_words(self._pack) and is_attribute(tokens[n + 1], self._pack) and n + 1 < verb.first:
                return None  # "проблема деп атаған мәлімдемесін айыптады": how something was called
            if token.key in that_words(self._pack):
                return _Clause(self._before_marks(n, low), between, True)
            if (
                token.key in frame_words(self._pack, "topic")
                and n > low
                and is_nominal_clause(tokens[n - 1], self._pack, ("nom",))
            ):
                return _Clause(n, between, False)
            if is_nominal_clause(token, self._pack, ("acc", "dat")):
                return _Clause(n if token.key in frame_words(self._pack, "outside") else n + 1, between, False)
            if token.text in _CLOSING and n > low and is_nominal_clause(tokens[n - 1], self._pack, ("acc", "dat")):
                return _Clause(n + 1, between, False)  # "… «қалып қойғанын» мойындады"
            actor = self._actors.by_last.get(n + 1)
            if actor is not None and self._speaks(actor) and between is None and actor.first > low:
                between, n = actor, actor.first - 1
                continue
            if token.kind == "mark" or ends_clause(token, self._pack):
                break
            n -= 1
        return self._bare(verb, low, between)

    def _bare(self, verb: Source, low: int, between: Actor | None) -> _Clause | None:
        """ "… аяқталады деді министр": the verb that is its own complementizer, behind a finished clause."""
        if verb.lemma not in frame_words(self._pack, "bare") or verb.kind != "verb" or verb.first - 1 <= low:
            return None
        end = self._before_marks(verb.first, low)
        last = self._layout.tokens[end - 1]
        closed = self._set_off(end) or ends_clause(last, self._pack) or last.key in frame_words(self._pack, "predicates")
        return _Clause(end, between, True) if closed else None

    def _before_marks(self, at: int, low: int) -> int:
        while at > low and self._layout.tokens[at - 1].text in ",–—-":
            at -= 1
        return at

    def _passes_on(self, verb: Source) -> bool:
        """ "деп хабарлайды Ақорда": in the present tense these verbs only credit."""
        if verb.lemma not in passing_verbs(self._pack):
            return False
        readings = self._pack.morphology.readings(self._layout.tokens[verb.last - 1].text)
        return next((r.tense for r in readings if r.verb == "fin"), None) == "pres" and (
            verb.subject is None or verb.subject.kind in ("organization", "outlet", "country")
        )

    # ------------------------------------------------------------ subject

    def _first_subject(self, low: int, high: int) -> Actor | None:
        """The first mention in the nominative that is not what owns the next noun."""
        for actor in self._actors.inside(low, high):
            if self._speaks(actor) and actor.last < high and not self._owned_by(actor, high):
                return None if self._in_time(actor.last, high) else actor
        return None

    def _owned_by(self, actor: Actor, high: int) -> bool:
        """Whether what follows is whose the actor is: "Үкімет отырысында", "«Астық» ҰК» АҚ төрағасы"."""
        if owns_next(actor, self._layout, self._pack):
            return True
        at, tokens = actor.last, self._layout.tokens
        while at < min(high, actor.last + _FORM) and (tokens[at].text in _CLOSING or tokens[at].upper):
            at += 1
        head = self._actors.by_first.get(at) if at > actor.last and actor.kind == "organization" else None
        return head is not None and head.kind in ("office", "person")

    def _unclear(self, low: int, high: int) -> bool:
        """ "Сарапшылар құны артқанын айтады": somebody may speak, or own what is spoken of; it is not whoever spoke before."""
        first = next(iter(self._actors.inside(low, high)), None)
        if first is None or first.last >= high or not self._speaks(first) or first.kind not in ("person", "office", "unnamed"):
            return False
        return any(f.number == "plur" for f in first.forms) or self._in_time(first.last, high)

    def _in_time(self, at: int, high: int) -> bool:
        """ "Президент келген соң жол ашылады": a subject of the clause that tells when."""
        tokens, ends = self._layout.tokens, frame_words(self._pack, "subordinate")
        for n in range(at + 1, min(high, at + _TIME)):
            if tokens[n].kind == "mark" or ends_clause(tokens[n - 1], self._pack):
                return False
            if tokens[n].key in ends:
                return any(r.verb == "part" for r in self._pack.morphology.readings(tokens[n - 1].text)[:2])
        return False

    def _behind_act(self, first: int, end: int) -> int:
        """Behind "сауалға жауап бере отырып,": what the speaker did while speaking is no part of the words."""
        tokens, acting = self._layout.tokens, frame_words(self._pack, "acting")
        at = next((n for n in range(first, min(first + _ACT, end - 1)) if tokens[n].text == ","), None)
        return at + 1 if at is not None and at > first and tokens[at - 1].key in acting else first

    def _speaks(self, actor: Actor) -> bool:
        if actor.kind not in _SPEAKERS or actor.governed or actor.first in self._reports.covered:
            return False
        return not actor.forms or any(f.case == "nom" for f in actor.forms)

    def _behind_light(self, first: int, end: int) -> int:
        """Behind the conjunctions and adverbs that open a sentence: "Сондай-ақ", "Сонымен қатар,"."""
        tokens = self._layout.tokens
        light = frame_words(self._pack, "conjunctions") | frame_words(self._pack, "adverbs")
        while first < end:
            size = next(
                (s for s in (3, 2, 1) if first + s < end and " ".join(t.key for t in tokens[first : first + s]) in light), 0
            )
            if not size:
                return first
            first += size
            if tokens[first].text == ",":
                first += 1
        return first

    def _behind_venue(self, first: int, end: int) -> int:
        """Behind "брифингте", "баспасөз мәслихатында": where it was said is no part of the words."""
        venues, far = frame_words(self._pack, "venues"), self._behind_given(first, end)
        if far is not None:
            return far
        if first + 1 < end and self._layout.tokens[first].key in frame_words(self._pack, "topical"):
            first += 1  # "Ал министр болса, …"
        for n in range(first, min(first + _VENUE, end - 1)):
            token = self._layout.tokens[n]
            if token.kind == "number":
                continue
            if token.kind != "word":
                break
            reading = self._pack.morphology.readings(token.text)[0]
            if reading.case == "loc" and reading.lemma in venues:
                return n + 1
        return first

    def _behind_given(self, first: int, end: int) -> int | None:
        """Behind "ТАСС агенттігіне берген сұхбатында": what the speaker gave or wrote, however long the words before it."""
        tokens, readings = self._layout.tokens, self._pack.morphology.readings
        venues, given = frame_words(self._pack, "venues"), frame_words(self._pack, "given")
        for n in range(first, min(first + _GIVEN, end - 1)):
            if tokens[n].kind != "word" or tokens[n + 1].kind != "word":
                continue
            act, venue = readings(tokens[n].text)[0], readings(tokens[n + 1].text)[0]
            if act.verb == "part" and act.lemma in given and venue.case == "loc" and venue.lemma in venues:
                return n + 2
        return None

    def _about_this(self, verb: Source, sentence: Sentence, number: int) -> Utterance | None:
        """ "Бұл туралы министр мәлімдеді.": the sentence before is what was said."""
        subject = self._first_subject(sentence.first, verb.first + 1) or (verb.subject if verb.side == "right" else None)
        if subject is None or self._passes_on(verb) or verb.media:
            return None
        source = Source(verb.first, verb.last, verb.kind, verb.lemma, (subject,), verb.first, verb.last, side="left")
        return self._reports.about_this(source, sentence, number)
