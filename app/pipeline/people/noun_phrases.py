"""Noun phrases where nothing but their place tells what they do: from the article to the last noun, and what is tied to them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from app.domain.record import record
from app.languages.pack import Pack, Reading
from app.pipeline.people.grammar import Grammar, grammar_of
from app.pipeline.words.lexicon import Hit, lemmas
from app.pipeline.words.segment import Layout, Token

_LONGEST = 24  # tokens of one phrase
_MOST_TIES = 4  # phrases tied to one phrase by prepositions
_TIME = 5  # tokens of the day between a participle and what is tied to it
_NOUNS = ("noun", "propn", "x")


@record(frozen=True, slots=True)
class NounPhrase:
    """The tokens `first`..`last` with the article, `body` without it; `head` is the last noun."""

    first: int
    body: int
    last: int

    @property
    def head(self) -> int:
        return self.last - 1


class _Word(NamedTuple):
    """What a word may be: a finite verb, a noun at its two likeliest, a word of a noun phrase at its likeliest."""

    readings: tuple[Reading, ...]
    finite: bool
    noun: bool
    nominal: bool
    adverb: bool = False
    manner: bool = False  # an adverb by its ending


_NO_WORD = _Word((), False, False, False)


@lru_cache(maxsize=50_000)
def _word(text: str, pack: Pack) -> _Word:
    readings = pack.morphology.readings(text)
    finite, noun = any(r.verb == "fin" for r in readings), any(r.pos in _NOUNS for r in readings[:2])
    adverb = len(readings) == 1 and readings[0].pos == "adv"
    nominal = readings[0].pos in (*_NOUNS, "adj", "num")
    return _Word(readings, finite, noun or text[0].isupper(), nominal, adverb, adverb and not readings[0].known)


class Phrases:
    """Reads the noun phrases of one layout; `names` are the tokens that named phrases cover, each read as a whole."""

    def __init__(self, layout: Layout, pack: Pack, names: dict[int, Hit[str]]) -> None:
        self.layout, self.pack, self.names = layout, pack, names
        self.grammar: Grammar = grammar_of(pack)
        self._opens = {s.first for s in layout.sentences}
        self._words = [_word(t.text, pack) if t.kind == "word" else _NO_WORD for t in layout.tokens]

    def at(self, at: int, end: int) -> NounPhrase | None:
        """The phrase that begins with a token, without what is tied to it."""
        tokens, body = self.layout.tokens, at
        end = min(end, at + _LONGEST)
        if at and at not in self._opens and self._is_verb_here(at, end):
            return None
        if tokens[at].key in self.grammar.relative and at + 1 < end and self._names_somebody(at + 1):
            return None  # "said that | Dmitry Kane"
        while body < end and tokens[body].key in self.grammar.articles and not self._is_noun_alone(body, end):
            if body + 2 < end and tokens[body + 1].text == "." and tokens[body + 2].kind == "number":
                break  # "the No. 2 Republican"
            body += 1
        last, noun = body, False
        while last < end:
            name = self.names.get(last)
            if name is not None and name.last <= end:
                last, noun = name.last, True
                continue
            step = self._step(last, body, end, noun)
            if not step:
                break
            noun = noun or (self._is_noun(last) and not self._qualifies(last, end))
            last += step
        while last > body and (
            (tokens[last - 1].kind == "mark" and tokens[last - 1].text != "%") or tokens[last - 1].key in self.grammar.possessive
        ):
            last -= 1
        if last == body:
            # "Some of them", "several", "the other".
            return (
                NounPhrase(at, at, body)
                if body > at and tokens[body - 1].key not in self.grammar.definite | self.grammar.bound
                else None
            )
        return NounPhrase(at, body, last)

    def _names_somebody(self, at: int) -> bool:
        """A capital: in "said that Senator Kane" the first word is a conjunction."""
        return self.layout.tokens[at].capital and self.layout.tokens[at].kind == "word"

    def _is_verb_here(self, at: int, end: int) -> bool:
        """Of a word that may be a noun: "Beijing pays less", "he plans to", ", ruling that"."""
        tokens, before = self.layout.tokens, self.layout.tokens[at - 1]
        agrees = before.key in self.grammar.agreeing and any(r.verb == "fin" and r.person == "3" for r in self._readings(at))
        if self.finite(at) and (
            agrees
            or before.key in self.grammar.nominative
            or ((self._is_noun(at - 1) or before.text == ")") and self._acts(at, end))
        ):
            return True
        if self.finite(at) and self._words[at - 1].manner and at - 1 not in self._opens:
            return True  # "Kane furiously hit back"
        if self.finite(at) and at > 1 and self._is_noun(at - 2) and self._words[at - 1].adverb and self._acts(at, end):
            return True  # "the leader then hit back"
        opens = before.text == "," and at + 1 < end and tokens[at + 1].key in self.grammar.relative
        return opens and any(r.verb in ("conv", "fin") for r in self._readings(at))

    def tied(self, phrase: NounPhrase, end: int) -> list[int]:
        """The ends that a phrase may have with what is tied to it: "officials | in Washington | close to the talks"."""
        tokens, ends, at = self.layout.tokens, [], phrase.last
        for _ in range(_MOST_TIES):
            start = at
            if start < end and tokens[start].key in self.grammar.behind:
                start = self._behind_time(start + 1, end)
            if start < end and start > at and (tokens[start].key not in self.grammar.ties):
                ends.append(start)
            if start >= end or tokens[start].key not in self.grammar.ties:
                break
            more = self.at(start + 1, end) if start + 1 < end else None
            if more is None and start + 1 < end and self._readings(start + 1)[:1] and self._readings(start + 1)[0].pos == "pron":
                more = NounPhrase(start + 1, start + 1, start + 2)  # "one of them"
            if more is None or (start == at and tokens[start].key in self.grammar.when and self.is_occasion(more)):
                break
            at = more.last
            ends.append(at)
        return ends

    def _behind_time(self, start: int, end: int) -> int:
        """Behind the day of "released last week | by the council", "seen on Friday | by reporters"."""
        tokens, at = self.layout.tokens, start
        while at < min(end, start + _TIME) and (tokens[at].key in self.grammar.times or tokens[at].kind == "number"):
            at += 1
        while at > start and (tokens[at - 1].key in self.grammar.ties or tokens[at - 1].key in self.grammar.articles):
            at -= 1
        return at

    def is_occasion(self, phrase: NounPhrase) -> bool:
        """ "in a statement", "on Tuesday": when and where, not who."""
        words = self.layout.tokens[phrase.body : phrase.last]
        last = words[-1] if words else self.layout.tokens[phrase.last - 1]
        return any(
            not lemmas(t.text, self.pack.morphology).isdisjoint(self.grammar.occasions)
            for t in (last, *words[:1])
            if t.kind == "word"
        )

    def is_occasion_of(self, first: int, last: int) -> bool:
        return self.is_occasion(NounPhrase(first, first, last))

    def is_time(self, phrase: NounPhrase) -> bool:
        """ "Tuesday", "last week": nothing but words of time."""
        return all(t.key in self.grammar.times or t.kind == "number" for t in self.layout.tokens[phrase.first : phrase.last])

    def finite(self, at: int) -> bool:
        """Whether a token may be a finite verb."""
        return self._words[at].finite

    # ------------------------------------------------------------ words

    def _readings(self, at: int) -> tuple[Reading, ...]:
        return self._words[at].readings

    def _is_noun(self, at: int) -> bool:
        return self._words[at].noun

    def _qualifies(self, at: int, end: int) -> bool:
        """ "a brief interview": rather an adjective, before what may be a noun."""
        if at + 1 >= end or self._readings(at)[:1] == () or self._readings(at)[0].pos != "adj":
            return False
        return any(r.pos in _NOUNS for r in self._readings(at + 1))

    def _is_noun_alone(self, at: int, end: int) -> bool:
        """ "That" and "one" are phrases of their own where no noun follows."""
        if self.layout.tokens[at].key in self.grammar.bound:
            return False
        return at + 1 < end and self.finite(at + 1) and not self._nominal_word(self.layout.tokens[at + 1])

    def _nominal_word(self, token: Token) -> bool:
        if token.kind != "word":
            return token.kind == "number"
        return _word(token.text, self.pack).nominal

    def _step(self, at: int, body: int, end: int, noun: bool) -> int:
        """How many tokens the phrase grows by at a token; none where it ends."""
        tokens = self.layout.tokens
        token = tokens[at]
        if token.kind == "number":
            return 1
        if token.kind == "mark":
            return 1 if self._passes(at, body, end) else 0
        if token.key in self.grammar.possessive:
            return 1 if at > body and at + 1 < end and self._follows(at + 1) else 0
        first = self._readings(at)[0]
        if token.capital and at not in self._opens and first.pos not in ("pron", "cconj", "sconj"):
            return 1
        if noun and token.key in self.grammar.behind:
            return 0
        if first.pos in ("adj", "num") or "-" in token.text:
            return 1 if not noun or at + 1 >= end or self._follows(at + 1) or first.pos == "num" or "-" in token.text else 0
        if first.pos == "det":
            return 1 if at == body or not noun else 0
        if first.pos in _NOUNS:
            return 0 if noun and self.finite(at) and self._acts(at, end) else 1
        if first.verb in ("part", "conv") or (first.verb == "fin" and any(r.verb == "part" for r in self._readings(at))):
            before = tokens[body - 1].key if body else ""
            opened = at > body or before in self.grammar.articles or before in self.grammar.ties  # "behind closed doors"
            return 1 if not noun and opened and at + 1 < end and self._nominal_word(tokens[at + 1]) else 0
        if any(r.pos in _NOUNS for r in self._readings(at)) and first.verb == "fin":
            opened = body > 0 and tokens[body - 1].key in self.grammar.articles
            return 1 if not noun and (opened or at > body) else 0
        if first.pos == "adv":
            return 1 if not noun and at + 1 < end and self._nominal_word(tokens[at + 1]) and at > body else 0
        return 0

    def _passes(self, at: int, body: int, end: int) -> bool:
        """The full stop of "Sen." or "J." inside a name, the sign of "50%", a "&"."""
        tokens = self.layout.tokens
        if at == body or at + 1 >= end:
            return False
        if tokens[at].text == ".":
            before, behind = tokens[at - 1], tokens[at + 1]
            short = before.kind == "word" and before.end == tokens[at].start and (before.capital or before.text.isupper())
            return short and (behind.kind == "number" or behind.capital or self._nominal_word(behind))
        if tokens[at].text == "-":  # "forty-two"
            return tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start
        return tokens[at].text in "%&$/"

    def _follows(self, at: int) -> bool:
        token = self.layout.tokens[at]
        if token.kind != "word":
            return token.kind == "number"
        return token.capital or self._words[at].nominal or "-" in token.text

    def _acts(self, at: int, end: int) -> bool:
        """Whether a word that may be a noun or a verb is a verb here, behind a noun: "the report notes that", "aides plan to"."""
        if at + 1 >= end:
            return False
        following = self.layout.tokens[at + 1]
        if following.kind != "word":
            return following.kind == "number" or following.text in '"“$‘'
        readings = self.pack.morphology.readings(following.text)
        if any(r.verb == "fin" for r in readings) and readings[0].pos == "verb":
            return False
        acting = (
            readings[0].pos in ("sconj", "det", "pron", "adv", "num", "part", "adj") or following.key in self.grammar.infinitive
        )
        return acting or following.capital
