"""How the people and their offices are read from the data: `people/*.csv` names them, `terms/*.csv` dates their offices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import cast

from app.catalog.dates import sure_end, sure_start
from app.catalog.people import People, Person, Sex, Term
from app.catalog.tables import LANGUAGES, CatalogError, files, rows, several
from app.domain.speaker import Role


def read_people() -> People:
    """Everybody of the released data, with their terms in order of time."""
    terms = _read_terms()
    people = tuple(_person(row, terms.pop(row["id"], [])) for path in files("people") for row in rows(path))
    if terms:
        raise CatalogError(f"terms of people who are not in the data: {sorted(terms)}")
    return People(people)


def split_name(written: str) -> tuple[str, str, str]:
    """Full name, surname and given name of a name whose surname stands between slashes: `Касым-Жомарт /Токаев/`."""
    if "/" not in written:
        return written, "", ""
    before, _, rest = written.partition("/")
    surname, _, after = rest.partition("/")
    full = " ".join(" ".join((before, surname, after)).split())
    return full, surname.strip(), " ".join(f"{before} {after}".split())


def _person(row: Mapping[str, str], terms: list[Term]) -> Person:
    names = {language: split_name(row[language]) for language in LANGUAGES if row[language]}
    return Person(
        id=row["id"],
        names={language: full for language, (full, _, _) in names.items()},
        surname={language: surname for language, (_, surname, _) in names.items() if surname},
        given={language: given for language, (_, surname, given) in names.items() if surname and given},
        country=row["country"] or None,
        sex=cast(Sex, row["sex"]) if row["sex"] in ("m", "f") else None,
        wikidata=row["wikidata"] or None,
        aliases={language: found for language in LANGUAGES if (found := several(row[f"aliases_{language}"]))},
        terms=tuple(sorted(terms, key=lambda term: term.start_as_known.lstrip("<"))),
    )


def _read_terms() -> dict[str, list[Term]]:
    terms: dict[str, list[Term]] = defaultdict(list)
    for path in files("terms"):
        for row in rows(path):
            terms[row["person"]].append(_term(row))
    return terms


def _term(row: Mapping[str, str]) -> Term:
    return Term(
        role=Role(row["role"]),
        country=row["country"] or None,
        office=row["office"] or None,
        start=sure_start(row["start"]),
        end=sure_end(row["end"]),
        certain=row["certain"] != "no",
        title={"ru": row["title_ru"]} if row["title_ru"] else {},
        start_as_known=row["start"],
        end_as_known=row["end"],
    )
