"""One speaker in full: names, dated offices, what they said about whom; and where an id leads that is not the canonical one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from sqlmodel import Session

from app.catalog import Catalog, People, Term
from app.domain.query import IndicatorQuery, StatementQuery
from app.errors import InvalidParameter, NotFound
from app.pipeline.people.identity import slug
from app.services.documents import Document
from app.services.people.living import LivingCatalog
from app.services.people.search import summary_of
from app.services.stored import heard_office_document, speaker_document
from app.storage import rerouting, speakers

Query = TypeVar("Query", StatementQuery, IndicatorQuery)

_NAMESAKES = 5


def get_profile(session: Session, catalog: Catalog, speaker_id: str) -> Document:
    """A speaker under their canonical id, heard or known from the catalogue only; NotFound where there is nobody."""
    row, person = speakers.get(session, speaker_id), catalog.people.get(speaker_id)
    if row is None and person is None:
        raise NotFound(f"there is no speaker {speaker_id!r}")
    summary = speaker_document(row) if row is not None else summary_of(person)  # type: ignore[arg-type]
    heard = speakers.aliases(session, speaker_id)
    known = [alias for several in person.aliases.values() for alias in several] if person else []
    first, last = speakers.first_and_last(session, speaker_id)
    return summary | {
        "aliases": list(dict.fromkeys((*heard, *known))),
        "offices": [heard_office_document(office) for office in speakers.offices(session, speaker_id)],
        "terms": [_term_document(term) for term in person.terms] if person else [],
        "pairs": [{"pair": pair, "statements": count} for pair, count in speakers.pairs(session, speaker_id)],
        "first_statement": first,
        "last_statement": last,
    }


def canonical_id(session: Session, catalog: Catalog, id_: str) -> str:
    """The id itself, or the one that it is an alias of: merged with another, or a spelling that one person alone has.

    NotFound where there is nobody, and where several people share the spelling.
    """
    if moved := rerouting.moved_to(session, id_):
        return moved
    if speakers.known(session, id_) or catalog.people.get(id_) is not None:
        return id_
    spelled = slug(id_)
    meant = sorted(_by_slug(catalog.people).get(spelled, ()))
    if len(meant) == 1:
        return canonical_id(session, catalog, meant[0])
    if meant:
        raise NotFound(f"{id_!r} may be any of these: {', '.join(meant[:_NAMESAKES])}")
    raise NotFound(f"there is no speaker {id_!r}")


def with_canonical_speaker(session: Session, living: LivingCatalog, query: Query) -> Query:
    """The query with its speaker under the canonical id; an unknown one is a mistake to be told of, not an empty list."""
    if query.speaker is None:
        return query
    try:
        return replace(query, speaker=canonical_id(session, living.current(), query.speaker))
    except NotFound as error:
        raise InvalidParameter(error.detail, pointer="/query/speaker") from None


@lru_cache(maxsize=2)
def _by_slug(people: People) -> Mapping[str, frozenset[str]]:
    """Whom a spelling may mean, as it would stand in an address: `tokayev`, `си-цзиньпин` as `si-tszinpin`."""
    found: dict[str, set[str]] = defaultdict(set)
    for person in people.all:
        for spelling in person.spellings():
            found[slug(spelling)].add(person.id)
    return {spelled: frozenset(ids) for spelled, ids in found.items()}


def _term_document(term: Term) -> Document:
    """ISO 8601 dates, as exact as they are known; the observed ones are days by or until which the office was held at least."""
    start, end = term.start_as_known, term.end_as_known
    return {
        "role": term.role.value,
        "country": term.country,
        "office": term.office,
        "start": start if start and not start.startswith("<") else None,
        "observed_from": start[1:] if start.startswith("<") else None,
        "end": end if end and not end.startswith(">") else None,
        "observed_until": end[1:] if end.startswith(">") else None,
        "certain": term.certain,
    }
