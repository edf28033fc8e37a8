"""Speakers found by any spelling of their names, best first: those of the catalogue, and those met in articles."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy import RowMapping
from sqlmodel import Session

from app.catalog import Catalog, People, Person
from app.catalog.people import Term
from app.catalog.sound import sounds
from app.domain.query import Page, PageRequest, SpeakerQuery
from app.services.documents import Document, names_document
from app.services.people.likeness import Spellings
from app.services.stored import speaker_document
from app.storage import speaker_words, speakers

_WORDS = 8
"""Words of a question that are looked at; no name has more."""
_MOST = 400
"""People shown for one question, on all pages together."""


def find_speakers(session: Session, catalog: Catalog, query: SpeakerQuery, page: PageRequest) -> Page:
    """Whoever may be meant by `query.q`, the likeliest first; of those equally likely, whoever was heard most."""
    asked = " ".join((query.q or "").split()[:_WORDS])
    alike = dict(_known(catalog.people).search(asked))
    for id_, likeness in Spellings.of(_met(session, asked)).search(asked).items():
        alike[id_] = max(likeness, alike.get(id_, 0.0))
    heard = speakers.by_id(session, alike)
    documents = [_shown(id_, heard.get(id_), catalog) for id_ in alike]
    wanted = [d for d in documents if query.country in (None, d["country"]) and query.role in (None, d["role"])]
    ranked = sorted((_rank(alike[d["id"]], d, catalog), d["id"], d) for d in wanted)[:_MOST]
    return _page([(rank, id_, document) for rank, id_, document in ranked], page)


def summary_of(person: Person) -> Document:
    """A person of the catalogue whom no article has quoted yet, in the latest office known."""
    terms = [term for term in person.terms if term.certain and term.start is not None]
    latest = max(terms, key=lambda term: term.start or date.min, default=None)
    return {
        "id": person.id,
        "kind": "person",
        "name": person.names.get("ru") or person.names.get("en") or person.id,
        "names": names_document(dict(person.names)),
        "wikidata": person.wikidata,
        "role": latest.role.value if latest else None,
        "country": latest.country if latest else person.country,
        "counts": {"statements": 0, "indicators": 0},
        "last_on": None,
    }


@lru_cache(maxsize=2)
def _known(people: People) -> Spellings:
    return Spellings.of((spelling, person.id) for person in people.all for spelling in person.spellings())


def _met(session: Session, asked: str) -> list[tuple[str, str]]:
    return [(name, id_) for id_, names in speaker_words.likely(session, sounds(asked)) for name in names]


def _shown(id_: str, row: RowMapping | None, catalog: Catalog) -> Document:
    if row is not None:
        return speaker_document(row)
    person = catalog.people.get(id_)
    assert person is not None
    return summary_of(person)


def _rank(likeness: float, shown: Document, catalog: Catalog) -> str:
    """Sorts as text, the best first, and says where a page ended."""
    person = catalog.people.get(shown["id"])
    weight = min(map(_weight, person.terms)) if person and person.terms else "99"
    often = min(shown["counts"]["statements"], 999_999_999)
    return f"{1000 - round(likeness * 1000):04d}.{999_999_999 - often:09d}.{weight}"


def _weight(term: Term) -> str:
    """Of namesakes nobody has quoted yet, the head of state is looked for most, and whoever is in office still."""
    order = (
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "organization_head",
        "deputy_head_of_government",
        "minister",
    )
    over = bool(term.end_as_known) and not term.end_as_known.startswith(">")
    return f"{order.index(term.role.value) if term.role.value in order else 7}{over:d}"


def _page(ranked: list[tuple[str, str, Document]], page: PageRequest) -> Page:
    after = page.after
    rest = [item for item in ranked if after is None or (item[0], item[1]) > (after[0] or "", after[1])]
    shown = rest[: page.limit]
    more = len(rest) > page.limit
    return Page([document for _, _, document in shown], (shown[-1][0], shown[-1][1]) if more else None)
