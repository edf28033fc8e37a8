"""Who holds an office that the article names without its holder: somebody it names elsewhere, or the catalogue's of that day."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from functools import cache

from app.catalog import Catalog, Person
from app.domain.record import record
from app.domain.speaker import Role
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor
from app.pipeline.people.actor_tables import is_counterpart
from app.pipeline.people.offices import Office
from app.pipeline.people.roster import Entry, Roster
from app.pipeline.people.seats import Seat
from app.pipeline.words.lexicon import lemmas
from app.pipeline.words.segment import Layout

_STEM = 4  # letters by which words of a portfolio are compared
_OPENING = frozenset('«„“"')
_SAME_SEAT = 2  # paragraphs back in which a head of a government or a foreign minister is the one who spoke last
_MOST = 60  # people of one role that are weighed in one article, so that time stays linear
ONE_SEAT = frozenset((Role.HEAD_OF_STATE, Role.HEAD_OF_GOVERNMENT, Role.FOREIGN_MINISTER))


@record(frozen=True, slots=True)
class Context:
    """What is known before anybody has spoken: the article's day and the outlet's country."""

    on: date | None
    outlet_country: str | None


@record(frozen=True, slots=True)
class LastSpeaker:
    """Whoever spoke last, and in which paragraph."""

    entry: Entry | None
    paragraph: int


class Holders:
    """Looks for holders among the people of one article."""

    def __init__(self, roster: Roster, layout: Layout, pack: Pack, catalog: Catalog, context: Context) -> None:
        self._roster, self._layout, self._pack = roster, layout, pack
        self._catalog, self._context = catalog, context
        self._by_role: dict[Role, list[tuple[Entry, frozenset[str | None]]]] = {}
        for entry in roster.entries:
            held: dict[Role, set[str | None]] = {}
            for role, country in entry.roles(context.on):
                held.setdefault(role, set()).add(country)
            for role, countries in held.items():
                self._by_role.setdefault(role, []).append((entry, frozenset(countries)))

    def named(self, actor: Actor, office: Office, last: LastSpeaker) -> Entry | None:
        """Somebody named in the article who holds that office; of several the one who spoke last or was named last.

        "Глава государства" with several in the text and nothing to tell them apart stays open.
        """
        country = office.countries[0] if office.countries else None
        if office.head in _renaming(self._pack):
            near = last.entry is not None and self.paragraph(actor.first) - last.paragraph <= 1
            return last.entry if near else None
        if self._speaks_on(actor, office, last):
            return last.entry
        fits = self._fitting(actor, office, country, last)
        if office.seat is not None and office.role not in ONE_SEAT:
            fits = self._in_seat(office.seat) or [e for e in fits if not self._seated_elsewhere(e, office.seat)]
        fits = [e for e in fits if not self._of_another_body(e, office)]
        if office.former:
            fits = self._formerly(office, country)
        if len(fits) <= 1:
            return fits[0] if fits and self._may_come_later(fits[0], actor, office) else None
        fits = self._of_portfolio(office, fits)
        exact = [e for e in fits if country and (office.role, country) in e.roles(self._context.on)]
        if len(exact) == 1:
            return exact[0]
        if last.entry in fits and self._just_spoke(actor, office, last):
            return last.entry
        recent = [e for e in fits if self._recent(e, actor, last)]
        subjects = [e for e in recent if self._near(_before(e.subjects, actor.first), actor)]
        for found in (recent, subjects):
            if len(found) == 1:
                return found[0]
        if office.role is Role.HEAD_OF_STATE:
            return None
        latest = max(fits, key=lambda e: (_before(e.subjects, actor.first), _before(e.mentions, actor.first)))
        return latest if _before(latest.mentions, actor.first) >= 0 else None

    def _formerly(self, office: Office, country: str | None) -> list[Entry]:
        """Those whom the article calls former holders of such an office, of that country where one is told."""

        def held(other: Office) -> bool:
            there = country is None or not other.countries or country in other.countries
            return other.former and other.role is office.role and there

        return [e for e in self._roster.entries[:_MOST] if any(held(o) for _, o in e.offices)]

    def _may_come_later(self, entry: Entry, actor: Actor, office: Office) -> bool:
        """ "The minister" may be named further down; "the former leader" or "the activist" is somebody named before."""
        return office.role is not Role.OTHER or _before(entry.mentions, actor.first) >= 0

    def _speaks_on(self, actor: Actor, office: Office, last: LastSpeaker) -> bool:
        """ "Представитель Кремля" behind an adviser of the president: a word for anybody of that side means who just spoke."""
        near = last.entry is not None and self.paragraph(actor.first) - last.paragraph <= 1
        if not near or last.entry is None or office.head not in _anybody(self._pack):
            return False
        if last.entry.person is None and not last.entry.offices:
            return True  # of whom the article has only told the name
        own = {c for r, c in last.entry.roles(self._context.on) if r.value in _compatible(self._pack, Role.OFFICIAL)}
        return bool(own & set(office.countries)) if office.countries else bool(own)

    def _in_seat(self, seat: Seat) -> list[Entry]:
        """Those to whom the article's own words give that seat, else those whom the catalogue knows in it."""
        people = self._roster.entries[:_MOST]
        given = [e for e in people if any(seat.like(o.seat) for _, o in e.offices)]
        return given or [e for e in people if e.person is not None and seat.held_by(e.person, self._context.on)]

    def _seated_elsewhere(self, entry: Entry, seat: Seat) -> bool:
        """Whether another seat of that kind is known of somebody, or the catalogue has another holder of this one."""
        known = seat.holder(self._catalog, self._context.on, self._context.outlet_country)
        return known is not None or any(o.seat is not None and o.seat.role is seat.role for _, o in entry.offices)

    def known(self, office: Office) -> tuple[Person, str | None] | None:
        """The catalogue's one holder of the office on the article's day, and the country."""
        if office.seat is not None:
            return office.seat.holder(self._catalog, self._context.on, self._context.outlet_country)
        seat = office.countries[0] if office.countries else self._context.outlet_country
        if office.role not in ONE_SEAT or office.former or office.elsewhere or seat is None:
            return None
        holders = self._catalog.people.holders(office.role, seat, self._context.on)
        return (holders[0], seat) if len(holders) == 1 else None

    def was_named(self, office: Office) -> bool:
        """Whether the article calls somebody by name a former holder: the catalogue alone does not tell which is meant."""
        return any(o.former and o.role is office.role for e in self._roster.entries[:_MOST] for _, o in e.offices)

    def is_own(self, actor: Actor, office: Office) -> bool:
        """ "Наш президент": of the outlet's country, whoever was named last."""
        before = self._layout.tokens[actor.first - 1] if actor.first and not office.countries else None
        if (
            before is None
            or before.kind != "word"
            or self._layout.sentence_at(before.start) is not self._layout.sentence_at(actor.span.start)
        ):
            return False
        return not _own(self._pack).isdisjoint(lemmas(before.text, self._pack.morphology))

    def is_other(self, office: Office) -> bool:
        """Whether the word stands for one of two: "гость", "коллега"."""
        return is_counterpart(office.head, self._pack)

    def other(self, actor: Actor, office: Office, last: LastSpeaker) -> Entry | None:
        """The one person named before who is not the last speaker; "российский коллега" is one of that country."""
        found = [e for e in self._roster.entries[:_MOST] if e is not last.entry and _before(e.mentions, actor.first) >= 0]
        if office.countries:
            found = [e for e in found if office.countries[0] in self._countries(e)]
        if office.head in _guests(self._pack):
            received = [e for e in found if _before(e.subjects, actor.first) < 0]
            found = received or found
        elif last.entry is None:
            return None
        if len(found) > 1 and last.entry is not None:
            rank = {role for role, _ in last.entry.roles(self._context.on)}
            found = [e for e in found if rank & {role for role, _ in e.roles(self._context.on)}]
        return found[0] if len(found) == 1 else None

    def is_interlocutor(self, actor: Actor) -> bool:
        """ "Собеседник агентства": whoever the agency has just let speak."""
        if actor.office is None or actor.office.head not in _interlocutors(self._pack):
            return False
        before = self._layout.tokens[actor.first - 1] if actor.first else None
        other = (
            before is not None and before.kind == "word" and lemmas(before.text, self._pack.morphology) & _different(self._pack)
        )
        return not other  # "другой собеседник" is another one

    def counterpart(self, office: Office, last: LastSpeaker) -> tuple[Person, str, Role] | None:
        """Whoever holds the last speaker's office in the country that the word is given: a colleague whom nobody names."""
        if last.entry is None or not office.countries:
            return None
        for role in ONE_SEAT & {role for role, _ in last.entry.roles(self._context.on)}:
            holders = self._catalog.people.holders(role, office.countries[0], self._context.on)
            if len(holders) == 1:
                return holders[0], office.countries[0], role
        return None

    def _countries(self, entry: Entry) -> set[str | None]:
        return {entry.country, *(country for _, country in entry.roles(self._context.on))}

    def paragraph(self, token: int) -> int:
        sentence = self._layout.sentence_at(self._layout.tokens[token].start)
        return sentence.paragraph if sentence else 0

    def _fitting(self, actor: Actor, office: Office, country: str | None, last: LastSpeaker) -> list[Entry]:
        roles = [office.role]
        if office.anaphoric:
            roles += [Role(r) for r in _compatible(self._pack, office.role) if r != office.role.value]
        seat = self._context.outlet_country
        fits: dict[Entry, None] = {}
        for entry, held in (row for role in roles for row in self._by_role.get(role, ())[:_MOST]):
            if country and not held & {country, None}:
                continue
            foreign = country is None and office.role in ONE_SEAT and seat and not held & {seat, None}
            if not foreign or self._recent(entry, actor, last) or (entry is last.entry and self._just_spoke(actor, office, last)):
                fits[entry] = None
        if country is None and seat and not _national(self._pack).isdisjoint(office.head.split()):
            own = [e for e in fits if (office.role, seat) in e.roles(self._context.on)]
            return own or list(fits)
        return list(fits)

    def _just_spoke(self, actor: Actor, office: Office, last: LastSpeaker) -> bool:
        """ "Глава МИД" may be the one who spoke a paragraph before the last; "президент" is soon the outlet's own again."""
        near = _SAME_SEAT if office.role in ONE_SEAT and office.role is not Role.HEAD_OF_STATE and not office.countries else 1
        return self.paragraph(actor.first) - last.paragraph <= near

    def _recent(self, entry: Entry, actor: Actor, last: LastSpeaker) -> bool:
        """Whether the person was the last one to speak, or was named in this paragraph or the one before."""
        here = self.paragraph(actor.first)
        if entry is last.entry and here - last.paragraph <= 1:
            return True
        return self._near(_before(entry.mentions, actor.first), actor)

    def _near(self, mention: int, actor: Actor) -> bool:
        return mention >= 0 and self.paragraph(actor.first) - self.paragraph(mention) <= 1

    def _of_portfolio(self, office: Office, fits: list[Entry]) -> list[Entry]:
        """Of several ministers those whose portfolio the office names: "глава Минторга" is the "министр торговли"."""
        asked = self._portfolio(office)
        same = [e for e in fits if any(asked & self._portfolio(given) for _, given in e.offices)] if asked else []
        return same or fits

    def _of_another_body(self, entry: Entry, office: Office) -> bool:
        """Whether the office is at a firm or body named in quotation marks that the article never joins with that person."""
        body = self._quoted(office)
        offices = [given for _, given in entry.offices]
        return bool(body) and bool(offices) and not any(body & self._portfolio(given) for given in offices)

    def _quoted(self, office: Office) -> frozenset[str]:
        """Beginnings of the words in quotation marks of an office: 'глава палаты «Атамекен»'."""
        tokens = self._layout.words(office.span)
        opening = next((n for n, t in enumerate(tokens) if t.text in _OPENING), len(tokens))
        return frozenset(t.key[:_STEM] for t in tokens[opening + 1 :] if t.kind == "word" and len(t.key) >= _STEM)

    def _portfolio(self, office: Office) -> frozenset[str]:
        """What an office is for: beginnings of the words behind its head, those in "Минторг" included."""
        words = [t.key for t in self._layout.words(office.span) if t.kind == "word"][1:]
        prefixes = tuple(self._pack["offices"].get("portfolio", {}).get("prefixes", ()))
        bare = [next((w.removeprefix(p) for p in prefixes if w.startswith(p)), w) for w in words]
        return frozenset(w[:_STEM] for w in bare if len(w) >= _STEM)


def _before(mentions: list[int], token: int) -> int:
    """The last mention before a token, -1 where there is none."""
    at = bisect_left(mentions, token) - 1
    return mentions[at] if at >= 0 else -1


@cache
def _compatible(pack: Pack, role: Role) -> tuple[str, ...]:
    return tuple(pack["offices"].get("compatible", {}).get(role.value, ()))


@cache
def _own(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("own", {}).get("words", ()))


@cache
def _guests(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("others", {}).get("guests", ()))


@cache
def _anybody(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("interlocutors", {}).get("anybody", ()))


@cache
def _renaming(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("interlocutors", {}).get("renaming", ()))


@cache
def _different(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("interlocutors", {}).get("different", ()))


@cache
def _interlocutors(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("interlocutors", {}).get("words", ()))


@cache
def _national(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("national", {}).get("words", ()))
