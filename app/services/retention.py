"""Full texts are kept as long as the operator may keep them; the facts that stand stay, with the words they quote."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Event

import orjson

from app.storage import articles, versions
from app.storage.database import Database, begin_writing
from app.storage.facts import standing

log = logging.getLogger("bilateral.retention")

_EVERY_SECONDS = 3_600
_AT_ONCE = 200
_NOUNS = ("statements", "indicators")


def drop_old_texts(database: Database, days: int, now: datetime | None = None) -> int:
    """Says how many; the texts of earlier versions go too, and articles are no longer found by their words.

    Of an earlier version only those facts stay that stand: what was said no more is quoted no longer.
    """
    before = (now or datetime.now(UTC)) - timedelta(days)
    with database.session() as session:
        begin_writing(session)
        dropped = articles.drop_texts(session, before)
    for some in _too_much(database, before):
        with database.session() as session:
            begin_writing(session)
            for article_id, number, body in some:
                versions.rewrite(session, article_id, number, body)
    return dropped


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


def _too_much(database: Database, before: datetime) -> Iterator[list[tuple[str, int, str]]]:
    """Versions of before a moment that quote what stands no more, as they shall be; a few at a time: no writer waits long.

    All of them each time: a fact may go long after the version that first told of it.
    """
    after = ("", 0)
    while True:
        with database.session() as session:
            rows = versions.stored_before(session, before, after, _AT_ONCE)
            there = standing(session, {row["article_id"] for row in rows})
        if not rows:
            return
        narrowed = ((row["article_id"], row["number"], _narrowed(row["body"], there)) for row in rows)
        yield [(article_id, number, body) for article_id, number, body in narrowed if body is not None]
        after = (rows[-1]["article_id"], rows[-1]["number"])


def _narrowed(body: str, there: set[str]) -> str | None:
    """The document with the facts that stand; None where it has no others. Its counts still tell how many there were."""
    document = orjson.loads(body)
    stay = {noun: [fact for fact in document[noun] if fact["id"] in there] for noun in _NOUNS}
    if all(len(stay[noun]) == len(document[noun]) for noun in _NOUNS):
        return None
    return orjson.dumps(document | stay).decode()
