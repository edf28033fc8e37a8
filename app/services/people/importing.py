"""People and their offices from a CSV file of an editor: one row a person, or several, one for each office.

Columns, of which any may be left out but a name: `id`, `sex` (m, f), `country`, `wikidata`, `ru`, `kk`, `en`, `aliases_ru`,
`aliases_kk`, `aliases_en` (between semicolons), and of an office `role`, `office_country`, `office`, `start`, `end`, `certain`
(`no`). The surname stands between slashes: `Касым-Жомарт /Токаев/`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace

from app.catalog import Catalog, Person, Term
from app.catalog.dates import sure_end, sure_start
from app.catalog.people_reader import split_name
from app.catalog.tables import LANGUAGES, several
from app.domain.speaker import Role
from app.errors import Fault, InvalidParameter
from app.pipeline.people.identity import slug

COLUMNS = (
    "id", "sex", "country", "wikidata", *LANGUAGES, *(f"aliases_{language}" for language in LANGUAGES),
    "role", "office_country", "office", "start", "end", "certain",
)  # fmt: skip

Cells = Mapping[str, str]


def read_people(text: str, catalog: Catalog) -> dict[str, Person]:
    """The people of a file by id, those whom the catalogue knows with what the file adds or mends.

    InvalidParameter with one fault a wrong line; then nothing is read.
    """
    lines = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    unknown = sorted(set(lines.fieldnames or ()) - set(COLUMNS))
    if not lines.fieldnames or unknown:
        raise InvalidParameter(f"unknown columns: {', '.join(unknown) or 'none at all'}; known are {', '.join(COLUMNS)}")
    people: dict[str, Person] = {}
    faults: list[Fault] = []
    for cells in lines:
        clean = {name: (value or "").strip() for name, value in cells.items() if name is not None}
        try:
            person = _person(clean, people, catalog)
        except ValueError as error:
            faults.append({"pointer": f"/line/{lines.line_num}", "detail": str(error)})
        else:
            people[person.id] = person
    if faults:
        told = "; ".join(f"line {fault['pointer'].removeprefix('/line/')}: {fault['detail']}" for fault in faults)
        raise InvalidParameter(told, errors=faults)
    return people


def _person(cells: Cells, read: Mapping[str, Person], catalog: Catalog) -> Person:
    ident = cells.get("id") or _ident(cells)
    person = read.get(ident) or catalog.people.get(ident) or Person(ident, {}, {}, {}, None)
    person = _named(person, cells)
    if not person.names:
        raise ValueError("a person needs a name in some language")
    if (sex := cells.get("sex")) not in (None, "", "m", "f"):
        raise ValueError(f"not a sex: {sex!r}; m, f or nothing")
    person = replace(
        person,
        country=cells.get("country") or person.country,
        wikidata=cells.get("wikidata") or person.wikidata,
        sex=sex or person.sex,  # type: ignore[arg-type]
    )
    return _with_term(person, cells) if cells.get("role") else person


def _ident(cells: Cells) -> str:
    names = [cells.get(language, "") for language in ("en", "ru", "kk")]
    full = next((split_name(name)[0] for name in names if name), "")
    if not full:
        raise ValueError("a person needs an id or a name")
    return slug(full)


def _named(person: Person, cells: Cells) -> Person:
    names, surname, given, aliases = dict(person.names), dict(person.surname), dict(person.given), dict(person.aliases)
    for language in LANGUAGES:
        if written := cells.get(language):
            full, last, first = split_name(written)
            names[language] = full
            if last:
                surname[language] = last
            if last and first:
                given[language] = first
        if more := several(cells.get(f"aliases_{language}", "")):
            aliases[language] = tuple(dict.fromkeys((*aliases.get(language, ()), *more)))
    return replace(person, names=names, surname=surname, given=given, aliases=aliases)


def _with_term(person: Person, cells: Cells) -> Person:
    """An office of the same role, place and start is mended, any other added."""
    try:
        role = Role(cells["role"])
    except ValueError:
        raise ValueError(f"not a role: {cells['role']!r}; known are {', '.join(Role)}") from None
    start, end = cells.get("start", ""), cells.get("end", "")
    term = Term(
        role=role,
        country=cells.get("office_country") or person.country,
        office=cells.get("office") or None,
        start=sure_start(start),
        end=sure_end(end),
        certain=cells.get("certain") != "no",
        start_as_known=start,
        end_as_known=end,
    )
    kept = [
        t for t in person.terms if (t.role, t.country, t.office, t.start_as_known) != (role, term.country, term.office, start)
    ]
    return replace(person, terms=tuple(sorted((*kept, term), key=lambda t: t.start_as_known.lstrip("<"))))
