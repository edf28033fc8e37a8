"""Whose words they are where a noun tells it: "in Sagatov's view", "in his words", "according to the minister's estimates"."""

from __future__ import annotations

from app.domain.text import Span
from app.pipeline.people.actor import Actor
from app.pipeline.people.actor_tables import office_lexicon
from app.pipeline.people.phrases import Form
from app.pipeline.speech.by_position.subjects import Subjects
from app.pipeline.speech.by_position.tables import objective, possessive, words
from app.pipeline.words.lexicon import lemmas
from app.pipeline.words.segment import Token

_LONGEST = 10  # tokens of an owner with what is owned


class Owners:
    """Knows the people of one layout by their surnames and by the offices that the article gives them."""

    def __init__(self, subjects: Subjects) -> None:
        self.subjects, self.pack = subjects, subjects.pack
        self._owned = words(subjects.pack, "sources", "owned")
        self._people: dict[str, Actor] = {}
        for actor in subjects.actors.all:
            if actor.name is not None:
                self._people.setdefault(actor.name.words[-1].casefold(), actor)

    def at(self, at: int, end: int) -> tuple[Actor, int] | None:
        """The owner of the words that begin at a token, and the token behind what is owned."""
        tokens = self.subjects.layout.tokens
        if at + 1 < end and tokens[at].key in possessive(self.pack) and tokens[at + 1].key in self._owned:
            return pronoun(tokens[at], at, possessive(self.pack)[tokens[at].key]), at + 2
        for n in range(at + 1, min(at + _LONGEST, end - 1)):
            if tokens[n].key in self.subjects.grammar.possessive:
                if tokens[n + 1].key not in self._owned:
                    return None
                owner = self._owner(at, n)
                return (owner, n + 2) if owner is not None else None
        return None

    def _owner(self, first: int, last: int) -> Actor | None:
        """A person by surname, else the phrase before the possessive ending as it stands."""
        tokens = self.subjects.layout.tokens
        named = self._people.get(tokens[last - 1].text.casefold()) if tokens[last - 1].capital else None
        if named is not None:
            return named
        whole = self.subjects.actors.starting.get(first)
        if whole is None or whole.last <= last:
            return whole
        named_body = tokens[last - 1].capital and whole.kind == "organization" and not self.subjects.is_time(whole)
        if named_body or self._is_body(tokens[last - 1]):
            span = Span(whole.span.start, tokens[last - 1].end)  # "the White House's view", "the council's view"
            return Actor(span, first, last, "organization", whole.forms, countries=whole.countries)
        if office_lexicon(self.pack).at(tokens, last - 1, last) is None:
            return None
        span = Span(whole.span.start, tokens[last - 1].end)  # "the minister's estimates": the minister
        return Actor(span, first, last, "unnamed", whole.forms, countries=whole.countries)

    def _is_body(self, token: Token) -> bool:
        heads = self.pack["offices"].get("organizations", {}).get("heads", ())
        return token.kind == "word" and not lemmas(token.text, self.pack.morphology).isdisjoint(heads)


def pronoun(token: Token, at: int, which: str) -> Actor:
    form = Form(None, "plur" if which == "they" else "sing", {"he": "masc", "she": "fem"}.get(which))
    return Actor(Span(token.start, token.end), at, at + 1, "pronoun", frozenset({form}), pronoun=which)


def behind_preposition(subjects: Subjects, at: int) -> Actor | None:
    """ "According to him"."""
    token = subjects.layout.tokens[at]
    which = objective(subjects.pack).get(token.key) if token.kind == "word" else None
    return pronoun(token, at, which) if which is not None else None
