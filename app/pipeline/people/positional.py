"""Everybody who could be speaking, in a language that tells by position: people, offices, bodies, and any other phrase."""

from __future__ import annotations

from app.catalog import Catalog
from app.domain.record import replace
from app.domain.speaker import Role
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor
from app.pipeline.people.actor_tables import (
    body_lexicon,
    countrywide,
    document_words,
    former_exactly,
    office_lexicon,
    pronoun_words,
)
from app.pipeline.people.governing import is_governed, opens_clause
from app.pipeline.people.grammar import grammar_of
from app.pipeline.people.institutions import is_institution
from app.pipeline.people.names import Name
from app.pipeline.people.noun_phrases import NounPhrase, Phrases
from app.pipeline.people.offices import Office, seated
from app.pipeline.people.person_names import PersonNames
from app.pipeline.people.phrases import Form, Frame
from app.pipeline.people.placed import Placed, recurring, with_offices_behind
from app.pipeline.places.countries import CountryMention, Places
from app.pipeline.words.lexicon import Hit, lemmas
from app.pipeline.words.segment import Layout


def find_by_position(layout: Layout, places: Places, pack: Pack, catalog: Catalog) -> Placed:
    """Every noun phrase of the text, and which of them are mentions of somebody."""
    return _Finder(layout, places, pack, catalog).run()


