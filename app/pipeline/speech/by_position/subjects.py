"""Who a verb of speech is said of, by position: before it, over an apposition or a relative clause, or behind it."""

from __future__ import annotations

from app.domain.record import replace
from app.pipeline.people.actor import Actor
from app.pipeline.speech.by_position.appositions import before_dashes, behind_apposition
from app.pipeline.speech.by_position.phrasing import BACK, COMMAS, DASHES, PHRASE, Phrasing, bare
from app.pipeline.speech.by_position.tables import words
from app.pipeline.speech.frames import Source
from app.pipeline.words.segment import Sentence

QUOTES = frozenset('"“”«»„‘’')
_RELATIVE = 25  # tokens of a relative clause without commas
_PEOPLE = ("person", "office", "pronoun", "unnamed")


class Subjects(Phrasing):
    """Reads the subjects of verbs of speech."""

    # ------------------------------------------------------------ before the verb

    def left(self, at: int, sentence: Sentence) -> tuple[Actor, ...]:
        """The subject that ends before a token, over words of time, an apposition or a relative clause."""
        tokens = self.layout.tokens
        direct = self.ending(at, sentence)
        if direct:
            return direct
        if at > sentence.first and tokens[at - 1].key in self.grammar.relative:
            comma = at - 2 > sentence.first and tokens[at - 2].text == ","
            if comma and (person := self._nearest(at)) is not None:
                return (person,)
            return self.ending(at - (2 if comma else 1), sentence, free=tokens[at - 1].key in self.grammar.persons)
        if at - 1 > sentence.first and tokens[at - 1].text in COMMAS:
            return self._over_apposition(at - 1, sentence)
        if at - 2 > sentence.first and tokens[at - 1].text in QUOTES and tokens[at - 2].text in COMMAS:
            return self._over_apposition(at - 2, sentence)  # "Kane, speaking on “Face the Nation,” said"
        return self._over_relative(at, sentence)

    def _nearest(self, who: int) -> Actor | None:
        """ "a reference to Senator Kane, who said": the person right before the comma, and no reference."""
        outer, person = self.actors.ending.get(who - 2), self.person_ending.get(who - 2)
        human = self.layout.tokens[who - 1].key in self.grammar.human
        return person if human and outer is not None and outer.kind == "phrase" else None

    def ending(self, at: int, sentence: Sentence, free: bool = False) -> tuple[Actor, ...]:
        """The phrase that ends at a token, words of time between them passed over ("Erdogan on Tuesday").

        `free`: what governs it has nothing to do with the verb ("angered senators, who said").
        """
        for _ in range(3):
            actor = self.actors.ending.get(self.before_brackets(at, sentence))
            if actor is None or actor.first < sentence.first or actor.first in self.quoted:
                return ()
            if not self.is_time(actor) and not self._is_moment(actor):
                return self._coordinated(self.stretched(actor, at), sentence, free)
            at = actor.first
            while at > sentence.first and (self.layout.tokens[at - 1].key in self.adverbs or self._ties(at - 1)):
                at -= 1
        return ()

    def _is_moment(self, actor: Actor) -> bool:
        """ "A statement after the talks said": when it was said, not who said it."""
        behind = actor.first and self.layout.tokens[actor.first - 1].key in self.grammar.clausal
        return bool(behind) and self.phrases.is_occasion(bare(actor))

    def _ties(self, at: int) -> bool:
        token = self.layout.tokens[at]
        preposition = token.kind == "word" and self.pack.morphology.readings(token.text)[0].pos == "adp"
        return preposition or token.key in self.grammar.clausal

    def _coordinated(self, actor: Actor, sentence: Sentence, free: bool = False) -> tuple[Actor, ...]:
        """ "Putin and Tokayev said": both; a phrase behind a preposition is no subject."""
        tokens = self.layout.tokens
        if (
            actor.kind == "phrase"
            and tokens[actor.first].key in words(self.pack, "documents", "impersonal")
            and actor.last - actor.first == 1
        ):
            return ()
        if actor.governed and not free and actor.kind not in ("person", "pronoun"):
            return ()
        if actor.first - 1 > sentence.first and tokens[actor.first - 1].key in words(self.pack, "frames", "and"):
            other = self.actors.ending.get(self.before_brackets(actor.first - 1, sentence))
            named = ("person", "office")
            if other is not None and other.kind in named and actor.kind in named and not other.governed:
                return (other, actor)
        return (actor,)

    def _over_apposition(self, comma: int, sentence: Sentence) -> tuple[Actor, ...]:
        """ "Kudratov, the minister of investment, industry and trade, said": the phrase before the comma that opens it."""
        tokens = self.layout.tokens
        candidates: list[Actor] = []
        if tokens[comma].text in DASHES and (aside := before_dashes(self, comma, sentence)) is not None:
            return (aside,)
        for n in range(comma - 1, max(sentence.first, comma - BACK), -1):
            if n in self.quoted and comma not in self.quoted:
                break
            if tokens[n].text == "," and tokens[n + 1].key in words(self.pack, "frames", "and") and candidates:
                break  # "…, and another supporter, Paul Marsh, said": a clause of its own
            actor = self.actors.ending.get(self.before_brackets(n, sentence)) if tokens[n].text in COMMAS else None
            if actor is None or actor.first < sentence.first or (actor.governed and actor.kind not in ("person", "pronoun")):
                continue
            if self._parenthetic(n + 1, comma) and any(t.kind == "word" for t in tokens[actor.first : actor.last]):
                candidates.append(self.stretched(actor, n))
        renamed = self.person_ending.get(self.before_brackets(comma, sentence))
        if renamed is not None and candidates and candidates[0].kind != "person" and tokens[renamed.first - 1].text == ",":
            return (renamed,)  # "the adviser on trade and strategy, Mr. Kane, said"
        people = [a for a in candidates if a.kind in _PEOPLE]
        if people and not self.has_verb(people[-1].last + 1, comma):
            return (people[-1],)  # all between is one apposition with commas inside
        return tuple((people or candidates)[:1])

    def _parenthetic(self, first: int, last: int) -> bool:
        """Whether the words between two commas can be about somebody: an apposition, a relative clause, an aside."""
        if last <= first:
            return False
        head = self.layout.tokens[first]
        if head.key in self.grammar.relative or head.kind == "number":
            return True
        participle = head.kind == "word" and any(r.verb == "part" for r in self.pack.morphology.readings(head.text))
        relative = (n for n in range(first, last) if self.layout.tokens[n].key in self.grammar.relative)
        end = next(relative, last)
        behind = any(self.layout.tokens[n].key in self.grammar.behind for n in range(first, end))  # "a reporter based in Iowa"
        verbs = sum(self.verbal(n) for n in range(first + participle, end)) if behind else self.has_verb(first + participle, end)
        return not verbs or (behind and verbs == 1)

    def _over_relative(self, at: int, sentence: Sentence) -> tuple[Actor, ...]:
        """ "people who attended the meeting said": the phrase before "who", with a verb between."""
        tokens = self.layout.tokens
        for n in range(at - 1, max(sentence.first, at - _RELATIVE), -1):
            if tokens[n].kind == "mark" and tokens[n].text not in "-'’":
                return ()
            if tokens[n].key in self.grammar.persons and self.has_verb(n + 1, at):
                actor = self.actors.ending.get(n)
                if actor is None or actor.first < sentence.first:
                    return ()
                return (self.stretched(replace(actor, last=n), at),) if actor.kind != "person" else (actor,)
        return ()

    def main(self, sentence: Sentence, before: int) -> tuple[Actor, ...]:
        """The first phrase of the sentence that no preposition governs; behind "Asked by Kane, she did" it is "she"."""
        if (behind := self._behind_opening(sentence, before)) is not None:
            return (behind,)
        tokens = self.layout.tokens
        for n in range(sentence.first, min(before, sentence.first + BACK)):
            actor = self.actors.starting.get(n)
            if actor is not None and not actor.governed and actor.kind != "country" and n not in self.quoted:
                alone = actor.last - actor.first == 1 and tokens[n].key in self.grammar.articles  # "One played it down, adding"
                if alone:
                    return (self.whole(actor, before)[0],)
                return (actor,) if actor.kind in (*_PEOPLE, "organization") else ()
        return ()

    def _behind_opening(self, sentence: Sentence, before: int) -> Actor | None:
        """Where a participle opens the sentence: whoever stands between a comma and a verb."""
        tokens = self.layout.tokens
        if not any(r.verb == "part" for r in self.pack.morphology.readings(tokens[sentence.first].text)):
            return None
        for n in range(sentence.first + 1, min(before, sentence.first + BACK)):
            actor = self.actors.starting.get(n) if tokens[n - 1].text == "," else None
            if actor is not None and actor.kind in ("person", "office", "pronoun") and self.verbal(actor.last):
                return actor
        return None

    # ------------------------------------------------------------ behind the verb

    def inverts(self, verb: Source, start: int, hearers: bool, sentence: Sentence) -> bool:
        """Whether "…," said X: what was said stands before, a phrase without a verb of its own behind.

        `start` is where the verb's group begins; `hearers` says that the verb may have somebody spoken to behind it.
        """
        tokens = self.layout.tokens
        if not start or (tokens[start - 1].text not in COMMAS + "?!" and tokens[start - 1].text not in QUOTES):
            return False
        actor = self.actors.starting.get(verb.last)
        if actor is not None and tokens[verb.last].key in words(self.pack, "frames", "that"):
            return False  # ", retorted that the Senate …"
        if actor is None or verb.last >= sentence.last or self.is_time(actor) or actor.pronoun == "it":
            return False
        quoted = tokens[start - 1].text in QUOTES
        if not (quoted and actor.kind in ("person", "office", "pronoun")) and (left := self.left(start, sentence)):
            speaks = left[0].kind in _PEOPLE or tokens[left[0].first].key in self.grammar.articles - self.grammar.definite
            opens = left[0].first - sentence.first <= 1 and speaks and actor.kind in ("phrase", "organization")
            if hearers or (opens and tokens[start - 1].text == ","):
                return False  # "Marco Dane, one of the senators, said the plan …"
        if verb.quote_only and not quoted:
            return False  # "Clinton, in a speech, called Trump …"
        _, last = self.whole(actor, sentence.last)
        if self.quoted_verb(last, sentence.last):
            return False
        if last < sentence.last and (self.verbal(last) or tokens[last].key in words(self.pack, "frames", "that")):
            return False
        behind = (n for n in range(last, min(last + PHRASE, sentence.last)) if tokens[n].text in ",.;" or self.verbal(n))
        first = next(behind, None)
        closed = last < sentence.last and (tokens[last].text in COMMAS or tokens[last].key in self.grammar.relative)
        return first is None or not self.verbal(first) or closed

    def quoted_verb(self, at: int, end: int) -> bool:
        """ "said the measure “spends …”": a verb that opens quotation marks."""
        if at + 1 >= end or self.layout.tokens[at].text not in QUOTES or self.layout.tokens[at + 1].kind != "word":
            return False
        readings = self.pack.morphology.readings(self.layout.tokens[at + 1].text)
        if readings[0].pos == "verb" and readings[0].verb == "fin":
            return True
        agrees = any(r.verb == "fin" and r.person == "3" for r in readings)  # "said the senator “stands by his words”"
        return agrees and at + 2 < end and self.layout.tokens[at + 2].key in self.grammar.ties | self.grammar.articles

    def right(self, verb: Source, sentence: Sentence) -> tuple[tuple[Actor, ...], int]:
        """The subjects behind a verb, and the token behind them and their apposition."""
        tokens, actor = self.layout.tokens, self.actors.starting[verb.last]
        actor, last = self.whole(actor, sentence.last)
        subjects = [actor]
        if last + 1 < sentence.last and tokens[last].key in words(self.pack, "frames", "and"):
            other = self.actors.starting.get(last + 1)
            if other is not None and {other.kind, actor.kind} <= {"person", "office"}:
                subjects.append(other)
                last = other.last
        return tuple(subjects), self.behind_apposition(last, sentence)

    def behind_apposition(self, at: int, sentence: Sentence) -> int:
        """The token behind ", an analyst in Seoul" or ", who chairs the board"; `at` itself where there is none."""
        return behind_apposition(self, at, sentence)
