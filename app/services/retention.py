"""Full texts are kept as long as the operator may keep them; the facts read out of them stay, with the words they quote."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from threading import Event

from app.storage import articles
from app.storage.database import Database, begin_writing

log = logging.getLogger("bilateral.retention")

_EVERY_SECONDS = 3_600


def drop_old_texts(database: Database, days: int, now: datetime | None = None) -> int:
    """Says how many; the texts of earlier versions go too, and articles are no longer found by their words."""
    with database.session() as session:
        begin_writing(session)
        return articles.drop_texts(session, (now or datetime.now(UTC)) - timedelta(days))


def keep_dropping(database: Database, days: int, ended: Event) -> None:
    """At once and then every hour, until it has ended. Several processes may: there is nothing to drop twice."""
    while True:
        try:
            if dropped := drop_old_texts(database, days):
                log.info("dropped %d texts that were older than %d days", dropped, days)
        except Exception:
            log.exception("old texts could not be dropped; trying again in an hour")
        if ended.wait(_EVERY_SECONDS):
            return
