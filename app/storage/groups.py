"""Groups of statements at rest: who said what when, which statements are alike, and who is in which group."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, bindparam, delete, func, select, update
from sqlmodel import Session

from app.domain.facts import Review
from app.domain.speaker import SpeakerKind
from app.storage.batches import write
from app.storage.conflicts import insert_missing
from app.storage.group_tables import statement_groups, statement_likenesses
from app.storage.paging import Rows
from app.storage.tables import speakers, statement_speakers, statements

MOST_OF_A_DAY = 500
"""Statements of one speaker and day that are compared, so that a flood of one day stays bearable."""
_AT_ONCE = 10_000
# While a store of an earlier release is gone through, one that was not reached yet may be alike to one that was.
_LENGTH = func.coalesce(statements.c.length, 0).label("length")
_OF_MEMBERS = (statements.c.id, statements.c.article_id, _LENGTH, statements.c.created_at, statements.c.group_id)
Pairs = Collection[tuple[str, str]]


class Said(NamedTuple):
    """A statement as far as it is compared with others."""

    id: str
    article_id: str
    figures: str | None
    language: str | None
    lemmas: str
    speaker_id: str
    stated_on: date


def said(session: Session, fact_ids: Collection[str]) -> list[Said]:
    """Of these statements the ones that can be in a group: named speakers, a known day, not rejected by an editor.

    What only repeats an earlier copy of its article is told there.
    """
    if session.get_bind().dialect.name == "postgresql":
        return _said(session, _POSTGRESQL_IDS, [list(fact_ids)])
    return _said(session, _SQLITE_IDS, [orjson.dumps(list(fact_ids)).decode()])


def said_on(session: Session, days: Collection[tuple[str, date]]) -> list[Said]:
    """What speakers said on days of theirs, as far as it can be in a group: one question for however many days."""
    wanted, most = sorted(days), MOST_OF_A_DAY * len(days)
    if session.get_bind().dialect.name == "postgresql":
        return _said(session, _POSTGRESQL_DAYS, [[speaker for speaker, _ in wanted], [day for _, day in wanted]], most)
    return _said(session, _SQLITE_DAYS, [orjson.dumps(wanted).decode()], most)


def hold_speakers(session: Session, speaker_ids: Collection[str]) -> None:
    """Who would group the same speakers' words waits until the transaction ends, and then sees what was written here."""
    rows = select(speakers.c.id).where(speakers.c.id.in_(list(speaker_ids))).order_by(speakers.c.id)
    session.execute(rows.with_for_update())


def hold_speakers_in(session: Session, article_id: str) -> None:
    """The same for whoever speaks in an article."""
    rows = select(statement_speakers.c.speaker_id).join(statements, statements.c.id == statement_speakers.c.fact_id)
    hold_speakers(session, set(session.scalars(rows.where(statements.c.article_id == article_id))))


def put_likenesses(session: Session, fact_ids: Collection[str], pairs: Pairs) -> None:
    """In the place of what these statements were alike to."""
    for column in (statement_likenesses.c.fact_id, statement_likenesses.c.other_id):
        session.execute(delete(statement_likenesses).where(column.in_(list(fact_ids))))
    both = {*pairs, *((other, one) for one, other in pairs)}
    if both:
        write(session.connection(), statement_likenesses, [{"fact_id": a, "other_id": b} for a, b in sorted(both)])


def alike_to(session: Session, fact_ids: Collection[str]) -> list[tuple[str, str]]:
    rows = select(statement_likenesses.c.fact_id, statement_likenesses.c.other_id)
    found = session.execute(rows.where(statement_likenesses.c.fact_id.in_(list(fact_ids))))
    return [(one, other) for one, other in found]


def members(session: Session, fact_ids: Collection[str]) -> Rows:
    return list(session.execute(select(*_OF_MEMBERS).where(statements.c.id.in_(list(fact_ids)))).mappings())


def beside(session: Session, chosen: ColumnElement[bool]) -> set[str]:
    """All members of the groups that the chosen statements are in."""
    groups = set(session.scalars(select(statements.c.group_id).where(chosen, statements.c.group_id.is_not(None))))
    return set(session.scalars(select(statements.c.id).where(statements.c.group_id.in_(groups)))) if groups else set()


