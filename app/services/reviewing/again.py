"""What editors did to facts holds on when their article is read anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import RowMapping
from sqlmodel import Session

from app.domain.text import Span
from app.pipeline.page.markup import View, read_visible
from app.services.documents import Document
from app.services.reviewing.kinds import INDICATOR, STATEMENT, Kind, document_of, write
from app.storage import articles, indicators, reviewing, statements

_POINTING = frozenset(("segments", "text", "span", "as_written"))
"""What an editor pointed at: in another text it may be other words."""


def without_edits(session: Session, article: Document) -> Document:
    """The document of an article with its facts as they were read, before anybody corrected them."""
    facts = [*article["statements"], *article["indicators"]]
    done = reviewing.standing(session, [fact["id"] for fact in facts])

    return article | {
        noun: [as_it_was_read(fact, done.get(fact["id"], ())) for fact in article[noun]] for noun in ("statements", "indicators")
    }


def as_it_was_read(fact: Document, changes: Sequence[RowMapping]) -> Document:
    """Before what was done to it and stands, the earliest first."""
    for change in reversed(changes):
        fact = fact | orjson.loads(change["before"])
    return fact


def hold_on(session: Session, article_id: str) -> None:
    """Does again, to the facts of an article that was written anew, what was done and not undone."""
    for kind, rows in (
        (STATEMENT, statements.of_article(session, article_id)),
        (INDICATOR, indicators.of_article(session, article_id)),
    ):
        done = reviewing.standing(session, [row["id"] for row in rows])
        for fact_id, changes in done.items():
            after: dict[str, Any] = {}
            for change in changes:
                after |= orjson.loads(change["after"])
            _do_again(session, kind, fact_id, article_id, after)


def still_pointing(session: Session, article_id: str, now: Document, fields: Document) -> Document:
    """The fields without what they point at, where other words stand there by now: the article was written anew since."""
    if not fields.keys() & _POINTING or _still_there(session, article_id, now | fields):
        return fields
    return {name: value for name, value in fields.items() if name not in _POINTING}


def _do_again(session: Session, kind: Kind, fact_id: str, article_id: str, after: dict[str, Any]) -> None:
    whole = reviewing.locked(session, kind.table, fact_id)
    assert whole is not None
    now = document_of(whole.row)
    after = still_pointing(session, article_id, now, after)
    changed = [name for name, value in after.items() if now.get(name) != value]
    if changed:
        write(session, kind, whole, now | after, changed)


def _still_there(session: Session, article_id: str, fact: Document) -> bool:
    article = articles.get(session, article_id)
    if article is None or article["text"] is None:
        return False
    view = read_visible(article["text"])
    spans = fact["segments"] if "segments" in fact else [fact["span"]]
    words = fact["text"] if "segments" in fact else fact["as_written"]
    return " ".join(_words(view, Span(span["start"], span["end"])) for span in spans) == str(words)


def _words(view: View, span: Span) -> str:
    return view.read(span) if span.end <= view.submitted else ""
