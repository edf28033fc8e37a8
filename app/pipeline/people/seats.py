"""Which seat of the catalogue an office phrase names: "глава Минэнерго РФ", "спикер мажилиса", "посол Китая в Казахстане"."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.catalog import Catalog, Person
from app.domain.record import record
from app.domain.speaker import Role
from app.pipeline.people.phrases import Frame
from app.pipeline.people.seat_tables import Meaning, SeatRule, SeatTables, seat_tables


@record(frozen=True, slots=True)
class Seat:
    """An office as the catalogue dates it; of a ministry with several portfolios one holder has all that are held.

    `national`: where no country is said, that of the outlet is meant. A seat without `offices` is one that several
    people may be meant by ("лидер Ирана").
    """

    role: Role
    country: str | None
    offices: tuple[str | None, ...]
    national: bool = False

    def like(self, other: Seat | None) -> bool:
        """Whether both may be one seat: "глава Минторга" is the "министр торговли и интеграции Казахстана"."""
        return (
            other is not None
            and self.role is other.role
            and (self.country == other.country or None in (self.country, other.country))
            and not set(self.offices).isdisjoint(other.offices)
        )

    def held_by(self, person: Person, on: date | None) -> bool:
        """Whether the catalogue knows the person in that seat, or one like it, on that day."""
        return any(self.like(Seat(t.role, t.country, (t.office,))) for t in person.terms_on(on))

    def holder(self, catalog: Catalog, on: date | None, outlet_country: str | None) -> tuple[Person, str | None] | None:
        """The one person who surely held it on that day, and of which country."""
        country = self.country or (outlet_country if self.national else None)
        if country is None and self.role is not Role.ORGANIZATION_HEAD:
            return None
        found = {p: None for office in self.offices for p in catalog.people.holders(self.role, country, on, office)}
        return (next(iter(found)), country) if len(found) == 1 else None


@dataclass(slots=True)
class _Phrase:
    """What an office phrase is made of; `unknown` where a word is left over, `unknown_name` where that is a name."""

    head: str
    countries: list[str]
    meanings: list[Meaning] = field(default_factory=list)
    fillers: set[str] = field(default_factory=set)
    capitals: list[str] = field(default_factory=list)  # of words that name a city with a head of its own, and its country too
    unknown: bool = False
    unknown_name: bool = False

    def values(self, kind: str) -> tuple[str, ...]:
        """What all the words behind the head mean of one kind; none where one of them means nothing of it."""
        meant = [m.values.get(kind, ()) for m in self.meanings]
        return tuple(dict.fromkeys(value for values in meant for value in values)) if meant and all(meant) else ()


def behind_head(frame: Frame, catalog: Catalog, at: int, end: int) -> int:
    """The end of the name of a parliament or body that begins at a token, which could be taken for a person's."""
    hit = seat_tables(frame.pack, catalog).behind.at(frame.layout.tokens, at, end) if at < end else None
    return at if hit is None or hit.last == at + 1 else hit.last


def find_seat(frame: Frame, catalog: Catalog, first: int, last: int) -> Seat | None:
    """The seat that the tokens `first`..`last` name as a whole; None where a word is left over or nothing is named."""
    tables = seat_tables(frame.pack, catalog)
    phrase = _read(frame, tables, first, last)
    if phrase is None or phrase.unknown_name:
        return None
    plain = not phrase.unknown and "ministry" not in phrase.fillers
    by_rule = (_by_rule(rule, phrase) for rule in tables.rules.get(phrase.head, ())) if plain else ()
    return next(filter(None, by_rule), None) or _by_group(tables, catalog, phrase, plain)


def leaves_a_name_over(frame: Frame, catalog: Catalog, first: int, last: int) -> bool:
    """Whether an office is of something that no table knows: "премьер Баварии" is not of the country."""
    phrase = _Phrase("", [])
    _read_behind(frame, seat_tables(frame.pack, catalog), phrase, first, last)
    return phrase.unknown_name


def _read(frame: Frame, tables: SeatTables, first: int, last: int) -> _Phrase | None:
    if tables.around:
        return _read_around(frame, tables, first, last)
    tokens, at = frame.layout.tokens, first
    countries: list[str] = []
    while at < last:
        head = tables.heads.at(tokens, at, last)
        if head is not None:
            phrase = _Phrase(head.value, countries)
            _read_behind(frame, tables, phrase, head.last, last)
            return phrase
        country, modifier = frame.mention_at(at), tables.modifiers.at(tokens, at, last)
        if country is not None:
            countries.append(country.code)
        elif modifier is None:
            return None
        at = country.last if country is not None else at + 1
    return None


