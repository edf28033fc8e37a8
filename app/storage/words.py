"""Searching by words: where each text stands in the index of words, and how a search is said to either engine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    String,
    Table,
    bindparam,
    cast,
    column,
    delete,
    insert,
    literal_column,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlmodel import Session

from app.domain.query import PageRequest, Position
from app.domain.search import Phrase, Sought
from app.errors import InvalidParameter
from app.storage.paging import Rows

_NUMBERS = 40
"""Bits of a place within its day: half a million of one day share a number once in nine times, and then one moves on."""
Words = tuple[str, date | None, str]
"""The id of the owner, its date, its lemmas."""
Asked = Mapping[str, Any]
Found = tuple[Rows, Position | None]


def place_of(owner_id: str, on: date | None) -> int:
    """A number that grows with the date, undated first.

    Both engines list what they find in the order of this number without looking at the rows: so the newest of many
    thousand hits are read, and not all of them to be sorted.
    """
    number = int.from_bytes(hashlib.blake2b(owner_id.encode(), digest_size=5).digest(), "big")
    return first_place(on) + number


def first_place(on: date | None) -> int:
    """The first number of a day."""
    return (on.toordinal() if on else 0) << _NUMBERS


def write_anew(session: Session, index: Table, words: Collection[Words]) -> None:
    """Puts these words in the place of what was indexed of their owners."""
    session.execute(delete(index).where(index.c.owner_id.in_([owner_id for owner_id, _, _ in words])))
    if words:
        session.execute(insert(index), rows_of(session, index, words))


def rows_of(session: Session, index: Table, words: Collection[Words]) -> list[dict[str, Any]]:
    """The rows to be written; what would take a number that is taken moves on to the next."""
    wanted = [(place_of(owner_id, on), owner_id, lemmas) for owner_id, on, lemmas in words]
    taken = _taken(session, index, [place for place, _, _ in wanted])
    rows = []
    for place, owner_id, lemmas in sorted(wanted):
        while place in taken:
            place += 1
            taken |= _taken(session, index, [place])
        taken.add(place)
        rows.append({"place": place, "owner_id": owner_id, "lemmas": lemmas})
    return rows


@dataclass(frozen=True, slots=True)
class Hits:
    """What an index of words finds for `:sought`, as one engine says it."""

    source: FromClause
    place: ColumnElement[int]
    found: ColumnElement[bool]


@lru_cache
def hits(words: Table, dialect: str) -> Hits:
    """The plus keeps SQLite from asking its index once for each row instead of walking along it."""
    if dialect == "postgresql":
        found = literal_column(f"{words.name}.vector", TSVECTOR).op("@@")(cast(bindparam("sought", type_=String), TSQUERY))
        return Hits(words, words.c.place, found)
    index = f"{words.name}_fts"
    fts = table(index, column("rowid", BigInteger), column(index, String))
    on = words.c.place == literal_column(f"+{index}.rowid", BigInteger)
    return Hits(fts.join(words, on), fts.c.rowid, fts.c[index].op("MATCH")(bindparam("sought", type_=String)))


def said_to(dialect: str, sought: Sought) -> str:
    """The search in the language of the engine. Lemmas are letters and digits only, so that nothing in them is syntax."""
    phrase, (both, either, without) = _IN_WORDS[dialect]

    def clause(phrases: tuple[Phrase, ...]) -> str:
        return f"({either.join(map(phrase, phrases))})"

    return without.join([both.join(map(clause, sought.wanted)), *map(clause, sought.unwanted)])


def plan_for_what_is_sought(session: Session) -> None:
    """Until the transaction ends, PostgreSQL looks at what it is asked before it plans.

    Of a statement that came ten times it makes one plan for all words, and takes each for a rare one: of 10,000 hits in a million
    statements it read and sorted all for a page of 50 (400 ms), where it stops after the newest ones if it knows the word (3 ms).
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().exec_driver_sql("SET LOCAL plan_cache_mode = force_custom_plan")


def read_hits(session: Session, rows: Select[Any], order: ColumnElement[int], values: Asked, request: PageRequest) -> Found:
    """The rows of one page in the order of their places; undated ones come last in both directions."""
    after = None if request.after is None else _number(request.after[0])
    rows = rows.add_columns(order.label("sort_place"))
    found: Rows = []
    for low, high in _stretches(request.sort.descending, after):
        some = rows.where(order > low, order < high).order_by(order.desc() if request.sort.descending else order.asc())
        found += session.execute(some.limit(request.limit + 1 - len(found)), values).mappings()
        if len(found) > request.limit:
            return found[:-1], (str(found[-2]["sort_place"]), found[-2]["id"])
    return found, None


def _stretches(descending: bool, after: int | None) -> list[tuple[int, int]]:
    dated, last = first_place(date.min), first_place(date.max) << 1
    if descending:
        return [(-1, last if after is None else after)]
    if after is None or after >= dated:
        return [(dated - 1 if after is None else after, last), (-1, dated)]
    return [(after, dated)]


def _number(value: str | None) -> int:
    try:
        return int(value or "")
    except ValueError as error:
        raise InvalidParameter("this cursor does not belong to this list", pointer="/query/cursor") from error


def _taken(session: Session, words: Table, places: list[int]) -> set[int]:
    """Numbers of ours, said outright: binding thousands costs more than looking them up."""
    if not places:
        return set()
    found = f"SELECT place FROM {words.name} WHERE place IN ({','.join(map(str, places))})"  # noqa: S608 - numbers only
    return {place for (place,) in session.connection().exec_driver_sql(found)}


def _in_fts5(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.lemmas)}"{"*" * phrase.open}'


def _in_tsquery(phrase: Phrase) -> str:
    *first, last = phrase.lemmas
    return f"({' <-> '.join([*first, last + ':*' * phrase.open])})"


_OF_DBOS = frozenset(
    ("application_versions", "dbos_migrations", "notifications", "operation_outputs", "queues", "streams", "datasource_outputs")
)
_IN_WORDS: dict[str, tuple[Callable[[Phrase], str], tuple[str, str, str]]] = {
    "sqlite": (_in_fts5, (" AND ", " OR ", " NOT ")),
    "postgresql": (_in_tsquery, (" & ", " | ", " & !")),
}
"""How a phrase is written, and what stands for and, or, without."""


def is_compared(name: str | None, kind: str, parents: Any) -> bool:
    """Whether Alembic compares this with the declared tables: the engines' own indexes of words are not declared.

    Nor are the tables of DBOS, which it keeps beside ours in SQLite and in a schema of its own on PostgreSQL.
    """
    named = name or ""
    if kind == "table":
        return "_words_fts" not in named and named not in _OF_DBOS and not named.startswith("workflow_")
    return not (kind == "column" and named == "vector") and not (kind == "index" and named.endswith("_words_fts"))
