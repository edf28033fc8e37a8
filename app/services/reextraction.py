"""Articles read anew by the extractor of today: what editors did stays, and what became different is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import RowMapping
from sqlmodel import Session

from app import __version__, pipeline
from app.catalog import Catalog
from app.domain.facts import Extraction, Review
from app.domain.text import Article
from app.errors import Conflict, NotFound
from app.services.documents import Document
from app.services.groups.keeping import Leaving
from app.services.reading import get_article
from app.services.reprints.families import family_of, regather
from app.services.restored import indicator_of, statement_of
from app.services.storing import New, article_row, write_new
from app.services.verification import verify
from app.services.versions import before_renewal, keep_ids, with_other_ids
from app.storage import articles, notes, speakers, versions
from app.storage.database import Database, begin_writing
from app.storage.tallies import Removal

_NOTE = "reextracted"
_SEEN = (Review.CONFIRMED.value, Review.CORRECTED.value)
_NOT_COMPARED = frozenset(("article", "extractor", "evidence", "confidence", "repeats", "further_sources"))


@dataclass(frozen=True, slots=True)
class Reread:
    """The article afterwards, and by kind of difference the facts: ids, and of what changed the fields."""

    article: Document
    added: list[str]
    removed: list[str]
    changed: list[dict[str, Any]]

    @property
    def differs(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def reextract(session: Session, catalog: Catalog, article_id: str) -> Reread:
    """Reads the stored text again. NotFound where there is no such article, Conflict where its text is no longer kept."""
    begin_writing(session)
    row = articles.get(session, article_id)
    if row is None:
        raise NotFound(f"there is no article {article_id!r}")
    if row["text"] is None:
        raise Conflict("the text of this article is no longer kept, so that it cannot be read again")
    family = family_of(session, article_id)
    before = before_renewal(session, row)
    article = _article_of(row, before.document["given"])
    extraction = pipeline.extract(article, catalog, mentions=False)
    if versions.replaced(session, [extraction.digest]):
        extraction = with_other_ids(extraction)
    extraction = _with_seen(keep_ids(extraction, before.as_read), before.document)
    verify(article, extraction)
    removal, leaving = Removal(session, article_id), Leaving(session, article_id)
    renewed = replace(article_row(article, extraction, row["created_at"]), id=article_id)
    articles.renew(session, renewed)
    removal.settle()
    leaving.settle()
    speakers.step_back(session, removal.speakers)
    write_new(session, [New(renewed, article, extraction, before.facts, family)])
    regather(session, family)
    return _compared(before.document, get_article(session, article_id))


def reextract_all(database: Database, catalog: Catalog, tell: Callable[[Reread | None], None]) -> None:
    """Reads every article anew that has its text, each in a transaction of its own; `tell` hears of each.

    Stopped, it goes on where it was, as long as it is the same extractor.
    """
    while True:
        with database.session() as session:
            following = articles.texts_after(session, _last(session), 1)
            if not following:
                notes.write(session, _NOTE, f"{__version__} ")
                return
        id_ = following[0]["id"]
        with database.session() as session:
            tell(_unless_gone(session, catalog, id_))
            notes.write(session, _NOTE, f"{__version__} {id_}")


def still_to_read(session: Session) -> int:
    """How many articles a run through all has before it."""
    return articles.count_texts_after(session, _last(session))


def _last(session: Session) -> str:
    """The last article that the extractor of today has read again."""
    version, _, last = (notes.read(session, _NOTE) or "").partition(" ")
    return last if version == __version__ else ""


def _unless_gone(session: Session, catalog: Catalog, article_id: str) -> Reread | None:
    try:
        return reextract(session, catalog, article_id)
    except (NotFound, Conflict):
        return None


def _article_of(row: RowMapping, given: Iterable[str]) -> Article:
    """As the client submitted it: what was read from the text is read again."""
    return Article(row["text"], **{name: row[name] for name in given})


def _with_seen(extraction: Extraction, before: Document) -> Extraction:
    """What editors confirmed or corrected is there, whether it is read today or not."""
    found = {*(s.id for s in extraction.statements), *(i.id for i in extraction.indicators)}
    lost = {
        noun: [fact for fact in before[noun] if fact["review"] in _SEEN and fact["id"] not in found]
        for noun in ("statements", "indicators")
    }
    said = (*extraction.statements, *map(statement_of, lost["statements"]))
    told = (*extraction.indicators, *map(indicator_of, lost["indicators"]))
    there = {statement.id for statement in said}, {indicator.id for indicator in told}
    told = tuple(
        replace(
            indicator,
            statement_id=indicator.statement_id if indicator.statement_id in there[0] else None,
            additional_to=indicator.additional_to if indicator.additional_to in there[1] else None,
            equivalent_of=indicator.equivalent_of if indicator.equivalent_of in there[1] else None,
        )
        for indicator in told
    )
    return replace(
        extraction,
        statements=tuple(sorted(said, key=lambda statement: statement.segments[0])),
        indicators=tuple(sorted(told, key=lambda indicator: indicator.span)),
    )


def _compared(before: Document, after: Document) -> Reread:
    old, new = _facts(before), _facts(after)
    both = [id_ for id_ in new if id_ in old]
    changed = [{"id": id_, "fields": fields} for id_ in both if (fields := _different(old[id_], new[id_]))]
    return Reread(after, [id_ for id_ in new if id_ not in old], [id_ for id_ in old if id_ not in new], changed)


def _facts(article: Document) -> dict[str, Document]:
    """Who else tells the same as a statement is no matter of this article."""
    said = (statement | {"group": None} for statement in article["statements"])
    return {fact["id"]: fact for fact in (*said, *article["indicators"])}


def _different(old: Document, new: Document) -> list[str]:
    return sorted(name for name in new if name not in _NOT_COMPARED and new[name] != old.get(name))
