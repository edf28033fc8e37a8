"""What the data of the catalogue must hold: a wrong holder of an office on a day is worse than none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from app.catalog.catalog import Catalog
from app.catalog.folding import fold
from app.catalog.people import Person, Term
from app.catalog.tables import LANGUAGES
from app.domain.speaker import Role

# The countries whose people every reader of the region meets; their names are held in all three languages.
LISTED = frozenset({"KZ", "RU", "UZ", "KG", "TJ", "TM", "CN", "TR", "AZ", "AM", "GE", "BY", "UA", "MN", "IR"})
# Roles with one holder at a time: for a country alone, or for a country and an office.
ONE_SEAT = frozenset({Role.HEAD_OF_STATE, Role.HEAD_OF_GOVERNMENT, Role.FOREIGN_MINISTER})
ONE_SEAT_AN_OFFICE = frozenset({Role.MINISTER, Role.AMBASSADOR, Role.ORGANIZATION_HEAD, Role.GOVERNOR, Role.LEGISLATOR})

FIRST_DEPUTY = "first_deputy"

_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_QID = re.compile(r"Q[1-9][0-9]*")
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ROMAN = re.compile(r"\b[IVX]+\b")


def find_faults(catalog: Catalog) -> tuple[str, ...]:
    """Everything that is wrong with the data, in words; empty where nothing is."""
    return (
        *_ids(catalog),
        *_names(catalog),
        *_terms(catalog),
        *_overlaps(catalog.people.all),
        *_namesakes(catalog.people.all),
        *_vocabulary(catalog),
        *_bodies(catalog),
    )


def _ids(catalog: Catalog) -> Iterator[str]:
    people, outlets, organizations = catalog.people.all, catalog.outlets.all, catalog.organizations.all
    for slugs in ([p.id for p in people], [o.id for o in outlets], [o.id for o in organizations]):
        yield from (f"an id held twice: {slug}" for slug in sorted(_twice(slugs)))
        yield from (f"not a slug: {slug}" for slug in slugs if not _SLUG.fullmatch(slug))
    qids = [qid for qid in (*(p.wikidata for p in people), *(o.wikidata for o in organizations)) if qid]
    yield from (f"a QID held twice: {qid}" for qid in sorted(_twice(qids)))
    yield from (f"not a QID: {qid}" for qid in qids if not _QID.fullmatch(qid))


def _names(catalog: Catalog) -> Iterator[str]:
    for person in catalog.people.all:
        if person.country in LISTED and set(person.names) != set(LANGUAGES):
            yield f"{person.id}: not named in every language"
        if person.country not in catalog.countries:
            yield f"{person.id}: unknown country {person.country}"
        for language, name in _spelt(person):
            foreign = _CYRILLIC if language == "en" else _LATIN
            if foreign.search(_ROMAN.sub("", name)):
                yield f"{person.id}: letters of another alphabet in {name!r} ({language})"


def _spelt(person: Person) -> Iterator[tuple[str, str]]:
    yield from person.names.items()
    for language, aliases in person.aliases.items():
        yield from ((language, alias) for alias in aliases)


def _terms(catalog: Catalog) -> Iterator[str]:
    for person in catalog.people.all:
        for term in person.terms:
            if term.country is not None and term.country not in catalog.countries:
                yield f"{person.id}: unknown country {term.country}"
            if not _office_known(catalog, term):
                yield f"{person.id}: unknown office {term.office} of {term.role}"
            if _backwards(term):
                yield f"{person.id}: a term that ends before it starts: {term.start_as_known}..{term.end_as_known}"


def _office_known(catalog: Catalog, term: Term) -> bool:
    if term.role is Role.SPOKESPERSON and term.country is None:
        return term.office in catalog.blocs
    if term.role is Role.AMBASSADOR:
        return term.office in catalog.countries or term.office in catalog.blocs
    if term.role is Role.ORGANIZATION_HEAD:
        return term.office in catalog.blocs or term.office in catalog.organizations.by_id
    if term.role in ONE_SEAT:
        return term.office is None and term.country is not None
    if term.role is Role.DEPUTY_HEAD_OF_GOVERNMENT:
        return term.office in (None, FIRST_DEPUTY) and term.country is not None
    return term.office in catalog.offices


def _backwards(term: Term) -> bool:
    start, end = term.start_as_known.lstrip("<"), term.end_as_known.lstrip(">")
    size = min(len(start), len(end))
    return start[:size] > end[:size]


def _overlaps(people: Iterable[Person]) -> Iterator[str]:
    seats: dict[tuple[Role, str | None, str | None], list[tuple[date, date, str]]] = defaultdict(list)
    for person in people:
        for term in person.terms:
            if term.certain and term.start and _one_seat(term):
                held = (term.start, term.end or date.max, person.id)
                seats[term.role, term.country, term.office].append(held)
    for seat, terms in seats.items():
        for (_, end, before), (start, _, after) in pairwise(sorted(t for t in terms if t[0] < t[1])):
            if start < end:
                yield f"{before} and {after} both hold {seat} on {start}"


def _one_seat(term: Term) -> bool:
    if term.role is Role.DEPUTY_HEAD_OF_GOVERNMENT:
        return term.office == FIRST_DEPUTY
    return term.role in ONE_SEAT or (term.role in ONE_SEAT_AN_OFFICE and term.office != "member_of_parliament")


def _namesakes(people: Iterable[Person]) -> Iterator[str]:
    """Two people of one country whom their full name would not tell apart."""
    bearers: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for person in people:
        surnames = {fold(surname) for surname in person.surname.values()}
        for _, name in _spelt(person):
            if " " in (full := fold(name)) and full not in surnames:
                bearers[person.country, full].add(person.id)
    yield from (f"one name, several people: {key}: {sorted(ids)}" for key, ids in bearers.items() if len(ids) > 1)


def _vocabulary(catalog: Catalog) -> Iterator[str]:
    for room in (catalog.countries, catalog.blocs, catalog.metrics, catalog.topics, catalog.units, catalog.offices):
        for code, entry in room.items():
            if set(entry.names) != set(LANGUAGES):
                yield f"{code}: not named in every language"
    for bloc in catalog.blocs.values():
        yield from (f"{bloc.code}: unknown member {code}" for code in bloc.members if code not in catalog.countries)
    for unit in catalog.units.values():
        if unit.country is not None and unit.country not in catalog.countries:
            yield f"{unit.code}: unknown country {unit.country}"


def _bodies(catalog: Catalog) -> Iterator[str]:
    homes = [(o.id, o.country) for o in catalog.outlets.all] + [(o.id, o.country) for o in catalog.organizations.all]
    yield from (f"{body}: unknown country {code}" for body, code in homes if code and code not in catalog.countries)
    for organization in catalog.organizations.all:
        if organization.bloc is not None and organization.bloc not in catalog.blocs:
            yield f"{organization.id}: unknown bloc {organization.bloc}"
    outlets = [fold(key) for o in catalog.outlets.all for key in {fold(key) for key in (*o.names, *o.domains)}]
    bodies = [key for o in catalog.organizations.all for key in {fold(name) for name in o.spellings()}]
    yield from (f"a spelling of two outlets: {key}" for key in sorted(_twice(outlets)))
    yield from (f"a spelling of two organisations: {key}" for key in sorted(_twice(bodies)))


def _twice(values: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    return {value for value in values if value in seen or seen.add(value)}  # type: ignore[func-returns-value]
