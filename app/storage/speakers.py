"""Speakers: kept while a fact refers to them, known by the names ingested last and by their latest dated office."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Row, RowMapping, bindparam, func, select, update
from sqlmodel import Session

from app.catalog.folding import fold
from app.domain.query import PageRequest, Position, SpeakerQuery
from app.domain.speaker import ResolvedBy, Speaker
from app.storage import speaker_words
from app.storage.among import rows_among
from app.storage.batches import row_of
from app.storage.conflicts import insert_missing
from app.storage.links import STATEMENT_SPEAKER
from app.storage.paging import Order, Rows, Walk, read_page
from app.storage.tables import speakers, statement_pairs, statement_speakers

_ALIASES_SHOWN = 50
_RECENT = 1000
_UNCOUNTED = {"statements": 0, "indicators": 0, "last_on": None}


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a speaker: the row of the table."""

    id: str
    kind: str
    name: str
    name_folded: str
    names: str
    role: str | None
    country: str | None
    office_on: date | None
    wikidata: str | None


_NAMES = "SELECT id, kind, name, names, wikidata FROM speakers WHERE id"
_RENEWAL = (
    update(speakers)
    .where(speakers.c.id == bindparam("of"))
    .values({f.name: bindparam(f"{f.name}_") for f in fields(Known) if f.name != "id"})
)


def save(session: Session, said: Iterable[tuple[Speaker, date | None]]) -> None:
    """Adds the speakers that are new and brings the others up to date.

    In the order of their ids: two writers who lock the same rows in the same order cannot block each other.
    """
    latest = _latest_first(said)
    ids = sorted(latest)
    there = set(session.scalars(select(speakers.c.id).where(speakers.c.id.in_(ids))))
    insert_missing(session, speakers, [row_of(_known(*latest[i])) | _UNCOUNTED for i in ids if i not in there])
    speaker_words.add(session, {i: _names(latest[i][0]) for i in ids if i not in there})
    columns = (speakers.c[f.name] for f in fields(Known))
    rows = select(*columns).where(speakers.c.id.in_(ids)).order_by(speakers.c.id).with_for_update()
    renewed = []
    for before in [Known(**row) for row in session.execute(rows).mappings()]:
        after = _merged(before, *latest[before.id])
        if after != before:
            renewed.append({"of": before.id} | {f"{name}_": value for name, value in row_of(after).items()})
        if after.names != before.names:
            speaker_words.add(session, {before.id: _names(latest[before.id][0])})
    if renewed:
        session.connection().execute(_RENEWAL, renewed)


def names_of(session: Session, ids: Collection[str]) -> dict[str, Row[Any]]:
    """The living part of the speakers that facts name: id, kind, name, names, wikidata."""
    return {row[0]: row for row in rows_among(session, _NAMES, ids)}


def known(session: Session, id_: str) -> bool:
    return session.execute(select(speakers.c.id).where(speakers.c.id == id_)).first() is not None


def find(session: Session, query: SpeakerQuery, request: PageRequest) -> tuple[Rows, Position | None]:
    """By name, all of them; `q` is not asked here."""
    rows = select(speakers).where(*(speakers.c[field] == value for field, value in _wanted(query)))
    return read_page(session, Walk(rows, Order(speakers.c.name_folded, speakers.c.id)), {}, request)


def by_id(session: Session, ids: Collection[str]) -> dict[str, RowMapping]:
    rows = select(speakers).where(speakers.c.id.in_(ids))
    return {row["id"]: row for row in session.execute(rows).mappings()} if ids else {}


def get(session: Session, id_: str) -> RowMapping | None:
    return session.execute(select(speakers).where(speakers.c.id == id_)).mappings().first()


def aliases(session: Session, id_: str) -> list[str]:
    """How articles wrote the name lately, as it stood there, most frequent first."""
    recent = STATEMENT_SPEAKER.latest(id_, _RECENT)
    heard = statement_speakers.c
    rows = select(heard.as_written).join(recent, recent.c.owner == heard.fact_id).where(heard.speaker_id == id_)
    rows = rows.where(heard.resolved_by == ResolvedBy.NAME.value, heard.as_written.is_not(None)).group_by(heard.as_written)
    return list(session.scalars(rows.order_by(func.count().desc(), heard.as_written).limit(_ALIASES_SHOWN)))


