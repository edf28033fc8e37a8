"""The server of PostgreSQL that these tests write to."""

from __future__ import annotations

from tests.storage.databases import cheap_database, postgresql

__all__ = ["cheap_database", "postgresql"]