def _read_around(frame: Frame, tables: SeatTables, first: int, last: int) -> _Phrase | None:
    """Where what a head is of stands before it ("trade minister of Kazakhstan"), the rest is read on both sides of it."""
    hits = [hit for at in range(first, last) if (hit := tables.heads.at(frame.layout.tokens, at, last)) is not None]
    if not hits:
        return None
    head = max(hits, key=lambda hit: (hit.last - hit.first, hit.last))
    phrase = _Phrase(head.value, [])
    _read_behind(frame, tables, phrase, first, head.first)
    before, phrase.meanings = phrase.meanings, []
    _read_behind(frame, tables, phrase, head.last, last)
    phrase.meanings = [m for m in (*before, *phrase.meanings) if m.filler is None] or [*before, *phrase.meanings]
    return phrase


def _read_behind(frame: Frame, tables: SeatTables, phrase: _Phrase, at: int, last: int) -> None:
    tokens = frame.layout.tokens
    found: list[Meaning] = []
    while at < last:
        hit, country = tables.behind.at(tokens, at, last), frame.mention_at(at)
        if country is not None and (hit is None or hit.last < country.last):
            phrase.countries.append(country.code)
            at = country.last
        elif hit is not None:
            phrase.capitals += [country.code] if country is not None else []
            found.append(hit.value)
            at = hit.last
        else:
            if (
                tokens[at].kind == "word"
                and tokens[at].key not in tables.joining
                and tables.modifiers.at(tokens, at, last) is None
            ):
                phrase.unknown = True
                phrase.unknown_name |= tokens[at].capital and not tokens[at].text[1:2].isupper()  # "МИДа" is no place
            at += 1
    phrase.meanings = [m for m in found if m.filler is None] or [m for m in found if m.of or m.values]
    phrase.fillers |= {m.filler for m in found if m.filler is not None}


def _by_rule(rule: SeatRule, phrase: _Phrase) -> Seat | None:
    of = {meaning.of for meaning in phrase.meanings}
    if not of <= rule.of or bool(of) != bool(rule.of):
        return None
    said = list(dict.fromkeys(phrase.countries))
    if len(said) > 1 or (rule.country and said not in ([], [rule.country])):
        return None
    country = rule.country or (said[0] if said else None)
    if country in rule.never or (rule.only and country not in rule.only and not (country is None and rule.national)):
        return None
    return Seat(rule.role, country, (rule.office,), rule.national)


def _by_group(tables: SeatTables, catalog: Catalog, phrase: _Phrase, plain: bool) -> Seat | None:
    """A seat told by what its head is of: a portfolio, a body, a region, or a country alone."""
    groups, said = tables.groups.get(phrase.head, frozenset()), tuple(dict.fromkeys(phrase.countries))
    portfolios = phrase.values("portfolio")
    if portfolios and len(said) <= 1 and ("minister" in groups or ("ministry" in groups and not phrase.unknown)):
        return Seat(Role.MINISTER, said[0] if said else None, portfolios)
    if not plain or len(phrase.meanings) > 1:
        return None
    if "ambassador" in groups and len(both := (*said, *phrase.capitals)) == 2:  # "посол в Москве": of the country's
        return Seat(Role.AMBASSADOR, both[0], (both[1],))
    if phrase.meanings:
        return _of_one_thing(groups, catalog, phrase, said)
    if "leader" in groups and len(said) == 1:
        led = catalog.seats.leader(said[0])
        return Seat(led[0], said[0], (led[1],)) if led else Seat(Role.HEAD_OF_STATE, said[0], ())
    return None


def _of_one_thing(groups: frozenset[str], catalog: Catalog, phrase: _Phrase, said: tuple[str, ...]) -> Seat | None:
    regions, bodies = phrase.values("region"), phrase.values("body")
    if "governor" in groups and regions:
        home = regions[0].split("-")[0]
        return Seat(Role.GOVERNOR, home, regions) if said in ((), (home,)) else None
    if "permanent" in groups and len(said) == 1 and bodies:
        return Seat(Role.AMBASSADOR, said[0], bodies)
    if "organization" not in groups:
        return None
    kinds = phrase.values("kind")
    if kinds:
        bodies = tuple(o.id for o in catalog.organizations.all if o.kind in kinds and said == (o.country,))
    homes = {code: getattr(catalog.organizations.get(code), "country", None) for code in bodies}
    return next((Seat(Role.ORGANIZATION_HEAD, home, (c,)) for c, home in homes.items() if said in ((), (home,))), None)
