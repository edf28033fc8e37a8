"""Whose words facts are, as editors have said: rules applied in the order in which they were made.

Every rule is one UPDATE of the rows that tie facts to speakers; those rows remember under which id the fact was
read (`heard_as`), so that rules can be taken back and applied anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import orjson
from sqlalchemy import ColumnElement, RowMapping, Table, exists, func, or_, select, update
from sqlmodel import Session

from app.storage import speaker_words
from app.storage.among import rows_among
from app.storage.conflicts import insert_missing
from app.storage.people_tables import speaker_rules
from app.storage.tables import indicator_speakers, indicators, speakers, statement_speakers, statements
from app.storage.tallies import SPEAKERS, count_anew

_RULED = "SELECT 1 FROM speaker_rules WHERE active AND heard_as"
_OWNERS = {statement_speakers.name: statements, indicator_speakers.name: indicators}
_TIES = (statement_speakers, indicator_speakers)


def rules_about(session: Session, ids: Collection[str]) -> list[RowMapping]:
    """The rules in force about what is heard under these ids, oldest first."""
    if not ids:
        return []
    rows = select(speaker_rules).where(speaker_rules.c.heard_as.in_(ids), speaker_rules.c.active)
    return list(session.execute(rows.order_by(speaker_rules.c.change_id)).mappings())


def moved_to(session: Session, id_: str) -> str | None:
    """Where everything heard under an id has gone, if it has gone somewhere as a whole."""
    seen = {id_}
    while whole := [r for r in rules_about(session, [id_]) if not any(r[name] for name in _CONDITIONS)]:
        id_ = whole[-1]["speaker_id"]
        if id_ in seen:
            return None
        seen.add(id_)
    return id_ if len(seen) > 1 else None


def follow(session: Session, heard: Collection[str], articles: Collection[str]) -> None:
    """Applies the rules to the facts of new articles, which are written and counted already."""
    waiting, rules = set(heard), list[RowMapping]()
    while found := [r for r in rules_about(session, waiting) if r not in rules]:
        rules += found
        waiting = {r["speaker_id"] for r in found}
    if rules:
        _apply(session, sorted(rules, key=lambda rule: rule["change_id"]), articles)
        recount(session, {rule[of] for rule in rules for of in ("heard_as", "speaker_id")})


def replay(session: Session, ids: Collection[str]) -> None:
    """Takes every fact of these ids, and of all that rules tie to them, back to what was heard, and applies the rules anew."""
    tied = tied_to(session, ids)
    _revive(session, tied)
    for table in _TIES:
        back = {"speaker_id": table.c.heard_as, "heard_as": None}
        session.execute(update(table).where(table.c.heard_as.in_(tied)).values(**back))
    _apply(session, rules_about(session, tied), None)
    recount(session, tied)


def recount(session: Session, ids: Collection[str]) -> None:
    """Counts anew what these speakers said; those who said nothing are dropped."""
    count_anew(session, SPEAKERS, ids)


def heard_elsewhere(session: Session, facts: Collection[str], ids: Collection[str]) -> dict[tuple[str, str], str]:
    """By fact and the id under which it was read: the speaker whom editors say it is, where they said anything."""
    if not rows_among(session, _RULED, ids):
        return {}
    found: dict[tuple[str, str], str] = {}
    for table in _TIES:
        rows = select(table.c.fact_id, table.c.heard_as, table.c.speaker_id)
        rows = rows.where(table.c.fact_id.in_(facts), table.c.heard_as.is_not(None))
        found |= {(fact, heard): now for fact, heard, now in session.execute(rows)}
    return found


_CONDITIONS = ("country", "role", "article_id", "from_on", "to_on")


def tied_to(session: Session, ids: Collection[str]) -> set[str]:
    """These ids and all that any rule, in force or not, ties to them."""
    tied: set[str] = set()
    new = set(ids)
    while new:
        tied |= new
        rules = speaker_rules.c
        rows = select(rules.heard_as, rules.speaker_id).where(or_(rules.heard_as.in_(new), rules.speaker_id.in_(new)))
        new = {id_ for row in session.execute(rows) for id_ in row} - tied
    return tied


def _apply(session: Session, rules: Iterable[RowMapping], articles: Collection[str] | None) -> None:
    for rule in rules:
        _revive(session, {rule["speaker_id"]})
        for table in _TIES:
            session.execute(_moved(table, rule, articles))


def _moved(table: Table, rule: RowMapping, articles: Collection[str] | None) -> Any:
    """Where one fact has both already, it stays as it was: nobody speaks twice in one statement."""
    other = table.alias()
    both = exists().where(other.c.fact_id == table.c.fact_id, other.c.speaker_id == rule["speaker_id"])
    wanted = [table.c.speaker_id == rule["heard_as"], ~both, *_conditions(table, rule, articles)]
    heard = func.coalesce(table.c.heard_as, table.c.speaker_id)
    return update(table).where(*wanted).values(heard_as=heard, speaker_id=rule["speaker_id"])


def _conditions(table: Table, rule: RowMapping, articles: Collection[str] | None) -> Iterable[ColumnElement[bool]]:
    if rule["from_on"] is not None:
        yield table.c.stated_on >= rule["from_on"]
    if rule["to_on"] is not None:
        yield table.c.stated_on <= rule["to_on"]
    owner = _OWNERS[table.name]
    for wanted in ([rule["article_id"]] if rule["article_id"] else None, articles):
        if wanted is not None:
            yield table.c.fact_id.in_(select(owner.c.id).where(owner.c.article_id.in_(wanted)))
    yield from (table.c[name] == rule[name] for name in ("country", "role") if rule[name] is not None)


def _revive(session: Session, ids: Collection[str]) -> None:
    """Makes the rows of speakers anew that went when nothing was theirs any more."""
    there = set(session.scalars(select(speakers.c.id).where(speakers.c.id.in_(ids))))
    rules = speaker_rules.c
    for missing in sorted(set(ids) - there):
        about = select(rules.snapshots).where(or_(rules.heard_as == missing, rules.speaker_id == missing))
        kept = session.scalars(about.order_by(rules.change_id.desc()).limit(1)).first()
        if kept is not None:
            known = orjson.loads(kept)[missing]
            on = known["office_on"]
            row = known | {"office_on": date.fromisoformat(on) if on else None, "statements": 0, "indicators": 0, "last_on": None}
            insert_missing(session, speakers, [row])
            speaker_words.add(session, {missing: [row["name"], *orjson.loads(row["names"]).values()]})