class _Finder:
    def __init__(self, layout: Layout, places: Places, pack: Pack, catalog: Catalog) -> None:
        self.layout, self.places, self.pack, self.catalog = layout, places, pack, catalog
        self._bodies = {
            h.first: h for s in layout.sentences for h in body_lexicon(pack, catalog).find(layout.tokens, s.first, s.last)
        }
        self._countries = {m.first: m for m in places.countries}
        held = (h for s in layout.sentences for h in office_lexicon(pack).find(layout.tokens, s.first, s.last))
        self._offices = {h.first: self._without_country(h) for h in held}
        self._held = {n for h in self._offices.values() for n in range(h.first, h.last)}
        blocs = {b.first: Hit(b.first, b.last, "bloc") for b in places.blocs}
        named = {m.first: Hit(m.first, m.last, "country") for m in places.countries if m.last - m.first > 1}
        several = {n: Hit(h.first, h.last, "office") for n, h in self._offices.items() if h.last - h.first > 1}
        bodies = {n: h for n, h in self._bodies.items() if h.last - h.first > 1}
        self.phrases = Phrases(layout, pack, {**blocs, **named, **several, **bodies})
        self.names = PersonNames(layout, places, pack, catalog)
        self._grammar = grammar_of(pack)
        self._frame = Frame(layout, places, pack)

    def _without_country(self, hit: Hit[tuple[str, str]]) -> Hit[tuple[str, str]]:
        """ "President of the | Republic of Korea": the country keeps its name."""
        inside = (self._countries.get(n) for n in range(hit.first + 1, hit.last))
        country = next((m for m in inside if m is not None and m.last > hit.last), None)
        shorter = office_lexicon(self.pack).at(self.layout.tokens, hit.first, country.first) if country is not None else None
        return shorter or hit

    def run(self) -> Placed:
        found: list[Actor] = []
        ends: list[tuple[int, Actor]] = []
        for sentence in self.layout.sentences:
            at = sentence.first
            while at < sentence.last:
                actor = self._pronoun(at) or self._actor(at, sentence.last)
                if actor is None:
                    at += 1
                    continue
                if is_governed(self.layout, self.pack, actor.first, found[-1:]) and not opens_clause(self.phrases, actor):
                    actor = replace(actor, governed=True)
                found.append(actor)
                ends.append((actor.last, actor))
                if actor.kind not in ("pronoun", "country"):
                    ends.extend(
                        (end, actor) for end in self.phrases.tied(NounPhrase(actor.first, actor.first, actor.last), sentence.last)
                    )
                at = actor.last
        named, apposed = with_offices_behind(recurring(found, self.names, self.layout, self.pack), ends, self.layout)
        again = {before.first: now for before, now in zip(found, named, strict=True)}
        again |= {first: whole for first, whole in apposed.items() if whole.kind == "person" and again[first].name is not None}
        ends = [(last, again[actor.first]) for last, actor in ends]
        speaking = tuple(a for a in named if a.kind != "phrase" and a.first not in apposed)
        return Placed(speaking, tuple(named), tuple(ends))

    def _pronoun(self, at: int) -> Actor | None:
        token = self.layout.tokens[at]
        which = pronoun_words(self.pack).get(token.key) if token.kind == "word" else None
        if which is None:
            return None
        form = Form(None, "plur" if which == "they" else "sing", {"he": "masc", "she": "fem"}.get(which))
        return Actor(Span(token.start, token.end), at, at + 1, "pronoun", frozenset({form}), pronoun=which)

    # ------------------------------------------------------------ one phrase

    def _actor(self, at: int, end: int) -> Actor | None:
        phrase = self.phrases.at(at, end)
        if phrase is None:
            return None
        name = (
            self.names.ending(phrase.body, phrase.last, self._held)
            if not is_institution(self.layout, self._bodies, self.names, phrase)
            else None
        )
        if name is not None and not (phrase.first < phrase.body == name.first):  # "the Ulken Naryn corridor"
            return self._person(phrase, name)
        office = self._office_ending(phrase)
        if office is not None:
            return self._office(phrase, office, end)
        return self._body(phrase, end) or self._place(phrase) or self._other(phrase)

    def _person(self, phrase: NounPhrase, name: Name) -> Actor:
        """A name, with the office or trade before it."""
        before = NounPhrase(phrase.first, phrase.body, name.first)
        head = self._office_ending(before) if name.first > phrase.body else None
        office = self._made(before, head) if head is not None else None
        span = Span(office.span.start if office else name.span.start, name.span.end)
        countries = office.countries if office else ()
        return Actor(span, phrase.first, phrase.last, "person", name.forms, name=name, office=office, countries=countries)

    def _office_ending(self, phrase: NounPhrase) -> Hit[tuple[str, str]] | None:
        """The office with which the phrase ends; the full stop of an abbreviation may stand behind it ("Sen.")."""
        last = phrase.last - 1 if phrase.last > phrase.body and self.layout.tokens[phrase.last - 1].text == "." else phrase.last
        for n in range(phrase.body, last):
            hit = self._offices.get(n)
            if hit is not None and hit.last == last:
                return hit
        return None

    def _office(self, phrase: NounPhrase, hit: Hit[tuple[str, str]], end: int) -> Actor:
        last = self._of(phrase.last, end)
        if any(n in self._held and n + 1 == last for n in range(phrase.last, last)):
            last = phrase.last  # "a spokesman for House Speaker | Arman Sagatov": the name has an office of its own
        name = self.names.starting(last, end) if last > phrase.last else None
        whole = NounPhrase(phrase.first, phrase.body, last)
        office = self._made(whole, hit)
        numbers = [
            r.number for r in self.pack.morphology.readings(self.layout.tokens[hit.last - 1].text) if r.pos in ("noun", "propn")
        ]
        form = Form(None, numbers[0] if numbers else None, None)
        if name is not None:
            span = Span(office.span.start, name.span.end)
            return Actor(
                span, phrase.first, name.last, "person", name.forms, name=name, office=office, countries=office.countries
            )
        kind = hit.value[1]
        return Actor(office.span, phrase.first, last, kind, frozenset({form}), office=office, countries=office.countries)

    def _of(self, at: int, end: int) -> int:
        """The end of "of trade and integration of Kazakhstan", "to Kazakhstan", "for the ministry" behind an office or body."""
        tokens = self.layout.tokens
        while at + 1 < end and (
            tokens[at].key in self._grammar.of or (tokens[at].key in self._grammar.destination and self._to_country(at + 1))
        ):
            more = self.phrases.at(at + 1, end)
            if more is None:
                break
            country = self._countries.get(more.body)
            named = country is not None and country.form == "name"  # "Ambassador to Kazakhstan Prabhat Kumar"
            at = country.last if country is not None and named else self.names.behind_words(more.body, more.last)
            while (
                at + 1 < end
                and (tokens[at].text == "," or tokens[at].key in self._grammar.joiners)
                and (joined := self._joined(at, end))
            ):
                at = joined
        return at

    def _to_country(self, at: int) -> bool:
        """ "Kazakhstan", "the United Kingdom"."""
        return at in self._countries or (self.layout.tokens[at].key in self._grammar.articles and at + 1 in self._countries)

    def _joined(self, at: int, end: int) -> int | None:
        """Behind "trade and integration", "investment, industry and trade": small words that "and" joins."""
        tokens = self.layout.tokens
        for n in range(at, min(at + 8, end - 1)):
            if tokens[n].key in self._grammar.joiners:
                more = self.phrases.at(n + 1, end)
                if n == at and more is not None:
                    more = NounPhrase(more.first, more.body, self.names.behind_words(more.body, more.last))
                if n == at and more is not None and self._is_title(at, more):
                    return more.last
                small = more is not None and not tokens[n + 1].capital and more.first == more.body and self._inanimate(more)
                return more.last if small and more is not None else None
            if tokens[n].text != "," and (tokens[n].capital or not self.phrases._nominal_word(tokens[n])):
                return None
        return None

    def _is_title(self, joiner: int, more: NounPhrase) -> bool:
        """ "Ministry of Trade | and Integration": capitals on both sides that name neither a country nor a person."""
        tokens = self.layout.tokens
        capital = tokens[joiner - 1].capital and tokens[more.first].capital and more.first == more.body
        if not capital or more.first in self._countries or joiner - 1 in self._countries or not self._inanimate(more):
            return False
        return self.names.ending(more.body, more.last, self._held) is None

    def _inanimate(self, phrase: NounPhrase) -> bool:
        return self._office_ending(phrase) is None

    def _made(self, phrase: NounPhrase, hit: Hit[tuple[str, str]]) -> Office:
        tokens = self.layout.tokens
        named = Span(tokens[phrase.body].start, tokens[phrase.last - 1].end)
        countries = tuple(dict.fromkeys(m.code for m in self.places.within(named)))
        alone = hit.first == phrase.body and phrase.last == hit.last
        definite = phrase.first < phrase.body and tokens[phrase.body - 1].key in self._grammar.definite
        former = any(t.key in former_exactly(self.pack) for t in tokens[phrase.body : hit.first + 1])
        role = self._role(hit, phrase, countries)
        head = " ".join(t.key for t in tokens[hit.first : hit.last])
        shown = Span(tokens[phrase.first if phrase.first < phrase.body and not definite else phrase.body].start, named.end)
        office = Office(shown, role, head, countries, alone and definite, former)
        return seated(self._frame, self.catalog, office, (hit.last, phrase.last), (phrase.body, phrase.last))

    def _role(self, hit: Hit[tuple[str, str]], phrase: NounPhrase, countries: tuple[str, ...]) -> Role:
        """The president of a university is no head of state, and one without a country is the one whom the article means."""
        role = hit.value[0]
        if role == "head_of_state":
            others = [
                n
                for n in (*range(phrase.body, hit.first), *range(hit.last, phrase.last))
                if not self._in_country(n) and self.layout.tokens[n].kind == "word" and not self._light(n)
            ]
            if others:
                return Role.ORGANIZATION_HEAD
        return Role(role)

    def _light(self, at: int) -> bool:
        token = self.layout.tokens[at]
        light = self.pack.morphology.readings(token.text)[0].pos in ("adj", "det", "adp", "part")
        return light or token.key in countrywide(self.pack) or token.key in self._grammar.articles

    def _in_country(self, at: int) -> bool:
        return any(m.first <= at < m.last for m in (self._countries.get(n) for n in range(at, max(-1, at - 4), -1)) if m)

    # ------------------------------------------------------------ bodies and places

    def _body(self, phrase: NounPhrase, end: int) -> Actor | None:
        """A body by its name or by its head noun: "the Chinese customs service", "Ministry of Foreign Affairs"."""
        tokens = self.layout.tokens
        known = next((h for n in range(phrase.body, phrase.last) if (h := self._bodies.get(n)) and h.last >= phrase.last), None)
        document = not lemmas(tokens[phrase.head].text, self.pack.morphology).isdisjoint(document_words(self.pack))
        if known is None and not document:
            return None
        if known is not None and known.value == "side":
            return self._made_body(
                phrase, phrase.last, "phrase" if not self._countries_of(phrase, phrase.last) else "organization"
            )
        last = max(phrase.last, known.last) if known is not None else phrase.last
        if known is not None and known.value == "outlet":
            return self._made_body(phrase, last, "outlet")
        last = self._named_further(self._of(last, end), end)
        return self._made_body(phrase, last, "document" if document and known is None else "organization")

    def _named_further(self, at: int, end: int) -> int:
        """ "State Committee on Statistics": a capital behind a preposition belongs to the name."""
        tokens = self.layout.tokens
        while at + 1 < end and tokens[at].key in self._grammar.topic and tokens[at + 1].capital:
            more = self.phrases.at(at + 1, end)
            if more is None or self.phrases.is_time(more) or self.phrases.is_occasion(more):
                break
            at = more.last
        return at

    def _countries_of(self, phrase: NounPhrase, last: int) -> tuple[str, ...]:
        span = Span(self.layout.tokens[phrase.first].start, self.layout.tokens[last - 1].end)
        return tuple(dict.fromkeys(m.code for m in self.places.within(span)))

    def _made_body(self, phrase: NounPhrase, last: int, kind: str) -> Actor:
        """The article belongs to a description ("the campaign"), not to a proper name."""
        tokens = self.layout.tokens
        proper = tokens[phrase.body].capital or tokens[phrase.head].capital
        span = Span(tokens[phrase.body if proper else phrase.first].start, tokens[last - 1].end)
        spoken = "organization" if kind == "document" else kind
        return Actor(span, phrase.first, last, spoken, frozenset(), countries=self._countries_of(phrase, last))

    def _place(self, phrase: NounPhrase) -> Actor | None:
        """A country or its capital speaking for its government."""
        mention: CountryMention | None = self._countries.get(phrase.body)
        if mention is None or mention.form not in ("name", "place", "route") or mention.last != phrase.last:
            return None
        return Actor(mention.span, phrase.first, phrase.last, "country", frozenset(), countries=(mention.code,))

    def _other(self, phrase: NounPhrase) -> Actor:
        """Capitals name a body; anything else is a phrase that speaks only where a verb says so."""
        tokens = self.layout.tokens
        opens = any(s.first == phrase.body for s in (self.layout.sentence_at(tokens[phrase.body].start),) if s)
        head = tokens[phrase.head]
        unknown = not self.pack.morphology.readings(head.text)[0].known
        proper = head.capital and (not (opens and phrase.last - phrase.body == 1) or unknown) and not self.phrases.is_time(phrase)
        kind = "organization" if proper else "phrase"
        return self._made_body(phrase, phrase.last, kind)