def offices(session: Session, id_: str) -> Rows:
    """The offices in which the speaker was heard, with the first and the last date of each."""
    heard = statement_speakers.c
    first, last = func.min(heard.stated_on).label("first_on"), func.max(heard.stated_on).label("last_on")
    rows = select(heard.role, heard.country, first, last, func.count().label("statements"))
    rows = STATEMENT_SPEAKER.standing(rows)
    rows = rows.where(heard.speaker_id == id_, heard.role.is_not(None)).group_by(heard.role, heard.country)
    return list(session.execute(rows.order_by(last.desc().nulls_last(), heard.role, heard.country)).mappings())


def pairs(session: Session, id_: str) -> list[tuple[str, int]]:
    """The pairs that the speaker's statements concern, with how many, most first."""
    heard, tied = statement_speakers.c, statement_pairs.c
    rows = select(tied.pair, func.count().label("statements")).join(statement_speakers, heard.fact_id == tied.fact_id)
    rows = (
        STATEMENT_SPEAKER.standing(rows)
        .where(heard.speaker_id == id_)
        .group_by(tied.pair)
        .order_by(func.count().desc(), tied.pair)
    )
    return [(row.pair, row.statements) for row in session.execute(rows)]


def first_and_last(session: Session, id_: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The earliest and the latest dated statement: id and date."""
    heard = statement_speakers.c
    rows = STATEMENT_SPEAKER.standing(select(heard.fact_id, heard.stated_on).select_from(statement_speakers))
    rows = rows.where(heard.speaker_id == id_, heard.stated_on.is_not(None)).limit(1)
    first = session.execute(rows.order_by(heard.stated_on, heard.fact_id)).first()
    last = session.execute(rows.order_by(heard.stated_on.desc(), heard.fact_id.desc())).first()
    told = [{"id": row.fact_id, "stated_on": row.stated_on.isoformat()} if row else None for row in (first, last)]
    return told[0], told[1]


def step_back(session: Session, ids: Collection[str]) -> None:
    """After the removal of facts: each speaker goes back to the latest office that is still told of, or to none."""
    for id_ in ids:
        session.execute(update(speakers).where(speakers.c.id == id_).values(**_latest_office(session, id_)))


def _names(speaker: Speaker) -> tuple[str, ...]:
    return (speaker.name, *speaker.names.values())


def _latest_first(said: Iterable[tuple[Speaker, date | None]]) -> dict[str, tuple[Speaker, date | None]]:
    """Of several mentions in one article one that names an office counts before one that does not, then the latest."""
    latest: dict[str, tuple[Speaker, date | None]] = {}
    for speaker, on in said:
        before = latest.get(speaker.id)
        if before is None or _rank(speaker, on) > _rank(*before):
            latest[speaker.id] = (speaker, on)
    return latest


def _rank(speaker: Speaker, on: date | None) -> tuple[bool, date]:
    return speaker.role is not None, on or date.min


def as_row(speaker: Speaker) -> dict[str, Any]:
    """The row of a speaker of whom nothing was heard yet."""
    return row_of(_known(speaker, None)) | _UNCOUNTED


def _known(speaker: Speaker, on: date | None) -> Known:
    return Known(
        id=speaker.id,
        kind=speaker.kind.value,
        name=speaker.name,
        name_folded=fold(speaker.name),
        names=orjson.dumps(speaker.names).decode(),
        role=speaker.role.value if speaker.role else None,
        country=speaker.country,
        office_on=on if speaker.role else None,
        wikidata=speaker.wikidata,
    )


def _merged(before: Known, speaker: Speaker, on: date | None) -> Known:
    """The newest wording of names is the best known; an office gives way only to one held on that day or later."""
    after = _known(speaker, on)
    names: Mapping[str, str] = orjson.loads(before.names) | speaker.names
    after = replace(
        after,
        names=orjson.dumps(names).decode(),
        wikidata=speaker.wikidata or before.wikidata,
    )
    if speaker.role is None or (on or date.min) < (before.office_on or date.min):
        return replace(after, role=before.role, country=before.country or after.country, office_on=before.office_on)
    return after


def _latest_office(session: Session, id_: str) -> dict[str, Any]:
    heard = statement_speakers.c
    rows = select(heard.role, heard.country, heard.stated_on.label("office_on")).where(heard.speaker_id == id_)
    newest = (heard.stated_on.desc().nulls_last(), heard.created_at.desc())
    row = session.execute(rows.where(heard.role.is_not(None)).order_by(*newest).limit(1)).mappings().first()
    return dict(row) if row else {"role": None, "office_on": None}


def _wanted(query: SpeakerQuery) -> Iterable[tuple[str, str]]:
    if query.country is not None:
        yield "country", query.country
    if query.role is not None:
        yield "role", query.role.value
