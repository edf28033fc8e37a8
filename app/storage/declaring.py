"""How tables are declared: the names of their constraints, parts that go with their whole, the plain table behind a class."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Table, inspect, text
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def part_of(owner: str) -> list[ForeignKey]:
    return [ForeignKey(f"{owner}.id", ondelete="CASCADE")]


def few(column: str, *others: str) -> Index:
    """Of the few rows that have a value there; small, because it leaves out all the rest."""
    wanted = text(f"{column} IS NOT NULL")
    return Index(None, column, *others, sqlite_where=wanted, postgresql_where=wanted)


def table_of(model: type[SQLModel]) -> Table:
    """The Core table behind a class: lists are read as plain rows, which costs an eighth of ORM objects."""
    table = inspect(model).local_table
    assert isinstance(table, Table)
    return table
