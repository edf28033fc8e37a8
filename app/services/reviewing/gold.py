"""What editors said of facts, as annotations that `bilateral evaluate` measures the reading against.

Judged is only what an editor looked at: confirmed and corrected facts are to be found as they stand, rejected ones are not to be
found. All other stretches of the text are marked as not judged, and so are the article's pairs: nobody looked at them, and a
later extractor may well find more than the one whose facts were reviewed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.domain.facts import Review
from app.services.documents import Document
from app.services.reading import get_article
from app.storage import reviewing

_RIGHT = (Review.CONFIRMED.value, Review.CORRECTED.value)
_TOLD = ("metric", "measure", "value", "value_max", "unit", "per", "comparator", "status", "pair", "reporter", "partner")


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article that editors looked at; `text` is None where it is no longer kept, and nothing can be marked in it."""

    id: str
    text: str | None
    marked: Document


def annotated(session: Session) -> Iterator[Annotated]:
    """Every article of which some fact was reviewed, and the review not taken back."""
    for article_id in reviewing.touched(session):
        article = get_article(session, article_id)
        facts = [*article["statements"], *article["indicators"]]
        if any(fact["review"] != Review.UNREVIEWED.value for fact in facts):
            yield Annotated(article_id, article["text"], _marked(article) if article["text"] is not None else {})


def _marked(article: Document) -> Document:
    return {
        "id": article["id"],
        "language": article["language"],
        "given": {name: article[name] for name in article["given"]},
        "statements": [_statement(fact) for fact in _right(article["statements"])],
        "indicators": [_indicator(fact) for fact in _right(article["indicators"])],
        "ignore": [
            *_not_judged(article, "statements", (span for fact in _seen(article["statements"]) for span in fact["segments"])),
            *_not_judged(article, "indicators", (fact["span"] for fact in _seen(article["indicators"]))),
        ],
    }


def _right(facts: Iterable[Document]) -> list[Document]:
    return [fact for fact in facts if fact["review"] in _RIGHT]


def _seen(facts: Iterable[Document]) -> list[Document]:
    return [fact for fact in facts if fact["review"] != Review.UNREVIEWED.value]


def _statement(fact: Document) -> Document:
    speakers = [fact["speaker"], *fact["co_speakers"]]
    names = list(dict.fromkeys(name for speaker in speakers for name in _names(speaker)))
    told = {"segments": fact["segments"], "kind": fact["kind"], "speaker": names}
    return told | {"speaker_country": fact["speaker"]["country"], "pairs": fact["pairs"]}


def _indicator(fact: Document) -> Document:
    """By its place; the words stand there for whoever reads the file."""
    told = {**fact["span"], "text": fact["as_written"]} | {name: fact[name] for name in _TOLD}
    return told | {"period": fact["period"], "speaker": _names(fact["speaker"]) if fact["speaker"] else []}


def _names(speaker: Document) -> list[str]:
    return list(dict.fromkeys(name for name in (speaker["name"], *speaker["names"].values()) if name))


def _not_judged(article: Document, noun: str, seen: Iterable[dict[str, int]]) -> Iterator[dict[str, Any]]:
    """What lies between the facts that were looked at."""
    start = 0
    for span in sorted(seen, key=lambda span: span["start"]):
        if start < span["start"]:
            yield {"start": start, "end": span["start"], "of": noun}
        start = max(start, span["end"])
    if start < len(article["text"]):
        yield {"start": start, "end": len(article["text"]), "of": noun}
