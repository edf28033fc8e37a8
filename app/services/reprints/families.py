"""An article and its copies, as articles come, change and go: who is first, and what is counted of whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.services.reprints.joining import join_anew
from app.services.reprints.placing import Placing, copies
from app.storage import articles, reprints
from app.storage.batches import Batch
from app.storage.reprints import Known


@dataclass(frozen=True, slots=True)
class Family:
    """An article before it changes: the first of its copies, which may be itself, and those that are copies of it."""

    article_id: str
    first: str
    copies: tuple[str, ...]


def family_of(session: Session, article_id: str) -> Family:
    """Nobody else changes who is whose copy until the transaction ends."""
    reprints.wait_in_line(session)
    first = reprints.first_of(session, article_id)
    return Family(article_id, first or article_id, tuple(reprints.copies_of(session, article_id)))


def place(session: Session, batch: Batch, new: Iterable[tuple[Known, bool]]) -> dict[str, str]:
    """The copies among new articles, with the first of each; an article that has copies itself (True) stays the first."""
    placing, found = Placing(session), dict[str, str]()
    for article, has_copies in new:
        reprints.add(batch, article)
        first = None if has_copies else placing.first_like(article)
        if first is not None:
            found[article.article_id] = first
        else:
            placing.stand(article, batch)
    return found


def regather(session: Session, before: Family) -> None:
    """After an article changed or went: its copies that are none any more find another first, or the oldest becomes it."""
    id_, there = before.article_id, articles.known(session, before.article_id)
    loose = _no_more(session, before) if there else before.copies
    firsts = {before.first} - {id_} | _placed_anew(session, loose)
    if there:
        firsts.add(reprints.first_of(session, id_) or id_)
    for first in sorted(firsts):
        join_anew(session, first)


def rejoin(session: Session, article_id: str) -> None:
    """After a fact of an article changed."""
    join_anew(session, reprints.first_of(session, article_id) or article_id)


def _no_more(session: Session, before: Family) -> Sequence[str]:
    """The copies of an article that are not like its newer text."""
    known = {article.article_id: article for article in reprints.known(session, (before.article_id, *before.copies))}
    now = known.get(before.article_id)
    return [id_ for id_ in before.copies if now is None or id_ not in known or not copies(known[id_], now)]


def _placed_anew(session: Session, ids: Sequence[str]) -> set[str]:
    """The oldest first, so that it is the one that the others are copies of. Answers with the firsts."""
    known = {article.article_id: article for article in reprints.known(session, ids)}
    reprints.mark(session, dict.fromkeys(ids))
    placing, batch, found = Placing(session), Batch(), dict[str, str]()
    for id_ in ids:
        article = known.get(id_)
        first = placing.first_like(article) if article else None
        if first is not None:
            found[id_] = first
        elif article is not None:
            placing.stand(article, batch)
    batch.write(session)
    reprints.mark(session, found)
    return {found.get(id_, id_) for id_ in ids}
