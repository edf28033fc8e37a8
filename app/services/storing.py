"""How what was read of articles is written: all of one article or of many in one transaction, a table at a time."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from sqlmodel import Session

from app.domain.facts import Extraction, Indicator
from app.domain.speaker import Speaker
from app.domain.text import Article
from app.errors import InternalError
from app.services.documents import Document, indicator_document, metadata_document, statement_document
from app.services.groups.figures import figures_text
from app.services.groups.keeping import Leaving, regroup
from app.services.measuring import count_reprints
from app.services.reprints.families import Family, family_of, place, regather
from app.services.reprints.joining import join_new
from app.services.reprints.placing import known_by
from app.services.reviewing.again import hold_on
from app.services.stored import LIVE_IN_ARTICLES, LIVE_IN_FACTS, LIVE_IN_STATEMENTS, body_of
from app.services.versions import keep_ids, put_aside, with_other_ids
from app.services.wording import lemmas_of, words_of_article
from app.storage import articles, indicators, rerouting, speakers, statements, versions
from app.storage.articles import ArticleFacts
from app.storage.batches import Batch
from app.storage.database import begin_writing, take_turns
from app.storage.facts import Kept, Place
from app.storage.indicators import Told
from app.storage.reprints import days_around, mark, wait_in_line
from app.storage.tables import article_words, statement_words
from app.storage.tallies import Removal, count_in
from app.storage.versions import Source
from app.storage.words import rows_of

Read = tuple[Article, Extraction]


class New(NamedTuple):
    """An article to be written, and what its facts keep that were there before."""

    row: ArticleFacts
    article: Article
    extraction: Extraction
    kept: Mapping[str, Kept] = MappingProxyType({})
    family: Family | None = None
    """Whose copy it was, and what was a copy of it, where it was there before."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Where an article is; neither `created` nor `renewed` where its text was there already."""

    id: str
    created: bool
    renewed: bool = False


def write_all(session: Session, read: Sequence[Read]) -> list[Stored]:
    """As many answers as articles, in their order.

    The same text is the same article; another text under the same `external_id` or `url` is its newer version.
    """
    begin_writing(session)
    take_turns(session, *(name for article, _ in read for name in _names(article)))
    return [stored for some in _rounds(read) for stored in _write(session, some)]


def _names(article: Article) -> Iterator[str]:
    """What a client may mean an article by."""
    yield from (f"external_id {article.external_id}",) if article.external_id is not None else ()
    yield from (f"url {article.url}",) if article.url is not None else ()


def _rounds(read: Sequence[Read]) -> Iterator[list[Read]]:
    """Versions of one article are written one after the other."""
    some: list[Read] = []
    named: set[str] = set()
    for one in read:
        names = set(_names(one[0]))
        if names & named:
            yield some
            some, named = [], set()
        some.append(one)
        named |= names
    yield some


def _write(session: Session, read: Sequence[Read]) -> Iterator[Stored]:
    now = datetime.now(UTC)
    # The first of several with one text is the one that is stored.
    given = {extraction.digest: (article, extraction) for article, extraction in reversed(read)}
    created, renewed = _place(session, given, now)
    ids = articles.ids_of(session, given)
    if gone := given.keys() - ids:
        # A newer version took the place of a text while it was looked for: now it is one that was there before.
        created |= _place(session, {digest: given[digest] for digest in gone}, now)[0]
        ids |= articles.ids_of(session, gone)
    if missing := given.keys() - ids:
        raise InternalError(f"an article that was there a moment ago is gone: {missing}")
    versions.add_sources(session, (_source(ids[e.digest], a, e, now) for a, e in read))
    told: set[str] = set()
    for _, extraction in read:
        digest, again = extraction.digest, extraction.digest in told
        told.add(digest)
        yield Stored(ids[digest], not again and digest in created, not again and digest in renewed)


def _place(session: Session, given: dict[str, Read], now: datetime) -> tuple[set[str], set[str]]:
    """The digests of the texts that are new, and of those that took the place of an earlier version."""
    known = articles.ids_of(session, given)
    rows = {digest: article_row(*one, now) for digest, one in given.items()}
    # The ids that a text gives may live on in the version that took its place.
    for digest in versions.replaced(session, given.keys() - known):
        article, extraction = given[digest]
        given[digest] = article, with_other_ids(extraction)
        rows[digest] = replace(rows[digest], id=f"ar_{secrets.token_hex(10)}")
    renewed = [new for digest in given.keys() - known if (new := _renewed(session, rows[digest], *given[digest]))]
    newer = {new.row.digest for new in renewed}
    added = articles.add_missing(session, sorted((r for d, r in rows.items() if d not in newer), key=lambda row: row.id))
    # In the order in which they came: of copies in one batch, the first is the first.
    fresh = [New(rows[d], *one) for d, one in reversed(given.items()) if d not in newer and rows[d].id in added]
    write_new(session, [*renewed, *fresh])
    for new in renewed:
        if new.family is not None:
            regather(session, new.family)
    return {new.row.digest for new in fresh}, newer


