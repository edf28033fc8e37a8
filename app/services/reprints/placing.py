"""Which article is whose copy: candidates are found by what they share, and only what is alike in all respects counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from app.domain.facts import Extraction
from app.domain.text import Article
from app.pipeline.page.markup import read_visible
from app.services.reprints.sketches import Sketch, is_copy, sketch_of
from app.storage import reprints
from app.storage.articles import ArticleFacts
from app.storage.batches import Batch
from app.storage.reprints import Known

_MOST_COMPARED = 20
"""Candidates that are looked at closely, those that share most bands first."""


def known_by(row: ArticleFacts, article: Article, extraction: Extraction) -> Known | None:
    """What copies will know an article by; None where it is too short to have any."""
    sketch = sketch_of(extraction.body or read_visible(article.text).text)
    if sketch is None:
        return None
    pairs = " ".join(map(str, extraction.pairs))
    return Known(row.id, row.language, row.published_on or row.created_at.date(), sketch.written, pairs)


class Placing:
    """Finds the first of copies: among what is stored, and among what this transaction is about to store."""

    def __init__(self, session: Session) -> None:
        self._session, self._days = session, reprints.days_around(session)
        self._bands: dict[int, list[str]] = defaultdict(list)
        self._new: dict[str, Known] = {}

    def first_like(self, article: Known) -> str | None:
        """The first article that this one is a copy of, the likest of several."""
        sketch = Sketch.read(article.sketch)
        found = [*reprints.sharing(self._session, sketch.bands, article.day, self._days), *self._waiting(sketch, article.day)]
        nearest = [id_ for id_, _ in Counter(found).most_common(_MOST_COMPARED + 1) if id_ != article.article_id]
        stored = reprints.known(self._session, [id_ for id_ in nearest if id_ not in self._new])
        firsts = [*stored, *(self._new[id_] for id_ in nearest if id_ in self._new)]
        alike = [(sketch.shared(Sketch.read(first.sketch)), first.article_id) for first in firsts if copies(article, first)]
        return max(alike)[1] if alike else None

    def stand(self, article: Known, batch: Batch) -> None:
        """It is no copy: others may be copies of it."""
        bands = Sketch.read(article.sketch).bands
        reprints.show(batch, article, bands)
        self._new[article.article_id] = article
        for band in bands:
            self._bands[band].append(article.article_id)

    def _waiting(self, sketch: Sketch, day: date) -> Iterable[str]:
        for band in sketch.bands:
            for id_ in self._bands.get(band, ()):
                if abs((self._new[id_].day - day).days) <= self._days:
                    yield id_


def copies(one: Known, other: Known) -> bool:
    """The same news item with small changes: a translation is none, nor the same sentences about another pair of countries."""
    if one.language != other.language or not _about_the_same(one.pairs.split(), other.pairs.split()):
        return False
    return is_copy(Sketch.read(one.sketch), Sketch.read(other.sketch))


def _about_the_same(one: list[str], other: list[str]) -> bool:
    """What either is about in the first place, the other is about too; a copy that was cut may name fewer pairs, or none."""
    return not one or not other or one[0] in other or other[0] in one
