"""The people an article names: one entry a person, however often and in whatever case the name stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from app.catalog import Catalog, Person
from app.domain.place import by_first
from app.domain.speaker import Role
from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor
from app.pipeline.people.name_words import stem
from app.pipeline.people.names import Name
from app.pipeline.people.offices import Office
from app.pipeline.people.recognition import may_be

_OBLIQUE = ("gen", "dat", "ins", "loc", "acc", "abl")


@dataclass(eq=False)
class Entry:
    """Somebody in this article: `words` is the fullest name in the nominative, `offices` as they were given.

    `mentions` are the first tokens of all mentions, `subjects` those of the ones that can be subjects.
    """

    words: tuple[str, ...]
    feminine: bool | None = None
    offices: list[tuple[int, Office]] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)
    person: Person | None = None
    ambiguous: bool = False
    beside: str | None = None  # the country in brackets behind the name

    def roles(self, on: date | None) -> set[tuple[Role, str | None]]:
        """The offices that the article gives and those that the catalogue knows for that day; without a day, any ever held."""
        given = {
            (office.role, office.countries[0] if office.countries else None) for _, office in self.offices if not office.former
        }
        known = {(t.role, t.country) for t in self.person.terms if on is None or t.covers(on)} if self.person else set()
        return given | known

    @property
    def country(self) -> str | None:
        for _, office in self.offices:
            if office.countries:
                return office.countries[0]
        return self.beside or (self.person.country if self.person else None)


class Roster:
    """Everybody named in one article, found again by any mention; `cases` is the case that an attribution asks of one."""

    def __init__(self, actors: Iterable[Actor], pack: Pack, catalog: Catalog, on: date | None, cases: dict[int, str]) -> None:
        self._pack, self._catalog, self._on, self._cases = pack, catalog, on, cases
        self.entries: list[Entry] = []
        self._by_stem: dict[str, list[Entry]] = {}
        self._by_given: dict[str, list[Entry]] = {}
        self._by_mention: dict[int, Entry] = {}
        named = [actor for actor in actors if actor.name is not None]
        for actor in sorted(named, key=lambda a: (-_fullness(a.name), a.first)):
            self._enter(actor)
        for entry in self.entries:
            entry.mentions.sort()
            self._identify(entry)
        for actor in sorted(named, key=by_first):
            entry = self._by_mention[actor.first]
            if self.may_be_subject(actor, entry):
                entry.subjects.append(actor.first)

    def of(self, actor: Actor) -> Entry | None:
        """The entry of a mention that has a name."""
        return self._by_mention.get(actor.first)

    def may_be_subject(self, actor: Actor, entry: Entry | None) -> bool:
        """Whether a mention can be in the nominative: "Токаева" of a man cannot."""
        feminine = entry.feminine if entry else None
        if entry is not None and entry.person is not None and entry.person.sex:
            feminine = entry.person.sex == "f"
        if actor.governed or not actor.forms:
            return not actor.governed
        if entry is not None and entry.person is not None and actor.name is not None:
            surname = key(actor.name.words[-1])
            if surname not in _name_words(entry.person) and surname not in map(key, entry.words):
                return False  # "Пашиняна" is no nominative of Пашинян
        unfit = "" if feminine is None or actor.office is not None else "masc" if feminine else "fem"
        return any(f.case in ("nom", None) and f.gender != unfit for f in actor.forms)

    def _enter(self, actor: Actor) -> None:
        name = actor.name
        assert name is not None
        words = self._nominative(actor, name)
        stems = tuple(stem(w, self._pack) for w in words)
        entry = next((e for e in self._by_stem.get(stems[-1], ()) if self._same(e, stems)), None)
        if entry is None and len(words) == 1:
            entry = next((e for e in self.entries if stems[0] == stem(e.words[0], self._pack) and self._eastern(e)), None)
        if entry is None and len(words) == 1 and self._is_given(words[0]):
            bearers = self._by_given.get(stems[0], [])  # "Sheikh Mohamed", "Hillary": the only one of that given name
            entry = bearers[0] if len(bearers) == 1 else None
        if entry is None:
            entry = Entry(words)
            self.entries.append(entry)
            if len(words) > 1:
                self._by_given.setdefault(stems[0], []).append(entry)
            self._by_stem.setdefault(stems[-1], []).append(entry)
        if len(words) == len(entry.words) and _is_nominative(actor) and not any(map(_initial, words)):
            entry.words = words
        elif len(words) == 1 and self._cases.get(actor.first) == "nom":
            self._correct(entry, words[0])
        genders = {f.gender for f in name.forms if f.gender}
        if entry.feminine is None and len(genders) == 1:
            entry.feminine = genders == {"fem"}
        if actor.office is not None:
            entry.offices.append((actor.first, actor.office))
        if actor.countries and (actor.office is None or not actor.office.countries):
            entry.beside = actor.countries[0]
        entry.mentions.append(actor.first)
        self._by_mention[actor.first] = entry

    def _correct(self, entry: Entry, surname: str) -> None:
        """A surname seen in the nominative shows that a full name read as one ("Адылбека Касымалиева") was not."""
        if key(entry.words[-1]) != key(surname):
            for case in _OBLIQUE:
                words = self._pack.morphology.name_in_nominative(entry.words, case, False)
                if key(words[-1]) == key(surname):
                    entry.words, entry.feminine = words, False
                    return

    def _is_given(self, word: str) -> bool:
        return any(r.name == "given" for r in self._pack.morphology.name_readings(word))

    def _eastern(self, entry: Entry) -> bool:
        """A family name that comes first: Chinese, Korean and Vietnamese names of short words."""
        return 2 <= len(entry.words) <= 3 and len(entry.words[0]) <= 4 and entry.feminine is not True

    def _same(self, entry: Entry, stems: tuple[str, ...]) -> bool:
        """Whether a shorter name may be the entry's: every other word is one of its words or an initial of one."""
        own = [stem(w, self._pack) for w in entry.words]
        return all(any(o == s or (len(s) == 1 and o.startswith(s)) for o in own) for s in stems[:-1])

    def _nominative(self, actor: Actor, name: Name) -> tuple[str, ...]:
        forms = actor.forms or name.forms
        genders = {f.gender for f in name.forms if f.gender and f.case not in (None, "nom")}
        cases = [f.case for f in forms]
        if actor.office is not None and any(cases):
            cases = [case for case in cases if case is not None]  # an office shows the case of a name that does not
        asked = self._cases.get(actor.first)
        if asked != "nom" and (known := self._known_nominative(name.words, [*cases, *name.cases], asked)) is not None:
            return known
        if asked == "nom" or not cases or (asked not in cases and ("nom" in cases or None in cases)):
            return name.words
        feminine = genders == {"fem"} if genders else None
        case = asked if asked in cases else next((c for c in _OBLIQUE if c in cases), None)
        return self._pack.morphology.name_in_nominative(name.words, case, feminine)

    def _known_nominative(self, words: tuple[str, ...], cases: list[str | None], asked: str | None) -> tuple[str, ...] | None:
        """The nominative that the catalogue knows: "Касым-Жомартом Токаевым" may be one, its nominative is.

        The case that is asked for comes first: "по словам Алиева" is Алиев, not a woman of that name.
        """
        possible = ["nom", *(c for c in _OBLIQUE if c in cases)]
        possible.sort(key=lambda case: case != asked)
        for case, feminine in ((case, feminine) for case in possible for feminine in (None, True, False)):
            nominative = self._pack.morphology.name_in_nominative(words, case, feminine)
            if self._named(nominative):
                return nominative
        return None

    def _named(self, words: tuple[str, ...]) -> tuple[Person, ...]:
        """Everybody of the catalogue whom a name in the nominative may mean: in full, by surname, by initials and surname."""
        people = self._catalog.people
        for spelling in _spellings(words):
            if found := people.named(" ".join(spelling)):
                return found
        alone = people.named(words[-1]) if len(words) == 1 or _initial(words[0]) else ()
        return tuple(p for p in alone if len(words) == 1 or _fits_initial(p, words[0]))

    # ------------------------------------------------------------ the catalogue

    def _identify(self, entry: Entry) -> None:
        """Finds the person in the catalogue; several who could be meant stay nobody."""
        candidates = self._named(entry.words)
        given = [office for _, office in entry.offices]
        candidates = tuple(p for p in candidates if may_be(p, entry.words, given, self._on, self._pack))
        if len(candidates) > 1:
            serving = tuple(p for p in candidates if self._on and any(t.covers(self._on) for t in p.terms))
            candidates = serving if len(serving) == 1 else candidates
        if len(entry.words) == 1 and candidates and self._also_a_man(entry.words[0], candidates):
            candidates = (*candidates, *candidates)  # "Алиева" alone may be a woman's name or a man's in the genitive
        entry.ambiguous = len(candidates) > 1
        entry.person = candidates[0] if len(candidates) == 1 else None

    def _also_a_man(self, surname: str, candidates: tuple[Person, ...]) -> bool:
        masculine = self._pack.morphology.name_in_nominative((surname,), "gen", False)
        others = self._catalog.people.named(masculine[0]) if masculine[0] != surname else ()
        return bool(set(others) - set(candidates))


@lru_cache(maxsize=5_000)
def _name_words(person: Person) -> frozenset[str]:
    """The words of all the spellings of a person's name."""
    return frozenset(key(word) for name in person.spellings() for word in name.split())


def _spellings(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    yield words
    if len(words) > 2:
        yield (words[0], words[-1])
        yield words[:2]
    if len(words) == 2:
        yield (words[1], words[0])


def _initial(word: str) -> bool:
    return len(word) == 1


def _fits_initial(person: Person, initial: str) -> bool:
    return any(key(given).startswith(key(initial)) for given in person.given.values())


def _fullness(name: Name | None) -> int:
    return sum(len(word) > 1 for word in name.words) if name else 0


def _is_nominative(actor: Actor) -> bool:
    cases = {f.case for f in actor.forms}
    return "nom" in cases and cases <= {"nom", None}