def _renewed(session: Session, row: ArticleFacts, article: Article, extraction: Extraction) -> New | None:
    """The article that this is a newer version of has been emptied for it; None where there is none."""
    before = articles.earlier(session, article.url, article.external_id)
    if before is None:
        return None
    family = family_of(session, before)
    kept = put_aside(session, before, row.created_at)
    extraction = keep_ids(extraction, kept.as_read)
    removal, leaving = Removal(session, before), Leaving(session, before)
    row = replace(row, id=before)
    articles.renew(session, row)
    removal.settle()
    leaving.settle()
    speakers.step_back(session, removal.speakers)
    return New(row, article, extraction, kept.facts, family)


def _source(id_: str, article: Article, extraction: Extraction, now: datetime) -> Source:
    return Source(
        article_id=id_,
        url=article.url,
        publisher=article.publisher or extraction.publisher,
        published_at=article.published_at or extraction.published_at,
        external_id=article.external_id,
        seen_at=now,
    )


def write_new(session: Session, new: Sequence[New]) -> None:
    """Everything of articles whose rows are there already; what editors said of facts that are kept holds on."""
    batch = Batch()
    for one in new:
        articles.add_text(batch, one.row, one.article.text, one.extraction.pairs)
        _add_facts(batch, Place(one.row.id, one.row.created_at, one.kept), one.extraction)
    _add_words(session, batch, new)
    known = [(article, one.family) for one in new if (article := known_by(*one[:3]))] if days_around(session) else []
    wait_in_line(session)
    copies = place(session, batch, [(article, bool(family and family.copies)) for article, family in known])
    said = [spoken for one in new for spoken in _all_speakers(one.extraction)]
    speakers.save(session, said)
    count_reprints(session, len(copies))
    batch.write(session)
    mark(session, {one.row.id: copies.get(one.row.id) for one in new if one.family or one.row.id in copies})
    there_before = {one.row.id for one in new if one.family}
    joined = (join_new(session, first, copy) for copy, first in copies.items() if copy not in there_before)
    count_in(session, batch, set().union(*joined))
    rerouting.follow(session, {speaker.id for speaker, _ in said}, [one.row.id for one in new])
    for one in new:
        if one.kept:
            hold_on(session, one.row.id)
    regroup(session, (statement.id for one in new for statement in one.extraction.statements))


def _add_words(session: Session, batch: Batch, new: Sequence[New]) -> None:
    said = [
        (statement.id, statement.stated_on, lemmas_of(statement.text, one.extraction.language))
        for one in new
        for statement in one.extraction.statements
    ]
    written = [(row.id, row.published_on, words_of_article(row.title, article.text, row.language)) for row, article, *_ in new]
    batch.rows[statement_words] += rows_of(session, statement_words, said)
    batch.rows[article_words] += rows_of(session, article_words, written)


def article_row(article: Article, extraction: Extraction, now: datetime) -> ArticleFacts:
    """What is stored of an article beside its text."""
    document = metadata_document(article, extraction)
    return ArticleFacts(
        id=f"ar_{extraction.digest[:20]}",
        digest=extraction.digest,
        **{name: document[name] for name in LIVE_IN_ARTICLES},
        published_on=_calendar_date(document["published_at"]),
        created_at=now,
        statements=len(extraction.statements),
        indicators=len(extraction.indicators),
        body=body_of(document, LIVE_IN_ARTICLES),
    )


def _calendar_date(published_at: str | None) -> date | None:
    """The date in the article's own offset, which is how it starts."""
    try:
        return date.fromisoformat((published_at or "")[:10])
    except ValueError:
        return None


def _add_facts(batch: Batch, place: Place, extraction: Extraction) -> None:
    inside = _inside(place, extraction)
    said = ((s, body_of(statement_document(s), LIVE_IN_STATEMENTS), inside.get(s.id)) for s in extraction.statements)
    statements.add(batch, place, said)
    indicators.add(batch, place, _told(extraction))


def _inside(place: Place, extraction: Extraction) -> dict[str, str | None]:
    """By statement the figures inside it, as groups know them."""
    told: dict[str, list[Document]] = defaultdict(list)
    for figure in extraction.indicators:
        if figure.statement_id is not None:
            told[figure.statement_id].append(indicator_document(figure) | {"review": place.review(figure.id)})
    return {statement_id: figures_text(figures) for statement_id, figures in told.items()}


def _all_speakers(extraction: Extraction) -> Iterator[tuple[Speaker, date | None]]:
    for statement in extraction.statements:
        yield from ((speaker, statement.stated_on) for speaker in (statement.speaker, *statement.co_speakers))
    yield from ((i.speaker, i.stated_on) for i in extraction.indicators if i.speaker is not None)


def _told(extraction: Extraction) -> Iterator[Told]:
    """A figure inside a statement was told by all who made the statement."""
    said_by = {s.id: (s.speaker, *s.co_speakers) for s in extraction.statements}

    def tellers(indicator: Indicator) -> tuple[Speaker, ...]:
        named = (indicator.speaker,) if indicator.speaker else ()
        together = said_by.get(indicator.statement_id or "", ())
        return tuple({speaker.id: speaker for speaker in chain(together, named)}.values())

    for indicator in extraction.indicators:
        yield indicator, body_of(indicator_document(indicator), LIVE_IN_FACTS), tellers(indicator)
