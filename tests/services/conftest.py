"""The databases that these tests write to."""

from __future__ import annotations

from tests.storage.databases import database, new_database, postgresql

__all__ = ["database", "new_database", "postgresql"]