def beside_facts(session: Session, fact_ids: Collection[str]) -> set[str]:
    return beside(session, statements.c.id.in_(list(fact_ids)))


def beside_article(session: Session, article_id: str) -> set[str]:
    return beside(session, statements.c.article_id == article_id)


def place(session: Session, groups: dict[str, str | None]) -> None:
    """By statement the group that it is in now."""
    if groups:
        change = update(statements).where(statements.c.id == bindparam("of")).values(group_id=bindparam("group"))
        session.connection().execute(change, [{"of": of, "group": group} for of, group in sorted(groups.items())])


def put_groups(session: Session, gone: Collection[str], now: Iterable[dict[str, Any]]) -> None:
    """The groups as they are now in the place of those that are gone or were otherwise."""
    rows = list(now)
    replaced = {*gone, *(row["id"] for row in rows)}
    if replaced:
        session.execute(delete(statement_groups).where(statement_groups.c.id.in_(sorted(replaced))))
    insert_missing(session, statement_groups, sorted(rows, key=lambda row: str(row["id"])))


def describe(session: Session, fact_id: str, figures: str | None, length: int) -> None:
    """What a statement is known by elsewhere, besides its words."""
    session.execute(update(statements).where(statements.c.id == fact_id).values(figures=figures, length=length))


def spoken_by(session: Session, speaker_ids: Collection[str]) -> set[tuple[str, str]]:
    """The statements of these speakers, each with whose it is; co-speakers have no part in groups."""
    rows = select(statement_speakers.c.fact_id, statement_speakers.c.speaker_id).where(statement_speakers.c.position == 0)
    return {
        (fact, speaker) for fact, speaker in session.execute(rows.where(statement_speakers.c.speaker_id.in_(list(speaker_ids))))
    }


def _said(session: Session, question: str, wanted: list[Any], most: int = _AT_ONCE) -> list[Said]:
    if not any(wanted):
        return []
    mark = "%s" if session.get_bind().dialect.name == "postgresql" else "?"
    found = session.connection().exec_driver_sql(f"{question} LIMIT {mark}", (*wanted, most))
    return [
        Said(id_, article, figures, language, lemmas, who, _day(day))
        for id_, article, figures, language, lemmas, who, day in found
    ]


def _day(stored: date | str) -> date:
    """SQLite keeps the letters."""
    return stored if isinstance(stored, date) else date.fromisoformat(stored)


def _question(wanted: str, on: str, join: str) -> str:
    """Said once for each engine: putting it together for each article costs more than answering it."""
    return f"""SELECT s.id, s.article_id, s.figures, a.language, w.lemmas, ss.speaker_id, ss.stated_on FROM {wanted}
    {join} statement_speakers AS ss ON {on} {join} statements AS s ON s.id = ss.fact_id
    {join} articles AS a ON a.id = s.article_id {join} statement_words AS w ON w.owner_id = s.id
    {join} speakers AS p ON p.id = ss.speaker_id
    WHERE ss.position = 0 AND ss.stated_on IS NOT NULL AND s.repeats IS NULL
    AND s.review <> '{Review.REJECTED.value}' AND p.kind <> '{SpeakerKind.UNNAMED.value}'"""  # noqa: S608 - nothing of a client's


_THE_DAY = "ss.speaker_id = wanted.speaker_id AND ss.stated_on = wanted.day"
_POSTGRESQL_IDS = _question("unnest(%s::text[]) AS wanted (id)", "ss.fact_id = wanted.id", "JOIN")
_POSTGRESQL_DAYS = _question("unnest(%s::text[], %s::date[]) AS wanted (speaker_id, day)", _THE_DAY, "JOIN")
# SQLite takes the tables of a CROSS JOIN in the order in which they are named.
_SQLITE_IDS = _question("json_each(?)", "ss.fact_id = json_each.value", "CROSS JOIN")
_SQLITE_DAYS = _question(
    "(SELECT json_extract(value, '$[0]') AS speaker_id, json_extract(value, '$[1]') AS day FROM json_each(?)) AS wanted",
    _THE_DAY,
    "CROSS JOIN",
)
