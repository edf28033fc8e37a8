"""Rows whose column is one of many values: the list goes over as one value, so that the question is the same for any length."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import orjson
from sqlalchemy import Row
from sqlmodel import Session


def rows_among(session: Session, rows: str, values: Collection[str]) -> Sequence[Row[Any]]:
    """The rows of a SELECT of ours that ends with the name of the column.

    A page asks this each time: putting a statement together for so many values costs several times what running it does.
    """
    if not values:
        return []
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        return connection.exec_driver_sql(f"{rows} = ANY(%s)", (list(values),)).all()
    listed = orjson.dumps(list(values)).decode()
    return connection.exec_driver_sql(f"{rows} IN (SELECT value FROM json_each(?))", (listed,)).all()  # noqa: S608 - the SELECT is ours
