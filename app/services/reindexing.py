"""The index of words made anew, where other rules or other languages made it: after an upgrade, before serving."""

from __future__ import annotations

from collections.abc import Callable

import orjson
from sqlalchemy import RowMapping
from sqlmodel import Session

from app.services.wording import fingerprint, lemmas_of, words_of_article
from app.storage import articles, notes, statements
from app.storage.database import Database, begin_writing, take_turns
from app.storage.paging import Rows
from app.storage.tables import article_words, statement_words
from app.storage.words import Words, write_anew

_NOTE = "words"
_AT_ONCE = 500


def up_to_date(database: Database) -> bool:
    with database.session() as session:
        return notes.read(session, _NOTE) == fingerprint()


def reindex(database: Database, tell: Callable[[int], None] = lambda _: None) -> None:
    """Goes through all statements and articles, some in a transaction, so that others can write in between.

    Stopped half-way it begins anew at the next start. `tell` hears how many were done.
    """
    for index, after, words_of in (
        (statement_words, statements.bodies_after, _words_of_statement),
        (article_words, articles.texts_after, _words_of_article),
    ):

        def replace(session: Session, rows: Rows) -> None:
            write_anew(session, index, [words_of(row) for row in rows])  # noqa: B023 - called within this round

        _go_through(database, after, replace, tell)
    with database.session() as session:
        begin_writing(session)
        take_turns(session, _NOTE)
        notes.write(session, _NOTE, fingerprint())


def _go_through(
    database: Database,
    after: Callable[[Session, str, int], Rows],
    replace: Callable[[Session, Rows], None],
    tell: Callable[[int], None],
) -> None:
    last = ""
    while True:
        with database.session() as session:
            begin_writing(session)
            take_turns(session, _NOTE)
            rows = after(session, last, _AT_ONCE)
            replace(session, rows)
        if not rows:
            return
        last = rows[-1]["id"]
        tell(len(rows))


def _words_of_statement(row: RowMapping) -> Words:
    return row["id"], row["stated_on"], lemmas_of(orjson.loads(row["body"])["text"], row["language"])


def _words_of_article(row: RowMapping) -> Words:
    return row["id"], row["published_on"], words_of_article(row["title"], row["text"], row["language"])
