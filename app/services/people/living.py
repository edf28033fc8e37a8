"""The catalogue of a running service: what was released, and what editors have added and mended since."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from threading import Lock
from typing import Any

import orjson
from sqlmodel import Session

from app.catalog import Catalog, People, Person
from app.catalog.dates import sure_end, sure_start
from app.catalog.people import Term
from app.domain.speaker import Role
from app.storage import people_changes
from app.storage.database import Database

_FRESH_SECONDS = 1.0


class LivingCatalog:
    """Looks once a second at most, or where it is told to, whether editors changed anything; is made anew only then."""

    def __init__(self, released: Catalog, database: Database) -> None:
        self.released, self._database = released, database
        self._stamp: object = None
        self._current = released
        self._looked = float("-inf")
        self._written, self._seen = 0, 0
        self._lock = Lock()

    def current(self) -> Catalog:
        with self._lock:
            written = self._written
            if written != self._seen or time.monotonic() - self._looked >= _FRESH_SECONDS:
                self._look()
                self._looked, self._seen = time.monotonic(), written
            return self._current

    def look_again(self) -> None:
        """Something was written: whoever asks from now on gets what was there by now. Waits for nobody."""
        self._written += 1

    def _look(self) -> None:
        with self._database.session() as session:
            stamp = people_changes.stamp(session)
            if stamp != self._stamp:
                self._current, self._stamp = assembled(session, self.released), stamp


def assembled(session: Session, released: Catalog) -> Catalog:
    """The released catalogue with the people of the database in the place of those of the same id."""
    added = {id_: person_of(orjson.loads(body)) for id_, body in people_changes.added_people(session).items()}
    return with_people(released, added) if added else released


def with_people(catalog: Catalog, added: Mapping[str, Person]) -> Catalog:
    kept = tuple(added.get(person.id, person) for person in catalog.people.all)
    new = tuple(person for id_, person in added.items() if catalog.people.get(id_) is None)
    return replace(catalog, people=People(kept + new))


def body_of_person(person: Person) -> str:
    """A person as JSON; `person_of` reads it."""
    terms = [
        {
            "role": term.role.value, "country": term.country, "office": term.office, "start": term.start_as_known,
            "end": term.end_as_known, "certain": term.certain, "title": dict(term.title),
        }
        for term in person.terms
    ]  # fmt: skip
    told = {name: getattr(person, name) for name in ("id", "country", "sex", "wikidata")}
    spelt = {name: dict(getattr(person, name)) for name in ("names", "surname", "given", "aliases")}
    return orjson.dumps(told | spelt | {"terms": terms}).decode()


def person_of(body: Mapping[str, Any]) -> Person:
    spelt = {name: dict(body[name]) for name in ("names", "surname", "given")}
    return Person(
        id=body["id"],
        country=body["country"],
        sex=body["sex"],
        wikidata=body["wikidata"],
        aliases={language: tuple(several) for language, several in body["aliases"].items()},
        terms=tuple(term_of(term) for term in body["terms"]),
        **spelt,
    )


def term_of(body: Mapping[str, Any]) -> Term:
    return Term(
        role=Role(body["role"]),
        country=body["country"],
        office=body["office"],
        start=sure_start(body["start"]),
        end=sure_end(body["end"]),
        certain=body["certain"],
        title=dict(body["title"]),
        start_as_known=body["start"],
        end_as_known=body["end"],
    )
