"""The databases that these tests write to."""

from __future__ import annotations

from tests.storage.databases import cheap_database, database, new_database, postgresql

__all__ = ["cheap_database", "database", "new_database", "postgresql"]
