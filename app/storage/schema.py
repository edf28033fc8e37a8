"""All tables of a store: whoever compares or moves them as a whole takes them from here."""

from __future__ import annotations

from sqlmodel import SQLModel

from app.storage import (
    answers,
    article_tables,
    group_tables,
    job_tables,
    key_tables,
    people_tables,
    rate_tables,
    reprint_tables,
    review_tables,
    tables,
)

METADATA = SQLModel.metadata
"""A table is in it once its module is imported."""
MODULES = (
    *(answers, article_tables, group_tables, job_tables, key_tables, people_tables, rate_tables, reprint_tables),
    *(review_tables, tables),
)
