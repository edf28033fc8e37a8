"""The databases that these tests write to."""

from __future__ import annotations

from tests.storage.databases import blank_database, postgresql

__all__ = ["blank_database", "postgresql"]
