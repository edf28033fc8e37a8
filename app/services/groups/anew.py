"""Groups formed anew for a whole store, where another release or other words formed them: after an upgrade, before serving."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from sqlmodel import Session

from app.services.documents import Document
from app.services.groups.figures import figures_text
from app.services.groups.keeping import regroup
from app.services.stored import fact_document
from app.services.wording import fingerprint as of_words
from app.storage import articles, groups, indicators, notes, statements
from app.storage.database import Database, begin_writing, take_turns

RULES = 1
"""Raised whenever the same statements would form other groups."""
_NOTE = "groups"
_AT_ONCE = 100


def fingerprint() -> str:
    return f"{RULES};{of_words()}"


def up_to_date(database: Database) -> bool:
    with database.session() as session:
        return notes.read(session, _NOTE) == fingerprint()


def regroup_all(database: Database, tell: Callable[[int], None] = lambda _: None) -> None:
    """Goes through all articles, some in a transaction, so that others can write in between.

    Stopped half-way it begins anew at the next start. `tell` hears how many were done.
    """
    last = ""
    while True:
        with database.session() as session:
            begin_writing(session)
            take_turns(session, _NOTE)
            some = articles.ids_after(session, last, _AT_ONCE)
            if not some:
                notes.write(session, _NOTE, fingerprint())
                return
            regroup(session, [fact for article_id in some for fact in _known_by_figures(session, article_id)])
        last = some[-1]
        tell(len(some))


def _known_by_figures(session: Session, article_id: str) -> list[str]:
    """The statements of an article, now with the figures inside them."""
    inside: dict[str, list[Document]] = defaultdict(list)
    for figure in map(fact_document, indicators.of_article(session, article_id)):
        if figure["statement_id"] is not None:
            inside[figure["statement_id"]].append(figure)
    said = [fact_document(row) for row in statements.of_article(session, article_id)]
    for statement in said:
        groups.describe(session, statement["id"], figures_text(inside[statement["id"]]), len(statement["text"]))
    return [statement["id"] for statement in said]
