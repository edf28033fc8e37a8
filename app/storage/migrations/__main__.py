"""Drafts the revision that brings a migrated database to the tables as they are now: `python -m app.storage.migrations "why"`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from app.storage.database import alembic_config, open_database


def draft(message: str) -> None:
    """Read it before committing it: renamed columns look like one dropped and one added."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'draft.db'}")
        database.migrate()
        config = alembic_config()
        number = int(ScriptDirectory.from_config(config).get_current_head() or 0) + 1
        with database.engine.connect() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
        database.close()


if __name__ == "__main__":
    draft(sys.argv[1])
