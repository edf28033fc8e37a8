"""People and the offices they held, with the days they held them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal

from app.catalog.folding import fold
from app.catalog.sound import sound
from app.domain.speaker import Role

Sex = Literal["m", "f"]

# Roles are named from the highest office down.
_TELLING = 6  # letters of a surname that sound like nobody else's
_RANK = {role: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Term:
    """One office held from `start` up to, but without, `end`: the day of a handover is the newcomer's.

    An ambassador's `country` is the sending one and `office` the receiving one; the head of an
    organisation has its code or id as `office`. `start` and `end` are the days between which the term is sure,
    `start_as_known` and `end_as_known` what is known of them: `2016-12` resolves from 2016-12-31 only. `end` is
    None while the term lasts. A term that is not `certain` resolves nothing.
    """

    role: Role
    country: str | None
    office: str | None = None
    start: date | None = None
    end: date | None = None
    certain: bool = True
    title: Mapping[str, str] = field(default_factory=dict, hash=False)
    start_as_known: str = ""
    end_as_known: str = ""

    def covers(self, day: date) -> bool:
        """Whether the office was surely held on that day."""
        return self.certain and self.start is not None and self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks. `names`, `surname` and `given` are nominative, by language; `sex` is None where unknown."""

    id: str
    names: Mapping[str, str] = field(hash=False)
    surname: Mapping[str, str] = field(hash=False)
    given: Mapping[str, str] = field(hash=False)
    country: str | None = field(hash=False)
    sex: Sex | None = field(default=None, hash=False)
    wikidata: str | None = field(default=None, hash=False)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    terms: tuple[Term, ...] = field(default=(), hash=False)

    def spellings(self) -> Iterator[str]:
        """Every form of the name that stands for this person: full in either order, surname alone, aliases."""
        for language, name in self.names.items():
            yield name
            if surname := self.surname.get(language):
                yield f"{surname} {self.given.get(language, '')}"
            yield from self.surnames(language)
        for aliases in self.aliases.values():
            yield from aliases

    def terms_on(self, day: date | None) -> tuple[Term, ...]:
        """The offices surely held on that day, the highest first; none where the day is not known."""
        held = (term for term in self.terms if day is not None and term.covers(day))
        return tuple(sorted(held, key=lambda term: _RANK[term.role]))

    def surnames(self, language: str) -> tuple[str, ...]:
        """The surname in that language, then its other spellings: `Serdar Berdimuhamedov` as an alias holds one."""
        surname, given = self.surname.get(language), self.given.get(language)
        if not surname:
            return ()
        aliases = self.aliases.get(language, ()) if given else ()
        others = (alias.removeprefix(f"{given} ") for alias in aliases if alias.startswith(f"{given} "))
        return (surname, *(other for other in others if not other.endswith(surname)))


@dataclass(frozen=True)
class People:
    """Everybody known, found by id, by name and by office on a day."""

    all: tuple[Person, ...]

    def get(self, person_id: str) -> Person | None:
        """The person of that id."""
        return self.by_id.get(person_id)

    def named(self, key: str) -> tuple[Person, ...]:
        """Everybody whom this surname, full name or alias may mean, in any language.

        A full name is found in other spellings too ("Kasym-Zhomart Tokaev"), and so is a surname in Latin letters.
        """
        heard = _sounds(key)
        return self._by_name.get(fold(key)) or (self._by_sound.get(heard) or self._by_sound.get(heard[::-1], ()) if heard else ())

    def holders(self, role: Role, country: str | None, on: date | None, office: str | None = None) -> tuple[Person, ...]:
        """Who held the office on that day. No day, or a day that no certain term covers, gives nobody.

        Without `office` every office of that role in the country counts: all its ministers, for one.
        """
        if on is None:
            return ()
        seats = self._by_office.get((role, country), ())
        found = [person for term, person in seats if office in (None, term.office) and term.covers(on)]
        return tuple(dict.fromkeys(found))

    @cached_property
    def by_id(self) -> Mapping[str, Person]:
        return {person.id: person for person in self.all}

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Person, ...]]:
        index: dict[str, dict[Person, None]] = defaultdict(dict)
        for person in self.all:
            for spelling in person.spellings():
                index[fold(spelling)][person] = None
        return {key: tuple(people) for key, people in index.items()}

    @cached_property
    def _by_sound(self) -> Mapping[tuple[str, ...], tuple[Person, ...]]:
        index: dict[tuple[str, ...], dict[Person, None]] = defaultdict(dict)
        for person in self.all:
            written = (*person.names.values(), *(a for aliases in person.aliases.values() for a in aliases))
            for spelling in (*written, *person.surnames("en")):
                index[tuple(map(sound, spelling.split()))][person] = None
        return {key: tuple(people) for key, people in index.items()}

    @cached_property
    def _by_office(self) -> Mapping[tuple[Role, str | None], list[tuple[Term, Person]]]:
        index: dict[tuple[Role, str | None], list[tuple[Term, Person]]] = defaultdict(list)
        for person in self.all:
            for term in person.terms:
                index[term.role, term.country].append((term, person))
        return dict(index)


@lru_cache(maxsize=20_000)
def _sounds(key: str) -> tuple[str, ...]:
    """How a full name sounds, or a long surname in Latin letters; nothing of what is too short to tell people apart."""
    words = key.split()
    alone = len(words) == 1 and len(key) >= _TELLING and fold(key).isascii()
    return tuple(map(sound, words)) if len(words) > 1 or alone else ()
