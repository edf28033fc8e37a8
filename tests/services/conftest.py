"""The databases that these tests write to."""

from __future__ import annotations

from tests.storage.databases import database

__all__ = ["database"]
