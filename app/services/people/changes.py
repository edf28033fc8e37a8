"""What editors do about people, each act recorded and able to be undone: facts merged, split off, people added and mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import RowMapping
from sqlmodel import Session

from app.catalog import Catalog, Person
from app.catalog.validate import find_faults
from app.domain.speaker import Speaker, SpeakerKind
from app.errors import Conflict, InvalidParameter, NotFound
from app.services.groups.keeping import regroup
from app.services.people.living import assembled, body_of_person, with_people
from app.storage import groups, people_changes, rerouting, speakers
from app.storage.database import begin_writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which of the facts heard under an id are meant; all conditions must hold. Dates are inclusive, on `stated_on`."""

    country: str | None = None
    role: str | None = None
    article_id: str | None = None
    from_on: date | None = None
    to_on: date | None = None


def merge(session: Session, released: Catalog, one: str, other: str) -> int:
    """Everything heard under `one`, so far and from now on, belongs to `other`. The number of the change."""
    begin_writing(session)
    catalog = assembled(session, released)
    if one == other or rerouting.moved_to(session, other) == one:
        raise InvalidParameter(f"{one!r} and {other!r} are one speaker already")
    if (moved := rerouting.moved_to(session, one)) is not None:
        raise Conflict(f"{one!r} was merged before, into {moved!r}; undo that first")
    snapshots = {id_: _kept(session, catalog, id_) for id_ in (one, other)}
    return _reroute(session, "merge", f"{one} into {other}", one, other, Part(), snapshots)


def split(session: Session, released: Catalog, one: str, new: Speaker, part: Part) -> int:
    """A part of what was heard under `one`, so far and from now on, belongs to another, who may be new."""
    begin_writing(session)
    if part == Part():
        raise InvalidParameter("say which facts are meant: by country, role, article or dates")
    catalog = assembled(session, released)
    there = speakers.known(session, new.id) or catalog.people.get(new.id) is not None
    kept = _kept(session, catalog, new.id) if there else _row(speakers.as_row(new))
    conditions = ", ".join(f"{name} {value}" for name, value in asdict(part).items() if value is not None)
    return _reroute(
        session,
        "split",
        f"{new.id} off {one} ({conditions})",
        one,
        new.id,
        part,
        {one: _kept(session, catalog, one), new.id: kept},
    )


def add_people(session: Session, released: Catalog, people: Mapping[str, Person], note: str) -> int:
    """Adds people to the catalogue and puts the mended ones in the place of what was known of them.

    InvalidParameter where the catalogue would then hold what it must not: two holders of one seat on one day,
    an unknown country, an id held twice.
    """
    begin_writing(session)
    before = assembled(session, released)
    faults = sorted(set(find_faults(with_people(before, people))) - set(find_faults(before)))
    if faults:
        raise InvalidParameter("; ".join(faults))
    kept = people_changes.added_people(session)
    told = orjson.dumps({id_: kept.get(id_) for id_ in people}).decode()
    people_changes.keep_people(session, [(id_, body_of_person(person)) for id_, person in people.items()])
    return people_changes.record(session, "import", note, told)


def undo(session: Session, number: int) -> str:
    """Takes a change back and says which; facts go back to whom they were heard as."""
    begin_writing(session)
    change = people_changes.get(session, number)
    if change is None:
        raise NotFound(f"there is no change {number}")
    if change["undone_at"] is not None:
        raise Conflict(f"change {number} was undone before")
    if change["kind"] == "import":
        _undo_import(session, change)
    else:
        _undo_rule(session, number)
    people_changes.mark_undone(session, number)
    return f"{change['kind']}: {change['note']}"


def list_changes(session: Session) -> list[dict[str, Any]]:
    """All that was done, the latest first."""
    return [dict(row) for row in people_changes.listed(session)]


def _undo_import(session: Session, change: RowMapping) -> None:
    """In the reverse order only: a later import may have mended what this one added."""
    if later := people_changes.later_imports(session, change["id"]):
        raise Conflict(f"undo the later imports first: {', '.join(map(str, reversed(later)))}")
    people_changes.keep_people(session, orjson.loads(change["before"]).items())


def _undo_rule(session: Session, number: int) -> None:
    rule = people_changes.rule_of(session, number)
    assert rule is not None
    people_changes.end_rule(session, number)
    _replay(session, {rule["heard_as"], rule["speaker_id"]})


def _reroute(
    session: Session, kind: str, note: str, one: str, other: str, part: Part, snapshots: Mapping[str, dict[str, Any]]
) -> int:
    number = people_changes.record(session, kind, note)
    kept = orjson.dumps(dict(snapshots)).decode()
    people_changes.add_rule(session, number, heard_as=one, speaker_id=other, snapshots=kept, **asdict(part))
    _replay(session, {one, other})
    return number


def _replay(session: Session, ids: set[str]) -> None:
    """Statements that are somebody else's now are grouped with what else that one said."""
    tied = rerouting.tied_to(session, ids)
    before = groups.spoken_by(session, tied)
    rerouting.replay(session, ids)
    regroup(session, {fact for fact, _ in before ^ groups.spoken_by(session, tied)})


def _kept(session: Session, catalog: Catalog, id_: str) -> dict[str, Any]:
    """The row of a speaker, or the one that a person of the catalogue would have."""
    row = speakers.get(session, id_)
    if row is not None:
        return _row(dict(row))
    person = catalog.people.get(id_)
    if person is None:
        raise NotFound(f"there is no speaker {id_!r}")
    name = person.names.get("ru") or person.names.get("en") or id_
    made = Speaker(id_, SpeakerKind.PERSON, name, dict(person.names), None, person.country, wikidata=person.wikidata)
    return _row(speakers.as_row(made))


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    left_out = ("statements", "indicators", "last_on")
    return {name: value for name, value in row.items() if name not in left_out}
