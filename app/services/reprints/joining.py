"""Which facts of a copy only repeat what an earlier copy told: those that say the same in every respect."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

import orjson
from sqlalchemy import RowMapping
from sqlmodel import Session

from app.languages.folding import key
from app.services.documents import Document
from app.services.groups.keeping import regroup
from app.services.reviewing.again import as_it_was_read
from app.storage import reprints, reviewing
from app.storage.tallies import move

_WORD = re.compile(r"[^\W_]+")
_FIGURE = (
    "metric", "measure", "value", "value_max", "unit", "per", "comparator", "status", "pairs", "countries", "reporter", "partner"
)  # fmt: skip


def join_new(session: Session, first: str, copy: str) -> set[str]:
    """Marks the facts of a new copy that repeat; they are not counted yet, and are told so that nobody counts them."""
    hidden: set[str] = set()
    for noun, says in _NOUNS.items():
        wanted = _wanted(session, reprints.standing_and_new(session, noun, first, copy), says)
        own = {id_: repeated for id_, (repeated, of) in wanted.items() if of == copy and repeated is not None}
        reprints.repeat(session, noun, own)
        hidden |= own.keys()
    return hidden


def join_anew(session: Session, first: str) -> None:
    """Says of every fact of an article and its copies what it repeats, and counts those anew of which that is another."""
    for noun, says in _NOUNS.items():
        rows = reprints.facts_of_family(session, noun, first)
        wanted = _wanted(session, rows, says)
        changed = {row["id"]: wanted[row["id"]][0] for row in rows if wanted[row["id"]][0] != row["repeats"]}
        before = {row["id"] for row in rows if row["repeats"] is not None}
        reprints.repeat(session, noun, changed)
        move(session, noun, [id_ for id_ in changed if id_ not in before], -1)
        move(session, noun, [id_ for id_, repeated in changed.items() if repeated is None], 1)
        if noun == "statements":
            regroup(session, changed)


def said(document: Document) -> Hashable:
    """Who said what, whatever marks stand around the words."""
    speakers = document["speaker"]["id"], *sorted(speaker["id"] for speaker in document["co_speakers"])
    return document["kind"], speakers, " ".join(_WORD.findall(key(document["text"])))


def told(document: Document) -> Hashable:
    """How much of what, of which time; in which words and currency besides is not asked."""
    period = document["period"]
    time = (period["start"], period["end"]) if period else None
    figure = tuple(tuple(value) if isinstance(value := document[name], list) else value for name in _FIGURE)
    return figure, time, document["additional_to"] is not None


class _Heard:
    """What earlier copies told, by what it says."""

    def __init__(self, says: Callable[[Document], Hashable]) -> None:
        self._says = says
        self._facts: dict[Hashable, list[tuple[str, str | None]]] = defaultdict(list)

    def repeated_by(self, fact: Document) -> str | None:
        """A figure whose teller is not named may be a named one's; that of somebody else is another."""
        earlier, speaker = self._facts.get(self._says(fact), []), _speaker(fact)
        same = (id_ for id_, by in earlier if speaker is None or by == speaker)
        return next(same, None)

    def add(self, id_: str, versions: Iterable[Document]) -> None:
        for fact in versions:
            self._facts[self._says(fact)].append((id_, _speaker(fact)))


_NOUNS: dict[str, Callable[[Document], Hashable]] = {"statements": said, "indicators": told}


def _wanted(
    session: Session, rows: Iterable[RowMapping], says: Callable[[Document], Hashable]
) -> dict[str, tuple[str | None, str]]:
    """By fact the one that it repeats and its own article, of rows by article, the oldest first."""
    rows, heard, found = list(rows), _Heard(says), dict[str, tuple[str | None, str]]()
    done = reviewing.standing(session, [row["id"] for row in rows])
    for article, facts in groupby(rows, itemgetter("article_id")):
        here = [(row["id"], _versions(row, done.get(row["id"], []))) for row in facts]
        # What an editor corrected is compared as it stands now; as it was read, it is what uncorrected copies repeat.
        found |= {id_: (heard.repeated_by(now), article) for id_, (now, *_) in here}
        for id_, versions in here:
            if found[id_][0] is None:
                heard.add(id_, versions)
    return found


def _versions(row: RowMapping, changes: list[RowMapping]) -> list[Document]:
    now: dict[str, Any] = orjson.loads(row["body"])
    return [now, as_it_was_read(now, changes)] if changes else [now]


def _speaker(fact: Document) -> str | None:
    return fact["speaker"]["id"] if fact["speaker"] else None
